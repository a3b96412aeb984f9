"""Income and its limit (tulot ja enimmäistuloraja), euros a month.

Source: VNa 166/2008 4 § (172/2024); laki 938/2014 15 §; specification, section 7.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from applications.intake.codes import Part
from applications.selection.rule_rows import (
    ADULT_AGE,
    EXTRA_ADULT,
    FIRST_ADULT,
    FIRST_CHILD,
    LIMIT_EXISTS,
    NEXT_CHILD,
    UNBORN,
    counted_key,
)
from applications.selection.rules.facts import Facts, Person
from vuokra.rules.lookup import Lookup, Why

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Heads:
    """How many adults and children the limit is made of (aikuiset ja lapset)."""

    adults: int
    children: int
    why: Why


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of euros and the rows that it follows."""

    euros: Decimal
    why: Why


def heads(rule: Lookup, facts: Facts, on: date) -> Heads | None:
    """Adults and children on the day of the decision; None when somebody's age is not known.

    Children who live elsewhere count only where that was decided for a reason; expected ones by the
    company's rule, with a certificate.
    """
    age = rule(ADULT_AGE, on)
    why: Why = (age,)
    counted = [one for one in facts.people if one.part is not Part.AWAY or facts.away_counted]
    grown = [one.is_adult(age.integer, on) for one in counted]
    if None in grown:
        return None
    children = grown.count(False)
    if facts.unborn:
        unborn = rule(UNBORN, on)
        why += (unborn,)
        children += facts.unborn if unborn.flag else 0
    return Heads(grown.count(True), children, why)


def limit(rule: Lookup, adults: int, children: int, on: date) -> Sum | None:
    """The income limit of a household on a day; None while there is none (2018–2024).

    A household without adults has the limit of one: the decree speaks of the first person.
    Raises RuleMissing, ValueError for a negative number.
    """
    if adults < 0 or children < 0:
        raise ValueError("a number of people is not negative")
    exists = rule(LIMIT_EXISTS, on)
    if not exists.flag:
        return None
    why: Why = (exists, rule(FIRST_ADULT, on))
    euros = why[1].decimal
    for key, count in (
        (EXTRA_ADULT, max(0, adults - 1)),
        (FIRST_CHILD, min(1, children)),
        (NEXT_CHILD, max(0, children - 1)),
    ):
        if count:
            row = rule(key, on)
            why += (row,)
            euros += row.decimal * count
    return Sum(euros, why)


def counted(rule: Lookup, facts: Facts, on: date) -> Sum:
    """The permanent income of those who will live in the flat, a month, unrounded.

    Kinds that the decree leaves out are not counted, nor what is not had on the day. Raises
    RuleMissing for a kind on which nobody has decided.
    """
    euros, why = ZERO, dict[str, Why]()
    for person in facts.living:
        for income in (one for one in person.incomes or () if one.runs(on)):
            row = rule(counted_key(income.kind), on)
            why[row.key] = (row,)
            euros += income.month_eur if row.flag else ZERO
    return Sum(euros, tuple(row for rows in why.values() for row in rows))


def without_told_income(rule: Lookup, facts: Facts, on: date) -> list[Person]:
    """Adults of whom it is not recorded what they earn, if only that it is nothing."""
    age = rule(ADULT_AGE, on).integer
    return [one for one in facts.living if one.is_adult(age, on) and one.incomes is None]
