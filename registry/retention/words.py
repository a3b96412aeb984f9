"""Lengths and formulas of retention in words, as the privacy notice and the copy tell them."""

from __future__ import annotations

import re
from typing import Final

from registry.retention.rules import Length, Lengths, Unit
from vuokra.policy.retention import RETENTION
from vuokra.policy.text import Bilingual

_UNITS: Final = {
    Unit.DAYS: (Bilingual("päivä", "day"), Bilingual("päivää", "days")),
    Unit.MONTHS: (Bilingual("kuukausi", "month"), Bilingual("kuukautta", "months")),
    Unit.YEARS: (Bilingual("vuosi", "year"), Bilingual("vuotta", "years")),
}
_LENGTHS_OF: Final = {"R7": ("R7", "R7.books"), "R10": ("R10.review", "R10")}
"""Codes whose formula names two lengths, in the order in which it does."""

_LENGTH: Final = re.compile(r"\bL\b")


def worded(length: Length) -> Bilingual:
    """A length in words: `24 kuukautta`."""
    one, many = _UNITS[length.unit]
    return Bilingual(*(f"{length.amount} {word}" for word in (one if length.amount == 1 else many)))


def titled(code: str) -> Bilingual:
    """A retention code with what it is for: `R14 pyyntöjen asiakirjat`."""
    return Bilingual(*(f"{code} {words}" for words in RETENTION[code].title))


def formula(code: str, lengths: Lengths) -> Bilingual:
    """From what the time of a code runs and how long: `pyynnön päättyminen + 3 vuotta`.

    Raises KeyError for an unknown code or a missing length.
    """
    fi, en = RETENTION[code].formula
    names = _LENGTHS_OF.get(code, (code,)) if _LENGTH.search(fi) else ()
    found = [worded(lengths[name]) for name in names]
    return Bilingual(_filled(fi, [one.fi for one in found]), _filled(en, [one.en for one in found]))


def _filled(text: str, lengths: list[str]) -> str:
    """The text with each L replaced by the length that it stands for."""
    rest = iter(lengths)
    return _LENGTH.sub(lambda _match: next(rest), text)
