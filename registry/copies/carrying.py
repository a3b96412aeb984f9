"""Decisions that stay when a copy is collected anew (säilyvät ratkaisut): those on what is as it
was. What is new or has changed is asked again. No database.

What stands at a place is compared by its digest: a value with its row, a whole row, a document.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass

from registry.copies.codes import Decision, What
from registry.copies.content import (
    ATTACHED,
    CHANGES,
    Attachment,
    CopyContent,
    Entry,
    Json,
    Value,
    place_of,
)
from registry.copies.finding import Place
from registry.copies.models import Finding, Reading
from registry.copies.rules import Mark

Spot = tuple[str, int, int]
"""What stands at a place, by its digest, and the part of it that was decided on."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A copy as it was collected before, with what was decided on and read of it."""

    content: CopyContent
    findings: list[Finding]
    readings: list[Reading]


def decisions(
    earlier: Earlier, content: CopyContent, places: Iterable[Place]
) -> Iterator[tuple[Place, Finding | None]]:
    """Every place of the new content, with the decision that stays, if one does; and the places
    that somebody had marked by hand, where the same text still stands. A value that was marked and
    has changed is asked again as a whole: nothing else might point at it.

    A decision is about somebody: a place that is now known to be about another is asked again.
    """
    standing = _digests(content)
    decided = _decided(earlier)
    taken = set()
    for one in places:
        mark = one.mark
        taken.add((one.place, mark.start, mark.end))
        found = decided.get((standing[one.place], mark.start, mark.end))
        same = found is not None and (found.what, found.other_id) == (mark.what, mark.person)
        yield one, found if same and not one.locked else None
    by_hand = [(spot, one) for spot, one in decided.items() if one and one.what == What.HAND]
    marked = set()
    for place, digest in standing.items():
        for (of, start, end), found in by_hand:
            if of == digest:
                marked.add(place)
                if (place, start, end) not in taken:
                    yield Place(place, Mark(start, end, What.HAND)), found
    for place in _marked_before(earlier, content) - marked:
        if (place, 0, 0) not in taken:
            yield Place(place, Mark(0, 0, What.HAND)), None


def readings(earlier: Earlier, content: CopyContent) -> list[Reading]:
    """What was read of parts to which nothing has come since."""
    before, now = _parts(earlier.content), _parts(content)
    return [
        one
        for one in earlier.readings
        if one.code in now and now[one.code] <= before.get(one.code, frozenset())
    ]


def _marked_before(earlier: Earlier, content: CopyContent) -> set[str]:
    """Where the values stand now in which somebody had marked words by hand."""
    before, now = _columns(earlier.content), _columns(content)
    by_hand = {one.place for one in earlier.findings if one.what == What.HAND}
    wanted = {column for column, place in before.items() if place in by_hand}
    return {place for column, place in now.items() if column in wanted}


def _columns(content: CopyContent) -> dict[tuple[Json, ...], str]:
    """The places of values by their row and column, whatever stands there."""
    return {
        (section.code, *_row(section.code, entry), value.name): place_of(
            section.code, number, value.name
        )
        for section in content.sections
        for number, entry in enumerate(section.entries)
        for value in entry.values
    }


def _decided(earlier: Earlier) -> dict[Spot, Finding | None]:
    """What was decided of each spot; None where the same was once told and once left out."""
    digests = _digests(earlier.content)
    found: dict[Spot, Finding | None] = {}
    for one in earlier.findings:
        if one.decision == Decision.OPEN or one.locked:
            continue
        spot = (digests[one.place], one.start, one.end)
        other = found.setdefault(spot, one)
        if other is None or (other.decision, other.reason) != (one.decision, one.reason):
            found[spot] = None
    return found


def _digests(content: CopyContent) -> Mapping[str, str]:
    """Every place of a copy with the digest of what stands there."""
    found: dict[str, str] = {}
    for section in content.sections:
        for number, entry in enumerate(section.entries):
            row = [section.code, *_row(section.code, entry)]
            found[place_of(section.code, number)] = _digest([*row, _whole(entry)])
            for value in entry.values:
                place = place_of(section.code, number, value.name)
                found[place] = _digest([*row, _value(value)])
    for number, one in enumerate(content.attachments):
        found[place_of(ATTACHED, number)] = _digest(_document(one))
    return found


def _parts(content: CopyContent) -> dict[str, frozenset[str]]:
    """The parts that are read, each with the digests of its rows."""
    found = {
        section.code: frozenset(
            _digest([*_row(section.code, entry), _whole(entry)]) for entry in section.entries
        )
        for section in content.sections
    }
    documents = frozenset(_digest(_document(one)) for one in content.attachments)
    return found | {ATTACHED: documents}


def _row(code: str, entry: Entry) -> list[Json]:
    """What tells a row from others: a line of the change history has no row of its own, it is
    known by its time and words."""
    return [entry.source, entry.title] if code == CHANGES else [entry.table, entry.row]


def _whole(entry: Entry) -> Json:
    return [entry.title, entry.source, entry.others, [_value(value) for value in entry.values]]


def _value(value: Value) -> Json:
    return asdict(value)


def _document(one: Attachment) -> Json:
    """A document without its name, which is its number among the others."""
    return [one.title, one.date, one.digest, one.others]


def _digest(told: Json) -> str:
    """SHA-256 of what stands at a place."""
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()
