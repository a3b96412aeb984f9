"""Coming of age (täysi-ikäisyys), by the age of majority that holds on a day.

Each raises RuleMissing when no row of the rule holds then.
"""

from __future__ import annotations

from datetime import date

from registry.persons import ages
from registry.persons.rule_rows import MAJORITY
from vuokra.rules.queries import rule


def age_of_majority(on: date) -> int:
    """How many years old those are who are of age on a day."""
    return rule(MAJORITY, on).integer


def is_minor(birth_date: date, on: date) -> bool:
    """Whether one born then is under age on a day (alaikäinen)."""
    return not ages.has_reached(birth_date, age_of_majority(on), on)


def adult_on(birth_date: date, known_on: date) -> date:
    """The day a person comes of age, by the rule that holds on another day: when it is asked."""
    return ages.reached_on(birth_date, age_of_majority(known_on))


def youngest_adult_born(on: date) -> date:
    """The latest birth date of those who are of age on a day: for conditions of queries."""
    return ages.latest_born(age_of_majority(on), on)
