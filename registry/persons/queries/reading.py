"""What the queries of people share: what the actor may read, what holds on a day, and reading once
for a page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from django.db.models import Q

from registry.persons.models import Person
from vuokra.access.context import current
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

Read = TypeVar("Read")


def may_read(group: Group) -> bool:
    """Whether the actor of the open context may read a field group."""
    return current().actor.level(group) >= Level.READ


def in_force(today: date) -> Q:
    """Dated rows that hold on the day; `valid_to` is the last valid one."""
    return Q(valid_from__lte=today) & (Q(valid_to__isnull=True) | Q(valid_to__gte=today))


def read_once(person: Person, what: str, read: Callable[[], Read]) -> Read:
    """What several parts of one page show of a person: read for the first, kept with the person."""
    kept: dict[str, Any] = person.__dict__.setdefault("_read", {})
    if what not in kept:
        kept[what] = read()
    found: Read = kept[what]
    return found
