"""When two records may be of one person (mahdollinen kaksoiskappale). Pure.

The same in SQL for the whole register: registry/duplicates; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from registry.persons import rules


class Ground(StrEnum):
    """Why two records look alike."""

    BIRTH_NAME = "birth_name"  # same birth date and surname, and a given name in common
    SAME_NAME = "same_name"  # same name, dots, rings and case aside
    GIVEN_MISSING = "given_missing"  # same surname, and one has given names that the other lacks
    SWAPPED = "swapped"  # surname and given names in each other's places
    CONTACT = "contact"  # same telephone or e-mail and same surname


@dataclass(frozen=True, slots=True)
class Traits:
    """What of a record is compared: names as folded words, birth date, contact details in force.

    The words of a name are in no order. A person with turvakielto is compared without contacts.
    """

    surname: frozenset[str]
    given: frozenset[str]
    birth_date: date | None = None
    contacts: frozenset[str] = frozenset()


def words(name: str) -> frozenset[str]:
    """The words of a name in lower case, without the dots and rings of å, ä and ö."""
    return frozenset(map(rules.without_dots, rules.search_words(name)))


def traits(
    surname: str, given_names: str, birth_date: date | None, contacts: Iterable[str] = ()
) -> Traits:
    """The traits of a record with these names."""
    return Traits(words(surname), words(given_names), birth_date, frozenset(contacts))


def likeness(one: Traits, other: Traits) -> frozenset[Ground]:
    """Why two records look alike; empty when they do not.

    Two different birth dates part namesakes. They do not part records that share a surname, a
    given name and a telephone or e-mail: there one of the dates is likely to be wrong.
    """
    found = set()
    apart = _apart(one, other)
    shared = bool(one.given & other.given)
    if one.surname and one.surname == other.surname:
        if shared and one.birth_date is not None and one.birth_date == other.birth_date:
            found.add(Ground.BIRTH_NAME)
        if shared and not apart and one.given == other.given:
            found.add(Ground.SAME_NAME)
        elif shared and not apart and (one.given < other.given or other.given < one.given):
            found.add(Ground.GIVEN_MISSING)
        if one.contacts & other.contacts and (shared or not apart):
            found.add(Ground.CONTACT)
    turned = one.surname == other.given and one.given == other.surname
    if turned and one.surname and one.given and not apart and one.surname != one.given:
        found.add(Ground.SWAPPED)
    return frozenset(found)


def _apart(one: Traits, other: Traits) -> bool:
    """Whether both birth dates are known and differ."""
    return None not in (one.birth_date, other.birth_date) and one.birth_date != other.birth_date
