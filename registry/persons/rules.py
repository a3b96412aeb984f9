"""Rules about people: identity codes, names and their Finnish order, telephone numbers, e-mail.

Pure functions: no database, and no clock (today is a parameter). No exception raised here carries
the value it is about.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Final

import phonenumbers

# --- identity codes -------------------------------------------------------------------------

CENTURIES: Final = {"+": 1800} | dict.fromkeys("-YXWVU", 1900) | dict.fromkeys("ABCDEF", 2000)
CHECK_CHARACTERS: Final = "0123456789ABCDEFHJKLMNPRSTUVWXY"
FIRST_INDIVIDUAL: Final = 2
FIRST_ARTIFICIAL: Final = 900
SPECIMEN: Final = "131052-308T"  # the Population Information System's own printed specimen

_DASHES: Final = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣－⁃", "-"))
_HETU: Final = re.compile(r"([0-9]{6})(.)([0-9]{3})([0-9A-Z])")
# A code in running text: blanks round the separator, or no separator when the last is a letter.
_HETU_IN_TEXT: Final = re.compile(
    r"(?<![0-9A-Z])([0-9]{6})(?: ?([-+YXWVUABCDEF]) ?([0-9]{3})([0-9A-Y])| ?([0-9]{3})([A-Y]))"
    r"(?![0-9A-Z])"
)
_HETU_SHAPE: Final = re.compile(r"[0-9]{6} ?[-+A-Z] ?[0-9]{3} ?[0-9A-Z]")
_SIX_DIGITS: Final = re.compile(r"[0-9]{6}")


class HetuProblem(StrEnum):
    """Why a text is not an identity code."""

    FORMAT = "format"
    SEPARATOR = "separator"
    DATE = "date"
    FUTURE = "future"
    INDIVIDUAL = "individual"
    CHECK = "check"
    ARTIFICIAL = "artificial"


class HetuError(ValueError):
    """A text is not an acceptable identity code; says why, never what was given."""

    def __init__(self, problem: HetuProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, slots=True, repr=False)
class Hetu:
    """A personal identity code (henkilötunnus). Its separator is part of the identity."""

    code: str
    birth_date: date
    individual: int

    @property
    def artificial(self) -> bool:
        """Numbers 900–999 are never given to real persons."""
        return self.individual >= FIRST_ARTIFICIAL

    @property
    def real(self) -> bool:
        """Whether the code may belong to a living person; the official specimen does not."""
        return not self.artificial and self.code != SPECIMEN


def parse_hetu(text: str, *, today: date, artificial_allowed: bool) -> Hetu:
    """The identity code in `text`, blanks at the ends aside.

    The date must exist in the century that the separator tells, and not be after `today`. Nothing
    is corrected: see `corrected_hetu`. Raises HetuError. Source: data-protection 8.1 (DVV).
    """
    match = _HETU.fullmatch(text.strip())
    if match is None:
        raise HetuError(HetuProblem.FORMAT)
    digits, separator, number, check = match.groups()
    if separator not in CENTURIES:
        raise HetuError(HetuProblem.SEPARATOR)
    try:
        year = CENTURIES[separator] + int(digits[4:])
        birth_date = date(year, int(digits[2:4]), int(digits[:2]))
    except ValueError:
        raise HetuError(HetuProblem.DATE) from None
    if hetu_check_character(digits, number) != check:
        raise HetuError(HetuProblem.CHECK)
    if birth_date > today:
        raise HetuError(HetuProblem.FUTURE)
    if int(number) < FIRST_INDIVIDUAL:
        raise HetuError(HetuProblem.INDIVIDUAL)
    hetu = Hetu(match.group(), birth_date, int(number))
    if hetu.artificial and not artificial_allowed:
        raise HetuError(HetuProblem.ARTIFICIAL)
    return hetu


def hetu_check_character(digits: str, number: str) -> str:
    """The check character of DDMMYY and NNN; it does not cover the separator."""
    return CHECK_CHARACTERS[int(digits + number) % len(CHECK_CHARACTERS)]


def corrected_hetu(text: str) -> str:
    """How a hastily typed code would be written properly, to be shown for confirmation.

    Upper case, plain digits, look-alike dashes as a hyphen, invisible characters removed. A
    missing separator is never supplied: it is part of the identity.
    """
    plain = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text).translate(_DASHES))
    return plain.translate(_DASHES).upper().strip()


def find_hetus(text: str) -> list[str]:
    """Identity codes that stand in running text, in proper form; for refusing to store them.

    Finds also codes with look-alike dashes, lower case, blanks round the separator and, when the
    check character is a letter, no separator at all (then returned without one).
    """
    if text.isascii() and not _SIX_DIGITS.search(text):
        return []
    found = []
    for match in _HETU_IN_TEXT.finditer(corrected_hetu(text)):
        digits, separator, number, check, bare_number, bare_check = match.groups()
        number, check = number or bare_number, check or bare_check
        if hetu_check_character(digits, number) == check and _is_day(digits, separator):
            found.append(f"{digits}{separator or ''}{number}{check}")
    return found


def may_hold_hetu(text: str) -> bool:
    """Whether a text has the shape of an identity code, right or mistyped."""
    return bool(_HETU_SHAPE.search(corrected_hetu(text)))


def _is_day(digits: str, separator: str | None) -> bool:
    centuries = [CENTURIES[separator]] if separator else set(CENTURIES.values())
    for century in centuries:
        try:
            date(century + int(digits[4:]), int(digits[2:4]), int(digits[:2]))
        except ValueError:
            continue
        return True
    return False


# --- names ----------------------------------------------------------------------------------

NAME_LENGTH: Final = 200

# Characters that turn or hide text on the screen: bidirectional controls (Unicode annex 9), zero
# width space, byte order mark, soft hyphen. Joiners stay: Persian names and emoji need them.
_INVISIBLE: Final = re.compile(
    "[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]"
)
_SPACES: Final = re.compile(r"\s+")

# Finnish order puts å ä ö after z, in that order; `{ | }` follow z in code-point order. Letters
# without a decomposition sort as their base letter; thorn comes after z.
_LETTERS: Final = {
    "å": "{", "ä": "|", "ö": "}", "æ": "|", "ø": "}", "œ": "}", "ü": "y", "đ": "d", "ð": "d",
    "ħ": "h", "ı": "i", "ł": "l", "ŋ": "n", "ŧ": "t", "þ": "z~", "’": "'", "ʼ": "'", "‐": "-",
    "‑": "-", "–": "-", "{": " ", "|": " ", "}": " ", "~": " ",
}  # fmt: skip
_WITHOUT_DOTS: Final = str.maketrans({"{": "a", "|": "a", "}": "o", "~": None})
LAST: Final = "\U0010ffff"
_DIGITS_MEET_LETTERS: Final = re.compile(r"(?<=[0-9])(?=[^\W\d_])|(?<=[^\W\d_])(?=[0-9])")
# The same in SQL: registry_persons_words() of the search migration.
_WORD_BREAK: Final = re.compile(r"[ !\"#$%&()*+,./:;<=>?@\[\\\]^_`-]+")
MIN_SEARCH: Final = 3
MIN_NAME: Final = 2


def clean_text(text: str) -> str:
    """Text as it is stored: composed (NFC), single spaces, no control or bidirectional characters.

    Everything else is kept literally, whatever the script or punctuation.
    """
    if text.isascii() and text.isprintable():  # an import asks half a million times
        return " ".join(text.split())
    spaced = _SPACES.sub(" ", text)
    shown = (c for c in spaced if unicodedata.category(c) not in ("Cc", "Cs"))
    return _SPACES.sub(
        " ", unicodedata.normalize("NFC", _INVISIBLE.sub("", "".join(shown)))
    ).strip()


def finnish_sort_key(text: str) -> str:
    """A key whose code-point order is the Finnish alphabetical order of `text`.

    Lower case; å ä ö are letters of their own after z, æ sorts as ä, ø as ö, ü as y; v and w are
    different letters; other accents are dropped. For a column with COLLATE "C".
    """
    folded = unicodedata.normalize("NFC", clean_text(text).casefold())
    return _SPACES.sub(" ", "".join(map(_fold, folded))).strip()


@lru_cache(maxsize=4096)
def _fold(letter: str) -> str:
    if letter in _LETTERS:
        return _LETTERS[letter]
    if unicodedata.combining(letter):
        return ""
    parts = unicodedata.decomposition(letter)
    if not parts or parts.startswith("<"):
        return letter
    return _fold(chr(int(parts.split()[0], 16)))


def person_sort_key(surname: str, given_names: str) -> str:
    """The key of a person: surname, two spaces, given names.

    Two spaces put a surname before a longer one that begins with it, also when it has two words.
    """
    return "  ".join(filter(None, map(finnish_sort_key, (surname, given_names))))


def name_lost(before: tuple[str, str], after: tuple[str, str]) -> bool:
    """Whether (surname, given names) has a word, or a place for one, that the new name has not:
    `Virtanen, Anna` is lost in `Niemi, Anna Liisa`, and not in `Virtanen, Anna Liisa`."""
    return any(
        not set(search_words(old)) <= set(search_words(new))
        for old, new in zip(before, after, strict=True)
    )


def sort_key_range(start: str) -> tuple[str, str]:
    """Bounds [from, to) of the sort keys that begin with `start`.

    A range can use the index under row-level security; LIKE cannot.
    """
    key = finnish_sort_key(start)
    return key, key + LAST


def search_words(text: str) -> list[str]:
    """The words of a search, folded as sort keys are; every one must begin a word of the person.

    Wildcards and punctuation part words and mean nothing; an apostrophe is dropped (O'Brien is
    found as obrien).
    """
    return [word for word in _WORD_BREAK.split(finnish_sort_key(text).replace("'", "")) if word]


def name_words(text: str) -> list[str]:
    """The words of a search for a name; none when no word has two letters (DP-A10)."""
    words = search_words(text)
    long_enough = any(len(word) >= MIN_NAME and word.isalpha() for word in map(without_dots, words))
    return words if long_enough else []


def street_search(text: str) -> tuple[str, str] | None:
    """The beginning of a street's name, and number, stairs and flat after it; None when it cannot
    be a street address. `Koulukatu 5a2` is `("koulukatu", "5 a 2")`.

    Letters and digits are parted as in the search table (registry_persons_street() of its
    migration).
    """
    words = search_words(_DIGITS_MEET_LETTERS.sub(" ", text))
    at = next((n for n, word in enumerate(words) if word[0].isdigit()), len(words))
    street = " ".join(words[:at])
    return (street, " ".join(words[at:])) if len(street) >= MIN_SEARCH else None


def without_dots(key: str) -> str:
    """A folded word with å ä as a and ö as o, as people type on a foreign keyboard."""
    return key.translate(_WITHOUT_DOTS)


# --- telephone numbers and e-mail -----------------------------------------------------------

EMAIL_LENGTH: Final = 254
_EMAIL: Final = re.compile(r"[^@\s\"(),:;<>\[\\\]]{1,64}@[^@\s_\"(),:;<>\[\\\]]+\.[^@\s.\d]{2,}")


class ContactError(ValueError):
    """A telephone number or e-mail address cannot be one; carries no value."""


def normalise_phone(text: str) -> str:
    """A telephone number as stored: `+358401234567`. Without a country it is Finnish.

    Letters are never read as keys. Raises ContactError when no such number can exist.
    """
    typed = corrected_hetu(text)
    if any(character.isalpha() for character in typed):
        raise ContactError("phone")
    try:
        number = phonenumbers.parse(typed, "FI")
    except phonenumbers.NumberParseException:
        raise ContactError("phone") from None
    if not phonenumbers.is_possible_number(number):
        raise ContactError("phone")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def normalise_email(text: str) -> str:
    """An e-mail address as stored: as given, with its domain in lower case.

    Raises ContactError when it cannot be one.
    """
    address = clean_text(text)
    if len(address) > EMAIL_LENGTH or not _EMAIL.fullmatch(address) or ".." in address:
        raise ContactError("email")
    local, _, domain = address.rpartition("@")
    return f"{local}@{domain.lower()}"


def email_beginning(text: str) -> str:
    """The beginning of an e-mail address as addresses are searched; empty when it cannot be one."""
    typed = text.strip().casefold()
    possible = len(typed) >= MIN_SEARCH and typed[0].isalpha() and not _SPACES.search(typed)
    return typed if possible else ""


MIN_PHONE_END: Final = 5


@dataclass(frozen=True, slots=True)
class PhoneSearch:
    """What a typed number is compared with: how stored numbers begin, or how they end."""

    beginning: str = ""
    end: str = ""


def phone_search(text: str) -> PhoneSearch | None:
    """What may be part of a telephone number; None when it cannot be.

    Spaces, dashes and brackets are free. `+`, `00`, `0` or 358 begin a number; at least five
    digits without them may end one.
    """
    compact = re.sub(r"[\s()./-]", "", corrected_hetu(text))
    if not re.fullmatch(r"\+?[0-9]{3,16}", compact):
        return None
    if compact.startswith(("+", "00")):
        return PhoneSearch(beginning="+" + compact.lstrip("+").removeprefix("00"))
    if compact.startswith("0"):
        return PhoneSearch(beginning="+358" + compact[1:])
    end = compact if len(compact) >= MIN_PHONE_END else ""
    return PhoneSearch("+" + compact if compact.startswith("358") else "", end)


def is_country(code: str) -> bool:
    """Whether this has the form of a country's code: two capital letters (ISO 3166-1 alpha-2)."""
    return re.fullmatch(r"[A-Z]{2}", code) is not None


# --- standing -------------------------------------------------------------------------------


def may_be_contacted(*, died_on: date | None, restricted: bool) -> bool:
    """Whether messages, reminders and marketing may go to a person (A35, A59).

    Nothing goes to the dead, whoever heard of it last; of one whose processing is restricted
    (GDPR art. 18(2)) the data are only stored.
    """
    return died_on is None and not restricted
