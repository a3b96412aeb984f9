"""Applications that wait for a home, with all that is judged, for tests of the selection."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from applications.intake.codes import AssetKind, IncomeKind, Part, Relation, Residence, State
from applications.intake.models import (
    Application,
    Asset,
    Ground,
    Income,
    Member,
    Need,
    PresentHome,
    Wish,
)
from registry.persons import services as persons
from registry.persons.models import IdentityKind, Person
from registry.persons.services import Code, Names
from tests.applications.intake.conftest import (
    DAY,
    TODAY,
    demo_mode,
    flat,
    make_flat,
    make_user,
    refused_by,
    row,
    site,
    stair,
    stepped,
    system_access,
)

__all__ = [
    "DAY", "TODAY", "asking", "demo_mode", "flat", "make_flat", "make_user", "other", "person",
    "refused_by", "site", "somebody", "stair", "stepped", "system_access",
]  # fmt: skip


def somebody(number: int, born: date = date(1986, 3, 14)) -> Person:
    """A person of whom the name and the birth date are known; in the open context."""
    names = Names("Hakija", f"Numero{number}", "")
    return persons.register_person(
        names, today=TODAY, identity=Code(IdentityKind.BIRTH_DATE, birth_date=born)
    )


@pytest.fixture
def person(db: None) -> Person:
    with system_access():
        return somebody(7)


@pytest.fixture
def other(db: None) -> Person:
    with system_access():
        return somebody(8)


def asking(
    person: Person,
    *,
    wages: str = "1500",
    saved: str = "0",
    situations: tuple[str, ...] = ("B7",),
    state: State = State.VALID,
    children: tuple[date, ...] = (),
    residence: str = Residence.CITIZEN,
    municipality: str = "",
    wish: dict[str, Any] | None = None,
    home: dict[str, Any] | None = None,
) -> Application:
    """A received application of one adult and children; in the open context."""
    made = row(person, State.DRAFT)
    applicant = Member.objects.get(application=made)
    applicant.residence = residence
    applicant.income_told = applicant.wealth_told = True
    applicant.save()
    Income.objects.create(member=applicant, kind=IncomeKind.WAGE, euros=Decimal(wages))
    if Decimal(saved):
        Asset.objects.create(member=applicant, kind=AssetKind.SAVINGS, euros=Decimal(saved))
    for number, born in enumerate(children):
        Member.objects.create(
            application=made, person=somebody(person.pk * 10 + number, born), part=Part.RESIDENT,
            relation=Relation.CHILD, residence=residence, income_told=True, wealth_told=True,
        )  # fmt: skip
    Need.objects.create(application=made)
    Wish.objects.create(application=made, **(wish or {}))
    PresentHome.objects.create(
        application=made, tenure="rented", municipality=municipality, **(home or {})
    )
    for situation in situations:
        Ground.objects.create(application=made, situation=situation)
    for after in (State.RECEIVED, State.VALID):
        if state != State.DRAFT and made.state != state:
            stepped(made, after)
    return made
