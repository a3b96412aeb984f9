"""What upper rooms show of a lease on its page: deposits, inspections. A part is a card, and may be
a step before the signatures and a mark beside the stage.

A room registers from its `AppConfig.ready`. A part is absent when the actor lacks its rights, and
when `build` answers None.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from leases.contracts.queries import LeaseRow
from vuokra.access.context import current
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

Build = Callable[[LeaseRow, date], dict[str, Any] | None]
"""The context of the template. `step` (label, done) is shown among the steps of a lease that is
not signed, `badge` is a template shown beside the stage."""


@dataclass(frozen=True, slots=True)
class Part:
    """Something of a lease with a template of its own. `build` runs a fixed number of
    statements."""

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
    """Show something of a lease."""
    _parts[name] = Part(order, template, build, needs)


def shown(row: LeaseRow, today: date) -> list[Shown]:
    """The parts that the actor may see of the lease, in order."""
    actor, found = current().actor, []
    for part in sorted(_parts.values(), key=lambda one: one.order):
        if actor.meets(part.needs):
            data = part.build(row, today)
            if data is not None:
                found.append(Shown(part.template, data))
    return found
