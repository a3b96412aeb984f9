"""What upper rooms show on the page of something that a room below them keeps: registered from
their `AppConfig.ready`, so that the lower room need not know them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from vuokra.access.context import current
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

Of = TypeVar("Of")


@dataclass(frozen=True, slots=True)
class Panel(Generic[Of]):
    """A part of the page with a template of its own. `build` runs a fixed number of statements."""

    order: int
    template: str
    build: Callable[[Of, date], dict[str, Any] | None]
    needs: Sequence[tuple[Group, Level]]


@dataclass(frozen=True, slots=True)
class Shown:
    """A part as one user sees it."""

    template: str
    data: Mapping[str, Any]


class Panels(Generic[Of]):
    """The parts of one page. A part is absent when the actor lacks its rights, and when `build`
    answers None."""

    def __init__(self) -> None:
        self._known: dict[str, Panel[Of]] = {}

    def register(
        self,
        name: str,
        order: int,
        template: str,
        build: Callable[[Of, date], dict[str, Any] | None],
        needs: Sequence[tuple[Group, Level]],
    ) -> None:
        """Show something on the page."""
        self._known[name] = Panel(order, template, build, needs)

    def shown(self, of: Of, today: date) -> list[Shown]:
        """The parts that the actor may see, in order."""
        actor, found = current().actor, []
        for panel in sorted(self._known.values(), key=lambda one: one.order):
            if actor.meets(panel.needs):
                data = panel.build(of, today)
                if data is not None:
                    found.append(Shown(panel.template, data))
        return found
