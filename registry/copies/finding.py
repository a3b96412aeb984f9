"""Other people's data in a collected copy: places to be decided on, one by one (DP-A29, DP-T6)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from registry.copies.codes import What
from registry.copies.collecting import OWN_ITEMS
from registry.copies.content import ATTACHED, CopyContent, place_of
from registry.copies.rules import Known, Mark, contact_key, find_others, words_of
from registry.persons.models import FormerName, Person
from registry.protection.models import ProtectedDetail
from vuokra.accounts.models import User
from vuokra.crypto.values import reveal_many


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the snapshot that is, or may be, about somebody else."""

    place: str
    mark: Mark
    locked: bool = False


def find(content: CopyContent) -> list[Place]:
    """Every place of a copy to be decided on; a fixed number of statements.

    What names a person under turvakielto is locked: it is left out without asking.
    """
    known = known_of(content)
    protected = frozenset(content.protected)
    found = [*_in_values(content, known), *_rows(content), *_in_documents(content)]
    return [
        replace(place, locked=True) if place.mark.person in protected else place
        for place in _once(found)
    ]


def known_of(content: CopyContent) -> Known:
    """Whom to look for: the requester's own words, those connected, and staff."""
    own: list[str] = []
    contacts: set[str] = set()
    codes: set[str] = set()
    for section in content.sections:
        if not OWN_ITEMS.intersection(section.code.split("+")):
            continue
        for entry in section.entries:
            if entry.others:
                continue
            texts = [value.value for value in entry.values if isinstance(value.value, str)]
            if "PT-NIMI" in section.code:
                own += texts
            if "PT-HETU" in section.code:
                codes.update(texts)
            contacts.update(contact_key(text) for text in texts if len(text) > 5)
    return Known(
        frozenset(words_of(*own)),
        frozenset(contacts),
        frozenset(codes),
        _names_of([*content.protected, *content.connected]),
        {user: words_of(name) for user, name in User.objects.values_list("pk", "full_name")},
        hidden_of(content.protected),
        frozenset(content.protected),
    )


def hidden_of(protected: Collection[int]) -> dict[int, tuple[str, ...]]:
    """Streets, numbers and addresses of connected people under turvakielto, opened to be looked
    for (DP-T6); one statement, recorded as reveals about them."""
    rows = list(ProtectedDetail.objects.filter(person_id__in=protected)) if protected else []
    found: dict[int, tuple[str, ...]] = {}
    for row, text in zip(rows, reveal_many(rows, "content"), strict=True):
        if text:
            detail = text.split("\n")[0]  # of an address its street
            found[row.person_id] = (*found.get(row.person_id, ()), detail)
    return found


def _names_of(ids: Iterable[int]) -> Mapping[int, tuple[str, ...]]:
    """Names of connected persons in their order, former ones too; two statements.

    Whoever comes first is named where several share a name: those under turvakielto, so that what
    may be theirs is locked.
    """
    names: dict[int, list[str]] = {one: [] for one in ids}
    wanted = list(names)
    for person in Person.with_merged.filter(pk__in=wanted):
        names[person.pk] = [person.surname, person.given_names, person.call_name]
    for former in FormerName.objects.filter(person_id__in=wanted):
        names[former.person_id] += [former.surname, former.given_names, former.call_name]
    return {one: words_of(*words) for one, words in names.items()}


def _in_values(content: CopyContent, known: Known) -> Iterator[Place]:
    for place, _entry, value in content.values():
        whole = Mark(0, 0, What.PERSON, value.person)
        if value.person is not None:
            if value.person not in content.records:
                yield Place(place, whole)
        elif value.staff is not None:
            yield Place(place, Mark(0, 0, What.STAFF))
        elif value.free:
            for mark in find_others(value.shown, known):
                yield Place(place, mark)


def _rows(content: CopyContent) -> Iterator[Place]:
    """Rows that concern another person too: the whole of them is decided on."""
    for section in content.sections:
        for number, entry in enumerate(section.entries):
            if entry.others:
                hidden = [one for one in entry.others if one in content.protected]
                person = (hidden or entry.others)[0]
                yield Place(place_of(section.code, number), Mark(0, 0, What.ROW, person))


def _in_documents(content: CopyContent) -> Iterator[Place]:
    """Documents made about others too; each is decided on as a whole."""
    for number, attachment in enumerate(content.attachments):
        if attachment.others:
            hidden = [one for one in attachment.others if one in content.protected]
            person = (hidden or attachment.others)[0]
            yield Place(place_of(ATTACHED, number), Mark(0, 0, What.DOCUMENT, person))


def _once(found: Iterable[Place]) -> list[Place]:
    """Each place of the text once."""
    seen: dict[tuple[str, int, int], Place] = {}
    for place in found:
        seen.setdefault((place.place, place.mark.start, place.mark.end), place)
    return list(seen.values())
