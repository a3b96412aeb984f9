"""Small numbers are hidden, and not to be worked out from what is told, in one report or many."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from applications.supervision.rules.periods import PARTS, Period, Step, ended
from applications.supervision.rules.small import Grid, Together, told, told_together

COUNTS = st.lists(st.integers(0, 60), max_size=12)
SMALLEST = st.integers(2, 10)


@pytest.mark.parametrize(
    ("counts", "shown", "total"),
    [
        ([], (), 0),
        ([0, 0], (0, 0), 0),
        ([5, 12], (5, 12), 17),
        ([4, 9, 20], (None, None, 20), 33),
        ([4, 20], (None, None), 24),
        ([3], (None,), None),
        ([3, 0], (None, None), None),
        ([1, 1, 30, 8], (None, None, 30, None), 40),
        ([4, 4, 30], (None, None, 30), 38),
        ([1, 2], (None, None), None),
    ],
)
def test_what_is_told(counts: list[int], shown: tuple[int | None, ...], total: int | None) -> None:
    found = told(counts, 5)
    assert (found.counts, found.total) == (shown, total)


def test_a_count_is_not_below_zero() -> None:
    with pytest.raises(ValueError, match="below zero"):
        told([-1], 5)


@given(COUNTS, SMALLEST)
def test_no_small_number_is_told(counts: list[int], smallest: int) -> None:
    found = told(counts, smallest)
    for count, shown in zip(counts, found.counts, strict=True):
        assert shown is None or (shown == count and (count == 0 or count >= smallest))
        assert shown is not None or found.total is None or any(0 < c < smallest for c in counts)


@given(COUNTS, SMALLEST)
def test_the_sum_gives_no_small_number_away(counts: list[int], smallest: int) -> None:
    found = told(counts, smallest)
    hidden = [c for c, shown in zip(counts, found.counts, strict=True) if shown is None]
    if found.total is not None and hidden:
        assert len([c for c in hidden if c]) > 1 and sum(hidden) >= smallest
        assert found.total == sum(counts)


@given(COUNTS, SMALLEST)
def test_where_all_are_large_all_is_told(counts: list[int], smallest: int) -> None:
    if all(c == 0 or c >= smallest for c in counts):
        found = told(counts, smallest)
        assert (found.counts, found.total) == (tuple(counts), sum(counts))


# -- reports of the company and of its sites ---------------------------------------------------


@st.composite
def counted(draw: st.DrawFn) -> list[Grid]:
    """Tables that count the same people at some sites, each by another thing."""
    sums = draw(st.lists(st.integers(0, 24), min_size=1, max_size=5))
    widths = draw(st.lists(st.integers(1, 4), min_size=1, max_size=3))
    return [
        {place: draw(parted(number, width)) for place, number in enumerate(sums, 1)}
        for width in widths
    ]


@st.composite
def parted(draw: st.DrawFn, number: int, width: int) -> list[int]:
    """So many people under so many labels."""
    cuts = sorted(draw(st.integers(0, number)) for _ in range(width - 1))
    return [high - low for low, high in zip([0, *cuts], [*cuts, number], strict=True)]


def differences(grid: Grid, shown: Together) -> Iterator[tuple[int, int]]:
    """What two numbers that are told give by being subtracted, and how many people that is: the
    company less a site by each label and in all; a sum less the counts that are told of it."""
    whole_sum = sum(map(sum, grid.values()))
    for place, told_of in shown.places.items():
        for at, (all_, own) in enumerate(zip(shown.whole.counts, told_of.counts, strict=True)):
            if all_ is not None and own is not None:
                yield all_ - own, sum(c[at] for p, c in grid.items() if p != place)
        if shown.whole.total is not None and told_of.total is not None:
            yield shown.whole.total - told_of.total, whole_sum - sum(grid[place])
    for one in (shown.whole, *shown.places.values()):
        if one.total is not None:
            left = one.total - sum(count or 0 for count in one.counts)
            yield left, left


@given(counted(), SMALLEST)
def test_no_difference_of_two_reports_tells_of_few(grids: list[Grid], smallest: int) -> None:
    for grid, shown in zip(grids, told_together(grids, smallest), strict=True):
        for number, people in differences(grid, shown):
            assert number == people
            assert number == 0 or number >= smallest


@given(counted(), SMALLEST)
def test_no_report_tells_a_small_number_or_a_wrong_one(grids: list[Grid], smallest: int) -> None:
    for grid, shown in zip(grids, told_together(grids, smallest), strict=True):
        for place, own in shown.places.items():
            for number, real in zip(
                (*own.counts, own.total), (*grid[place], sum(grid[place])), strict=True
            ):
                assert number is None or (number == real and (number == 0 or number >= smallest))


@given(counted(), SMALLEST)
def test_no_small_number_follows_from_all_reports_of_all_tables(
    grids: list[Grid], smallest: int
) -> None:
    """Whatever is told, as equations of the numbers of people by site and labels: a small number is
    no consequence of them."""
    together = told_together(grids, smallest)
    every = list(_told_of(grids, together))
    nobody = {
        cell for cells, told_ in every if told_ and not _people(grids, cells) for cell in cells
    }
    names = _unknowns(grids, nobody)
    equations = [_row(names, cells) for cells, told_ in every if told_]
    known = _reduced([*equations, *_same_sums(grids, names)])
    for cells, told_ in every:
        if not told_ and 0 < _people(grids, cells) < smallest:
            assert not _follows(known, _row(names, cells)), (grids, cells)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 7), min_size=2, max_size=2), min_size=2, max_size=2),
    st.integers(2, 4),
)
def test_every_small_number_could_be_another(cells: list[list[int]], smallest: int) -> None:
    """All tables of two sites by two labels of which the same would be told, tried one by one."""
    grid = dict(enumerate(cells, 1))
    (shown,) = told_together([grid], smallest)
    most = range(max(map(max, cells)) + smallest + 1)
    others = [
        {1: [a, b], 2: [c, d]}
        for a, b, c, d in product(most, repeat=4)
        if _agrees(shown, {1: [a, b], 2: [c, d]})
    ]
    for place, at in product((1, 2), (0, 1)):
        if 0 < grid[place][at] < smallest:
            assert len({one[place][at] for one in others}) > 1, (cells, place, at)


def _agrees(shown: Together, grid: Grid) -> bool:
    """Whether a table with these cells could be the one of which this is told."""
    told_ = [*_told_numbers(shown)]
    sums = [sum(column) for column in zip(*grid.values(), strict=True)]
    real = [*sums, sum(sums)]
    for counts in grid.values():
        real += [*counts, sum(counts)]
    return all(one is None or one == own for one, own in zip(told_, real, strict=True))


def _told_numbers(shown: Together) -> Iterator[int | None]:
    for one in (shown.whole, *shown.places.values()):
        yield from (*one.counts, one.total)


Cell = tuple[int, int, int]
"""A table, a site and a label."""


def _unknowns(grids: Sequence[Grid], nobody: Collection[Cell]) -> dict[Cell, int]:
    """The cells where somebody may be: those of a sum that is told to be nothing are known."""
    cells = (
        (table, place, at)
        for table, grid in enumerate(grids)
        for place, counts in grid.items()
        for at in range(len(counts))
        if (table, place, at) not in nobody
    )
    return {cell: number for number, cell in enumerate(cells)}


def _told_of(grids: Sequence[Grid], told_: Sequence[Together]) -> Iterator[tuple[list[Cell], bool]]:
    """The cells of every number of every report, and whether it is told."""
    for table, (grid, shown) in enumerate(zip(grids, told_, strict=True)):
        labels = range(len(shown.whole.counts))
        whole = [[(table, place, at) for place in grid] for at in labels]
        yield from zip(whole, [n is not None for n in shown.whole.counts], strict=True)
        yield [one for own in whole for one in own], shown.whole.total is not None
        for place, own in shown.places.items():
            cells = [(table, place, at) for at in labels]
            yield from (([cell], n is not None) for cell, n in zip(cells, own.counts, strict=True))
            yield cells, own.total is not None


def _same_sums(grids: Sequence[Grid], names: dict[Cell, int]) -> Iterator[list[Fraction]]:
    """All the tables count the same people at a site."""
    for place, counts in grids[0].items():
        first = _row(names, [(0, place, at) for at in range(len(counts))])
        for table, grid in list(enumerate(grids))[1:]:
            own = _row(names, [(table, place, at) for at in range(len(grid[place]))])
            yield [a - b for a, b in zip(first, own, strict=True)]


def _row(names: dict[Cell, int], cells: Sequence[Cell]) -> list[Fraction]:
    row = [Fraction(0)] * len(names)
    for cell in cells:
        if cell in names:
            row[names[cell]] += 1
    return row


def _people(grids: Sequence[Grid], cells: Sequence[Cell]) -> int:
    return sum(grids[table][place][at] for table, place, at in cells)


def _reduced(rows: Sequence[list[Fraction]]) -> list[tuple[int, list[Fraction]]]:
    """Gaussian elimination: each row with the place where it begins."""
    found: list[tuple[int, list[Fraction]]] = []
    for row in rows:
        left = _less(found, row)
        begin = next((at for at, value in enumerate(left) if value), None)
        if begin is not None:
            found.append((begin, [value / left[begin] for value in left]))
    return found


def _less(found: Sequence[tuple[int, list[Fraction]]], row: list[Fraction]) -> list[Fraction]:
    for begin, own in found:
        if row[begin]:
            row = [a - row[begin] * b for a, b in zip(row, own, strict=True)]
    return row


def _follows(found: Sequence[tuple[int, list[Fraction]]], row: list[Fraction]) -> bool:
    return not any(_less(found, row))


def test_a_site_is_told_beside_the_company_where_it_is_large() -> None:
    (found,) = told_together([{1: [20, 30], 2: [12, 18]}], 5)
    assert found.whole.counts == (32, 48)
    assert found.places[1].counts == (20, 30) and found.places[2].total == 30


def test_a_site_whose_sum_would_tell_of_another_is_not_told() -> None:
    (found,) = told_together([{1: [20, 30], 2: [1, 2]}], 5)
    assert (found.whole.counts, found.whole.total) == ((21, 32), 53)
    assert {one.total for one in found.places.values()} == {None}


def test_a_count_of_a_site_is_not_told_beside_few_elsewhere() -> None:
    (found,) = told_together([{1: [20, 30], 2: [2, 18]}], 5)
    assert (found.whole.counts, found.whole.total) == ((22, 48), 70)
    assert (found.places[1].counts, found.places[1].total) == ((None, None), 50)
    assert (found.places[2].counts, found.places[2].total) == ((None, None), 20)


def test_a_site_with_nobody_is_told_where_the_others_are() -> None:
    (found,) = told_together([{1: [20, 30], 2: [0, 0]}], 5)
    assert (found.places[2].counts, found.places[2].total) == ((0, 0), 0)
    (small,) = told_together([{1: [2, 1], 2: [0, 0]}], 5)
    assert (small.places[2].counts, small.places[2].total) == ((None, None), None)


def test_tables_of_others_are_not_told_together() -> None:
    with pytest.raises(ValueError, match="count the same"):
        told_together([{1: [20]}, {1: [21]}], 5)
    with pytest.raises(ValueError, match="count the same"):
        told_together([{}], 5)


# -- periods -----------------------------------------------------------------------------------

DAYS = st.dates(date(2018, 1, 1), date(2040, 12, 31))


@given(
    st.integers(2016, 2041), DAYS, st.dictionaries(st.integers(2016, 2040), st.sampled_from(Step))
)
def test_periods_follow_each_other_and_are_over(
    since: int, today: date, steps: dict[int, Step]
) -> None:
    found = ended(since, today, lambda year: steps.get(year, Step.YEAR))
    assert found and len({one.code for one in found}) == len(found)
    assert found[0].last < today
    for later, earlier in pairwise(found):
        assert later.first == earlier.last + timedelta(days=1)
    assert found[-1].first == date(min(since, today.year - 1), 1, 1)


def test_the_year_so_far_is_no_period() -> None:
    found = ended(2025, date(2026, 11, 28), lambda year: Step.YEAR)
    assert [one.code for one in found] == ["2025"]
    assert ended(2025, date(2027, 1, 1), lambda year: Step.YEAR)[0].code == "2026"


def test_a_year_is_parted_as_its_first_day_says() -> None:
    found = ended(2025, date(2026, 7, 1), lambda year: Step.QUARTER if year == 2026 else Step.HALF)
    assert [one.code for one in found] == [
        "2026-quarter-2", "2026-quarter-1", "2025-half-2", "2025-half-1",
    ]  # fmt: skip


@pytest.mark.parametrize("step", Step)
def test_parts_make_a_whole_year(step: Step) -> None:
    parts = [Period(2028, step, number) for number in range(1, PARTS[step] + 1)]
    assert (parts[0].first, parts[-1].last) == (date(2028, 1, 1), date(2028, 12, 31))
    assert sum((one.last - one.first).days + 1 for one in parts) == 366
