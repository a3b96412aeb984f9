"""The on-call calendar that holds at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.utils import timezone

from leases.doors import rules
from leases.doors.rule_rows import EVES, FRIDAY_FROM, FROM, UNTIL
from leases.doors.rules import Hours
from vuokra.rules import queries as dated
from vuokra.rules.queries import Holidays, RuleValue

LONGEST: Final = timedelta(days=14)
"""Longer than holidays and weekends in a row; holidays are asked for so far."""


@dataclass(frozen=True, slots=True)
class OnCall:
    """Whether it is on-call time, until when or from when, and the rows that say so."""

    now: bool
    until: datetime | None
    begins: datetime | None
    by: tuple[RuleValue, ...]


def on_call_at(moment: datetime) -> OnCall:
    """The on-call time of a moment. Raises RuleMissing when a rule or the holidays of the year are
    not known."""
    at = timezone.localtime(moment)
    day = at.date()
    found = dated.rules((FROM, FRIDAY_FROM, UNTIL, EVES), day)
    hours = Hours(*(_clock(found[key].integer) for key in (FROM, FRIDAY_FROM, UNTIL)))
    holidays = _holidays(day, eves=found[EVES].flag)
    return OnCall(
        now=rules.on_call(at, hours, holidays),
        until=rules.on_call_until(at, hours, holidays),
        begins=rules.next_on_call(at, hours, holidays),
        by=tuple(found.values()),
    )


def _holidays(day: date, *, eves: bool) -> Holidays:
    return dated.holidays_between(day, day + LONGEST, eves=eves)


def _clock(minutes: int) -> time:
    hour, minute = divmod(minutes, 60)
    return time(hour, minute)
