"""A flat with its tenant, somebody else, and the questions asked at its door."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from leases.contracts.models import Lease
from leases.doors import services
from leases.doors.models import Opening, Outcome, Payer, Question
from leases.doors.queries.matching import Claim
from leases.doors.rule_rows import FRIDAY_FROM, FROM
from leases.doors.rules.letting_in import Method
from leases.doors.services import Reported
from leases.homes.models import Flat
from registry.disclosures.models import Recipient
from registry.persons.models import Person
from registry.watch.models import Duty
from tests.leases.contracts.conftest import (
    TODAY,
    SignedIn,
    concluded,
    demo_mode,
    flat,
    invented,
    make_flat,
    other,
    person,
    signed_in,
    site,
    stair,
)
from tests.people import system_access
from tests.registry.disclosures.conftest import basis, company
from vuokra.accounts.models import User
from vuokra.rules.services import add_version

__all__ = [
    "TODAY", "SignedIn", "concluded", "demo_mode", "flat", "invented", "make_flat", "other",
    "person", "signed_in", "site", "stair",
]  # fmt: skip

BORN = date(1985, 6, 15)
NAME = "Lehtovaara Marjukka"
HETU = "150685-906N"
ASK, ON_CALL, LIST, ROSTER = "/ovet/", "/ovet/paivystys/", "/ovet/avaukset/", "/ovet/vuorot/"
ADDRESS = "Koulukatu 5 A 2"
TYPED = {
    "flat": ADDRESS, "name": NAME, "born": "15.6.1985", "hetu": "", "number": "",
    "method": "document", "reason": "",
}  # fmt: skip


@pytest.fixture
def lease(flat: Flat, person: Person) -> Lease:
    with system_access():
        return concluded(flat, person)


@pytest.fixture
def opener(db: None) -> Recipient:
    """A company that opens doors, with an agreement in force."""
    with system_access():
        recipient = company()
        basis(recipient, codes=["PT-NIMI", "PT-OSOITE"])
    return recipient


def asked(flat: Flat, *, now: datetime | None = None, **claim: object) -> Question:
    """A question of the tenant, in the open context."""
    given = claim or {"name": NAME, "born": BORN}
    return services.ask(
        flat,
        Claim(**given),
        Method.DOCUMENT,
        now=now or timezone.now(),  # type: ignore[arg-type]  # a test's keywords
    )


def ordered(flat: Flat, to: Recipient | None = None, *, now: datetime | None = None) -> Opening:
    """An order on a question of the tenant, in the open context."""
    at = now or timezone.now()
    return services.order(asked(flat, now=at), company=to, payer=Payer.RESIDENT, now=at)


def reported(row: Opening, outcome: Outcome = Outcome.OPENED) -> Opening:
    """Reported at the moment of its order, in the open context."""
    said = Reported(outcome, row.ordered_at, Payer(row.payer))
    return services.report(row, said, now=timezone.now())


def always_on_call() -> None:
    """From now on every hour is on-call time, in the open context."""
    for key in (FROM, FRIDAY_FROM):
        add_version(key, 0, date(2020, 1, 1), source="Testi")


def on_duty(user: User, *, begins: int = -1, ends: int = 4) -> Duty:
    """A duty some hours from now, in the open context."""
    now = timezone.now()
    return Duty.objects.create(
        staff=user, recorded_by=user, starts_at=now + timedelta(hours=begins),
        ends_at=now + timedelta(hours=ends),
    )  # fmt: skip


def at(day: str, clock: str = "12:00") -> datetime:
    """A moment of local time."""
    return timezone.make_aware(datetime.combine(date.fromisoformat(day), time.fromisoformat(clock)))
