"""Addresses of homes, how they are written and read; how a flat stands on a day. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from registry.persons.rules import clean_text, finnish_sort_key

LAST: Final = "\U0010ffff"
_DIGITS: Final = re.compile(r"\d+")
_STREET: Final = re.compile(r"(?P<street>.*?[^\W\d_].*?)(?:\s+(?P<rest>\d.*))?")
_REST: Final = re.compile(
    r"(?P<house>\d{1,4}(?:\s?[-–]\s?\d{1,4})?)(?P<letter>[a-zåäö])?"
    r"(?:\s+(?P<stair>[a-zåäö]{1,2}))?"
    r"(?:\s*(?P<number>\d{1,4})\s?(?P<suffix>[a-zåäö])?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Home:
    """The part of an address that is a flat's own: stair, number, and a letter after it."""

    stair: str
    number: int
    suffix: str = ""

    def __str__(self) -> str:
        return " ".join(filter(None, (self.stair, f"{self.number}{self.suffix}")))


@dataclass(frozen=True, slots=True)
class Street:
    """The address of a house."""

    street: str
    house: str

    def __str__(self) -> str:
        return f"{self.street} {self.house}"


class AddressError(ValueError):
    """What was written is not the address of a flat."""


@dataclass(frozen=True, slots=True)
class Searched:
    """What was typed to find a flat. What was not typed is empty, `number` None."""

    street: str
    house: str = ""
    stair: str = ""
    number: int | None = None
    suffix: str = ""


def address(street: Street, home: Home) -> str:
    """An address as it is written: Koulukatu 5 A 2."""
    return f"{street} {home}"


def address_key(street: Street, home: Home) -> str:
    """A key whose order is that of the addresses: 2 before 10, the letters in Finnish order. Two
    spaces part the street from the house, so that a longer street comes after a shorter one."""
    parts = (street.street, street.house, home.stair, f"{home.number}{home.suffix}")
    return "  ".join(_padded(finnish_sort_key(part)) for part in parts)


def _padded(text: str) -> str:
    return _DIGITS.sub(lambda found: found[0].zfill(5), text)


@dataclass(frozen=True, slots=True)
class _Parts:
    """An address taken apart; what was not written is empty."""

    street: str
    house: str = ""
    stair: str = ""
    number: str = ""
    suffix: str = ""


def _parts(text: str, *, letter_is_stair: bool) -> _Parts | None:
    """The parts of an address. A letter right after the house is the house's own when a stair
    follows, or when small ("3b"); it is the stair when a capital, or where `letter_is_stair`."""
    whole = _STREET.fullmatch(clean_text(text))
    if not whole:
        return None
    street = whole["street"].strip()
    if not whole["rest"]:
        return _Parts(street)
    found = _REST.fullmatch(whole["rest"])
    if not found:
        return None
    house = re.sub(r"\s?[-–]\s?", "-", found["house"])
    letter, stair = found["letter"] or "", found["stair"] or ""
    if letter and not stair and (letter_is_stair or letter.isupper()):
        letter, stair = "", letter
    number, suffix = found["number"] or "", found["suffix"] or ""
    return _Parts(street, house + letter.lower(), stair.upper(), number, suffix.lower())


def parse_address(text: str) -> tuple[Street, Home]:
    """The parts of a flat's address: "Koulukatu 5 A 2". Terraced houses have no stair: there the
    flat's number comes right after the house: "Rantatie 3 4".

    Raises AddressError for anything else.
    """
    parts = _parts(text, letter_is_stair=False)
    if parts is None or not parts.house or not parts.number or int(parts.number) == 0:
        raise AddressError
    return Street(parts.street, parts.house), Home(parts.stair, int(parts.number), parts.suffix)


def search_address(text: str) -> Searched | None:
    """What is typed into a search box as the beginning of an address: "koulu 5a 2". None when it
    cannot be one.

    A letter right after the house is taken for the stair: houses with a letter are few, and are
    found by street and number too.
    """
    parts = _parts(text, letter_is_stair=True)
    if parts is None:
        return None
    return Searched(
        finnish_sort_key(parts.street), parts.house, parts.stair,
        int(parts.number) if parts.number else None, parts.suffix,
    )  # fmt: skip


class Standing(StrEnum):
    """How a flat stands on a day, whoever lives there (huoneiston tila)."""

    LET = "let"
    """Let until further notice, or to a day after which it is let again."""

    FREEING = "freeing"
    """Let to a known last day, and not let after it."""

    COMING = "coming"
    """Empty, and let from a coming day."""

    FREE = "free"
    """Empty and to be let."""

    OUT = "out"
    """Empty and not to be let: repaired, damaged, to be sold."""

    GONE = "gone"
    """No home of the company's any more, or not yet."""


@dataclass(frozen=True, slots=True)
class Days:
    """A first and a last day, both included; without a last day until further notice."""

    first: date
    last: date | None

    def has(self, day: date) -> bool:
        """Whether a day belongs to them."""
        return self.first <= day and (self.last is None or day <= self.last)


def standing(let: Iterable[Days], *, barred: bool, in_use: bool, today: date) -> Standing:
    """How a flat stands. `let` are the times it is let that have not ended, `barred` tells of a
    reason that keeps it from being let today, `in_use` that it is a home of the company's today."""
    if not in_use:
        return Standing.GONE
    times = sorted(let, key=lambda days: days.first)
    now = next((days for days in times if days.has(today)), None)
    later = [days for days in times if days.first > today]
    if now is None:
        if barred:
            return Standing.OUT
        return Standing.COMING if later else Standing.FREE
    return Standing.FREEING if now.last is not None and not later else Standing.LET


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the strip of occupancy, in thousandths of its length."""

    start: int
    length: int
    days: Days


def strip(let: Iterable[Days], *, first: date, last: date) -> list[Stretch]:
    """The times in which a flat was let between two days, for drawing (asumisnauha)."""
    whole = (last - first).days + 1
    found = []
    for days in sorted(let, key=lambda one: one.first):
        start, end = max(days.first, first), min(days.last or last, last)
        if start <= end:
            found.append(
                Stretch(
                    (start - first).days * 1000 // whole,
                    max(1, ((end - start).days + 1) * 1000 // whole),
                    days,
                )
            )
    return found


def flat_type(rooms: int, kitchen: str, *, sauna: bool) -> str:
    """Rooms, kitchen and sauna as they are written: 2h+kk+s."""
    return f"{rooms}h+{kitchen}{'+s' if sauna else ''}"
