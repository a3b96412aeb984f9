"""What upper rooms show of a flat on its page: leases, maintenance, choosing a resident.

A room registers from its `AppConfig.ready`. A part is absent when the actor lacks its rights, and
when `build` answers None.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from leases.homes.models import Flat
from vuokra.access.context import current
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

Build = Callable[[Flat, date], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Part:
    """Something of a flat with a template of its own. `build` runs a fixed number of statements."""

    order: int
    template: str
    build: Build
    needs: Sequence[tuple[Group, Level]]


@dataclass(frozen=True, slots=True)
class Shown:
    """A part as one user sees it."""

    template: str
    data: Mapping[str, Any]


_parts: dict[str, Part] = {}


def register(
    name: str, order: int, template: str, build: Build, needs: Sequence[tuple[Group, Level]]
) -> None:
    """Show something of a flat."""
    _parts[name] = Part(order, template, build, needs)


def shown(flat: Flat, today: date) -> list[Shown]:
    """The parts that the actor may see of the flat, in order."""
    actor, found = current().actor, []
    for part in sorted(_parts.values(), key=lambda one: one.order):
        if actor.meets(part.needs):
            data = part.build(flat, today)
            if data is not None:
                found.append(Shown(part.template, data))
    return found
