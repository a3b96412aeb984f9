"""Small numbers in tables: hidden, and not to be worked out from what is left (DP-A54)."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vuokra.policy.suppression import Suppressed, suppressed, suppressed_list

SMALLEST = 5
small_tables = st.integers(1, 2).flatmap(
    lambda rows: st.lists(
        st.lists(st.integers(0, 6), min_size=2, max_size=2), min_size=rows, max_size=rows
    )
)
tables = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 40), min_size=width, max_size=width), min_size=1, max_size=5
    )
)


def agrees(shown: Suppressed, cells: list[list[int]]) -> bool:
    """Whether a table with these cells could be the one that is shown."""
    told = [
        *((s, n) for row, own in zip(shown.cells, cells, strict=True)
          for s, n in zip(row, own, strict=True)),
        *zip(shown.row_totals, (sum(own) for own in cells), strict=True),
        *zip(shown.column_totals, (sum(own) for own in zip(*cells, strict=True)), strict=True),
        (shown.total, sum(map(sum, cells))),
    ]  # fmt: skip
    return all(value is None or value == number for value, number in told)


def candidates(shown: Suppressed, cells: list[list[int]]) -> list[list[list[int]]]:
    """Every table up to one more person in a cell that could be the one shown: brute force."""
    most = max(max(own) for own in cells) + 2
    ranges = [range(most + 1) if value is None else [value] for row in shown.cells for value in row]
    width = len(cells[0])
    found = []
    for values in product(*ranges):
        one = [list(values[at : at + width]) for at in range(0, len(values), width)]
        if agrees(shown, one):
            found.append(one)
    return found


def numbers_of(cells: list[list[int]]) -> list[int]:
    """Cells, row totals, column totals and the total, in one list."""
    return [
        *(number for own in cells for number in own),
        *map(sum, cells),
        *(sum(own) for own in zip(*cells, strict=True)),
        sum(map(sum, cells)),
    ]


def shown_of(shown: Suppressed) -> list[int | None]:
    return [
        *(value for row in shown.cells for value in row), *shown.row_totals,
        *shown.column_totals, shown.total,
    ]  # fmt: skip


@settings(max_examples=150)
@given(small_tables)
def test_DP_A54_no_hidden_number_follows_from_the_rest(cells: list[list[int]]) -> None:
    """Whatever is hidden, at least two tables agree with what is shown and differ in it."""
    shown = suppressed(cells, SMALLEST)
    fitting = [numbers_of(one) for one in candidates(shown, cells)]
    for at, value in enumerate(shown_of(shown)):
        if value is None:
            assert len({numbers[at] for numbers in fitting}) > 1, (cells, shown, at)


@given(tables)
def test_DP_A54_no_small_number_is_shown_nor_a_small_group_left_over(
    cells: list[list[int]],
) -> None:
    shown = suppressed(cells, SMALLEST)
    for value in shown_of(shown):
        assert value is None or value == 0 or value >= SMALLEST
    lines = [
        *zip(shown.cells, cells, shown.row_totals, strict=True),
        *zip(zip(*shown.cells, strict=True), zip(*cells, strict=True), shown.column_totals,
             strict=True),
    ]  # fmt: skip
    for told, own, total in lines:
        group = sum(n for value, n in zip(told, own, strict=True) if value is None)
        assert total is None or group == 0 or group >= SMALLEST


@given(tables)
def test_nothing_is_hidden_where_nothing_is_small(cells: list[list[int]]) -> None:
    large = [[number + SMALLEST for number in own] for own in cells]
    assert None not in shown_of(suppressed(large, SMALLEST))


def test_DP_A54_one_applicant_in_a_cell() -> None:
    """One person among many: the cell is hidden, and three more, so that no sum tells it."""
    shown = suppressed([[1, 20, 30], [12, 18, 40], [25, 9, 33]], SMALLEST)
    assert shown.cells[0][0] is None
    assert sum(value is None for row in shown.cells for value in row) == 4
    assert shown.total == 188
    assert None not in (*shown.row_totals, *shown.column_totals)


def test_a_list_and_its_total() -> None:
    assert suppressed_list([12, 1, 30], SMALLEST) == ([None, None, 30], 43)
    assert suppressed_list([2], SMALLEST) == ([None], None)
    assert suppressed_list([0, 7], SMALLEST) == ([0, 7], 7)


@pytest.mark.parametrize("cells", [[], [[]], [[1, 2], [3]], [[-1]]])
def test_what_is_no_table_is_refused(cells: list[list[int]]) -> None:
    with pytest.raises(ValueError):
        suppressed(cells, SMALLEST)
