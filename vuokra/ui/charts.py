"""Geometry of the charts that the server draws: points and shares, no colours and no text.

Source: user-interface direction, section 13.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH, HEIGHT = 240, 48


@dataclass(frozen=True, slots=True)
class Line:
    """An area line: SVG points, the same closed down to zero, and where zero lies."""

    width: int
    height: int
    points: str
    area: str
    zero: str


def line(values: Sequence[Decimal | int], *, width: int = WIDTH, height: int = HEIGHT) -> Line:
    """An area line of values at even distances, zero always in sight.

    Raises ValueError for fewer than two values.
    """
    if len(values) < 2:
        raise ValueError("a line needs two values")
    low, high = min(0, *values), max(0, *values)
    span = (high - low) or 1
    step = width / (len(values) - 1)

    def y(value: Decimal | int) -> str:
        return f"{float((high - value) * height / span):.1f}"

    points = [f"{number * step:.1f},{y(value)}" for number, value in enumerate(values)]
    closed = [f"0,{y(0)}", *points, f"{width},{y(0)}"]
    return Line(width, height, " ".join(points), " ".join(closed), y(0))


def shares(amounts: Sequence[Decimal | int]) -> list[int]:
    """Lengths of bars in per cent of the longest; an amount above zero is never invisible."""
    longest = max(amounts, default=0)
    return [
        max(round(amount * 100 / longest), 1) if amount > 0 and longest > 0 else 0
        for amount in amounts
    ]
