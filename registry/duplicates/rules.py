"""Rules of duplicates: how long a merge can be undone. Pure."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

MIN_REASON: Final = 10
"""The fewest characters of a reason that says something."""


def last_undo_day(merged: date, days: int) -> date:
    """The last day on which a merge of this day can be undone; the day itself is not counted."""
    return merged + timedelta(days=days)
