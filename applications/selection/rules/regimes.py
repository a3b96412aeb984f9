"""Which tests a flat's funding asks for (rajoitusperuste), table 3.1 of the specification.

Source: aravarajoituslaki 4–4 c §, korkotukilaki 11–11 c §, laki 574/2016, VNa 166/2008 4 § 3 mom.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from applications.selection.rule_rows import SPECIAL_GROUP
from leases.homes.models import Funding, SpecialGroup
from vuokra.rules.lookup import Lookup, Why


@dataclass(frozen=True, slots=True)
class Restriction:
    """The funding of a flat from a first to a last day, and for whom the flat is meant."""

    funding: Funding
    group: SpecialGroup
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Regime:
    """What is asked of those who are chosen for a flat (valinnan perusteet)."""

    funding: Funding
    group: SpecialGroup
    need: bool
    wealth: bool
    income_limit: bool
    why: Why = ()

    @property
    def restricted(self) -> bool:
        """Whether the choice is a public task: residents are chosen by law, not by the owner."""
        return self.need or self.wealth or self.income_limit

    @property
    def asks_residence(self) -> bool:
        """Whether the right to live in Finland is a condition: by the two acts of state loans."""
        return self.need


def regime(rule: Lookup, restrictions: Sequence[Restriction], on: date) -> Regime | None:
    """What a flat asks on a day; None when its funding was never recorded.

    A flat whose restrictions have ended is let freely. Raises RuleMissing.
    """
    holding = [one for one in restrictions if one.valid_from <= on]
    if not holding:
        return None
    last = max(holding, key=lambda one: one.valid_from)
    ended = last.valid_to is not None and last.valid_to < on
    return asked(rule, Funding.FREE if ended else last.funding,
                 SpecialGroup.NONE if ended else last.group, on)  # fmt: skip


def asked(rule: Lookup, funding: Funding, group: SpecialGroup, on: date) -> Regime:
    """The tests of a funding (table 3.1). Raises RuleMissing."""
    if funding is Funding.FREE:
        return Regime(funding, group, need=False, wealth=False, income_limit=False)
    if funding is Funding.SHORT_SUBSIDY:
        return Regime(funding, group, need=False, wealth=False, income_limit=True)
    if group is SpecialGroup.NONE:
        return Regime(funding, group, need=True, wealth=True, income_limit=True)
    applies = rule(SPECIAL_GROUP, on)
    return Regime(funding, group, need=True, wealth=True, income_limit=applies.flag, why=(applies,))
