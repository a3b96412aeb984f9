"""Settling a deposit: prepared by one, approved by another, told to the tenant, paid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leases.contracts.models import Lease
from leases.contracts.rules.money import ZERO
from leases.contracts.services.common import holidays_from, numbers_of, tenants_in_place
from leases.deposits.models import Deposit, Payout, Receipt, RefundAccount, Settlement
from leases.deposits.rules import accounts
from leases.deposits.rules import deposit as rules
from leases.deposits.rules.deposit import Payer, Reason, Return
from leases.deposits.services.common import (
    acting,
    locked,
    plain_text,
    refuse_settled,
    refused_at,
    require,
    saving,
    somebody,
)
from leases.deposits.services.returning import ended_on, refuse_running
from registry.persons.queries.standing import same_person
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.rules.days import refuse_future
from vuokra.rules.services import note_use


@dataclass(frozen=True, slots=True)
class Share:
    """What goes back to one payer; into the deposit of a next lease when that is named."""

    to: Payer
    euros: Decimal
    next_deposit: Deposit | None = None


def return_of(deposit: Deposit) -> Return | None:
    """Until when a deposit goes back; None while the lease has no end. Raises RuleMissing."""
    end = ended_on(deposit.lease)
    if end is None:
        return None
    last = max(end, deposit.handed_over_on or end)
    holidays = holidays_from(last)
    numbers = numbers_of(deposit.lease.concluded_on)
    return rules.return_until(numbers, end, deposit.handed_over_on, holidays)


def balance_of(deposit: Deposit, interest: Decimal = ZERO) -> rules.Settlement:
    """How the deposit comes out as it is recorded now."""
    return rules.settle(
        [rules.Receipt(Payer(one.payer), one.euros) for one in deposit.receipts.all()],
        [
            rules.Deduction(Reason(one.reason), one.euros, one.evidence)
            for one in deposit.deductions.all()
        ],
        interest=interest,
    )


def missing_before(deposit: Deposit) -> list[str]:
    """What must be done before a deposit is settled, in words."""
    if deposit.lease.cancelled_on is not None:
        return []
    found = []
    if deposit.handed_over_on is None:
        found.append(_("Huoneiston luovutusta (avaimia) ei ole kirjattu."))
    if deposit.inspected_on is None:
        found.append(_("Huoneistoa ei ole tarkastettu."))
    if deposit.balance_on is None:
        found.append(_("Loppusaldoa ei ole vahvistettu."))
    return found


@transaction.atomic
def prepare(
    deposit: Deposit, shares: Sequence[Share], *, interest: Decimal = ZERO, today: date
) -> Settlement:
    """Prepare the settlement (selvityksen laatiminen): what goes back to whom.

    `shares` name everybody who gets something; their sum is what is returned. Raises
    ValidationError: something is not done yet, the sums differ, a payer who gets money to an
    account has told none, or there is a settlement already.
    """
    require(Group.LEASE, Level.WRITE)
    row = locked(deposit)
    refuse_settled(row)
    refuse_running(row.lease)
    missing = missing_before(row)
    if missing:
        raise ValidationError(missing, code="missing")
    balance, due, end = balance_of(row, interest), return_of(row), ended_on(row.lease)
    if due is None or end is None:
        raise ValidationError(_("Sopimuksen päättymispäivää ei ole kirjattu."), code="running")
    if balance.interest > balance.received:
        raise refused_at("interest", _("Korko on suurempi kuin vakuus."), "interest")
    _refuse_other_sum(balance, shares)
    _refuse_beyond_paid(row, balance, shares)
    made = Settlement(
        deposit=row, received_eur=balance.received, interest_eur=balance.interest,
        deducted_eur=balance.deducted, returned_eur=balance.returned,
        uncovered_eur=balance.uncovered, ended_on=end, return_by=due.last.moved,
        rule_versions=[[one.key, one.version] for one in due.last.why],
        prepared_by_id=somebody(),
    )  # fmt: skip
    note_use(*due.last.why)
    with saving(Settlement):
        made.save(force_insert=True)
        for share in shares:
            _payout(made, share, row).save(force_insert=True)
    return made


def _refuse_other_sum(balance: rules.Settlement, shares: Sequence[Share]) -> None:
    if sum((share.euros for share in shares), ZERO) != balance.returned:
        raise ValidationError(
            _("Palautusten summa ei ole sama kuin palautettava määrä."), code="sum"
        )


def _refuse_beyond_paid(
    deposit: Deposit, balance: rules.Settlement, shares: Sequence[Share]
) -> None:
    """Nobody gets back more than was paid in that name, with the interest."""
    paid: dict[str, Decimal] = {}
    for one in deposit.receipts.all():
        paid[one.payer] = paid.get(one.payer, ZERO) + one.euros
    for share in shares:
        if share.euros > paid.get(share.to, ZERO) + balance.interest:
            text = _("%(payer)s ei ole maksanut näin paljon vakuutta.")
            raise ValidationError(
                ValidationError(text, params={"payer": share.to.label}, code="beyond")
            )


def _payout(settlement: Settlement, share: Share, deposit: Deposit) -> Payout:
    made = Payout(settlement=settlement, to=share.to, euros=share.euros)
    if share.next_deposit is not None:
        _refuse_no_successor(deposit.lease, locked(share.next_deposit), share.euros)
        made.means, made.next_deposit = Payout.Means.MOVE, share.next_deposit
    elif share.to.has_own_account:
        made.means, made.account = Payout.Means.ACCOUNT, account_of(deposit, share.to)
        if made.account is None:
            text = _("Palautustiliä ei ole annettu: %(payer)s.") % {"payer": share.to.label}
            raise ValidationError(text, code="no_account")
    else:
        made.means = Payout.Means.REFERENCE
    return made


def _refuse_no_successor(lease: Lease, following: Deposit, euros: Decimal) -> None:
    """A deposit moves only into a lease of the same tenant that waits for one, and no more of it
    than was agreed there. Asked again when it moves: much may have happened since."""
    same = _tenants(lease) & _tenants(following.lease)
    if following.lease_id == lease.pk or not same or following.lease.cancelled_on is not None:
        text = _("Vakuuden voi siirtää vain saman vuokralaisen toiseen sopimukseen.")
        raise refused_at("next", text, "other_tenant")
    refuse_settled(following)
    received = sum((one.euros for one in following.receipts.all()), ZERO)
    if received + euros > following.demanded_eur:
        text = _("Seuraavassa sopimuksessa vakuutta on sovittu vähemmän kuin siirretään.")
        raise refused_at("next", text, "over")


def _tenants(lease: Lease) -> set[int]:
    return set(tenants_in_place(lease).values_list("person_id", flat=True))


def account_of(deposit: Deposit, payer: Payer) -> RefundAccount | None:
    """The account that a payer told last."""
    return deposit.accounts.filter(payer=payer, replaced_by__isnull=True).first()


@transaction.atomic
def undo_preparation(settlement: Settlement) -> None:
    """Back to what was before the settlement was prepared. Raises ValidationError when it was
    approved."""
    require(Group.LEASE, Level.WRITE)
    row = _locked(settlement)
    if row.closed:
        raise ValidationError(_("Selvitys on hyväksytty, eikä se enää muutu."), code="closed")
    row.delete()


def _locked(settlement: Settlement) -> Settlement:
    locked(settlement.deposit)
    rows = Settlement.objects.select_for_update(of=("self",)).select_related("deposit__lease")
    return rows.get(pk=settlement.pk)


@transaction.atomic
def approve(settlement: Settlement, *, today: date, now: datetime) -> Settlement:
    """A second person approves the settlement (selvityksen hyväksyminen); it is closed.

    Money that moves to a next lease is received there. Raises ValidationError: one's own, the
    tenancy goes on, an account may not be used yet (A45) or is known to the approver alone, or it
    was approved already.
    """
    require(Group.BANK, Level.WRITE)
    row = _locked(settlement)
    if row.closed:
        raise ValidationError(_("Selvitys on jo hyväksytty."), code="closed")
    if same_person(row.prepared_by_id, somebody(), today=today):
        text = _("Hyväksyjän pitää olla toinen henkilö kuin laatija.")
        raise ValidationError(text, code="own")
    if row.ended_on > today:
        raise ValidationError(_("Vuokrasuhde ei ole vielä päättynyt."), code="running")
    if row.ended_on != ended_on(row.deposit.lease):
        text = _("Sopimuksen päättymispäivä on muuttunut. Laadi selvitys uudelleen.")
        raise ValidationError(text, code="moved")
    payouts = list(row.payouts.select_related("account", "next_deposit"))
    for one in payouts:
        if one.account is not None:
            accounts.refuse_unsafe(one.account.change, now)
            _refuse_replaced(one.account)
            _refuse_own(one.account, today)
    row.approved_by_id, row.approved_at = acting(), now
    with saving(Settlement):
        row.save(update_fields=["approved_by", "approved_at"])
    for one in payouts:
        if one.next_deposit is not None:
            _refuse_no_successor(row.deposit.lease, locked(one.next_deposit), one.euros)
            _move(one, one.next_deposit, today)
    return row


def _refuse_own(account: RefundAccount, today: date) -> None:
    alone = account.confirmed_by_id is None
    if alone and same_person(account.recorded_by_id, somebody(), today=today):
        text = _(
            "Kirjasit palautustilin itse. Toisen henkilön pitää vahvistaa se soittamalla, ennen "
            "kuin voit hyväksyä selvityksen."
        )
        raise ValidationError(text, code="own_account")


def _refuse_replaced(account: RefundAccount) -> None:
    if RefundAccount.objects.filter(replaces=account).exists():
        text = _(
            "Tilinumero on vaihdettu selvityksen laatimisen jälkeen. Laadi selvitys uudelleen."
        )
        raise ValidationError(text, code="replaced")


def _move(payout: Payout, following: Deposit, today: date) -> None:
    with saving(Receipt):
        Receipt.objects.create(
            deposit=following, payer=payout.to, euros=payout.euros, received_on=today,
            moved_from=payout, recorded_by_id=acting(),
        )  # fmt: skip
    _paid(payout, today)


@transaction.atomic
def pay(payout: Payout, *, on: date, reference: str = "", today: date) -> Payout:
    """Money went back (palautuksen maksu). Raises ValidationError before the approval, a second
    time, and for a day to come or before the approval."""
    require(Group.BANK, Level.WRITE)
    settlement = _locked(payout.settlement)
    row = Payout.objects.select_for_update(of=("self",)).get(pk=payout.pk)
    if settlement.approved_at is None:
        raise ValidationError(_("Selvitystä ei ole hyväksytty."), code="not_approved")
    if row.paid_on is not None:
        raise ValidationError(_("Palautus on jo maksettu."), code="paid")
    refuse_future("on", on, today)
    if on < timezone.localdate(settlement.approved_at):
        raise refused_at("on", _("Päivä on ennen selvityksen hyväksymistä."), "early")
    row.reference = plain_text(reference)
    _paid(row, on)
    return row


def _paid(payout: Payout, on: date) -> None:
    payout.paid_on, payout.paid_by_id = on, acting()
    payout.save(update_fields=["paid_on", "paid_by", "reference"])


@transaction.atomic
def tell(settlement: Settlement, *, on: date, today: date) -> Settlement:
    """The tenant was told in writing what is kept and why (selvityksen ilmoittaminen). Raises
    ValidationError for a second time, a day to come, and one before there was a settlement."""
    require(Group.LEASE, Level.WRITE)
    row = _locked(settlement)
    refuse_future("on", on, today)
    if row.told_on is not None:
        raise ValidationError(_("Ilmoitus on jo kirjattu."), code="told")
    if on < timezone.localdate(row.prepared_at):
        raise refused_at("on", _("Päivä on ennen selvityksen laatimista."), "early")
    row.told_on = on
    with saving(Settlement):
        row.save(update_fields=["told_on"])
    return row
