"""What staff look at of a copy: how far it is, its parts, and what is still to be decided."""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.copies.codes import Decision
from registry.copies.collecting import people_names
from registry.copies.content import ATTACHED, CopyContent, Entry, Value, loaded, place_of
from registry.copies.models import Copy, Enclosure, Finding, Opening, Reading, State
from registry.persons.queries import may_know_of_protection
from registry.persons.queries.standing import closed, refuse_if_tied
from vuokra.access.context import current
from vuokra.access.errors import ObjectDenied
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

TABLE = "registry_copies_copy"
LATEST = 50
COLLECTED = (State.REVIEW, State.PACKED)


def copy_by_uuid(uuid: UUID | str) -> Copy:
    """The copy of an address: the one door to it. Raises ObjectDenied when there is none for the
    actor, TiedDenied when the person's record is closed to the user.

    A copy holds the details that a turvakielto hides: of a protected person it is nobody's who may
    not know of bans (7.3).
    """
    current().require(Group.RIGHTS, Level.READ)
    copy = Copy.objects.select_related("person").filter(uuid=uuid).first()
    if copy is None or (copy.person.protected and not may_know_of_protection()):
        raise ObjectDenied(TABLE)
    refuse_if_tied(copy.person)
    return copy


def latest_copies() -> list[Copy]:
    """The latest copies of all matters that the user may know of: none of whose record is closed to
    him (A2), and of whom a turvakielto covers only when he may know of it; one statement."""
    current().require(Group.RIGHTS, Level.READ)
    found = Copy.objects.select_related("person").filter(~closed(timezone.localdate()))
    if not may_know_of_protection():
        found = found.filter(person__protected=False)
    return list(found[:LATEST])


def who_worked_on(copy: Copy) -> set[int | None]:
    """Whoever ordered the copy, decided on a place of it, read a part or made the necessity test:
    those who cannot approve it; two statements."""
    decided = Finding.objects.filter(copy=copy).values_list("decided_by_id", flat=True)
    read = Reading.objects.filter(copy=copy).values_list("by_id", flat=True)
    return {copy.ordered_by_id, copy.names_by_id, *decided.distinct(), *read.distinct()} - {None}


def was_opened(copy: Copy, digest: str) -> bool:
    """Whether the user has opened the copy in this version, and nothing has changed since. One
    statement."""
    return _openings(copy).filter(enclosed=False, digest=digest, holds=True).exists()


def opened_documents(copy: Copy) -> set[str]:
    """SHA-256 of the documents of the copy that the user has opened; one statement."""
    return set(_openings(copy).filter(enclosed=True).values_list("digest", flat=True))


def unopened_enclosures(copy: Copy) -> list[Enclosure]:
    """Documents that go along with the copy and that the user has not opened as they are; one
    statement."""
    left_out = Finding.objects.filter(copy=copy, decision=Decision.REDACTED)
    go_along = Enclosure.objects.filter(copy=copy).exclude(place__in=left_out.values("place"))
    seen = _openings(copy).filter(enclosed=True)
    return list(go_along.exclude(digest__in=seen.values("digest")))


def _openings(copy: Copy) -> QuerySet[Opening]:
    return Opening.objects.filter(copy=copy, by_id=current().actor.user_id)


def content_of(copy: Copy) -> CopyContent:
    """The snapshot, opened; recorded as a reveal. Raises ObjectDenied before it is collected."""
    if not copy.content:
        raise ObjectDenied(TABLE, copy.pk)
    with copy.content.open() as file:
        return loaded(file.read())


def findings(copy: Copy) -> list[Finding]:
    """Every place to be decided on, in the order of the copy; one statement."""
    return list(Finding.objects.filter(copy=copy))


def to_read(content: CopyContent) -> list[str]:
    """Codes of the parts that somebody must read: running texts, and documents."""
    codes = [section.code for section in content.sections if section.free]
    return [*codes, *([ATTACHED] if content.attachments else [])]


def attached(content: CopyContent) -> dict[str, bytes]:
    """Attached files by name."""
    return {one.name: base64.b64decode(one.data) for one in content.attachments}


def missing(copy: Copy) -> list[str]:
    """What is undecided or unread, in words; two statements, and nothing is opened."""
    left = Finding.objects.filter(copy=copy, decision=Decision.OPEN).count()
    return _missing(left, copy.texts - Reading.objects.filter(copy=copy).count())


@dataclass(frozen=True, slots=True)
class Summary:
    """How many places were about others, and how many of them are left out."""

    found: int
    left_out: int


def summary(copy: Copy) -> Summary:
    """The decisions of a copy in numbers; one statement, and nothing is opened."""
    counts = Counter(Finding.objects.filter(copy=copy).values_list("decision", flat=True))
    return Summary(counts.total(), counts[Decision.REDACTED])


# -- screens -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a copy as its page lists it: entries, places found, open ones, whether read."""

    code: str
    title: str
    entries: int
    found: int
    open: int
    free: bool
    read: bool

    @property
    def done(self) -> bool:
        """Whether nothing is left to do in it."""
        return self.open == 0 and (self.read or not self.free)


@dataclass(frozen=True, slots=True)
class Overview:
    """A collected copy with its parts."""

    parts: list[Part]
    looks: int
    missing: list[str]

    @property
    def next(self) -> Part | None:
        """The first part with something to do."""
        return next((part for part in self.parts if not part.done), None)


def overview(copy: Copy) -> Overview:
    """The parts of a collected copy; two statements and the opened snapshot."""
    content = content_of(copy)
    found, still = _counts(findings(copy))
    read = set(Reading.objects.filter(copy=copy).values_list("code", flat=True))
    parts = [
        Part(
            section.code, section.title, len(section.entries), found[section.code],
            still[section.code], section.free, section.code in read,
        )
        for section in content.sections
    ]  # fmt: skip
    if content.attachments:
        parts.append(
            Part(
                ATTACHED, _("Asiakirjat"), len(content.attachments), found[ATTACHED],
                still[ATTACHED], True, ATTACHED in read,
            )
        )  # fmt: skip
    left = sum(part.open for part in parts)
    unread = sum(part.free and not part.read for part in parts)
    return Overview(parts, len(content.looks), _missing(left, unread))


def _missing(left: int, unread: int) -> list[str]:
    told = []
    if left:
        words = ngettext(
            "%(n)s kohta muiden tietoja on ratkaisematta.",
            "%(n)s kohtaa muiden tietoja on ratkaisematta.",
            left,
        )
        told.append(words % {"n": left})
    if unread:
        words = ngettext("%(n)s osa on lukematta.", "%(n)s osaa on lukematta.", unread)
        told.append(words % {"n": unread})
    return told


def _counts(found: Collection[Finding]) -> tuple[Counter[str], Counter[str]]:
    every = Counter(one.place.split("/")[0] for one in found)
    still = Counter(one.place.split("/")[0] for one in found if one.decision == Decision.OPEN)
    return every, still


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text: plain, or a place that was found in it."""

    text: str
    finding: Finding | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One value of a row on the page: its text in pieces, and its place."""

    label: str
    place: str
    pieces: list[Piece]
    free: bool
    found: list[Found] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Found:
    """A place with what stands there and whom it is about, as far as known."""

    finding: Finding
    words: str
    about: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a part: its title, the places about the whole of it, its values."""

    title: str
    whole: list[Found]
    lines: list[Line]


def first_open(rows: Sequence[Row]) -> int:
    """The place of the first row with something to decide on; 0 when there is none."""
    for number, row in enumerate(rows):
        found = [*row.whole, *(one for line in row.lines for one in line.found)]
        if any(one.finding.decision == Decision.OPEN for one in found):
            return number
    return 0


def part_of(copy: Copy, code: str) -> tuple[Part, list[Row]]:
    """One part with all its rows; three statements and the opened snapshot.

    Raises ObjectDenied for a part that the copy does not have.
    """
    content = content_of(copy)
    found = [one for one in findings(copy) if one.place.split("/")[0] == code]
    names = people_names(one.other_id for one in found if one.other_id)
    by_place: dict[str, list[Finding]] = {}
    for one in found:
        by_place.setdefault(one.place, []).append(one)
    part = next((one for one in overview(copy).parts if one.code == code), None)
    if part is None:
        raise ObjectDenied(TABLE, copy.pk)
    if code == ATTACHED:
        entries = [
            Entry("", number, f"{one.title} ({one.date}), {one.name}")
            for number, one in enumerate(content.attachments)
        ]
    else:
        entries = content.section(code).entries
    return part, [
        _row(entry, code, number, by_place, names) for number, entry in enumerate(entries)
    ]


def _row(
    entry: Entry,
    code: str,
    number: int,
    by_place: dict[str, list[Finding]],
    names: dict[int, str],
) -> Row:
    whole = [
        Found(one, entry.title, names.get(one.other_id or 0, ""))
        for one in by_place.get(place_of(code, number), [])
    ]
    lines = []
    for value in entry.values:
        place = place_of(code, number, value.name)
        here = sorted(by_place.get(place, []), key=lambda one: (one.start, one.end))
        found = [Found(one, _words(value, one), names.get(one.other_id or 0, "")) for one in here]
        lines.append(Line(value.label, place, _pieces(value.shown, here), value.free, found))
    return Row(entry.title, whole, lines)


def _words(value: Value, found: Finding) -> str:
    return value.shown[found.start : found.end] if found.end else value.shown


def _pieces(text: str, found: list[Finding]) -> list[Piece]:
    pieces, at = [], 0
    for one in found:
        end = one.end or len(text)
        if one.start < at:
            continue
        if one.start > at:
            pieces.append(Piece(text[at : one.start]))
        pieces.append(Piece(text[one.start : end], one))
        at = end
    return [*pieces, *([Piece(text[at:])] if at < len(text) else [])]


def same_words(copy: Copy, found: Finding) -> list[Finding]:
    """Open places of a copy where the same words stand about the same person, this one too."""
    content = content_of(copy)
    texts = {place: value for place, _entry, value in content.values()}
    every = [one for one in findings(copy) if one.decision == Decision.OPEN and not one.locked]
    value = texts.get(found.place)
    if value is None:
        return [found]
    words = _words(value, found).casefold()
    return [
        one
        for one in every
        if one.other_id == found.other_id
        and (of := texts.get(one.place)) is not None
        and _words(of, one).casefold() == words
    ]


def finding_of(copy: Copy, pk: int) -> Finding:
    """A place of this copy. Raises ObjectDenied for another's or none."""
    found = Finding.objects.select_related("copy").filter(copy=copy, pk=pk).first()
    if found is None:
        raise ObjectDenied("registry_copies_finding", pk)
    return found
