"""What in an application is unlikely (epätodennäköinen tieto): it is confirmed, never refused.

A clerk mistypes a zero or a year; what was meant is confirmed and stays. The bounds are not numbers
of law or company: beyond them a typing error is likelier than the value.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final

from applications.intake.codes import IncomeKind, Period

MONTH_MOST: Final = Decimal(20_000)
WAGE_LEAST: Final = Decimal(100)
YEAR_LEAST: Final = Decimal(1_500)
ASSET_MOST: Final = Decimal(2_000_000)
AREA: Final = (Decimal(8), Decimal(400))
ROOMS_MOST: Final = 10
RESIDENTS_MOST: Final = 12
COST_MOST: Final = Decimal(4_000)
RENT_LEAST: Final = Decimal(150)
MOVED_EARLIEST: Final = 1920
FAR_AHEAD: Final = timedelta(days=366)
LONG_AGO: Final = timedelta(days=366 * 10)


class Doubt(StrEnum):
    """What is unlikely in a value."""

    INCOME_FUTURE = "income_future"
    INCOME_OVER = "income_over"
    INCOME_HIGH = "income_high"
    INCOME_LOW = "income_low"
    ASSET_HIGH = "asset_high"
    RENT_OVER_INCOME = "rent_over_income"
    COST_HIGH = "cost_high"
    AREA = "area"
    ROOMS = "rooms"
    RESIDENTS = "residents"
    MOVED_IN = "moved_in"
    WISHED_PAST = "wished_past"
    WISHED_FAR = "wished_far"
    MUST_MOVE_PAST = "must_move_past"
    HOMELESS_FUTURE = "homeless_future"
    HOMELESS_LONG = "homeless_long"
    RENT_WISH_LOW = "rent_wish_low"
    RECEIVED_LONG = "received_long"


@dataclass(frozen=True, slots=True)
class Remark:
    """A doubt about the value of a field."""

    field: str
    doubt: Doubt


def of_income(
    kind: IncomeKind,
    euros: Decimal,
    period: Period,
    *,
    since: date | None,
    until: date | None,
    today: date,
) -> Iterator[Remark]:
    """Income that begins later or is over already, or whose period is likely the other one."""
    if since is not None and since > today:
        yield Remark("since", Doubt.INCOME_FUTURE)
    if until is not None and until < today:
        yield Remark("until", Doubt.INCOME_OVER)
    month = euros if period is Period.MONTH else euros / 12
    if month > MONTH_MOST:
        yield Remark("euros", Doubt.INCOME_HIGH)
    small = {Period.MONTH: WAGE_LEAST, Period.YEAR: YEAR_LEAST}[period]
    if kind in (IncomeKind.WAGE, IncomeKind.PENSION) and 0 < euros < small:
        yield Remark("euros", Doubt.INCOME_LOW)


def of_asset(euros: Decimal) -> Iterator[Remark]:
    """Property worth more than is likely."""
    if euros > ASSET_MOST:
        yield Remark("euros", Doubt.ASSET_HIGH)


def of_home(
    *,
    area_m2: Decimal | None,
    rooms: int | None,
    residents: int | None,
    cost_eur: Decimal | None,
    moved_in: int | None,
    born: int | None,
    income_eur: Decimal | None,
    today: date,
) -> Iterator[Remark]:
    """The present home: its measures, the year of moving in (before birth, or to come), and costs
    above all that the household earns. `born` is the applicant's year of birth."""
    if area_m2 is not None and not AREA[0] <= area_m2 <= AREA[1]:
        yield Remark("area_m2", Doubt.AREA)
    if rooms is not None and (rooms == 0 or rooms > ROOMS_MOST):
        yield Remark("rooms", Doubt.ROOMS)
    if residents is not None and residents > RESIDENTS_MOST:
        yield Remark("residents", Doubt.RESIDENTS)
    if moved_in is not None and not max(MOVED_EARLIEST, born or 0) <= moved_in <= today.year:
        yield Remark("moved_in", Doubt.MOVED_IN)
    if cost_eur is not None and cost_eur > COST_MOST:
        yield Remark("cost_eur", Doubt.COST_HIGH)
    elif cost_eur is not None and income_eur is not None and cost_eur > income_eur:
        yield Remark("cost_eur", Doubt.RENT_OVER_INCOME)


def of_need(
    *, wished_on: date | None, must_move_by: date | None, homeless_since: date | None, today: date
) -> Iterator[Remark]:
    """Days of the need: moving in the past, or later than anybody plans."""
    if wished_on is not None and wished_on < today:
        yield Remark("wished_on", Doubt.WISHED_PAST)
    if wished_on is not None and wished_on > today + FAR_AHEAD:
        yield Remark("wished_on", Doubt.WISHED_FAR)
    if must_move_by is not None and must_move_by < today:
        yield Remark("must_move_by", Doubt.MUST_MOVE_PAST)
    if homeless_since is not None and homeless_since > today:
        yield Remark("homeless_since", Doubt.HOMELESS_FUTURE)
    if homeless_since is not None and homeless_since < today - LONG_AGO:
        yield Remark("homeless_since", Doubt.HOMELESS_LONG)


def of_wish(rent_most_eur: Decimal | None) -> Iterator[Remark]:
    """A rent for which nothing is let."""
    if rent_most_eur is not None and rent_most_eur < RENT_LEAST:
        yield Remark("rent_most_eur", Doubt.RENT_WISH_LOW)


def of_receipt(received_on: date, today: date) -> Iterator[Remark]:
    """An application that is recorded long after it arrived."""
    if received_on < today - FAR_AHEAD:
        yield Remark("received_on", Doubt.RECEIVED_LONG)
