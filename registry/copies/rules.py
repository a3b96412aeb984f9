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

    `hidden` are streets, numbers and addresses of those under turvakielto, by id; `protected` are
    all of these.
    """

    own: frozenset[str]
    contacts: frozenset[str]
    codes: frozenset[str]
    others: Mapping[int, tuple[str, ...]]
    staff: Mapping[int, tuple[str, ...]]
    hidden: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    protected: frozenset[int] = frozenset()


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


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a text that may be a name: as what it is marked by itself, and how like it is to
    the names of whom, by id."""

    start: int
    end: int
    what: What | None
    persons: Mapping[int, int]
    staff: Mapping[int, int]

    def like(self, what: What | None) -> frozenset[int]:
        """Whose name of a kind the word may be; of names of nobody known, that it is one."""
        if what is What.PERSON:
            return frozenset(self.persons)
        if what is What.STAFF:
            return frozenset(self.staff)
        return frozenset({0}) if what is not None and self.what is what else frozenset()


def _names(text: str, known: Known) -> Iterator[Mark]:
    """Names, each as a whole: words side by side that may all be the name of the same are one."""
    words = [_word(text, match, known) for match in _WORD.finditer(text)]
    words = [word for word in words if word.end - word.start >= SHORTEST_NAME]
    at = 0
    while at < len(words):
        name, fit = _whole(text, words[at:], known.protected)
        what = next((word.what for word in name if word.what is not None), None)
        if what is None:
            at += 1
            continue
        person = _whose(name, fit) if what is What.PERSON else None
        yield Mark(name[0].start, name[-1].end, what, person)
        at += len(name)


def _word(text: str, match: re.Match[str], known: Known) -> _Word:
    word = match[0]
    own = max((likeness(word, name) for name in known.own), default=0)
    persons, staff = _alike(word, known.others), _alike(word, known.staff)
    alike, of_staff = max(persons.values(), default=0), max(staff.values(), default=0)
    what: What | None = None
    if alike > own and alike >= of_staff:
        what = What.PERSON
    elif of_staff > own:
        what = What.STAFF
    elif not own and word[0].isupper() and not word.isupper() and _inside(text, match.start()):
        what = What.NAME
    return _Word(*match.span(), what, persons, staff)


def _alike(word: str, people: Mapping[int, tuple[str, ...]]) -> dict[int, int]:
    """How like a word is to the name of each that it may be."""
    found = {
        one: max((likeness(word, name) for name in names), default=0)
        for one, names in people.items()
    }
    return {one: alike for one, alike in found.items() if alike}


def _whole(
    text: str, words: list[_Word], protected: frozenset[int]
) -> tuple[list[_Word], frozenset[int]]:
    """The words from the first on that are one name, and whose it may be. What may be the name of
    one under turvakielto is not joined to the name of another."""
    first = words[0]
    what = first.what or (What.PERSON if first.persons else What.STAFF)
    name, fit = [first], first.like(what)
    for word in words[1:]:
        like = word.like(what)
        both = fit & like
        apart = text[name[-1].end : word.start].strip(" ") or word.what not in (what, None)
        if apart or not both or protected & ((fit | like) - both):
            break
        name, fit = [*name, word], both
    return name, fit


def _whose(name: list[_Word], fit: frozenset[int]) -> int:
    """Whose name the words are most like: of several the one who comes first."""
    order = [one for one in name[0].persons if one in fit]
    return max(order, key=lambda one: sum(word.persons[one] for word in name))


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
