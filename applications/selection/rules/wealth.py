"""Wealth and its limit (varallisuus ja varallisuusraja), euros.

Source: VNa 166/2008 3 and 6 §; specification, section 6. The limit is the municipality's and has
no default.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from applications.intake.codes import LeftOut
from applications.selection.rule_rows import LOOKBACK
from applications.selection.rules.facts import Asset, Facts, Person
from applications.selection.rules.income import ZERO, Sum
from vuokra.rules.lookup import Lookup
from vuokra.rules.rules import add_months


def is_whole(amounts: Mapping[int, Decimal]) -> bool:
    """Whether a table has a row for each number of persons from one to its largest."""
    return bool(amounts) and set(amounts) == set(range(1, max(amounts) + 1))


@dataclass(frozen=True, slots=True)
class WealthTable:
    """The wealth limits of a municipality (varallisuusrajat), euros by number of persons.

    A household larger than the largest row has that row and `step_eur` for each person more.
    `decision` names where they were decided. Raises ValueError for a table with a gap.
    """

    amounts: Mapping[int, Decimal]
    step_eur: Decimal
    decision: str

    def __post_init__(self) -> None:
        if not is_whole(self.amounts):
            raise ValueError("a table has a row for each number of persons from one on")

    def limit(self, persons: int) -> Decimal:
        """The limit of a household. Raises ValueError for nobody."""
        if persons < 1:
            raise ValueError("a household has somebody")
        largest = max(self.amounts)
        more = max(0, persons - largest)
        return self.amounts[min(persons, largest)] + self.step_eur * more


def net(rule: Lookup, facts: Facts, on: date) -> Sum:
    """What those who will live in the flat own, less their debts; not below zero.

    What was given up counts when it was given up within the months of the rule before the
    application, the same day of the month included. Raises RuleMissing.
    """
    months = rule(LOOKBACK, on)
    since = add_months(facts.applied_on, -months.integer)
    assets = [asset for person in facts.living for asset in person.assets or ()]
    debts = [debt for person in facts.living for debt in person.debts if not debt.left_out]
    euros = sum((asset.owned_eur for asset in assets if counts(asset, since)), ZERO)
    euros -= sum((debt.euros for debt in debts), ZERO)
    given_up = any(asset.given_up_on is not None for asset in assets)
    return Sum(max(ZERO, euros), (months,) if given_up else ())


def counts(asset: Asset, since: date) -> bool:
    """Whether an asset is counted; one that was given up when that was on `since` or later."""
    if asset.left_out is not None:
        return False
    return asset.given_up_on is None or asset.given_up_on >= since


def moved_for_work(facts: Facts) -> bool:
    """Whether a home where one comes from was left out because of a job (VNa 166/2008 3 § 2)."""
    return any(
        asset.left_out is LeftOut.WORK_MOVE
        for person in facts.living
        for asset in person.assets or ()
    )


def without_told_wealth(facts: Facts) -> list[Person]:
    """Those of whom it is not recorded what they own, if only that it is nothing."""
    return [one for one in facts.living if one.assets is None]
