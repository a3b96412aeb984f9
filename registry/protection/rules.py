"""Rules of turvakielto. No database, no clock: today is a parameter."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import Enum

FIRST_YEARS = 5
"""The longest first ban. Source: laki 661/2009 36 §."""

MORE_YEARS = 2
"""How long a ban is renewed at a time. Source: laki 661/2009 36 §."""

REVIEW_YEARS = 2
"""A ban until further notice is looked at again after so many years; company setting."""

REMIND_DAYS = 30
"""So many days before its review a ban stands in the work queue; company setting."""

PROMPT_MINUTES = 30
"""A stated purpose and reason serve one person's details so long; ui 6 (at most 30 minutes)."""

EXPORT_DAYS = 30
"""Exports this many days back are called back when a ban is recorded. Source: 7.5 T5."""

SHORTEST_REASON = 5
"""Characters of a stated reason that can say something; as `vuokra.access.context` demands."""


class PeriodDoubt(Enum):
    """What is unusual in a ban's period. The paper decides, so it is asked, not refused."""

    FIRST_TOO_LONG = "first_too_long"
    MORE_TOO_LONG = "more_too_long"
    FIRST_UNTIL_FURTHER = "first_until_further"
    OVER_ALREADY = "over_already"


def years_after(day: date, years: int) -> date:
    """The same day so many years later; 28 February for a leap day without one."""
    year = day.year + years
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))


def period_doubt(
    valid_from: date, valid_until: date | None, *, first: bool, today: date
) -> PeriodDoubt | None:
    """What in the period differs from laki 661/2009 36 §, or None.

    First at most five years; then two years at a time, or until further notice for special
    reasons. The last allowed day is the one before the same date: 15.3.2026–14.3.2031.
    """
    if valid_until is None:
        return PeriodDoubt.FIRST_UNTIL_FURTHER if first else None
    if valid_until < today:
        return PeriodDoubt.OVER_ALREADY
    years = FIRST_YEARS if first else MORE_YEARS
    if valid_until > years_after(valid_from, years):
        return PeriodDoubt.FIRST_TOO_LONG if first else PeriodDoubt.MORE_TOO_LONG
    return None


def review_day(valid_from: date, valid_until: date | None) -> date:
    """When a ban must be looked at again: its last day, or REVIEW_YEARS after it began."""
    return valid_until or years_after(valid_from, REVIEW_YEARS)


def is_past(valid_until: date | None, today: date) -> bool:
    """Whether the paper's last day has passed: to be confirmed, never ended by that (DP-A22)."""
    return valid_until is not None and valid_until < today


@dataclass(frozen=True, slots=True)
class PlainAddress:
    """An address out of its sealed text."""

    street: str
    postal_code: str
    town: str
    country: str = "FI"

    @property
    def line(self) -> str:
        """The address on one line."""
        place = " ".join(filter(None, (self.postal_code, self.town)))
        abroad = f", {self.country}" if self.country != "FI" else ""
        return f"{self.street}, {place}{abroad}"


def packed_address(address: PlainAddress) -> str:
    """An address as one text, one part on a line; the parts hold no line breaks."""
    return "\n".join((address.street, address.postal_code, address.town, address.country))


def unpacked_address(text: str) -> PlainAddress:
    """The address of a packed text. Raises ValueError for anything else."""
    street, postal_code, town, country = text.split("\n")
    return PlainAddress(street, postal_code, town, country)
