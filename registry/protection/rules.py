"""Rules of turvakielto. No database, no clock: today is a parameter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from vuokra.rules.rules import add_years


class PeriodDoubt(Enum):
    """What is unusual in a ban's period. The paper decides, so it is asked, not refused."""

    FIRST_TOO_LONG = "first_too_long"
    MORE_TOO_LONG = "more_too_long"
    FIRST_UNTIL_FURTHER = "first_until_further"
    OVER_ALREADY = "over_already"


def period_doubt(
    valid_from: date, valid_until: date | None, *, first: bool, years: int, today: date
) -> PeriodDoubt | None:
    """What in the period differs from laki 661/2009 36 §, or None.

    At most so many `years`, which are fewer after the first ban; then also until further notice for
    special reasons. The last allowed day is the one before the same date: 15.3.2026–14.3.2031.
    """
    if valid_until is None:
        return PeriodDoubt.FIRST_UNTIL_FURTHER if first else None
    if valid_until < today:
        return PeriodDoubt.OVER_ALREADY
    if valid_until > add_years(valid_from, years):
        return PeriodDoubt.FIRST_TOO_LONG if first else PeriodDoubt.MORE_TOO_LONG
    return None


def review_day(valid_from: date, valid_until: date | None, years: int) -> date:
    """When a ban must be looked at again: its last day, or so many years after it began."""
    return valid_until or add_years(valid_from, years)


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
