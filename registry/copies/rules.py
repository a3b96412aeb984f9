"""Rules of the copy of one's data: other people in running text, and what is cut. No database.

Finding names is a help for the reader, not a proof: it points at words that are or may be somebody
else's, and whoever makes the copy reads every running text besides (data-protection 6.3, DP-A29).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from registry.copies.codes import What
from registry.persons.rules import find_hetus

SHORTEST_NAME: Final = 3
LONGEST_ENDING: Final = 7
"""Letters that an inflected name may have after its stem: `Lehtovaara` → `Lehtovaarasta`."""

_WORD: Final = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_SENTENCE_END: Final = re.compile(r"(?:^|[.!?:;\n•→–-])[\s\"'”»(]*$")
_EMAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE: Final = re.compile(r"(?<![\w+])(?:\+\d[\d -]{6,16}\d|0\d[\d -]{4,12}\d)(?!\w)")
_CODE: Final = re.compile(r"(?<!\w)\d{6}\s?[-+–—A-Fa-fU-Yu-y]?\s?\d{3}[0-9A-Za-z](?!\w)")
_VOWELS: Final = frozenset("aeiouyåäö")


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A place in a text, from `start` to `end`, and whose it may be."""

    start: int
    end: int
    what: What
    person: int | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """Who is looked for in a text: the requester's own words, others by id, and staff.

    `hidden` are streets, numbers and addresses of those under turvakielto, by id.
    """

    own: frozenset[str]
    contacts: frozenset[str]
    codes: frozenset[str]
    others: Mapping[int, tuple[str, ...]]
    staff: Mapping[int, tuple[str, ...]]
    hidden: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


def words_of(*names: str) -> tuple[str, ...]:
    """The words of names that can be looked for: `Marjukka Anneli` gives two."""
    found = (word for name in names for word in _WORD.findall(name))
    return tuple(dict.fromkeys(word for word in found if len(word) >= SHORTEST_NAME))


_WEAK: Final = {
    "kk": "k", "pp": "p", "tt": "t", "nk": "ng", "nt": "nn", "mp": "mm", "lt": "ll", "rt": "rr",
    "ht": "hd", "ng": "nk",
}  # fmt: skip
_WEAK_ALONE: Final = {"k": "", "p": "v", "t": "d", "d": "t"}
"""How the consonants before the last vowel change when a Finnish word is inflected."""


def stems(name: str) -> frozenset[str]:
    """How the inflected forms of a Finnish name begin, in small letters.

    `Marjukka`: marjukk, marjuk (Marjukan); `Lahti`: laht, lahd (Lahden); `Elias`: elias, elia
    (Eliaksen); `Virtanen`: virtas, virtanen (Virtasen); `Mäki`: mäki, mäke, mäe (Mäen).
    """
    small = name.casefold()
    if small.endswith("nen") and len(small) > 5:
        return frozenset({small, f"{small[:-3]}s"})
    found = {small}
    if small.endswith("s"):  # Elias: Eliaksen; Kangas: Kankaan
        return frozenset({small, small[:-1], f"{_weakened(small[:-2])}{small[-2:-1]}"})
    if small and small[-1] in _VOWELS:
        body, vowel = small[:-1], small[-1]
        bodies = {body, _weakened(body)}
        found |= bodies if vowel != "i" else bodies | {f"{one}e" for one in bodies}
    return frozenset(one for one in found if len(one) >= SHORTEST_NAME)


def _weakened(body: str) -> str:
    if body[-2:] in _WEAK:
        return body[:-2] + _WEAK[body[-2:]]
    return body[:-1] + _WEAK_ALONE.get(body[-1:], body[-1:])


def likeness(word: str, name: str) -> int:
    """How many letters a word of a text shares with the beginning of a name, if it may be the name,
    inflected or not; 0 when it is not."""
    small = word.casefold()
    if not any(
        small.startswith(root) and len(small) - len(root) <= LONGEST_ENDING for root in stems(name)
    ):
        return 0
    pairs = enumerate(zip(small, name.casefold(), strict=False))
    shared = next((at for at, (one, other) in pairs if one != other), min(len(word), len(name)))
    return shared or 1


def find_others(text: str, known: Known) -> list[Mark]:
    """Places of a text that are, or may be, about somebody else; they do not overlap.

    A word that is also the requester's own name is not a mark by itself: those who live together
    share a surname.
    """
    found = [*_hidden(text, known.hidden)]
    found += [*_codes(text, known.codes), *_contacts(text, known.contacts)]
    found += _names(text, known)
    return _without_overlaps(found)


def _names(text: str, known: Known) -> Iterator[Mark]:
    for match in _WORD.finditer(text):
        word = match[0]
        if len(word) < SHORTEST_NAME:
            continue
        own = max((likeness(word, name) for name in known.own), default=0)
        alike, person = _whose(word, known.others)
        staff, _user = _whose(word, known.staff)
        place = match.span()
        if alike > own and alike >= staff:
            yield Mark(*place, What.PERSON, person)
        elif staff > own:
            yield Mark(*place, What.STAFF)
        elif not own and word[0].isupper() and not word.isupper() and _inside(text, place[0]):
            yield Mark(*place, What.NAME)


def _whose(word: str, people: Mapping[int, tuple[str, ...]]) -> tuple[int, int | None]:
    """How like a word is to the most like of names, and whose that is: of several the one who comes
    first."""
    found = ((likeness(word, name), one) for one, names in people.items() for name in names)
    return max(found, default=(0, None), key=lambda pair: pair[0])


def _inside(text: str, start: int) -> bool:
    """Whether a word stands inside a sentence, where Finnish writes capitals in names alone."""
    return _SENTENCE_END.search(text[:start]) is None


def _hidden(text: str, hidden: Mapping[int, tuple[str, ...]]) -> Iterator[Mark]:
    """Contact details of protected persons, letter for letter."""
    small = text.casefold()
    for person, details in hidden.items():
        for detail in details:
            at = small.find(detail.casefold())
            while at >= 0:
                yield Mark(at, at + len(detail), What.CONTACT, person)
                at = small.find(detail.casefold(), at + 1)


def _codes(text: str, own: Collection[str]) -> Iterator[Mark]:
    for match in _CODE.finditer(text):
        codes = find_hetus(match[0])
        if codes and not set(codes) <= set(own):
            yield Mark(*match.span(), What.CODE)


def _contacts(text: str, own: Collection[str]) -> Iterator[Mark]:
    for pattern in (_EMAIL, _PHONE):
        for match in pattern.finditer(text):
            if contact_key(match[0]) not in own:
                yield Mark(*match.span(), What.CONTACT)


def contact_key(value: str) -> str:
    """A telephone number or e-mail address in the form in which two are compared."""
    if "@" in value:
        return value.casefold()
    digits = re.sub(r"\D", "", value)
    return digits.removeprefix("358").removeprefix("0")


def _without_overlaps(marks: Iterable[Mark]) -> list[Mark]:
    """Marks in the order of the text; of two that overlap the one that begins first, the longer."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda one: (one.start, -one.end)):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return kept


@dataclass(frozen=True, slots=True)
class Cut:
    """A part of a text that is left out, and the code of why."""

    start: int
    end: int
    reason: str


def cut_text(text: str, cuts: Iterable[Cut], told: Mapping[str, str]) -> str:
    """The text with the cuts replaced by a bracket that tells why, in the order of the text."""
    parts, at = [], 0
    for cut in sorted(cuts, key=lambda one: (one.start, one.end)):
        if cut.end <= at:
            continue
        parts += [text[at : max(cut.start, at)], f"[{told[cut.reason]}]"]
        at = cut.end
    return "".join([*parts, text[at:]])
