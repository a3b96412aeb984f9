"""Selections of the demo company: open ones, one with a skip, one to be approved, one with an offer
that waits, one whose offer was declined, one whose lease is to be drawn up.

Made by the services, as staff would; the wealth limits are invented.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from applications.intake.codes import State
from applications.intake.models import Application
from applications.selection import services
from applications.selection.models import (
    Decision,
    ExemptionPermit,
    OfferChannel,
    OfferState,
    OutOfOrder,
    Refusal,
    Round,
    SkipReason,
    WealthTable,
)
from applications.selection.queries.bounds import regime_of
from applications.selection.queries.page import Applicant, ranking_of
from applications.selection.queries.rounds import without
from applications.selection.services import Choice, bounds
from leases.homes.models import Flat
from vuokra.demo.registry import Progress, Scale
from vuokra.rules.rules import DAY

ROUNDS: Final = 7
FLATS: Final = 30
ANSWERS: Final = {
    3: OfferState.OPEN, 4: OfferState.DECLINED, 5: OfferState.ACCEPTED,
}  # fmt: skip
"""Which of them are offered, by their number, and what the household answers."""
LIMITS: Final = {
    1: Decimal(30_000), 2: Decimal(45_000), 3: Decimal(60_000), 4: Decimal(70_000),
}  # fmt: skip
STEP: Final = Decimal(10_000)
RENT_BASE: Final = 210
RENT_M2: Final = Decimal("7.60")
TIED: Final = "Tasatilanne: ensimmäinen pääsee muuttamaan heti."
MARKET: Final = "Talossa on useita tyhjiä asuntoja, ja hakija voi muuttaa heti."


def fill(scale: Scale, progress: Progress) -> None:
    """Wealth limits of the municipality, and selections at every stage."""
    today = scale.today
    _limits(today)
    _permit(today)
    services.assess_due(today)
    known = {one: regime_of(one, today) for one in without(today)[:FLATS]}
    by_law = [one for one, asked in known.items() if asked and asked.restricted]
    free = [one for one, asked in known.items() if asked and not asked.restricted]
    flats = [*by_law, *free][:ROUNDS]
    for number, flat in enumerate(flats):
        _live(number, _opened(flat, today), today)
        progress(number + 1, len(flats))


def _limits(today: date) -> None:
    for name in bounds.municipalities():
        table = WealthTable(
            municipality=name, valid_from=date(today.year, 1, 1), step_eur=STEP,
            decision=f"Kunnanhallitus 12.1.{today.year} § 9",
        )  # fmt: skip
        bounds.publish_limits(table, LIMITS, today=today)


def _permit(today: date) -> None:
    """The municipality lets a few flats be given past the limits while houses stand empty."""
    permit = ExemptionPermit(
        authority="Hillakoski", decision=f"Kunnanhallitus 12.1.{today.year} § 10",
        valid_from=date(today.year, 1, 1), valid_to=date(today.year + 1, 12, 31), income_limit=True,
        flats=10, occupancy="Kun kohteen käyttöaste on alle 95 %",
    )  # fmt: skip
    bounds.record_permit(permit, ())


def _opened(flat: Flat, today: date) -> Round:
    rent = (RENT_BASE + flat.area * RENT_M2).quantize(Decimal("0.01"))
    return services.open_round(
        flat, free_from=today + timedelta(days=40), rent_eur=rent, open_to_all_from=today,
        today=today,
    )  # fmt: skip


def _live(number: int, round_: Round, today: date) -> None:
    """From an open selection to its stage in the demo."""
    all_ = [one.row.application for one in _applicants(round_, today) if one.row]
    ready = [one.row.application for one in _applicants(round_, today) if one.row and _may_be(one)]
    if number == 1 and all_:
        _passed(round_, all_[0], SkipReason.NOT_REACHED, "Soitettu kolmesti.", today)
    elif number == 2 and len(ready) > 1:
        _decided(round_, ready[1], OutOfOrder.MARKET, MARKET, today)
    elif number in ANSWERS and ready:
        for one in all_[: all_.index(ready[0])]:
            _passed(round_, one, SkipReason.PAPERS, "Liitteitä ei ole saatu.", today)
        _offered(round_, ready[0], today, ANSWERS[number])


def _applicants(round_: Round, today: date) -> list[Applicant]:
    return list(ranking_of(round_, 1, today=today).applicants)


def _may_be(one: Applicant) -> bool:
    """Whether the household could be chosen as it stands."""
    valid = one.row is not None and one.row.application.state == State.VALID
    return valid and not one.barring


def _passed(
    round_: Round, application: Application, why: SkipReason, words: str, today: date
) -> None:
    services.skip(round_, application, why, words, today=today)


def _offered(round_: Round, application: Application, today: date, answer: OfferState) -> None:
    """Chosen and offered the flat, which waits for its answer, or is declined or accepted."""
    first, *others = _applicants(round_, today)
    tied = any(one.place == first.place for one in others)
    decision = _decided(
        round_, application, OutOfOrder.TIE if tied else "", TIED if tied else "", today
    )
    offer = services.offer(
        decision, channel=OfferChannel.PHONE, answer_by=today + 7 * DAY, today=today
    )
    if answer == OfferState.DECLINED:
        services.decline(offer, Refusal.PLACE, answered_on=today, today=today)
    elif answer == OfferState.ACCEPTED:
        services.accept(offer, answered_on=today, today=today)


def _decided(
    round_: Round, application: Application, why: str, words: str, today: date
) -> Decision:
    choice = Choice(out_of_order=why, reason=words)
    return services.decide(round_, application, choice, today=today)


def empty() -> bool:
    """Whether there is no selection."""
    return not Round.objects.exists()
