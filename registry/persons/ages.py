"""Ages in years. Pure functions: no database, and no clock (today is a parameter).

Which age is that of majority is a dated rule: `registry.persons.queries.majority`.
"""

from __future__ import annotations

from calendar import isleap
from datetime import date

from vuokra.rules.rules import add_years


def reached_on(birth_date: date, years: int) -> date:
    """The day on which one born then is so many years old.

    One born on 29 February is so on 28 February when the year has no other: time counted in years
    ends on the last day of such a month (Act 150/1930, section 3), as it does in PostgreSQL's
    `birth_date + make_interval(years => years)`.
    """
    return add_years(birth_date, years)


def has_reached(birth_date: date, years: int, today: date) -> bool:
    """Whether one born then is so many years old today, or more."""
    return today >= reached_on(birth_date, years)


def latest_born(years: int, today: date) -> date:
    """The latest birth date of those who are so many years old today: for conditions of queries."""
    born = add_years(today, -years)
    if (born.month, born.day) == (2, 28) and isleap(born.year) and not isleap(today.year):
        return born.replace(day=29)
    return born
