"""Until when an assessment holds by itself: no birthday, no end of an income or of a rule."""

from __future__ import annotations

from datetime import date

from applications.intake.rule_rows import PARTY_AGE
from applications.selection.rule_rows import ADULT_AGE
from applications.selection.rules.assessing import Assessment
from applications.selection.rules.facts import Facts
from registry.persons.ages import reached_on
from vuokra.rules.lookup import Lookup
from vuokra.rules.rules import DAY


def good_until(rule: Lookup, facts: Facts, found: Assessment, today: date) -> date | None:
    """The last day on which nothing of an assessment changes by itself; None when none is known.

    A row of a rule that begins later than those in force is told by the one that changes it: then
    every assessment is made anew. Raises RuleMissing.
    """
    ages = tuple(rule(key, today).integer for key in (ADULT_AGE, PARTY_AGE))
    birthdays = [
        reached_on(one.born_on, age)
        for one in facts.people
        for age in ages
        if one.born_on is not None
    ]
    ends = [row.valid_until for row in found.why if row.valid_until is not None]
    incomes = [income for one in facts.living for income in one.incomes or ()]
    begins = [*birthdays, *(one.since for one in incomes if one.since is not None)]
    ends += [one.until for one in incomes if one.until is not None]
    last = [day - DAY for day in begins if day > today] + [day for day in ends if day >= today]
    return min(last, default=None)
