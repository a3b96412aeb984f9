"""Until when an assessment holds by itself: nobody comes of age, no row of a rule ends."""

from __future__ import annotations

from datetime import date

from applications.selection.rule_rows import ADULT_AGE
from applications.selection.rules.assessing import Assessment
from applications.selection.rules.facts import Facts
from applications.selection.rules.residence import CONTRACT_AGE
from leases.contracts.rules.numbers import Lookup
from registry.persons.ages import reached_on
from vuokra.rules.rules import DAY


def good_until(rule: Lookup, facts: Facts, found: Assessment, today: date) -> date | None:
    """The last day on which nothing of an assessment changes by itself; None when none is known.

    A row of a rule that begins later than those in force is told by the one that changes it: then
    every assessment is made anew. Raises RuleMissing.
    """
    ages = (rule(ADULT_AGE, today).integer, CONTRACT_AGE)
    birthdays = [
        reached_on(one.born_on, age)
        for one in facts.people
        for age in ages
        if one.born_on is not None
    ]
    ends = [row.valid_until for row in found.why if row.valid_until is not None]
    last = [day - DAY for day in birthdays if day > today] + [day for day in ends if day >= today]
    return min(last, default=None)
