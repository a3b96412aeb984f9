"""Rules about households: coming of age, and whose identity code may be recorded when.

Pure functions: no database, and no clock (today is a parameter).
"""

from __future__ import annotations

from calendar import isleap
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

# --- coming of age --------------------------------------------------------------------------

ADULT_YEARS: Final = 18
"""Age of majority. Source: Guardianship Services Act 442/1999, section 2."""


def adult_on(birth_date: date) -> date:
    """The day a person comes of age (täysi-ikäisyys).

    One born on 29 February comes of age on 28 February when the year has no other: time counted
    in years ends on the last day of such a month (Act 150/1930, section 3), as it does in
    PostgreSQL's `birth_date + interval '18 years'`.
    """
    return _years_on(birth_date, ADULT_YEARS)


def is_minor(birth_date: date, today: date) -> bool:
    """Whether one born then is under age today (alaikäinen)."""
    return today < adult_on(birth_date)


def youngest_adult_born(today: date) -> date:
    """The latest birth date of those who are of age today: for conditions of queries."""
    born = _years_on(today, -ADULT_YEARS)
    if (born.month, born.day) == (2, 28) and isleap(born.year) and not isleap(today.year):
        return born.replace(day=29)
    return born


def _years_on(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February of a year that has none
        return day.replace(year=day.year + years, day=28)


# --- whose identity code may be recorded ----------------------------------------------------


class Situation(StrEnum):
    """In what connection an identity code is asked for (kirjaustilanne)."""

    SUBSIDISED_APPLICATION = "tuettu"
    FREE_APPLICATION = "vapaa"
    TENANCY = "vuokrasuhde"


class HetuRegime(StrEnum):
    """What may be done with an identity code that was given."""

    ACCEPTED = "accepted"  # it is kept as the person's identity
    SELECTION_ONLY = "selection"  # it is kept with the selection documents and nowhere else (R4)
    EXCEPTION = "exception"  # it is kept, with the reason stated
    REFUSED = "refused"  # a birth date is enough


@dataclass(frozen=True, slots=True)
class RegimeRow:
    """One row of the table: what holds of a child or one who is no party, without a reason and
    with one, and of an adult who becomes a party."""

    resident: HetuRegime
    resident_with_reason: HetuRegime
    adult_party: HetuRegime
    source: str


_OUTSIDE_DECREE: Final = RegimeRow(
    HetuRegime.REFUSED, HetuRegime.EXCEPTION, HetuRegime.ACCEPTED, "KHO:2023:56; TSL 1050/2018 29 §"
)
REGIME: Final[dict[Situation, RegimeRow]] = {
    Situation.SUBSIDISED_APPLICATION: RegimeRow(
        HetuRegime.SELECTION_ONLY,
        HetuRegime.SELECTION_ONLY,
        HetuRegime.ACCEPTED,
        "YMa 904/2006 1 § 1 b",
    ),
    Situation.FREE_APPLICATION: _OUTSIDE_DECREE,
    Situation.TENANCY: _OUTSIDE_DECREE,
}
"""The regime table of data-protection section 1, finding 1."""


def hetu_regime(
    situation: Situation, *, is_minor: bool, becomes_party: bool, has_reason: bool
) -> HetuRegime:
    """Whether the identity code of a member of a household may be recorded (DP-A13).

    A child is a child also when it becomes a party: then that is the reason to state.
    """
    row = REGIME[situation]
    if becomes_party and not is_minor:
        return row.adult_party
    return row.resident_with_reason if has_reason else row.resident
