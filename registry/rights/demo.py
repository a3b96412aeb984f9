"""Four invented requests at different states, handled by the demo company's registrars."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from registry.persons.models import Person
from registry.rights import clock, services
from registry.rights.models import (
    Channel,
    DataRequest,
    Method,
    Outcome,
    RefusalGround,
    Result,
    Right,
    Target,
    Way,
)
from registry.rights.services import Intake, Ruling, matters
from registry.rights.services.matters import Dispute
from vuokra.access.context import current
from vuokra.accounts.models import User
from vuokra.accounts.queries import actor_for
from vuokra.demo.registry import Progress, Scale

HANDLER = "rek"
CHOSEN = (4, 11, 18)
"""Whose requests: the same people of the register in every demo."""


def fill(scale: Scale, progress: Progress) -> None:
    """The room's part of the demo company."""
    people = [Person.objects.order_by("id")[index] for index in CHOSEN if index < scale.persons]
    if len(people) < len(CHOSEN):
        return
    today = clock.today()
    with handled():
        _access(people[0], today - timedelta(days=12))
        progress(1, 4)
        _rectification(people[1], today - timedelta(days=24))
        progress(2, 4)
        _identifying(people[2], today - timedelta(days=2))
        progress(3, 4)
    services.take_in(
        Intake(
            today - timedelta(days=1), Channel.EMAIL, [Right.ACCESS],
            wish="Mitä tietoja minusta on?", sender="Tuntematon Kirjoittaja",
        )
    )  # fmt: skip
    progress(4, 4)


@contextmanager
def handled() -> Iterator[None]:
    """As the registrar, when the demo staff are there: steps are taken in somebody's name."""
    ctx, before = current(), current().actor
    staff = User.objects.filter(username=HANDLER).first()
    if staff is not None:
        ctx.identify(actor_for(staff))
    try:
        yield
    finally:
        ctx.identify(before)


def _access(person: Person, day: date) -> DataRequest:
    row = services.take_in(
        Intake(day, Channel.LETTER, [Right.ACCESS], wish="Kaikki minua koskevat tiedot.",
               person=person)
    )  # fmt: skip
    if not person.protected:
        services.verify(row, Method.PHOTO_ID, version=row.version)
    return row


def _rectification(person: Person, day: date) -> DataRequest:
    row = services.take_in(
        Intake(day, Channel.VISIT, [Right.RECTIFICATION], wish="Puhelinnumero on väärä.",
               person=person)
    )  # fmt: skip
    services.verify(row, Method.PHOTO_ID, version=row.version)
    dispute = Dispute(Target.CONTACT, "040 000 0000", "Numero on vaihtunut.", evidence="Käynti")
    one = matters.add_correction(row, dispute, restrict=False, version=row.version)
    reasons = "Numero on jo oikein rekisterissä."
    matters.settle(one, Result.NO_GROUND, note=reasons, version=row.version)
    row.refresh_from_db()
    services.decide(
        row, Right.RECTIFICATION,
        Ruling(Outcome.REFUSED, RefusalGround.ACCURATE, reasons),
        version=row.version,
    )  # fmt: skip
    services.submit(row, version=row.version)
    return row


def _identifying(person: Person, day: date) -> DataRequest:
    row = services.take_in(
        Intake(day, Channel.EMAIL, [Right.ERASURE], wish="Poistakaa tietoni.", person=person)
    )
    services.ask(row, way=Way.LETTER, version=row.version)
    return row


def empty() -> bool:
    """Whether there is no request yet."""
    return not DataRequest.objects.exists()
