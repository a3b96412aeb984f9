"""When maintenance is on call (päivystysaika, S10-02): outside the hours of working days."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

FRIDAY: Final = 4
DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Hours:
    """On-call begins at `begins` (on Friday at `friday_begins`) and lasts until `ends` of the next
    working day."""

    begins: time
    friday_begins: time
    ends: time

    def begins_on(self, day: date) -> time:
        """When it begins on a working day."""
        return self.friday_begins if day.weekday() == FRIDAY else self.begins


def on_call(at: datetime, hours: Hours, holidays: Container[date]) -> bool:
    """Whether a moment of local time is on-call time. The first moment belongs to it, the last one
    no more: at 07.00 the working day has begun."""
    day, clock = at.date(), at.time()
    worked = _working(day, holidays) and hours.ends <= clock < hours.begins_on(day)
    return not worked


def on_call_until(at: datetime, hours: Hours, holidays: Container[date]) -> datetime | None:
    """When the on-call time that a moment belongs to is over; None when it belongs to none."""
    if not on_call(at, hours, holidays):
        return None
    day = at.date()
    if at.time() >= hours.ends:  # what ends in the morning has ended: this one ends another day
        day += DAY
    while not _working(day, holidays):
        day += DAY
    return datetime.combine(day, hours.ends, at.tzinfo)


def next_on_call(at: datetime, hours: Hours, holidays: Container[date]) -> datetime | None:
    """When the next on-call time begins; None while one goes on."""
    if on_call(at, hours, holidays):
        return None
    return datetime.combine(at.date(), hours.begins_on(at.date()), at.tzinfo)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time from a first moment to a last one, which does not belong to it any more."""

    begins: datetime
    ends: datetime


def on_call_times(
    first: datetime, last: datetime, hours: Hours, holidays: Container[date]
) -> Iterator[Stretch]:
    """The on-call times between two moments of local time, cut at both."""
    at = first
    while at < last:
        ends = on_call_until(at, hours, holidays)
        if ends is None:
            at = next_on_call(at, hours, holidays) or last
            continue
        yield Stretch(at, min(ends, last))
        at = ends


def uncovered(time: Stretch, duties: Iterable[Stretch]) -> list[Stretch]:
    """The parts of an on-call time in which nobody is on duty."""
    found, at = [], time.begins
    for one in sorted(duties, key=lambda duty: duty.begins):
        if one.ends <= at or one.begins >= time.ends:
            continue
        if one.begins > at:
            found.append(Stretch(at, one.begins))
        at = max(at, one.ends)
    if at < time.ends:
        found.append(Stretch(at, time.ends))
    return found


def _working(day: date, holidays: Container[date]) -> bool:
    return day.weekday() <= FRIDAY and day not in holidays
