"""Weeks as they stand in an address, for pages that show one: `?viikko=2026-48`."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

WEEK: Final = timedelta(days=7)
ASKED: Final = "viikko"
"""The parameter of an address."""


def monday(day: date) -> date:
    """The first day of the week of a day."""
    return day - timedelta(days=day.weekday())


def week_name(day: date) -> str:
    """The week of a day as an address tells it: `2026-48`."""
    found = day.isocalendar()
    return f"{found.year}-{found.week:02}"


def week_asked(given: str, today: date, farthest: timedelta) -> date:
    """The Monday of the week that an address asks for; this week's when it asks for none that could
    be one, or for one so far off that its holidays are not known."""
    year, _dash, number = given.partition("-")
    try:
        first = date.fromisocalendar(int(year), int(number), 1)
    except ValueError:
        return monday(today)
    return first if abs(first - today) <= farthest else monday(today)
