"""Start events (alkutapahtumat): from which day the time of a row runs. Rooms tell what they know.

A room calls `register` from `AppConfig.ready`. Of a table that nobody registered no day is known:
of its rows only the formula of their retention code can be told.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

from registry.retention.rules import Lengths


@dataclass(frozen=True, slots=True)
class Kept:
    """By which retention code a row is kept, and its last day; None while its time does not run."""

    code: str
    until: date | None


Tell = Callable[[Collection[int], Lengths, date], Mapping[int, Kept]]
"""Row ids of one table, the lengths and the day → how each row is kept. A fixed number of
statements, in the open access context."""

_tables: dict[str, Tell] = {}


def register(table: str, tell: Tell) -> None:
    """Say how the rows of a table are kept. Raises ValueError when somebody has said it already."""
    if table in _tables:
        raise ValueError(f"The retention of {table} is registered already.")
    _tables[table] = tell


def kept(
    rows: Mapping[str, Collection[int]], lengths: Lengths, today: date
) -> dict[tuple[str, int], Kept]:
    """How rows, given by table, are kept: those whose start event some room knows."""
    return {
        (table, row): found
        for table, ids in rows.items()
        if table in _tables
        for row, found in _tables[table](ids, lengths, today).items()
    }
