"""Invented people, and browsers signed in as one role each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from registry.persons import services
from registry.persons.models import (
    AddressKind,
    ContactKind,
    IdentityKind,
    Person,
    Source,
)
from registry.persons.services import Code, Names, PostalAddress
from tests.people import make_user, sign_in, system_access
from vuokra.access.models import AccessEvent
from vuokra.policy.roles import Role

TODAY = date(2026, 11, 22)
SINCE = date(2024, 3, 1)
CODE = "150685-906N"

SignedIn = Callable[[str], Client]


@pytest.fixture(autouse=True)
def demo_mode(settings: pytest.FixtureRequest) -> None:
    """Invented people have codes that production refuses."""
    settings.DEMO = True  # type: ignore[attr-defined]


@pytest.fixture
def signed_in(db: None) -> SignedIn:
    """`signed_in("SOP")`: a browser in which a user with the role has signed in."""

    def sign(role: str) -> Client:
        return sign_in(Client(), make_user(Role(role), username=role.lower()))

    return sign


def invented(
    surname: str = "Lehtovaara", given_names: str = "Marjukka Anneli", code: str = CODE
) -> Person:
    """A person with a code, a telephone, an e-mail and a home."""
    person = services.register_person(
        Names(surname, given_names, given_names.split(" ")[0]),
        today=TODAY,
        identity=Code(IdentityKind.HETU, code),
        customer_since=SINCE,
    )
    number = person.customer_number
    services.add_contact_point(
        person, ContactKind.PHONE, f"04912{number:05}"[:10], source=Source.PERSON, valid_from=SINCE
    )
    services.add_contact_point(
        person, ContactKind.EMAIL, f"asukas{number}@example.fi", source=Source.PERSON,
        valid_from=SINCE,
    )  # fmt: skip
    services.add_address(
        person, AddressKind.HOME, PostalAddress("Koulukatu 5 A 2", "97999", "Hillakoski"),
        source=Source.APPLICATION, valid_from=SINCE,
    )  # fmt: skip
    return person


@pytest.fixture
def person(db: None) -> Person:
    with system_access():
        return invented()


def events() -> list[AccessEvent]:
    """Access events of members of staff, oldest first."""
    with system_access():
        return list(AccessEvent.objects.filter(actor__startswith="user:").order_by("id"))
