"""In which order households stand for a flat (etusijajärjestys), and what decides between two.

Source: VNa 166/2008 5 §; aravarajoituslaki 4 b §; specification, section 8. The law asks for an
overall assessment: this order is a proposal, and queueing time is not part of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db import models
from django.utils.translation import gettext_lazy as _

from applications.selection.rule_rows import INCOME_FIRST, ORDERS
from applications.selection.rules.assessing import Assessment

LEAST_URGENT = 4
"""Where no need is recorded, the household stands after every class."""


class Factor(models.TextChoices):
    """What is compared (vertailuperuste), in the order in which it decides."""

    ELIGIBLE = "eligible", _("Valintaperusteet täyttyvät")
    NEED = "need", _("Asunnontarve")
    SIZE = "size", _("Asunnon koko sopii")
    INCOME = "income", _("Tulot")
    WEALTH = "wealth", _("Varallisuus")
    LOCAL = "SIJAINTIKUNTA", _("Kunnan asukas")


@dataclass(frozen=True, slots=True)
class Policy:
    """The company's choices of the order (valintaperusteiden järjestys)."""

    order: str = INCOME_FIRST
    local_first: bool = False

    def __post_init__(self) -> None:
        if self.order not in ORDERS:
            raise ValueError(f"{self.order} is no order")

    @property
    def factors(self) -> tuple[Factor, ...]:
        """What decides, the weightiest first."""
        money = (Factor.INCOME, Factor.WEALTH)
        if self.order != INCOME_FIRST:
            money = (Factor.WEALTH, Factor.INCOME)
        local = (Factor.LOCAL,) if self.local_first else ()
        return (Factor.ELIGIBLE, Factor.NEED, Factor.SIZE, *money, *local)

    @property
    def told(self) -> tuple[Factor, ...]:
        """What is told of those compared: what decides, in its order, then the rest."""
        return (*self.factors, *(one for one in Factor if one not in self.factors))


@dataclass(frozen=True, slots=True)
class Standing:
    """What of a household is compared (vertailutiedot). `eligible` is None while something is
    missing. Ratios are to a limit in force, else the euros themselves; None stands last."""

    eligible: bool | None
    urgency: int | None
    fits: bool
    income: Fraction | None
    wealth: Fraction | None
    local: bool

    def key(self, factor: Factor) -> tuple[bool, Fraction]:
        """How it stands by one factor: the smaller goes first."""
        match factor:
            case Factor.ELIGIBLE:
                return self.eligible is False, Fraction(0)
            case Factor.NEED:
                return False, Fraction(self.urgency or LEAST_URGENT)
            case Factor.SIZE:
                return not self.fits, Fraction(0)
            case Factor.INCOME:
                return _last(self.income)
            case Factor.WEALTH:
                return _last(self.wealth)
            case Factor.LOCAL:
                return not self.local, Fraction(0)


def _last(value: Fraction | None) -> tuple[bool, Fraction]:
    return value is None, value or Fraction(0)


def part_of(euros: Decimal | None, limit: Decimal | None) -> Fraction | None:
    """Euros as a part of their limit, exact; the euros themselves where there is no limit. A limit
    of nothing makes every euro weigh as it is."""
    if euros is None:
        return None
    return Fraction(euros) / Fraction(limit) if limit else Fraction(euros)


def standing(
    household: Assessment, *, eligible: bool | None, fits: bool, wealth_limit: Decimal | None
) -> Standing:
    """What of an assessment is compared for one flat."""
    return Standing(
        eligible=eligible,
        urgency=household.urgency.urgency if household.urgency else None,
        fits=fits,
        income=part_of(household.income.euros, household.limit.euros),
        wealth=part_of(household.wealth.euros, wealth_limit),
        local=household.local,
    )


def sort_key(one: Standing, policy: Policy) -> tuple[tuple[bool, Fraction], ...]:
    """The key by which standings are sorted; equal keys are a tie that a person resolves."""
    return tuple(one.key(factor) for factor in policy.factors)


def decides(first: Standing, second: Standing, policy: Policy) -> Factor | None:
    """By which factor two households differ first; None for a tie."""
    for factor in policy.factors:
        if first.key(factor) != second.key(factor):
            return factor
    return None


def places(standings: Sequence[Standing], policy: Policy) -> list[int]:
    """The place of each household, from 1; equal ones share a place (tasatilanne)."""
    keys = [sort_key(one, policy) for one in standings]
    found: dict[tuple[tuple[bool, Fraction], ...], int] = {}
    for place, key in enumerate(sorted(keys), 1):
        found.setdefault(key, place)
    return [found[key] for key in keys]
