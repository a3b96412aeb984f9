"""Deposits of the demo company: of most leases, given; some waited for, and some to return.

Made by the services where days allow it; only the days of the past are invented.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from leases.contracts.models import Component, ComponentKind, Lease
from leases.contracts.rules.money import ZERO
from leases.deposits.models import (
    Commitment,
    Deposit,
    Form,
    Payout,
    Receipt,
    RefundAccount,
    Settlement,
)
from leases.deposits.rules.accounts import Confirmed
from leases.deposits.rules.deposit import Payer, Return
from leases.deposits.services.accounts import numbers_before
from leases.deposits.services.settling import return_of
from vuokra.access.stated import bulk_write
from vuokra.accounts.models import User
from vuokra.demo.registry import Progress, Scale

BATCH = 500
MONTHS_MOST = 3
MISSING = 3
"""So many leases wait for their deposit: the newest."""

PROMISED_EVERY = 40
"""Of so many leases one has Kela's commitment."""

ENDED = 6
"""So many leases ended lately."""

STAFF = ("sop", "tal")
IBANS = ("FI2112345600000785", "FI1410093000123458")


def fill(scale: Scale, progress: Progress) -> None:
    """The room's part of the demo company."""
    leases = list(Lease.objects.filter(concluded_on__isnull=False).order_by("-starts_on", "pk"))
    ended = _end_some(sorted(leases, key=lambda one: one.pk), scale)
    with bulk_write("deposits of invented people"):
        for start in range(0, len(leases), BATCH):
            deposits_of(leases[start : start + BATCH], start)
            progress(min(start + BATCH, len(leases)), len(leases))
    staff = {user.username: user for user in User.objects.filter(username__in=STAFF)}
    if len(staff) == len(STAFF):
        _returning(ended, staff["sop"], staff["tal"], scale)


def _end_some(leases: Sequence[Lease], scale: Scale) -> list[Lease]:
    """The last of the running leases ended, one a few days before the other."""
    running = [one for one in leases if one.last_day is None and one.starts_on < scale.today]
    ended = running[-ENDED:]
    for number, lease in enumerate(ended):
        lease.last_day = max(scale.today - timedelta(days=3 + 4 * number), lease.starts_on)
        lease.save(update_fields=["last_day"])
    return ended


def _returning(ended: Sequence[Lease], clerk: User, payer: User, scale: Scale) -> None:
    """Of the ended ones, the first has a changed account and a commitment for rent, the second a
    settlement that waits for its approval, the third one that waits for its payment."""
    paid = Deposit.objects.filter(lease__in=ended, receipts__isnull=False).order_by("pk")
    chosen = list(paid.select_related("lease")[:3])
    for number, deposit in enumerate(chosen):
        deposit.handed_over_on = deposit.inspected_on = deposit.lease.last_day
        deposit.balance_on, deposit.balance_eur, deposit.balance_by = scale.today, ZERO, payer
        deposit.save()
        account = _account(deposit, payer, IBANS[0], None)
        due = return_of(deposit)
        if number > 1:
            _confirmed(account, clerk)
        if number and due is not None:
            _settled(deposit, account, due, clerk, payer if number > 1 else None)
            continue
        _account(deposit, payer, IBANS[1], account)
        Commitment.objects.create(
            lease=deposit.lease, purpose=Commitment.For.RENT, issuer=Commitment.Issuer.SOCIAL,
            number="HVA-1", amount_eur=deposit.demanded_eur, valid_from=deposit.lease.starts_on,
            recorded_by=clerk,
        )  # fmt: skip


def _account(
    deposit: Deposit, payer: User, iban: str, before: RefundAccount | None
) -> RefundAccount:
    now = timezone.now()
    tenant = deposit.lease.parties.select_related("person").order_by("id")[0].person
    account = RefundAccount(
        deposit=deposit, person=tenant, payer=Payer.TENANT, recorded_by=payer, recorded_at=now,
        usable_from=now + timedelta(days=1), replaces=before,
    )  # fmt: skip
    account.iban = iban
    account.save()
    return account


def _confirmed(account: RefundAccount, clerk: User) -> None:
    """Who approves has recorded the account: another confirmed it."""
    account.called = numbers_before(account).first()
    account.confirmed = Confirmed.VISIT if account.called is None else Confirmed.CALL
    account.confirmed_by, account.confirmed_at = clerk, timezone.now()
    account.save()


def _settled(
    deposit: Deposit, account: RefundAccount, due: Return, clerk: User, payer: User | None
) -> None:
    euros = deposit.demanded_eur
    settlement = Settlement.objects.create(
        deposit=deposit, received_eur=euros, deducted_eur=ZERO, returned_eur=euros,
        uncovered_eur=ZERO, ended_on=due.starts_on, return_by=due.last.moved,
        prepared_by=clerk,
    )  # fmt: skip
    Payout.objects.create(
        settlement=settlement, to=Payer.TENANT, euros=euros, means=Payout.Means.ACCOUNT,
        account=account,
    )  # fmt: skip
    if payer is not None:
        settlement.approved_by, settlement.approved_at = payer, timezone.now()
        settlement.save()


def deposits_of(leases: Sequence[Lease], first: int = 0) -> int:
    """A deposit of a month's rent for each lease, the newest first, in bulk. How many."""
    rents = {
        one.lease_id: one.month_eur
        for one in Component.objects.filter(lease__in=leases, kind=ComponentKind.RENT)
    }
    chosen = [one for one in leases if one.pk in rents]
    deposits = Deposit.objects.bulk_create(
        Deposit(
            lease=lease, demanded_eur=rents[lease.pk], limit_eur=rents[lease.pk] * MONTHS_MOST,
            form=Form.COMMITMENT if _promised(number) else Form.MONEY, due_on=lease.starts_on,
        )
        for number, lease in enumerate(chosen, first)
    )  # fmt: skip
    Receipt.objects.bulk_create(
        Receipt(
            deposit=deposit, payer=Payer.TENANT, euros=deposit.demanded_eur,
            received_on=deposit.due_on,
        )
        for number, deposit in enumerate(deposits, first)
        if number >= MISSING and not _promised(number)
    )  # fmt: skip
    Commitment.objects.bulk_create(
        Commitment(
            lease=deposit.lease, issuer=Commitment.Issuer.KELA, number=f"KELA-{deposit.pk}",
            amount_eur=deposit.demanded_eur, valid_from=deposit.due_on,
        )
        for number, deposit in enumerate(deposits, first)
        if _promised(number)
    )  # fmt: skip
    return len(deposits)


def _promised(number: int) -> bool:
    return number % PROMISED_EVERY == MISSING


def empty() -> bool:
    """Whether there is no deposit."""
    return not Deposit.objects.exists()
