"""Households that ask for a home, for tests of the rules: made up, without names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from applications.intake.codes import AssetKind, IncomeKind, Part, Residence, Situation
from applications.selection.rules.assessing import Assessment, assess
from applications.selection.rules.facts import Asset, Debt, Facts, Income, Person
from applications.selection.rules.judging import Flat, Judgement, judge
from applications.selection.rules.regimes import Regime, asked
from applications.selection.rules.wealth import WealthTable
from leases.homes.models import Funding, SpecialGroup
from tests.leases.contracts.rows import SEEDS

TODAY: Final = date(2026, 11, 22)
LIMITS: Final = WealthTable(
    {1: Decimal(30_000), 2: Decimal(45_000), 3: Decimal(60_000)}, Decimal(10_000), "Fixture W"
)


def eur(text: str) -> Decimal:
    return Decimal(text.replace(" ", "").replace(",", "."))


def adult(wages: str = "0", **more: Any) -> Person:
    """A citizen of forty who told of everything."""
    told: dict[str, Any] = {
        "part": Part.APPLICANT,
        "born_on": date(1986, 3, 14),
        "residence": Residence.CITIZEN,
        "incomes": [Income(IncomeKind.WAGE, eur(wages))] if wages != "0" else [],
        "assets": [],
    }
    return Person(**(told | more))


def child(years: int, part: Part = Part.RESIDENT) -> Person:
    """A child who became so many years old this year, before today."""
    return Person(part, date(TODAY.year - years, 5, 2), Residence.CITIZEN, incomes=[], assets=[])


def owning(*assets: Asset, debts: Sequence[Debt] = (), **more: Any) -> Person:
    return adult(assets=list(assets), debts=debts, **more)


def savings(euros: str) -> Asset:
    return Asset(AssetKind.SAVINGS, eur(euros))


def household(*people: Person, **more: Any) -> Facts:
    told: dict[str, Any] = {"applied_on": TODAY, "people": people}
    return Facts(**(told | more))


def assessed(facts: Facts, on: date = TODAY) -> Assessment:
    return assess(SEEDS, facts, on)


def regime(
    funding: Funding = Funding.ARAVA, group: SpecialGroup = SpecialGroup.NONE, on: date = TODAY
) -> Regime:
    return asked(SEEDS, funding, group, on)


def flat(rooms: int = 2, **more: Any) -> Flat:
    known: dict[str, Any] = {"regime": regime(), "rooms": rooms, "wealth_table": LIMITS}
    return Flat(**(known | more))


def judged(facts: Facts, home: Flat | None = None, on: date = TODAY, **more: Any) -> Judgement:
    """Judged for a flat that fits, with a need unless the household states one itself."""
    facts = facts if facts.situations else replace(facts, situations=[Situation.CHANGED])
    return judge(SEEDS, assessed(facts, on), home or flat(), on, **more)
