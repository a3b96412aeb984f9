"""What was agreed of a deposit: how much, how and by when."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from leases.contracts.models import Component, ComponentKind, Lease
from leases.contracts.rules.stages import Stage
from leases.contracts.services.common import locked as locked_lease
from leases.contracts.services.common import numbers_of, require_stage
from leases.deposits.models import Deposit, Form
from leases.deposits.rules import deposit as rules
from leases.deposits.rules.deposit import Amount
from leases.deposits.services.common import (
    acting,
    locked,
    refuse_settled,
    refused_at,
    require,
    saving,
)
from registry.persons.queries import in_force
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.rules.services import note_use

OPEN = (Stage.DRAFT, Stage.WAITING, Stage.COMING, Stage.IN_FORCE, Stage.NOTICE)


@transaction.atomic
def agree(lease: Lease, demanded_eur: Decimal, form: Form, due_on: date, *, today: date) -> Deposit:
    """Record the deposit that is agreed, or change it (vakuudesta sopiminen).

    Raises ValidationError at the field: the demand is over what the law allows (TEN-K12), the due
    day is before the lease is drawn up, the lease has no rent yet or has ended, or the deposit is
    settled.
    """
    require(Group.LEASE, Level.WRITE)
    row = locked_lease(lease)
    require_stage(row, today, *OPEN)
    known = Deposit.objects.filter(lease=row).first()
    if known is not None:
        known = locked(known)
        refuse_settled(known)
        _refuse_signed(known, (demanded_eur, form, due_on))
        _refuse_below(known, demanded_eur)
    limit = _checked(row, demanded_eur, today)
    deposit = known or Deposit(lease=row)
    if known is None or known.due_on != due_on:
        _refuse_early(due_on, row, today)
    deposit.demanded_eur, deposit.form, deposit.due_on = demanded_eur, form, due_on
    deposit.limit_eur = limit.euros
    deposit.rule_versions = [[one.key, one.version] for one in limit.why]
    deposit.agreed_by_id = acting()
    note_use(*limit.why)
    with saving(Deposit):
        deposit.save()
    return deposit


def _refuse_signed(deposit: Deposit, terms: tuple[Decimal, Form, date]) -> None:
    """What stands in a lease to be signed, or in a signed one, stays."""
    if deposit.signed and terms != (deposit.demanded_eur, deposit.form, deposit.due_on):
        text = _("Sopimus on jo allekirjoitettavana, eikä sitä muuteta.")
        raise refused_at("demanded_eur", text, "fixed")


def _refuse_below(deposit: Deposit, demanded: Decimal) -> None:
    received = sum((one.euros for one in deposit.receipts.all()), Decimal(0))
    if demanded < received:
        text = _("Vakuutta on jo saatu enemmän.")
        raise refused_at("demanded_eur", text, "received")


def _refuse_early(due_on: date, lease: Lease, today: date) -> None:
    begins = lease.concluded_on or today
    if due_on < begins:
        raise refused_at("due_on", _("Päivä on ennen sopimuksen tekemistä."), "early")


def usual_of(lease: Lease, today: date) -> tuple[Amount | None, Amount | None]:
    """What the company asks for unless it decides otherwise, and the most it may; None while there
    is no rent. Raises RuleMissing."""
    try:
        rent = rent_of(lease)
    except ValidationError:
        return None, None
    numbers = numbers_of(_concluded(lease, today))
    return rules.usual(numbers, rent, today), rules.largest(numbers, rent, today)


def _concluded(lease: Lease, today: date) -> date:
    return lease.concluded_on or today


def rent_of(lease: Lease) -> Decimal:
    """A month's rent on the first day of the lease, without water, sauna and places."""
    rent = Component.objects.filter(
        in_force(lease.starts_on), lease=lease, kind=ComponentKind.RENT
    ).first()
    if rent is None:
        text = _("Kirjaa ensin vuokra: vakuuden enimmäismäärä lasketaan siitä.")
        raise refused_at("demanded_eur", text, "no_rent")
    return rent.month_eur


def _checked(lease: Lease, demanded: Decimal, today: date) -> Amount:
    numbers = numbers_of(_concluded(lease, today))
    try:
        return rules.check_demand(numbers, demanded, rent_of(lease), today)
    except ValidationError as refused:
        if hasattr(refused, "error_dict"):
            raise
        raise ValidationError({"demanded_eur": refused.error_list}) from None


def refuse_above_limit(lease: Lease, today: date) -> None:
    """Raises ValidationError when the rent was lowered after the deposit was agreed, so that the
    demand is void (AHVL 8 § 2 mom.): asked when a draft is made ready."""
    deposit = Deposit.objects.filter(lease=lease).first()
    if deposit is not None:
        rules.check_demand(
            numbers_of(_concluded(lease, today)), deposit.demanded_eur, rent_of(lease), today
        )
