"""Deposits (vakuus): how much, returned when, and to whom. No database, no clock.

Source: AHVL 8 and 25 §, act 531/2026, kela.fi; tenancy specification, section 2.2. Money is in
euros, as decimals of whole cents.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from leases.contracts.rule_rows import (
    AT_LATER,
    DEPOSIT_DEFAULT,
    DEPOSIT_MAX,
    KELA_MONTHS,
    KELA_MONTHS_MAX,
    RETURN_BINDS,
    RETURN_DAYS,
    RETURN_START,
)
from leases.contracts.rules.calendar import LastDay, last_day
from leases.contracts.rules.money import ZERO, cents
from leases.contracts.rules.numbers import Numbers
from vuokra.rules.lookup import Why
from vuokra.ui import formatting

if TYPE_CHECKING:
    from vuokra.rules.queries import RuleValue

# -- how much (8 §) ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Amount:
    """So many months' rent, in euros, and the rows that say how many."""

    euros: Decimal
    months: int
    why: Why


def _months_of(rent: Decimal, rule: RuleValue) -> Amount:
    return Amount(cents(rent) * rule.integer, rule.integer, (rule,))


def largest(numbers: Numbers, month_rent: Decimal, on: date) -> Amount:
    """The largest deposit that may be agreed at a month's rent (vakuuden enimmäismäärä, AHVL
    8 § 2 mom.). `month_rent` and the day are those of the conclusion. Raises RuleMissing."""
    return _months_of(month_rent, numbers(DEPOSIT_MAX, on))


def usual(numbers: Numbers, month_rent: Decimal, on: date) -> Amount:
    """The deposit that the company asks for unless it decides otherwise. Raises RuleMissing."""
    return _months_of(month_rent, numbers(DEPOSIT_DEFAULT, on))


def kela_largest(
    numbers: Numbers, month_rent: Decimal, on: date, *, justified: bool = False
) -> Amount:
    """What Kela's payment commitment covers at most (maksusitoumus); with a justified reason more.
    Raises RuleMissing."""
    return _months_of(month_rent, numbers(KELA_MONTHS_MAX if justified else KELA_MONTHS, on))


def check_demand(numbers: Numbers, demand: Decimal, month_rent: Decimal, on: date) -> Amount:
    """The limit, when a deposit demanded at the conclusion keeps to it.

    Raises ValidationError that names the limit when the demand is larger, for it is void then
    (AHVL 8 § 2 mom.), and RuleMissing.
    """
    limit = largest(numbers, month_rent, on)
    if cents(demand) > limit.euros:
        raise ValidationError(
            _(
                "Vakuus saa olla enintään %(limit)s (%(months)s kuukauden vuokra). Suurempaa "
                "vakuutta koskeva ehto on mitätön (AHVL 8 §)."
            ),
            code="deposit_limit",
            params={"limit": formatting.money(limit.euros), "months": limit.months},
        )
    return limit


def given_on(demanded: Decimal, given: Sequence[tuple[date, Decimal]]) -> date | None:
    """The day by which the deposit was given in full (vakuus annettu): what was received, or
    promised by a payment commitment, came to what was demanded. None while it has not."""
    total = ZERO
    for day, euros in sorted(given):
        total += euros
        if total >= demanded:
            return day
    return None


def may_rescind(
    *, due_on: date, given_on: date | None, rescission_received_on: date | None, today: date
) -> bool:
    """Whether a deposit that was not given in the agreed time allows the lease to be rescinded
    (AHVL 8 § 1 mom.).

    `due_on` is the last day agreed. The right is gone when the deposit was given before the tenant
    received the notice of rescission, on the same day too; None for what has not happened.
    """
    if today <= due_on or (given_on is not None and given_on <= due_on):
        return False
    return given_on is None or (
        rescission_received_on is not None and rescission_received_on < given_on
    )


# -- returned when -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Return:
    """Until when a deposit is returned or its retention told in writing (palautusaika).

    It runs from `starts_on`. Where the law does not bind, the day is the company's guideline and
    nothing is ever late by law.
    """

    starts_on: date
    last: LastDay
    binds: bool

    def is_late(self, done_on: date | None, today: date) -> bool:
        """Whether the law was broken: it binds, and nothing was done by the moved day."""
        return self.binds and not self.last.in_time(done_on or today)


def return_until(
    numbers: Numbers, ended_on: date, handed_over_on: date | None, holidays: Container[date]
) -> Return:
    """Until when the deposit of a tenancy that ended on a day is returned (531/2026).

    The day on which the tenancy ended selects the rows. `handed_over_on` is when the keys came
    back; while that is not known the time runs from the end. Raises RuleMissing.
    """
    days, binds, start = (
        numbers(key, ended_on) for key in (RETURN_DAYS, RETURN_BINDS, RETURN_START)
    )
    starts_on = ended_on
    if start.text == AT_LATER and handed_over_on is not None:
        starts_on = max(ended_on, handed_over_on)
    counted = starts_on + timedelta(days=days.integer)
    return Return(starts_on, last_day(counted, holidays, (days, binds, start)), binds.flag)


# -- settlement --------------------------------------------------------------------------------


class Payer(models.TextChoices):
    """Who paid a deposit (vakuuden maksaja)."""

    TENANT = "tenant", _("Vuokralainen")
    KELA = "kela", _("Kela")
    SOCIAL = "social", _("Hyvinvointialue")
    GUARANTOR = "guarantor", _("Takaaja")
    OTHER = "other", _("Muu maksaja")

    @property
    def has_own_account(self) -> bool:
        """Whether it is returned to an account that the payer tells; authorities are paid by the
        reference of their decision."""
        return self not in (Payer.KELA, Payer.SOCIAL)


class Reason(models.TextChoices):
    """What a deposit is kept for (vähennyksen syy). Ordinary wear is none of them (AHVL 25 §)."""

    RENT = "rent", _("Maksamaton vuokra")
    DAMAGE = "damage", _("Vahinko")
    CLEANING = "cleaning", _("Tavanomaista suurempi siivous")
    KEYS = "keys", _("Puuttuvat avaimet tai sarjoitus")
    OTHER = "other", _("Muu sopimuksen velvoite")


@dataclass(frozen=True, slots=True)
class Receipt:
    """Money received as a deposit, in euros. A payment commitment is none until it is paid."""

    payer: Payer
    euros: Decimal


@dataclass(frozen=True, slots=True)
class Deduction:
    """What is kept, in euros, for what, and what shows it: an inspection item, an invoice."""

    reason: Reason
    euros: Decimal
    evidence: str


@dataclass(frozen=True, slots=True)
class Settlement:
    """How a deposit is settled (vakuuden selvitys), in euros.

    `returned` goes to `to`; None when nothing is returned, or when several payers gave the money:
    how it is shared the law does not say, and a person decides. `uncovered` is what the deductions
    exceed the deposit by, and stays a debt of the tenant.
    """

    received: Decimal
    interest: Decimal
    deducted: Decimal
    returned: Decimal
    uncovered: Decimal
    to: Payer | None

    @property
    def shared(self) -> bool:
        """Whether a person must decide between several payers."""
        return self.returned > 0 and self.to is None


def settle(
    receipts: Sequence[Receipt], deductions: Sequence[Deduction], *, interest: Decimal = ZERO
) -> Settlement:
    """The balance of a deposit: received and agreed interest less deductions.

    What came from Kela, the social services or another goes back to whoever paid it, not to the
    tenant (tenancy specification 2.2, not confirmed). Raises ValueError for an amount that is no
    whole cents, and for a deduction that nothing shows.
    """
    if not all(one.evidence.strip() for one in deductions):
        raise ValueError("a deduction needs what shows it")
    received = sum((cents(one.euros) for one in receipts), ZERO)
    deducted = sum((cents(one.euros) for one in deductions), ZERO)
    balance = received + cents(interest) - deducted
    returned = max(balance, ZERO)
    payers = {one.payer for one in receipts if one.euros > 0}
    to = payers.pop() if returned > 0 and len(payers) == 1 else None
    return Settlement(received, cents(interest), deducted, returned, max(-balance, ZERO), to)
