"""What staff look at of deposits. Each function runs a fixed number of statements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import models
from django.db.models import DecimalField, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy

from leases.contracts.models import Lease, Party
from leases.contracts.queries import LeaseRow, home_told, lease_by_id, stage_is, with_parts
from leases.contracts.rules.money import ZERO
from leases.contracts.rules.stages import Stage
from leases.deposits.models import (
    Commitment,
    Deduction,
    Deposit,
    Payout,
    Receipt,
    RefundAccount,
    Settlement,
)
from leases.deposits.rules import deposit as rules
from leases.deposits.rules.deposit import Amount, Return
from leases.deposits.rules.standing import Facts, Standing, standing
from leases.deposits.services.agreeing import usual_of
from leases.deposits.services.returning import ended_on
from leases.deposits.services.settling import balance_of, missing_before, return_of
from leases.homes.models import Handover
from registry.persons.queries import may_know_of_protection
from registry.persons.queries.lists import BoundedPaginator
from registry.persons.queries.standing import none_closed
from vuokra.access.context import current
from vuokra.access.errors import ObjectDenied
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

PAGE = 50
TABLE = "leases_deposits_deposit"


class View(models.TextChoices):
    """Parts of the list of deposits, as they stand in an address; none tells of a person."""

    TO_RECEIVE = "saamatta", gettext_lazy("Saamatta")
    TO_RETURN = "palautettavat", gettext_lazy("Palautettavat")
    LATE = "myohassa", gettext_lazy("Myöhässä")


@dataclass(slots=True)
class DepositRow:
    """A deposit with its lease, what was given of it and when it goes back."""

    deposit: Deposit
    row: LeaseRow
    receipts: list[Receipt] = field(default_factory=list)
    commitments: list[Commitment] = field(default_factory=list)
    settlement: Settlement | None = None
    payouts: list[Payout] = field(default_factory=list)

    @property
    def received(self) -> Decimal:
        """Money that came in."""
        return sum((one.euros for one in self.receipts), ZERO)

    @property
    def promised(self) -> Decimal:
        """What authorities have promised for the deposit, of commitments that hold on the day."""
        held = (one for one in self.commitments if one.holds_on(self.row.today))
        return sum((one.amount_eur for one in held), ZERO)

    @property
    def open_eur(self) -> Decimal:
        """What has not been given."""
        demanded: Decimal = self.deposit.demanded_eur
        return max(demanded - self.received - self.promised, ZERO)

    @property
    def given_on(self) -> date | None:
        """The day by which all of it was given."""
        given = [(one.received_on, one.euros) for one in self.receipts]
        given += [
            (one.valid_from, one.amount_eur)
            for one in self.commitments if one.holds_on(self.row.today)
        ]  # fmt: skip
        return rules.given_on(self.deposit.demanded_eur, given)

    @property
    def standing(self) -> Standing:
        """How far it has come."""
        found = self.settlement
        return standing(
            Facts(
                demanded=self.deposit.demanded_eur, given=self.received + self.promised,
                money=self.received, due_on=self.deposit.due_on,
                ended_on=ended_on(self.row.lease), prepared=found is not None,
                approved=found is not None and found.closed,
                unpaid=any(one.paid_on is None for one in self.payouts),
            ),
            self.row.today,
        )  # fmt: skip

    @property
    def may_rescind(self) -> bool:
        """Whether the lease may be rescinded because the deposit was not given (AHVL 8 §)."""
        return (
            self.row.stage in (Stage.COMING, Stage.IN_FORCE, Stage.NOTICE)
            and self.deposit.demanded_eur > 0
            and rules.may_rescind(
                due_on=self.deposit.due_on, given_on=self.given_on,
                rescission_received_on=None, today=self.row.today,
            )
        )  # fmt: skip

    @property
    def due(self) -> Return | None:
        """Until when it goes back, once the lease has an end and money was received."""
        return return_of(self.deposit) if self.received else None

    @property
    def done_on(self) -> date | None:
        """When the law was satisfied: the tenant was told, or all of it was paid."""
        if self.settlement is None or not self.settlement.closed:
            return None
        days = [one.paid_on for one in self.payouts]
        paid = max((day for day in days if day is not None), default=None) if all(days) else None
        return self.settlement.told_on or paid

    @property
    def late(self) -> bool:
        """Whether the law's time to return it has passed."""
        return self.due is not None and self.due.is_late(self.done_on, self.row.today)


# -- lists -------------------------------------------------------------------------------------


def deposit_list(view: View | None, page: int, *, today: date) -> Page[DepositRow]:
    """A page of 50 deposits; eight statements. Left out are those
    of people whose record is closed to the user, and of protected people for whoever may not know.
    A page beyond the last gives the last."""
    chosen = _chosen(view, today)
    if view is View.LATE:  # few: what the law counts is not asked of the database
        rows = [row for row in with_money(list(chosen), today) if row.late]
        late = Paginator(rows, PAGE)
        return late.get_page(page)
    paginator = BoundedPaginator(chosen.values("pk"), PAGE)
    found = paginator.get_page(page)
    keys: Any = found.object_list  # of all that stand before them no more is read
    shown = (
        Deposit.objects.filter(pk__in=keys).select_related("lease__flat").order_by(*_order(view))
    )
    return Page(with_money(list(shown), today), found.number, paginator)


def _chosen(view: View | None, today: date) -> QuerySet[Deposit]:
    parties = Party.objects.filter(lease=OuterRef("lease"))
    chosen = Deposit.objects.filter(none_closed(parties, today))
    if not may_know_of_protection():
        chosen = chosen.filter(home_told("lease"))
    match view:
        case View.TO_RECEIVE:
            chosen = _to_receive(chosen, today)
        case View.TO_RETURN | View.LATE:
            chosen = _to_return(chosen, today)
    return chosen.select_related("lease__flat").order_by(*_order(view))


def _order(view: View | None) -> tuple[str, str]:
    """What waits, the longest waiting first; of all, the newest first."""
    return ("-due_on", "-id") if view is None else ("due_on", "id")


def _to_receive(chosen: QuerySet[Deposit], today: date) -> QuerySet[Deposit]:
    """Agreed and not given in full, of leases that have not ended."""
    held = Q(valid_from__lte=today) & (Q(valid_to__isnull=True) | Q(valid_to__gte=today))
    promised = Commitment.objects.filter(held, purpose=Commitment.For.DEPOSIT)
    given = F("money") + F("promises")
    return (
        chosen.filter(~_of_lease(Stage.ENDED, today), lease__cancelled_on__isnull=True)
        .alias(
            money=_sum(Receipt.objects.filter(deposit=OuterRef("pk")), "deposit", "euros"),
            promises=_sum(promised.filter(lease=OuterRef("lease")), "lease", "amount_eur"),
        )
        .filter(demanded_eur__gt=given)
    )


def _sum(rows: QuerySet[Receipt] | QuerySet[Commitment], of: str, column: str) -> Coalesce:
    euros: DecimalField = DecimalField(max_digits=12, decimal_places=2)  # type: ignore[type-arg]
    total = rows.order_by().values(of).annotate(total=Sum(column)).values("total")
    return Coalesce(Subquery(total), Value(ZERO), output_field=euros)


def _to_return(chosen: QuerySet[Deposit], today: date) -> QuerySet[Deposit]:
    """Money that was received for leases that are over, and has not gone back in full."""
    unpaid = Payout.objects.filter(settlement__deposit=OuterRef("pk"), paid_on__isnull=True)
    money = Receipt.objects.filter(deposit=OuterRef("pk"))
    return chosen.filter(
        Exists(money),
        Q(lease__cancelled_on__isnull=False) | _of_lease(Stage.ENDED, today),
        Q(settlement__isnull=True) | Q(settlement__approved_at__isnull=True) | Exists(unpaid),
    )


def _of_lease(stage: Stage, today: date) -> Exists:
    return Exists(Lease.objects.filter(stage_is(stage, today), pk=OuterRef("lease")))


def with_money(deposits: Sequence[Deposit], today: date) -> list[DepositRow]:
    """The deposits with their leases and what was given and settled; six statements."""
    leases = {row.lease.pk: row for row in with_parts([one.lease for one in deposits], today)}
    rows = {one.pk: DepositRow(one, leases[one.lease_id]) for one in deposits}
    by_lease = {row.row.lease.pk: row for row in rows.values()}
    for receipt in Receipt.objects.filter(deposit__in=list(rows)):
        rows[receipt.deposit_id].receipts.append(receipt)
    for promise in _promises(by_lease):
        by_lease[promise.lease_id].commitments.append(promise)
    for settlement in Settlement.objects.filter(deposit__in=list(rows)):
        rows[settlement.deposit_id].settlement = settlement
    payouts = Payout.objects.filter(settlement__deposit__in=list(rows)).select_related("settlement")
    for payout in payouts:
        rows[payout.settlement.deposit_id].payouts.append(payout)
    return list(rows.values())


def _promises(leases: Iterable[int]) -> QuerySet[Commitment]:
    return Commitment.objects.filter(lease__in=list(leases), purpose=Commitment.For.DEPOSIT)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Deposits that wait for staff: not given by their day, and to be returned; changes of account
    that a second person confirms, by deposit."""

    to_receive: list[DepositRow]
    to_return: list[DepositRow]
    unconfirmed: dict[int, RefundAccount]


def waiting(*, today: date) -> Waiting:
    """What waits in the work queue; eight statements, one more for whoever handles accounts."""
    late = list(_chosen(View.TO_RECEIVE, today).filter(due_on__lt=today))
    back = list(_chosen(View.TO_RETURN, today))
    rows = {row.deposit.pk: row for row in with_money([*late, *back], today)}
    changes: dict[int, RefundAccount] = {}
    if current().actor.level(Group.BANK) >= Level.MASKED:
        open_changes = RefundAccount.objects.filter(
            replaces__isnull=False, confirmed_by__isnull=True, replaced_by__isnull=True,
            deposit__in=[one.pk for one in back],
        )  # fmt: skip
        changes = {one.deposit_id: one for one in open_changes}
    return Waiting([rows[one.pk] for one in late], [rows[one.pk] for one in back], changes)


# -- one deposit -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Keys:
    """Keys of the flat that the people of a lease have or had: how many are out, and the day on
    which the last of them came back."""

    out: int
    returned_on: date | None


@dataclass(frozen=True, slots=True)
class DepositPage:
    """A deposit with all that is recorded of it; accounts only for those who handle them."""

    row: DepositRow
    deductions: list[Deduction]
    rent_commitments: list[Commitment]
    accounts: list[RefundAccount]
    may_bank: bool
    keys: Keys
    balance: rules.Settlement
    due: Return | None
    limit: Amount | None
    missing: list[str]

    @property
    def deposit(self) -> Deposit:
        """The deposit itself."""
        return self.row.deposit

    @property
    def ended(self) -> bool:
        """Whether its lease has an end, so that it is to be returned."""
        return ended_on(self.deposit.lease) is not None


def deposit_by_id(pk: int, *, today: date) -> tuple[Deposit, LeaseRow]:
    """A deposit and its lease; five statements. Raises ObjectDenied when there is none, and as the
    door to the lease (`contracts.queries.lease_by_id`)."""
    deposit = Deposit.objects.filter(pk=pk).first()
    if deposit is None:
        raise ObjectDenied(TABLE, pk)
    row = lease_by_id(deposit.lease_id, today=today)
    deposit.lease = row.lease
    return deposit, row


def deposit_page(deposit: Deposit, row: LeaseRow) -> DepositPage:
    """What is recorded of a deposit; a fixed number of statements."""
    found = DepositRow(deposit, row)
    found.receipts = list(deposit.receipts.all())
    promises = list(Commitment.objects.filter(lease=deposit.lease_id))
    found.commitments = [one for one in promises if one.purpose == Commitment.For.DEPOSIT]
    found.settlement = Settlement.objects.filter(deposit=deposit).first()
    if found.settlement is not None:
        found.payouts = list(found.settlement.payouts.select_related("next_deposit__lease"))
    may_bank = current().actor.level(Group.BANK) >= Level.MASKED
    accounts = list(deposit.accounts.select_related("replaced_by")) if may_bank else []
    return DepositPage(
        row=found,
        deductions=list(deposit.deductions.all()),
        rent_commitments=[one for one in promises if one.purpose == Commitment.For.RENT],
        accounts=accounts,
        may_bank=may_bank,
        keys=keys_of(row),
        balance=balance_of(deposit),
        due=found.due,
        limit=usual_of(row.lease, row.today)[1],
        missing=missing_before(deposit) if ended_on(row.lease) else [],
    )


def keys_of(row: LeaseRow) -> Keys:
    """Where the keys of the flat are; one statement."""
    people = [party.person_id for party in row.parties]
    had = Handover.objects.filter(person__in=people, key__flat=row.lease.flat_id)
    days = [one.returned_on for one in had]
    back = [day for day in days if day is not None]
    out = len(days) - len(back)
    return Keys(out, max(back, default=None) if not out else None)


def deposit_of(row: LeaseRow) -> DepositRow | None:
    """The deposit of a lease with what was given; None when none was agreed on."""
    deposit = Deposit.objects.filter(lease=row.lease.pk).first()
    if deposit is None:
        return None
    deposit.lease = row.lease
    found = DepositRow(deposit, row, list(deposit.receipts.all()), list(_promises([row.lease.pk])))
    found.settlement = Settlement.objects.filter(deposit=deposit).first()
    if found.settlement is not None:
        found.payouts = list(found.settlement.payouts.all())
    return found


def next_deposits(row: LeaseRow) -> list[Deposit]:
    """Deposits of other leases of the same tenants into which this one may move; none of a lease in
    which somebody's record is closed to the user (A2)."""
    people = [party.person_id for party in row.tenants]
    same = Party.objects.filter(
        lease=OuterRef("lease"), person__in=people, role__in=("tenant", "co_tenant")
    )
    return list(
        Deposit.objects.filter(
            Exists(same), none_closed(Party.objects.filter(lease=OuterRef("lease")), row.today),
            ~_of_lease(Stage.ENDED, row.today), lease__cancelled_on__isnull=True,
            settlement__isnull=True, demanded_eur__gt=0,
        )
        .exclude(lease=row.lease.pk)
        .select_related("lease")
        .order_by("-lease__starts_on")
    )  # fmt: skip


# -- for papers --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Statement:
    """What a deposit statement tells the tenant (vakuusselvitys): what came in, what is kept and
    why, what goes back to whom, until when, and by which rules."""

    deposit: Deposit
    receipts: list[Receipt]
    deductions: list[Deduction]
    settlement: Settlement | None
    payouts: list[Payout]
    balance: rules.Settlement
    due: Return | None


def statement_of(deposit: Deposit) -> Statement:
    """What a paper says of a deposit; seven statements. Account numbers are none of it. A
    settlement that was prepared binds the sums; otherwise they are as recorded now."""
    settlement = Settlement.objects.filter(deposit=deposit).first()
    interest = settlement.interest_eur if settlement else ZERO
    return Statement(
        deposit=deposit,
        receipts=list(deposit.receipts.all()),
        deductions=list(deposit.deductions.all()),
        settlement=settlement,
        payouts=list(settlement.payouts.all()) if settlement else [],
        balance=balance_of(deposit, interest),
        due=return_of(deposit),
    )
