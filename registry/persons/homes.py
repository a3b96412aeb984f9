"""How the home addresses of two records of one person are made to follow each other. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """One home address: from `first` to `last`, both days included, or until further notice.

    `kept` tells that it is the surviving record's.
    """

    pk: int
    first: date
    last: date | None
    kept: bool

    @property
    def end(self) -> date:
        return self.last or date.max

    def overlaps(self, other: Period) -> bool:
        return self.first <= other.end and other.first <= self.end


def fit_homes(periods: Iterable[Period]) -> list[Period]:
    """The periods that the surviving person can have at once, changed where they overlapped.

    The address that began later holds, and the one before it ends the day before. A merged
    record's address that lasts longer than the survivor's inside it begins after that one. What
    is left without a day of its own, or began on the same day, is absent: it rests with the merged
    record. The survivor's addresses are never absent.
    """
    periods = sorted(periods, key=lambda period: period.first, reverse=True)
    kept = {period.pk: period for period in periods if period.kept}
    taken: list[Period] = []
    for moving in (period for period in periods if not period.kept):
        fitted = _fitted(moving, kept)
        if fitted is not None:
            taken.append(fitted)
    return [*kept.values(), *taken]


def _fitted(moving: Period, kept: dict[int, Period]) -> Period | None:
    for home in sorted(kept.values(), key=lambda home: home.first, reverse=True):
        if not moving.overlaps(home):
            continue
        if moving.first > home.first and moving.end >= home.end:
            kept[home.pk] = replace(home, last=moving.first - DAY)
        elif moving.first < home.first and moving.end <= home.end:
            moving = replace(moving, last=home.first - DAY)
        elif moving.first < home.first and home.last is not None:
            moving = replace(moving, first=home.last + DAY)
        else:
            return None
    return moving
