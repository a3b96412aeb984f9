"""What the search box finds: rooms register a source each in `AppConfig.ready`.

A source is asked only when the user has the rights it needs. Source: user-interface direction 5.2.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from vuokra.access.context import Actor
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

LIMIT = 8
"""Hits shown below the box, and the most that a source gives."""

Text = str | Promise
Need = tuple[Group, Level]


class TooShort(ValueError):
    """What was typed would find half the register; raised by a source (DP-A10)."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of the results: the least that identifies, and where it leads.

    `title` and `second` are ready texts that the user may read; `badge` is a state that must be
    known before the page is opened (violet: data protection). `exact` tells that an identifier
    was typed in full, so that Enter may open the page at once.
    """

    url: str
    title: str
    second: str = ""
    badge: str = ""
    exact: bool = False


Find = Callable[[str, date], list[Hit]]


@dataclass(frozen=True, slots=True)
class Source:
    """A group of the results, and how it is filled."""

    code: str
    label: Text
    order: int
    find: Find
    needs: tuple[Need, ...]
    icon: str
    all_at: str

    def open_to(self, actor: Actor) -> bool:
        """Whether the actor has the rights that the source needs."""
        return actor.meets(self.needs)


class DuplicateSource(RuntimeError):
    """Two rooms registered the same group of results."""


_sources: dict[str, Source] = {}
_secret: list[Callable[[str], bool]] = []


def never_shown_again(recognises: Callable[[str], bool]) -> None:
    """Keep what a room recognises (an identity code) out of the page after it was typed."""
    _secret.append(recognises)


def shown_again(text: str) -> str:
    """What was typed, for the box on the page of results; nothing when a room calls it secret."""
    return "" if any(recognises(text) for recognises in _secret) else text


def register(
    code: str,
    label: Text,
    order: int,
    find: Find,
    needs: Sequence[Need] = (),
    *,
    icon: str = "arrow-right",
    all_at: str = "",
) -> None:
    """Add a group of results.

    `find(text, today)` gives at most LIMIT hits, the best first, and raises TooShort; it runs in
    the access context of the search and does not note the search itself. `icon` is a Lucide name,
    `all_at` the name of a page that lists every hit when `q` is posted to it. Raises
    DuplicateSource.
    """
    if code in _sources:
        raise DuplicateSource(code)
    _sources[code] = Source(code, label, order, find, tuple(needs), icon, all_at)


def sources_for(actor: Actor) -> list[Source]:
    """The groups that the actor may search, in their order on the screen."""
    found = (source for source in _sources.values() if source.open_to(actor))
    return sorted(found, key=lambda source: source.order)
