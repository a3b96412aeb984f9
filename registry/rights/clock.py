"""The time that requests go by: the database server's, not that of a workstation (DP-A51)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection
from django.utils import timezone

from vuokra.access.stated import raw_sql

TOLERATED = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the database's clock says, and the newest moment that the access log knows."""

    now: datetime
    newest: datetime | None

    @property
    def went_back(self) -> bool:
        """Whether the clock is behind what was recorded before: somebody or something set it."""
        return self.newest is not None and self.newest > self.now + TOLERATED

    @property
    def latest_day(self) -> date:
        """The day for alerts: of the clock or, when that went back, of what was recorded last, so
        that no alert is put off by it."""
        latest = max(self.now, self.newest) if self.newest else self.now
        return timezone.localdate(latest)


def read() -> Reading:
    """Read the clock; one statement."""
    with raw_sql("the database's clock"), connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp(), public.registry_rights_newest()")
        now, newest = cursor.fetchone()
    return Reading(now, newest)


def today() -> date:
    """The day in Finland by the database's clock; one statement."""
    return timezone.localdate(now())


def now() -> datetime:
    """The moment by the database's clock; one statement."""
    with raw_sql("the database's clock"), connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment
