"""Before a deposit goes back: the flat handed over and inspected, the balance, what is kept."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from leases.contracts.models import Lease
from leases.deposits.models import Deduction, Deposit
from leases.deposits.rules.deposit import Reason
from leases.deposits.services.common import (
    acting,
    locked,
    plain_text,
    refuse_settled,
    refused_at,
    require,
    saving,
    settlement_of,
)
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.rules.days import refuse_future

CHECKED = ("handed_over_on", "inspected_on", "balance_on", "balance_eur", "balance_by")


def ended_on(lease: Lease) -> date | None:
    """The day from which a deposit is returned: the last of the tenancy, or when it was cancelled.
    None while no end is known."""
    return lease.cancelled_on or lease.ends_on


def refuse_running(lease: Lease) -> None:
    """Raises ValidationError while the lease has no end."""
    if ended_on(lease) is None:
        raise ValidationError(_("Sopimuksen päättymispäivää ei ole kirjattu."), code="running")


@transaction.atomic
def check_off(
    deposit: Deposit, *, handed_over_on: date | None, inspected_on: date | None, today: date
) -> Deposit:
    """The flat was handed over and inspected (luovutus ja loppukatselmus). Raises ValidationError
    for a day to come, no day at all, a lease without an end, and a deposit that is settled."""
    require(Group.LEASE, Level.WRITE)
    row = locked(deposit)
    refuse_settled(row)
    refuse_running(row.lease)
    if not any((handed_over_on, inspected_on, row.handed_over_on, row.inspected_on)):
        text = _("Kirjoita luovutuspäivä, tarkastuspäivä tai molemmat.")
        raise ValidationError({"handed_over_on": text}, code="nothing")
    refuse_future("handed_over_on", handed_over_on, today)
    refuse_future("inspected_on", inspected_on, today)
    for name, day in (("handed_over_on", handed_over_on), ("inspected_on", inspected_on)):
        if day is not None and day < row.lease.starts_on and not row.lease.cancelled_on:
            raise ValidationError({name: _("Päivä on ennen sopimuksen alkua.")}, code="early")
    row.handed_over_on, row.inspected_on = handed_over_on, inspected_on
    with saving(Deposit):
        row.save(update_fields=["handed_over_on", "inspected_on"])
    return row


@transaction.atomic
def confirm_balance(deposit: Deposit, euros: Decimal, *, today: date) -> Deposit:
    """Whoever keeps the ledger confirms what is unpaid at the end (loppusaldo); nothing is zero.
    Raises ValidationError as `check_off`."""
    require(Group.LEDGER, Level.WRITE)
    row = locked(deposit)
    refuse_settled(row)
    refuse_running(row.lease)
    row.balance_on, row.balance_eur, row.balance_by_id = today, euros, acting()
    with saving(Deposit):
        row.save(update_fields=["balance_on", "balance_eur", "balance_by"])
    return row


@transaction.atomic
def deduct(deposit: Deposit, reason: Reason, euros: Decimal, evidence: str) -> Deduction:
    """Keep something of a deposit (vähennys): for what and what shows it. Raises ValidationError at
    the field; the same deduction is not recorded twice."""
    require(Group.LEASE, Level.WRITE)
    row = locked(deposit)
    refuse_settled(row)
    refuse_running(row.lease)
    made = Deduction(
        deposit=row, reason=reason, euros=euros, evidence=plain_text(evidence),
        recorded_by_id=acting(),
    )  # fmt: skip
    with saving(Deduction):
        made.save(force_insert=True)
    return made


@transaction.atomic
def drop_deduction(deduction: Deduction) -> None:
    """Take a deduction away before the deposit is settled; the change log keeps it."""
    require(Group.LEASE, Level.WRITE)
    refuse_settled(locked(deduction.deposit))
    for known in Deduction.objects.filter(pk=deduction.pk):  # once, whoever else took it away
        known.delete()


@transaction.atomic
def take_back(lease: Lease) -> None:
    """The lease goes on after all (irtisanominen peruttiin): a settlement that was prepared and
    what was checked for it are void. Raises ValidationError when the deposit went back already."""
    deposit = Deposit.objects.filter(lease=lease).first()
    if deposit is None:
        return
    row = locked(deposit)
    _undo_settlement(row, _("Vakuus on jo selvitetty, eikä päättymistä voi enää perua."))
    for name in CHECKED:
        setattr(row, name, None)
    row.save(update_fields=CHECKED)


def refuse_moved_end(lease: Lease) -> None:
    """The lease ends on another day (päättymispäivä muuttui): a settlement that was prepared for
    the one before is void. Raises ValidationError when the deposit went back already."""
    deposit = Deposit.objects.filter(lease=lease).first()
    if deposit is not None:
        text = _("Vakuus on jo selvitetty, eikä päättymispäivä enää muutu.")
        _undo_settlement(locked(deposit), text)


def _undo_settlement(deposit: Deposit, closed: str) -> None:
    settlement = settlement_of(deposit)
    if settlement is None:
        return
    if settlement.closed:
        raise refused_at("on", closed, "settled")
    settlement.delete()
