"""Small numbers are hidden, and not to be worked out from what is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications.supervision.rules import told

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
