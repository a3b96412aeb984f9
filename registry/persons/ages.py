"""Coming of age. Pure functions: no database, and no clock (today is a parameter)."""

from __future__ import annotations

from calendar import isleap
from datetime import date
from typing import Final

from vuokra.rules.rules import add_years

ADULT_YEARS: Final = 18
"""Age of majority. Source: Guardianship Services Act 442/1999, section 2."""


def adult_on(birth_date: date) -> date:
    """The day a person comes of age (täysi-ikäisyys).

    One born on 29 February comes of age on 28 February when the year has no other: time counted
    in years ends on the last day of such a month (Act 150/1930, section 3), as it does in
    PostgreSQL's `birth_date + interval '18 years'`.
    """
    return add_years(birth_date, ADULT_YEARS)


def has_reached(birth_date: date, years: int, today: date) -> bool:
    """Whether one born then is so many years old today, or more; counted as `adult_on` does."""
    return today >= add_years(birth_date, years)


def is_minor(birth_date: date, today: date) -> bool:
    """Whether one born then is under age today (alaikäinen)."""
    return not has_reached(birth_date, ADULT_YEARS, today)


def youngest_adult_born(today: date) -> date:
    """The latest birth date of those who are of age today: for conditions of queries."""
    born = add_years(today, -ADULT_YEARS)
    if (born.month, born.day) == (2, 28) and isleap(born.year) and not isleap(today.year):
        return born.replace(day=29)
    return born
