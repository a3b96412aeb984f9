"""Invented people, and browsers signed in as one role each."""

from __future__ import annotations

from datetime import date

import pytest

from registry.persons import services as persons
from registry.persons.models import IdentityKind, Person
from registry.persons.services import Code, Names
from tests.people import system_access
from tests.registry.persons.conftest import (  # noqa: F401  (fixtures)
    SINCE,
    TODAY,
    SignedIn,
    demo_mode,
    events,
    invented,
    person,
    signed_in,
)

MINOR_CODE = "020516C903K"
ADULT_CODE = "311299-903B"
BORN = date(2019, 2, 7)


def named(surname: str, given_names: str, born: date | None = None) -> Person:
    """A person known by name and birth date; in the open context."""
    identity = Code(IdentityKind.BIRTH_DATE, birth_date=born) if born else None
    return persons.register_person(Names(surname, given_names), today=TODAY, identity=identity)


@pytest.fixture
def adult(db: None) -> Person:
    with system_access():
        return named("Aarnivuori", "Saimi", date(1980, 5, 6))


@pytest.fixture
def child(db: None) -> Person:
    with system_access():
        return named("Lehtovaara", "Untuva", BORN)
