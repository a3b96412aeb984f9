"""Geometry of charts."""

from __future__ import annotations

from decimal import Decimal

import pytest

from vuokra.ui import charts


def test_a_line_goes_from_edge_to_edge_with_zero_in_sight() -> None:
    found = charts.line([Decimal("-50.00"), Decimal(0), Decimal(50)], width=100, height=10)
    assert found.points == "0.0,10.0 50.0,5.0 100.0,0.0"
    assert found.zero == "5.0"
    assert found.area == f"0,5.0 {found.points} 100,5.0"


def test_a_line_of_debts_alone_has_zero_at_the_top() -> None:
    assert charts.line([-10, -20], height=10).zero == "0.0"


def test_a_line_without_change_is_drawn() -> None:
    assert charts.line([0, 0], width=10, height=10).points == "0.0,0.0 10.0,0.0"


def test_one_value_is_no_line() -> None:
    with pytest.raises(ValueError, match="two"):
        charts.line([1])


def test_shares_are_of_the_longest_and_none_vanishes() -> None:
    assert charts.shares([Decimal(200), Decimal("0.01"), 0]) == [100, 1, 0]
    assert charts.shares([]) == []
    assert charts.shares([0, 0]) == [0, 0]
