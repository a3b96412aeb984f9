"""Invented people with a telephone, an e-mail and a home, and what they decided."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from registry.consents import services, tenancy
from registry.consents.codes import Cell, Channel, Manner, Use
from registry.consents.models import ConsentText, Decision
from registry.consents.services import Evidence
from registry.persons.models import ContactKind, ContactPoint, Person, Source
from tests.people import system_access
from tests.registry.persons.conftest import TODAY, SignedIn, demo_mode, invented, person, signed_in
from vuokra.company.models import NoticeVersion

__all__ = ["TODAY", "SignedIn", "demo_mode", "invented", "person", "signed_in"]

SAID = date(2026, 3, 2)
EMAIL_ADS = Cell(Use.MARKETING, Channel.EMAIL)
POST_ADS = Cell(Use.MARKETING, Channel.POST)
RESEARCH = Cell(Use.RESEARCH, Channel.SURVEY)
SURVEYS = Cell(Use.SURVEY, Channel.SURVEY)


def forbid(person: Person, *cells: Cell, on: date = SAID, **evidence: object) -> list[Decision]:
    """An objection in the open context."""
    return services.forbid(person, cells, Evidence(on, **evidence), today=TODAY)  # type: ignore[arg-type]


def permit(
    person: Person,
    *channels: Channel,
    use: Use = Use.MARKETING,
    on: date = SAID,
    manner: Manner = Manner.FORM,
    **given: object,
) -> list[Decision]:
    """A consent in the open context."""
    return services.permit(
        person, channels, Evidence(on, manner), today=TODAY,
        text=ConsentText.objects.get(use=use), notice=NoticeVersion.objects.get(), **given,
    )  # type: ignore[arg-type]  # fmt: skip


def withdraw(person: Person, cell: Cell, on: date = SAID) -> Decision | None:
    return services.withdraw(person, cell, Evidence(on, Manner.PHONE), today=TODAY)


def lift(person: Person, cell: Cell, on: date = SAID) -> Decision:
    return services.lift(person, cell, Evidence(on, Manner.VISIT), today=TODAY)


def imported(person: Person, cell: Cell, kind: str, on: date) -> Decision:
    """A row as an import writes it."""
    row = Decision(
        person=person, use=cell.use, channel=cell.channel, kind=kind, decided_on=on,
        source=Source.PERSON, manner=Manner.IMPORT,
    )  # fmt: skip
    row.save()
    return row


def sharing(person: Person, other: Person) -> None:
    """Let the other have the person's e-mail address as well."""
    mail = person.contact_points.get(kind=ContactKind.EMAIL).value
    ContactPoint.objects.create(person=other, kind=ContactKind.EMAIL, value=mail, valid_from=SAID)


@pytest.fixture
def other(db: None) -> Person:
    with system_access():
        return invented("Aarnivuori", "Saimi", "311299-903B")


@pytest.fixture
def tenancies(
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Callable[[dict[int, date | None]], None]]:
    """`tenancies({person.pk: last_day})`: what a room of leases would tell."""
    known: dict[int, date | None] = {}
    monkeypatch.setattr(tenancy, "_sources", [lambda persons, today: known])
    yield known.update
