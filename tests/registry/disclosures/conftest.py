"""Recipients with and without a basis, people, and staff who act in their own name."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta

import pytest
from django.utils import timezone

from registry.disclosures import services
from registry.disclosures.models import (
    BasisKind,
    Category,
    Channel,
    DisclosureBasis,
    Instrument,
    Recipient,
)
from registry.disclosures.services import Given, Terms
from registry.persons.models import Person
from registry.persons.services import Names, register_person
from tests.people import make_user, system_access
from tests.registry.persons.conftest import (  # noqa: F401  (fixtures)
    CODE,
    SignedIn,
    demo_mode,
    invented,
    person,
    signed_in,
)
from vuokra.access.context import AccessContext
from vuokra.accounts.models import User
from vuokra.accounts.queries import actor_for
from vuokra.policy.roles import Purpose, Role

NAME_AND_PHONE = ("PT-NIMI", "PT-PUH")
Act = Callable[[User], AbstractContextManager[AccessContext]]


def today() -> date:
    return timezone.localdate()


def acting(user: User) -> AbstractContextManager[AccessContext]:
    """A context in which this member of staff acts."""
    return system_access(actor_for(User.objects.get(pk=user.pk)))


def someone(surname: str) -> Person:
    return register_person(Names(surname, "Aino"), today=today())


def company(
    name: str = "Avain ja Vartio Oy",
    category: Category = Category.DOORS,
    *,
    country: str = "FI",
    collects: bool = False,
) -> Recipient:
    """A recipient in the open context, with no basis yet."""
    return services.save_recipient(
        Recipient(), name=name, category=category, country=country, contact="049 000 0000",
        collects=collects,
    )  # fmt: skip


def basis(recipient: Recipient, **changes: object) -> DisclosureBasis:
    """A basis in the open context: an agreement in force for another year."""
    terms: dict[str, object] = {
        "kind": BasisKind.PROCESSING, "reference": "AV-31", "section": "",
        "codes": NAME_AND_PHONE, "purposes": [Purpose.KUNNOSSAPITO],
        "valid_from": today() - timedelta(days=100), "valid_to": today() + timedelta(days=365),
        "instrument": Instrument.NONE,
    }  # fmt: skip
    return services.add_basis(recipient, Terms(**terms | changes))  # type: ignore[arg-type]


def given(recipient: Recipient | None, *people: Person, **changes: object) -> Given:
    """What is given: a name and telephone by telephone, for a repair."""
    usual: dict[str, object] = {
        "recipient": recipient, "people": [one.pk for one in people], "codes": NAME_AND_PHONE,
        "purpose": Purpose.KUNNOSSAPITO, "channel": Channel.PHONE, "origin": "disclosures:form",
        "asked_by": "Päivystäjä", "call_back": "049 000 0000", "reference": "TM 12",
    }  # fmt: skip
    return Given(**usual | changes)  # type: ignore[arg-type]


@pytest.fixture
def doors(db: None) -> Recipient:
    """A company that opens doors, with an agreement in force."""
    with system_access():
        recipient = company()
        basis(recipient)
    return recipient


@pytest.fixture
def agency(db: None) -> Recipient:
    """A collection agency, with an agreement in force that allows identity codes."""
    with system_access():
        recipient = company("Kuuran Perintä Oy", Category.PROCESSOR, collects=True)
        basis(
            recipient, reference="KP-7", codes=["PT-NIMI", "PT-OSOITE", "PT-PUH", "PT-HETU"],
            purposes=[Purpose.PERINTA, Purpose.SOPIMUS, Purpose.KYSELY],
        )  # fmt: skip
    return recipient


@pytest.fixture
def police(db: None) -> Recipient:
    with system_access():
        return company("Pohjolan poliisilaitos", Category.AUTHORITY)


@pytest.fixture
def clerk(db: None) -> User:
    return make_user(Role.SOP, username="virkailija")


@pytest.fixture
def registrar(db: None) -> User:
    return make_user(Role.REK, username="rekisteri")


@pytest.fixture
def other_registrar(db: None) -> User:
    return make_user(Role.REK, username="rekisteri2")


@pytest.fixture
def director(db: None) -> User:
    return make_user(Role.JOH, username="johtaja")
