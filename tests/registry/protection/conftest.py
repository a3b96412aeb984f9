"""People with and without turvakielto, and staff who act in their own name."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date

import pytest

from registry.persons.models import Person, TieKind
from registry.persons.services.standing import record_tie
from registry.protection import services
from registry.protection.models import Turvakielto
from tests.people import make_user, system_access
from tests.registry.persons.conftest import SignedIn, demo_mode, invented, person, signed_in
from vuokra.access.context import AccessContext
from vuokra.accounts.models import User
from vuokra.accounts.queries import actor_for
from vuokra.policy.roles import Role
from vuokra.policy.sources import Source

__all__ = ["SignedIn", "demo_mode", "person", "signed_in"]

FROM, UNTIL = date(2026, 3, 15), date(2031, 3, 14)
STREET, TOWN = "Koulukatu 5 A 2", "Hillakoski"


def acting(user: User) -> AbstractContextManager[AccessContext]:
    """A context in which this member of staff acts."""
    return system_access(actor_for(User.objects.get(pk=user.pk)))


def one_person(*users: User) -> None:
    """These accounts are one and the same person's: the record of each is the same."""
    with system_access():
        same = invented("Rantala", "Oili", "010170-906R")
        for user in users:
            record_tie(same, user.pk, TieKind.OWN, valid_from=date(2024, 1, 1))


def ban(person: Person, **changes: object) -> Turvakielto:
    """A ban in the open context."""
    given: dict[str, object] = {
        "valid_from": FROM, "valid_until": UNTIL, "source": Source.POPULATION_REGISTER,
        "covers_household": True,
    }  # fmt: skip
    return services.record_ban(person, **given | changes)  # type: ignore[arg-type]


@pytest.fixture
def protected(person: Person) -> Person:
    """A person who has a telephone, an e-mail and a home, and a ban."""
    with system_access():
        ban(person)
    return person


@pytest.fixture
def clerk(db: None) -> User:
    return make_user(Role.SOP, username="virkailija")


@pytest.fixture
def registrar(db: None) -> User:
    return make_user(Role.REK, username="rekisteri")


@pytest.fixture
def neighbour(db: None) -> Person:
    """A person of the same name without a ban."""
    with system_access():
        return invented(code="150685-907P")
