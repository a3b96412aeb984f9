"""Households tell when who lives with whom has changed: a ban follows (7.2)."""

from __future__ import annotations

from typing import Any

from registry.households.services import membership_changed
from registry.persons.models import Person
from registry.protection import services


def follow(person_id: int, **kwargs: Any) -> None:
    """Cover those who live with a protected person; see `services.follow_household`."""
    services.follow_household(Person.objects.get(pk=person_id))


def connect() -> None:
    """Listen, once."""
    membership_changed.connect(follow, dispatch_uid="registry_protection")
