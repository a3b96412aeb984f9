"""The supporting column of the home page: rooms register small panels of what they know."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from vuokra.access.context import Actor

Build = Callable[[Actor, date], Mapping[str, Any] | None]
"""What a panel's template shows to an actor on a day, or None for one who has no such panel."""


@dataclass(frozen=True, slots=True)
class Panel:
    """A panel as one user sees it; its template has `data`."""

    template: str
    data: Mapping[str, Any]


_panels: dict[str, tuple[int, Build]] = {}


def register(order: int, template: str, build: Build) -> None:
    """Add a panel; the same template again takes its place. `build` runs a fixed number of
    statements and reads about no person."""
    _panels[template] = (order, build)


def panels(actor: Actor, today: date) -> list[Panel]:
    """The panels of an actor, in order."""
    ordered = sorted(_panels.items(), key=lambda pair: pair[1][0])
    built = ((template, build(actor, today)) for template, (_order, build) in ordered)
    return [Panel(template, data) for template, data in built if data is not None]
