"""Parts of the list of people (luettelon rajaukset): rooms say who belongs to theirs (ui 3)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from vuokra.access.context import Actor
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the list. `members` gives ids for a condition `pk__in`; who may see the part by
    `needs` may know who belongs to it. `code` stands in the address."""

    code: str
    label: StrOrPromise
    order: int
    members: Callable[[date], QuerySet[Any, Any]]
    needs: Sequence[tuple[Group, Level]]


_segments: dict[str, Segment] = {}


def register(segment: Segment) -> None:
    """Offer a part of the list; called from a room's `AppConfig.ready`."""
    _segments[segment.code] = segment


def segments_for(actor: Actor) -> list[Segment]:
    """The parts that the actor may see, in order."""
    found = (one for one in _segments.values() if actor.meets(one.needs))
    return sorted(found, key=lambda segment: segment.order)


def segment_of(code: str, actor: Actor) -> Segment | None:
    """The part of a code, when the actor may see it."""
    return next((segment for segment in segments_for(actor) if segment.code == code), None)
