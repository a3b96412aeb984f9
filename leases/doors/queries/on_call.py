"""The on-call calendar that holds at a moment, who is on duty then, and the roster of a week."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from django.utils import timezone

from leases.doors.rule_rows import EVES, FRIDAY_FROM, FROM, UNTIL
from leases.doors.rules import on_call as rules
from leases.doors.rules.on_call import Hours, Stretch
from registry.watch.models import Duty
from vuokra.accounts.queries import staff_names
from vuokra.rules import queries as dated
from vuokra.rules.queries import Holidays
from vuokra.ui.weeks import WEEK

LONGEST: Final = timedelta(days=14)
"""Longer than holidays and weekends in a row; holidays are asked for so far."""


@dataclass(frozen=True, slots=True)
class OnCall:
    """Whether it is on-call time, until when or from when."""

    now: bool
    until: datetime | None
    begins: datetime | None


def on_call_at(moment: datetime) -> OnCall:
    """The on-call time of a moment. Raises RuleMissing when a rule or the holidays of the year are
    not known."""
    at = timezone.localtime(moment)
    hours, holidays = _calendar(at.date(), LONGEST)
    return OnCall(
        now=rules.on_call(at, hours, holidays),
        until=rules.on_call_until(at, hours, holidays),
        begins=rules.next_on_call(at, hours, holidays),
    )


def _calendar(day: date, days: timedelta) -> tuple[Hours, Holidays]:
    found = dated.rules((FROM, FRIDAY_FROM, UNTIL, EVES), day)
    hours = Hours(*(_clock(found[key].integer) for key in (FROM, FRIDAY_FROM, UNTIL)))
    holidays = dated.holidays_between(day, day + days, eves=found[EVES].flag)
    return hours, holidays


def _clock(minutes: int) -> time:
    hour, minute = divmod(minutes, 60)
    return time(hour, minute)


# -- the on-call view: whether it is open --------------------------------------------------------


class Closed(StrEnum):
    """Why the on-call view is closed to a user."""

    OFFICE_HOURS = "office_hours"
    OFF_DUTY = "off_duty"


@dataclass(frozen=True, slots=True)
class Gate:
    """Whether the on-call view is open to a user: until when, or why not and when it opens."""

    closed: Closed | None
    until: datetime | None = None
    opens: datetime | None = None


def gate(user_id: int | None, moment: datetime) -> Gate:
    """Whether the on-call view is open at a moment: in on-call time, to whoever is on duty then.

    One statement. `opens` is when on-call time and a duty of the user's begin next, as far as they
    are known. Raises RuleMissing.
    """
    on_call = on_call_at(moment)
    duties = _merged(
        Stretch(one.starts_at, one.ends_at)
        for one in Duty.objects.filter(staff_id=user_id, ends_at__gt=moment).order_by("starts_at")
    )
    now = next((one for one in duties if one.begins <= moment), None)
    if on_call.until is not None and now is not None:
        return Gate(None, until=min(on_call.until, timezone.localtime(now.ends)))
    closed = Closed.OFF_DUTY if on_call.now else Closed.OFFICE_HOURS
    return Gate(closed, opens=_opens(duties, moment))


def _merged(duties: Iterable[Stretch]) -> list[Stretch]:
    """Duties that follow one another without a break are one time."""
    found: list[Stretch] = []
    for one in duties:
        if found and one.begins <= found[-1].ends:
            found[-1] = Stretch(found[-1].begins, max(found[-1].ends, one.ends))
        else:
            found.append(one)
    return found


def _opens(duties: Sequence[Stretch], moment: datetime) -> datetime | None:
    """The first moment on which somebody with these duties is on call."""
    for one in duties:
        begins, ends = timezone.localtime(max(one.begins, moment)), timezone.localtime(one.ends)
        last = min(ends, begins + LONGEST)
        hours, holidays = _calendar(begins.date(), 2 * LONGEST)
        found = next(rules.on_call_times(begins, last, hours, holidays), None)
        if found is not None:
            return found.begins
    return None


# -- the roster ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Somebody on duty in an on-call time, and for which part of it."""

    name: str
    staff: int
    time: Stretch


@dataclass(slots=True)
class Night:
    """An on-call time (päivystysaika) with who is on duty in it, and parts without anybody."""

    time: Stretch
    duties: list[OnDuty] = field(default_factory=list)
    gaps: list[Stretch] = field(default_factory=list)


def roster(first: datetime, last: datetime) -> list[Night]:
    """The on-call times between two moments; two statements. Raises RuleMissing."""
    begins, ends = timezone.localtime(first), timezone.localtime(last)
    hours, holidays = _calendar(begins.date(), ends - begins + LONGEST)
    found = list(Duty.objects.filter(starts_at__lt=last, ends_at__gt=first).order_by("starts_at"))
    names = staff_names({one.staff_id for one in found})
    return [
        _night(stretch, found, names)
        for stretch in rules.on_call_times(begins, ends, hours, holidays)
    ]


def _night(whole: Stretch, duties: Sequence[Duty], names: dict[int, str]) -> Night:
    night = Night(whole)
    for one in duties:
        begins = timezone.localtime(max(one.starts_at, whole.begins))
        ends = timezone.localtime(min(one.ends_at, whole.ends))
        if begins < ends:
            part = Stretch(begins, ends)
            night.duties.append(OnDuty(names.get(one.staff_id, ""), one.staff_id, part))
    night.gaps = rules.uncovered(whole, [one.time for one in night.duties])
    return night


def week(monday: date) -> list[Night]:
    """The on-call times that begin in the week of a Monday, whole; two statements. That of the
    weekend before begins in the week before. Raises RuleMissing."""
    first = timezone.make_aware(datetime.combine(monday, time.min))
    return [
        night
        for night in roster(first - LONGEST, first + WEEK + LONGEST)
        if first <= night.time.begins < first + WEEK
    ]


def next_duty(user_id: int | None, moment: datetime, until: datetime) -> Duty | None:
    """The duty of a user that is on at a moment, or begins next before another; one statement."""
    chosen = Duty.objects.filter(staff_id=user_id, ends_at__gt=moment, starts_at__lt=until)
    return chosen.order_by("starts_at").first()
