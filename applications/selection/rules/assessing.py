"""What an application comes to before any flat is looked at (hakemuksen arvio).

The same for every flat, so it is worked out once, and anew when the application, a rule or an age
changes. What a flat adds stands in `judging`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from applications.selection.rules import income, need, residence, wealth
from applications.selection.rules.facts import Facts
from applications.selection.rules.findings import Finding, Reason
from vuokra.rules.errors import RuleMissing
from vuokra.rules.lookup import Lookup, Why


@dataclass(frozen=True, slots=True)
class Figure:
    """A sum of euros with its rows, or why there is none."""

    euros: Decimal | None
    missing: Reason = Reason.NONE
    why: Why = ()


@dataclass(frozen=True, slots=True)
class Assessment:
    """What a household's application comes to on a day (arvio).

    `limit` is the income limit, without euros and without a reason while no limit is in force.
    """

    persons: int
    adults: int | None
    children: int | None
    income: Figure
    limit: Figure
    wealth: Figure
    urgency: need.Urgency | None
    residence: Finding
    age: Finding
    moved_for_work: bool
    local: bool

    @property
    def why(self) -> Why:
        """Every row that anything of it follows."""
        sources = (self.income, self.limit, self.wealth, self.residence, self.age, self.urgency)
        rows = [row for source in sources if source is not None for row in source.why]
        return tuple({(row.key, row.version): row for row in rows}.values())


def assess(rule: Lookup, facts: Facts, on: date) -> Assessment:
    """The assessment of a household on a day.

    What is not known, or stands under a kind of income on which nobody has decided, is missing and
    never taken for nothing. Raises RuleMissing for the rules that every household needs, ValueError
    for a household of nobody.
    """
    if facts.persons < 1:
        raise ValueError("a household has somebody")
    heads = income.heads(rule, facts, on)
    return Assessment(
        persons=facts.persons,
        adults=heads.adults if heads else None,
        children=heads.children if heads else None,
        income=_income(rule, facts, on),
        limit=_limit(rule, heads, on),
        wealth=_wealth(rule, facts, on),
        urgency=need.urgency(rule, facts, on),
        residence=residence.residence(rule, facts, on),
        age=residence.age(rule, facts, on),
        moved_for_work=wealth.moved_for_work(facts),
        local=facts.local,
    )


def _income(rule: Lookup, facts: Facts, on: date) -> Figure:
    if income.without_told_income(rule, facts, on):
        return Figure(None, Reason.INCOME_UNKNOWN)
    return _figure(lambda: income.counted(rule, facts, on), Reason.INCOME_RULE)


def _figure(work_out: Callable[[], income.Sum], undecided: Reason) -> Figure:
    try:
        found = work_out()
    except RuleMissing:
        return Figure(None, undecided)
    return Figure(found.euros, why=found.why)


def _limit(rule: Lookup, heads: income.Heads | None, on: date) -> Figure:
    if heads is None:
        return Figure(None, Reason.BORN_UNKNOWN)
    found = income.limit(rule, heads.adults, heads.children, on)
    if found is None:
        return Figure(None, why=heads.why)
    return Figure(found.euros, why=(*found.why, *heads.why))


def _wealth(rule: Lookup, facts: Facts, on: date) -> Figure:
    if wealth.without_told_wealth(facts):
        return Figure(None, Reason.WEALTH_UNKNOWN)
    found = wealth.net(rule, facts, on)
    return Figure(found.euros, why=found.why)
