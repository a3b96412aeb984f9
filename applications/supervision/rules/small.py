"""Small numbers are not told, nor can they be worked out from a sum (pienten lukujen peittäminen).

A report of the whole company and those of its places are told together: one of them is not worked
out by taking others from it. Source: GDPR article 5(1)(c); resident-selection specification,
section 11.1.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from vuokra.policy.suppression import suppressed, suppressed_list

Grid = Mapping[int, Sequence[int]]
"""The counts of a table by place. Each place of it has one for every row of the table."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of counts and their sum; None stands for a number that is not."""

    counts: tuple[int | None, ...]
    total: int | None


def told(counts: Sequence[int], smallest: int) -> Told:
    """Which of the counts of one table may be told with their sum. None is told below `smallest`;
    zeros are told where nothing else is hidden, else they would point at the row that is not zero.
    What is hidden is never a single number, and comes to at least `smallest` together: larger ones
    are hidden beside it, the smaller first. Where there are none the sum is hidden too. Raises
    ValueError for a negative count."""
    if any(count < 0 for count in counts):
        raise ValueError("a count is not below zero")
    hidden = {at for at, count in enumerate(counts) if 0 < count < smallest}
    if not hidden:
        return Told(tuple(counts), sum(counts))
    larger = sorted(
        (at for at, count in enumerate(counts) if count >= smallest), key=counts.__getitem__
    )
    while larger and (len(hidden) < 2 or sum(counts[at] for at in hidden) < smallest):
        hidden.add(larger.pop(0))
    enough = len(hidden) > 1 and sum(counts[at] for at in hidden) >= smallest
    shown = tuple(count if count and at not in hidden else None for at, count in enumerate(counts))
    return Told(shown, sum(counts) if enough else None)


@dataclass(frozen=True, slots=True)
class Together:
    """What is told of one table: of the whole company, and of each of its places."""

    whole: Told
    places: Mapping[int, Told]


def told_together(grids: Sequence[Grid], smallest: int) -> list[Together]:
    """Which counts of tables that count the same people, each by another thing, may be told of the
    whole company and of every place of theirs.

    Of the whole is told what `told` tells. Of a place nothing is told when its sum is too small, or
    would tell of others that are; else its sum, and of its counts those that neither tell of few
    nor let few be worked out, by themselves or from the whole. Sums are the same in all the tables,
    so that none gives away what another hides. Raises ValueError for a grid without places, and for
    grids whose sums differ.
    """
    sums = [{place: sum(counts) for place, counts in grid.items()} for grid in grids]
    if not sums or not all(own and own == sums[0] for own in sums):
        raise ValueError("tables that are told together count the same people by the same places")
    named = _named(sums[0], smallest)
    return [_together(grid, named, smallest) for grid in grids]


def _named(sums: Mapping[int, int], smallest: int) -> frozenset[int]:
    """The places whose sum may be told."""
    shown, whole = suppressed_list(list(sums.values()), smallest)
    if whole is None:
        return frozenset()
    return frozenset(place for place, own in zip(sums, shown, strict=True) if own is not None)


def _together(grid: Grid, named: Collection[int], smallest: int) -> Together:
    whole = told([sum(column) for column in zip(*grid.values(), strict=True)], smallest)
    shown = _shown(grid, named, whole, smallest)
    places = {}
    for place, counts in grid.items():
        if place not in named:
            places[place] = Told((None,) * len(counts), None)
        elif not any(counts):
            places[place] = Told(tuple(counts), 0)
        else:
            places[place] = Told(shown.get(place, (None,) * len(counts)), sum(counts))
    return Together(whole, places)


def _shown(
    grid: Grid, named: Collection[int], whole: Told, smallest: int
) -> dict[int, tuple[int | None, ...]]:
    """The counts of places that are told, beside a whole and sums that are; of none, when there is
    no way to tell them without hiding more of those. Places that are not named stand as one row:
    the whole less the others tells of it."""
    others = [counts for place, counts in grid.items() if place not in named]
    rows = {place: grid[place] for place in named if any(grid[place])}
    rest = [sum(column) for column in zip(*others, strict=True)]
    table = [*rows.values(), *([rest] if any(rest) else [])]
    if not rows:
        return {}
    found = suppressed(table, smallest)
    sums_told = None not in (*found.row_totals, found.total)
    whole_told = all(
        count is not None or own is None
        for count, own in zip(found.column_totals, whole.counts, strict=True)
    )
    if not sums_told or not whole_told:
        return {}
    return {place: _without_zeros(row) for place, row in zip(rows, found.cells, strict=False)}


def _without_zeros(row: Sequence[int | None]) -> tuple[int | None, ...]:
    """Beside a hidden count nothing says that others are zero: it would point at the one that is
    not."""
    return tuple(count or None for count in row) if None in row else tuple(row)
