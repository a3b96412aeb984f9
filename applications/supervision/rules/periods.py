"""Which periods a report is made of (raportin ajanjaksot): ended ones of one length, that follow
each other without a gap and never overlap, so that no report is a part of another.

Source: resident-selection specification, section 11.1; GDPR article 5(1)(c).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final


class Step(StrEnum):
    """How long a period is."""

    YEAR = "year"
    HALF = "half"
    QUARTER = "quarter"


PARTS: Final = {Step.YEAR: 1, Step.HALF: 2, Step.QUARTER: 4}
"""Into how many periods a calendar year is parted."""

MONTHS: Final = 12
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """A part of a calendar year, by its number from 1; both days are within it."""

    year: int
    step: Step
    number: int

    @property
    def code(self) -> str:
        """How it stands in an address: 2025, 2025-half-1, 2025-quarter-3."""
        return (
            f"{self.year}" if self.step is Step.YEAR else f"{self.year}-{self.step}-{self.number}"
        )

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 1 + self._months * (self.number - 1), 1)

    @property
    def last(self) -> date:
        """Its last day."""
        if self.number == PARTS[self.step]:
            return date(self.year + 1, 1, 1) - _DAY
        return date(self.year, 1 + self._months * self.number, 1) - _DAY

    @property
    def _months(self) -> int:
        return MONTHS // PARTS[self.step]


def ended(first_year: int, today: date, step_of: Callable[[int], Step]) -> list[Period]:
    """The periods that are over, the latest first; at least those of the year before this. A year
    is parted by the length that holds when it begins (`step_of`), whatever comes in its course."""
    years = range(min(first_year, today.year - 1), today.year + 1)
    found = [
        Period(year, step, number)
        for year in years
        for step in (step_of(year),)
        for number in range(1, PARTS[step] + 1)
    ]
    return [one for one in reversed(found) if one.last < today]
