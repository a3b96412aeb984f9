"""Asking every source at once, and what the access event tells of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from vuokra.access.context import current
from vuokra.crypto.blind import blind
from vuokra.search.registry import LIMIT, Hit, Source, TooShort, sources_for

MIN_TYPED = 2
"""Letters or digits below which nothing is searched (user-interface direction 5.2, DP-A10)."""


@dataclass(frozen=True, slots=True)
class Group:
    """The hits of one source."""

    source: Source
    hits: list[Hit]


@dataclass(frozen=True, slots=True)
class Results:
    """What a search found; `more` when a source had as many hits as it may give."""

    groups: list[Group] = field(default_factory=list)
    more: bool = False

    @property
    def count(self) -> int:
        """How many hits are shown."""
        return sum(len(group.hits) for group in self.groups)

    @property
    def exact(self) -> Hit | None:
        """The only hit, when an identifier was typed in full."""
        found = [hit for group in self.groups for hit in group.hits]
        return found[0] if len(found) == 1 and found[0].exact else None


def search(text: str, *, today: date, at_most: int | None = None) -> Results:
    """Ask the sources that the actor may use; `at_most` hits are shared by the groups.

    The event keeps a keyed hash and the number of hits, not the text. Raises TooShort when
    nothing was found and less was typed than some source needs.
    """
    if sum(character.isalnum() for character in text) < MIN_TYPED:
        note_search(text, 0)
        raise TooShort(f"at least {MIN_TYPED}")
    groups, too_short = [], False
    for source in sources_for(current().actor):
        try:
            hits = source.find(text, today)
        except TooShort:
            too_short = True
            continue
        if hits:
            groups.append(Group(source, hits))
    if too_short and not groups:
        note_search(text, 0)
        raise TooShort("a source needs more")
    more = any(len(group.hits) >= LIMIT for group in groups)
    results = Results(_shared(groups, at_most) if at_most else groups, more)
    note_search(text, results.count)
    return results


def note_search(text: str, hits: int) -> None:
    """Keep what tells two searches apart, and nothing that tells what was typed (9.2, L3)."""
    ctx = current()
    ctx.note("search", blind("search", text).digests[0].hex()[:16])
    ctx.note("length", str(len(text)))
    ctx.note("hits", str(hits))


def _shared(groups: list[Group], at_most: int) -> list[Group]:
    """The groups cut so that there are `at_most` hits together, and some of each."""
    counts = [0] * len(groups)
    left = at_most
    while left and any(n < len(g.hits) for n, g in zip(counts, groups, strict=True)):
        for at, group in enumerate(groups):
            if left and counts[at] < len(group.hits):
                counts[at] += 1
                left -= 1
    return [Group(g.source, g.hits[:n]) for n, g in zip(counts, groups, strict=True) if n]
