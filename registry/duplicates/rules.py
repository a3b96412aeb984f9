"""Rules of duplicates: how long a merge can be undone. Pure."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

UNDO_DAYS: Final = 30
"""How many days a merge can be undone, the day of the merge not counted."""

MIN_REASON: Final = 10
"""The fewest characters of a reason that says something."""


def last_undo_day(merged: date) -> date:
    """The last day on which a merge of this day can be undone."""
    return merged + timedelta(days=UNDO_DAYS)
