"""When something is due and in which order the queue stands. No database, no clock.

Source: user-interface direction, section 5.1.
"""

from __future__ import annotations

import datetime as dt
from enum import IntEnum

from django.utils import timezone


class Band(IntEnum):
    """The groups of the queue, in their order on the screen."""

    LATE = 0
    TODAY = 1
    WEEK = 2
    SOON = 3
    UNDATED = 4
    LATER = 5


def deadline(due: dt.date | dt.datetime) -> dt.datetime:
    """The moment after which it is late: the given one, or the end of the given day, local time."""
    if isinstance(due, dt.datetime):
        return due
    next_day = dt.datetime.combine(due + dt.timedelta(days=1), dt.time())
    return timezone.make_aware(next_day)


def due_day(due: dt.date | dt.datetime) -> dt.date:
    """The local day of a deadline."""
    return timezone.localdate(due) if isinstance(due, dt.datetime) else due


def band(due: dt.date | dt.datetime | None, now: dt.datetime) -> Band:
    """The group of a deadline at the moment `now`; a week ends on Sunday."""
    if due is None:
        return Band.UNDATED
    today, day = timezone.localdate(now), due_day(due)
    if deadline(due) <= now:
        return Band.LATE
    if day == today:
        return Band.TODAY
    sunday = today + dt.timedelta(days=6 - today.weekday())
    return Band.WEEK if day <= sunday else Band.LATER


def days_late(due: dt.date | dt.datetime, today: dt.date) -> int:
    """Whole days past the deadline; 0 when it is today or later."""
    return max((today - due_day(due)).days, 0)


def order(
    due: dt.date | dt.datetime | None, weight: int, since: dt.date | None, key: str
) -> tuple[bool, float, int, dt.date, str]:
    """Sort key inside a group: deadline, legal effect, age (the older first), key."""
    moment = deadline(due).timestamp() if due is not None else 0.0
    return (due is None, moment, -weight, since or dt.date.max, key)


def put_off(due: dt.date | dt.datetime | None, days: int, today: dt.date) -> dt.date:
    """The new day of a row that is put off: so many days from its deadline, or from today when
    late."""
    base = today if due is None else max(due_day(due), today)
    return base + dt.timedelta(days=days)
