"""What the demo company is filled with: rooms register their part in `AppConfig.ready`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is made, as of which day, and the seed that makes it the same every time."""

    persons: int
    today: date
    seed: int = 2026


Progress = Callable[[int, int], None]
Fill = Callable[[Scale, Progress], None]
Empty = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Part:
    """One room's part: made in `order`, only where `empty` says that nothing is there."""

    name: str
    order: int
    fill: Fill
    empty: Empty


_parts: dict[str, Part] = {}


def register(name: str, order: int, fill: Fill, empty: Empty) -> None:
    """Add a part. `fill` runs inside an access context and reports (done, total)."""
    _parts[name] = Part(name, order, fill, empty)


def parts() -> list[Part]:
    """Every part, in the order in which they are made."""
    return sorted(_parts.values(), key=lambda part: part.order)
