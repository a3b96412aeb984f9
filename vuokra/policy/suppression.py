"""Hiding small numbers in a table, so that they cannot be worked out from what is left (DP-A54).

A cell of fewer than `smallest` people is hidden. Since the totals tell the sum, others are hidden
with it: a hidden number is safe when at least two tables agree with everything that is shown. And
people who share a row or a column of hidden cells are a group too: if the totals tell that there
are fewer than `smallest` of them, more is hidden.

How it is told: cells, totals and the grand total are arcs of a circulation, in which what flows
into a node flows out: rows and columns are its nodes, and each sum of the table is one of them. A
hidden arc can be another number if, and only if, a cycle of hidden arcs goes through it on which
one more (or one less) can be sent round. Pure; source: data-protection, A54 and section 2.4.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Node = tuple[str, int]
Arc = tuple[int, int]
"""A cell by its row and column; the totals stand in the last row and the last column."""

Numbers = Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A table that may be shown: None stands for a hidden number.

    Write the same mark for all of them. One that tells more ("fewer than 5") tells of the others.
    """

    cells: list[list[int | None]]
    row_totals: list[int | None]
    column_totals: list[int | None]
    total: int | None


def suppressed(cells: Numbers, smallest: int) -> Suppressed:
    """The table with its totals, as it may be shown; nobody (0) is no group and stays.

    Raises ValueError for a table without cells, with rows of different lengths, or with a negative
    number.
    """
    whole = _with_totals(cells)
    hidden = _hidden(whole, smallest)
    shown: list[list[int | None]] = [
        [None if (row, column) in hidden else number for column, number in enumerate(numbers)]
        for row, numbers in enumerate(whole)
    ]
    return Suppressed(
        [numbers[:-1] for numbers in shown[:-1]],
        [numbers[-1] for numbers in shown[:-1]],
        shown[-1][:-1],
        shown[-1][-1],
    )


def suppressed_list(numbers: Sequence[int], smallest: int) -> tuple[list[int | None], int | None]:
    """The same for numbers in one row: they and their total."""
    table = suppressed([numbers], smallest)
    return table.cells[0], table.total if table.row_totals[0] is not None else None


def _with_totals(cells: Numbers) -> list[list[int]]:
    width = len(cells[0]) if cells else 0
    if not width or any(len(numbers) != width for numbers in cells):
        raise ValueError("A table has cells, and its rows are of one length.")
    if any(number < 0 for numbers in cells for number in numbers):
        raise ValueError("Nobody is counted below zero.")
    whole = [[*numbers, sum(numbers)] for numbers in cells]
    return [*whole, [sum(column) for column in zip(*whole, strict=True)]]


def _hidden(whole: list[list[int]], smallest: int) -> set[Arc]:
    """What is hidden: the small ones, and whatever hides them."""
    hidden = {
        (row, column)
        for row, numbers in enumerate(whole)
        for column, number in enumerate(numbers)
        if 0 < number < smallest
    }
    while True:
        more = _small_groups(whole, hidden, smallest) or _exposed(whole, hidden)
        if not more:
            return hidden
        hidden |= more


def _lines(whole: list[list[int]]) -> Iterator[tuple[list[Arc], Arc]]:
    """Every row and column: its cells, and its total."""
    last_row, last_column = len(whole) - 1, len(whole[0]) - 1
    for row in range(last_row + 1):
        yield [(row, column) for column in range(last_column)], (row, last_column)
    for column in range(last_column + 1):
        yield [(row, column) for row in range(last_row)], (last_row, column)


def _small_groups(whole: list[list[int]], hidden: set[Arc], smallest: int) -> set[Arc]:
    """The cheapest number to hide where a shown total tells of a small hidden group."""
    for arcs, total in _lines(whole):
        if total in hidden:
            continue
        group = sum(whole[row][column] for row, column in arcs if (row, column) in hidden)
        if 0 < group < smallest:
            left = [arc for arc in arcs if arc not in hidden and whole[arc[0]][arc[1]]]
            return {min(left, key=lambda arc: (whole[arc[0]][arc[1]], arc)) if left else total}
    return set()


def _exposed(whole: list[list[int]], hidden: set[Arc]) -> set[Arc]:
    """What must be hidden for the first number that can be worked out; nothing when none can."""
    for arc in sorted(hidden):
        if whole[arc[0]][arc[1]]:
            found = _cycle(whole, hidden, arc)
            if more := found - hidden:
                return more
    return set()


def _ends(whole: list[list[int]], arc: Arc) -> tuple[Node, Node]:
    """From which node to which an arc goes: cells from rows to columns, totals back."""
    row, column = arc
    last_row, last_column = len(whole) - 1, len(whole[0]) - 1
    from_row, to_column = ("row", row), ("column", column)
    back = (row == last_row) != (column == last_column)
    return (to_column, from_row) if back else (from_row, to_column)


def _cycle(whole: list[list[int]], hidden: set[Arc], arc: Arc) -> set[Arc]:
    """The other arcs of the cheapest cycle on which one more can be sent through `arc`.

    Hidden arcs cost nothing, others their number; an arc is used backwards where it carries
    something. Dijkstra's algorithm.
    """
    start, end = _ends(whole, arc)[1], _ends(whole, arc)[0]
    neighbours: dict[Node, list[tuple[Node, Arc, int]]] = {}
    for row, numbers in enumerate(whole):
        for column, number in enumerate(numbers):
            one = (row, column)
            if one == arc or not number:
                continue
            low, high = _ends(whole, one)
            cost = 0 if one in hidden else number + 1
            neighbours.setdefault(low, []).append((high, one, cost))
            neighbours.setdefault(high, []).append((low, one, cost))
    queue: list[tuple[int, Node, tuple[Arc, ...]]] = [(0, start, ())]
    seen: set[Node] = set()
    while queue:
        cost, node, path = heapq.heappop(queue)
        if node == end:
            return set(path)
        if node in seen:
            continue
        seen.add(node)
        for following, one, step in neighbours.get(node, []):
            if following not in seen:
                heapq.heappush(queue, (cost + step, following, (*path, one)))
    return set()
