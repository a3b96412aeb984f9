"""Who is a customer now, and who was one: rooms that know of tenancies tell (DP-M6).

Until one is registered nobody is a former customer, and nobody an existing one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date

Tenancies = Callable[[Collection[int], date], Mapping[int, date | None]]
"""(person ids, today) → the last day of the person's latest tenancy, None while one goes on; who
never had one is absent. A fixed number of statements."""

_sources: list[Tenancies] = []


def register(source: Tenancies) -> None:
    """Let a room tell who is a customer; called from its `AppConfig.ready`."""
    _sources.append(source)


def latest_ends(persons: Collection[int], today: date) -> dict[int, date | None]:
    """The last day of each person's latest tenancy by every source; None while one goes on."""
    found: dict[int, date | None] = {}
    for source in _sources:
        for person, end in source(persons, today).items():
            before = found.get(person, date.min)
            found[person] = None if before is None or end is None else max(before, end)
    return found
