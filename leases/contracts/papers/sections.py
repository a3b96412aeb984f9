"""What other rooms add to the papers of leases: a room knows the leases, leases know no room."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from leases.contracts.models import Lease


class Place(Enum):
    """The papers that take sections of others."""

    LEASE = "lease"
    CONFIRMATION = "confirmation"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with paragraphs, and names with values, in the language that is active."""

    title: str
    paragraphs: list[str] = field(default_factory=list)
    facts: list[list[str]] = field(default_factory=list)


Tell = Callable[[Lease], Section | None]

_sections: dict[Place, list[tuple[int, Tell]]] = {place: [] for place in Place}


def register_section(place: Place, order: int, tell: Tell) -> None:
    """Add a section to a paper, in order; called from a room's `AppConfig.ready`.

    `tell` gives None for a lease of which there is nothing to say. What it says of a lease that is
    to be signed must not change afterwards: the paper is printed anew of what was signed.
    """
    _sections[place].append((order, tell))


def sections_of(place: Place, lease: Lease) -> list[dict[str, Any]]:
    """What the rooms say of a lease, as a template takes it."""
    told = (tell(lease) for _order, tell in sorted(_sections[place], key=lambda one: one[0]))
    return [
        {"title": one.title, "paragraphs": one.paragraphs, "facts": one.facts}
        for one in told
        if one is not None
    ]
