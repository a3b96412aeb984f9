"""The purpose for which a person's pages are opened (käyttötarkoitus), and stating another one.

A page takes the usual purpose of the role. A clerk who works on something else says so once for a
person: it holds in that web session for a while (user-interface direction, section 6), and
each page opened under it is recorded with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from registry.persons.models import Person
from registry.persons.rule_rows import PURPOSE_MINUTES
from registry.persons.stated import Stated
from vuokra.access.context import Actor
from vuokra.policy import rights
from vuokra.policy.roles import Purpose

VIEWING = tuple(purpose for purpose in rights.WORKING if purpose != Purpose.TIEDOTE)
"""Purposes for which a record may be opened, the usual one first: nobody is looked up to send a
bulletin."""
STATED = Stated("stated_purposes", PURPOSE_MINUTES)


def held(actor: Actor) -> list[Purpose]:
    """Purposes of these pages that the actor may state, the usual one first."""
    may = rights.purposes(actor.roles)
    return [purpose for purpose in VIEWING if purpose in may]


def choices(actor: Actor) -> list[Purpose]:
    """The purposes among which the actor chooses; none when there is only one to state."""
    found = held(actor)
    return found if len(found) > 1 else []


def state(request: HttpRequest, person: Person, purpose: Purpose) -> None:
    """From now on the person's pages are opened for this purpose in this web session."""
    STATED.remember(request, person.public_id, purpose)


def stated(request: HttpRequest, kwargs: Mapping[str, Any]) -> Purpose | None:
    """What was stated for the person of the address, while it holds."""
    return STATED.held(request, kwargs.get("public_id", ""))
