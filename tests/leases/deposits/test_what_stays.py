"""What was tried against deposits past the pages: days that lie, rows, names of others."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from leases.contracts.models import Lease
from leases.deposits import queries, services
from leases.deposits.models import Commitment, Deposit, Form, Payout, Receipt, Settlement
from leases.deposits.rules.deposit import Payer
from leases.deposits.services import CommitmentDetails, Share
from leases.homes.models import Stair
from registry.persons.models import Person, TieKind
from registry.persons.services.standing import record_tie
from tests.leases.deposits.conftest import (
    DAY,
    NEXT_IBAN,
    NOW,
    RENT,
    TODAY,
    Staff,
    account,
    acting,
    concluded,
    force,
    make_flat,
    prepared,
    refused_by,
    told,
)
from tests.people import system_access

pytestmark = pytest.mark.django_db


# -- days ----------------------------------------------------------------------------------------


def test_nothing_was_paid_before_it_was_approved(settled: Settlement, staff: Staff) -> None:
    """A day of the past would make late money look as if it had come in time."""
    with acting(staff.payer):
        payout = settled.payouts.get()
        with pytest.raises(ValidationError) as refused:
            services.pay(payout, on=TODAY - DAY, today=TODAY)
        assert told(refused) == {"on", "early"}
        with refused_by("deposits_paid_early"):
            force(Payout.objects.all(), paid_on=TODAY - DAY, paid_by=staff.payer)
        services.pay(payout, on=TODAY, today=TODAY)


def test_the_tenant_was_not_told_before_there_was_something_to_tell(
    ready: Deposit, staff: Staff
) -> None:
    with acting(staff.clerk):
        made = prepared(ready)
        with pytest.raises(ValidationError) as refused:
            services.tell(made, on=TODAY - DAY, today=TODAY)
        assert told(refused) == {"on", "early"}
        with refused_by("deposits_told_early"):
            force(Settlement.objects.all(), told_on=TODAY - DAY)
        services.tell(made, on=TODAY, today=TODAY)


# -- rows ----------------------------------------------------------------------------------------


def promised(lease: Lease) -> Commitment:
    details = CommitmentDetails(
        purpose=Commitment.For.DEPOSIT, issuer=Commitment.Issuer.KELA, number="KELA-1",
        amount_eur=RENT, valid_from=lease.starts_on,
    )  # fmt: skip
    return services.commit(lease, details, today=TODAY)


def test_a_commitment_says_what_it_said(ended: Deposit, staff: Staff) -> None:
    with acting(staff.clerk):
        row = promised(ended.lease)
        chosen = Commitment.objects.filter(pk=row.pk)
        with refused_by("deposits_commitment_kept"):
            force(chosen, amount_eur=RENT * 2)
        with refused_by("deposits_commitment_kept"):
            row.delete()
        services.realise(row, RENT / 2, on=TODAY, today=TODAY)
        with refused_by("deposits_commitment_kept"):
            force(chosen, realised_eur=RENT)
        with refused_by("deposits_commitment_kept"):
            force(chosen, realised_on=None, realised_eur=None)


def test_money_that_moved_does_not_vanish_where_it_came(
    ready: Deposit, stair: Stair, person: Person, staff: Staff
) -> None:
    with acting(staff.clerk):
        lease = concluded(make_flat(stair, 8), person, starts_on=TODAY)
        target = services.agree(lease, RENT * 2, Form.MONEY, TODAY + DAY, today=TODAY)
        share = Share(Payer.TENANT, Decimal("1300.00"), target)
        made = services.prepare(ready, [share], today=TODAY)
    with acting(staff.payer):
        services.approve(made, today=TODAY, now=NOW)
        with refused_by("deposits_moved"):
            Receipt.objects.get(deposit=target).delete()
    with acting(staff.clerk), refused_by("deposits_moved"):
        Receipt.objects.create(
            deposit=target, payer=Payer.TENANT, euros=Decimal("1.00"), received_on=TODAY,
            moved_from=made.payouts.get(), recorded_by=staff.clerk,
        )  # fmt: skip


def test_a_deposit_stays_while_a_settlement_counts_on_it(ready: Deposit, staff: Staff) -> None:
    with acting(staff.clerk):
        prepared(ready)
        for changes in ({"balance_eur": RENT}, {"handed_over_on": TODAY}, {"demanded_eur": RENT}):
            with refused_by("deposits_settled", "deposits_agreed"):
                force(Deposit.objects.all(), **changes)


def test_each_acts_in_his_own_name(ready: Deposit, staff: Staff) -> None:
    """Four eyes are two people who did it, not two names that one wrote."""
    with acting(staff.second):
        again = account(ready, iban=NEXT_IBAN)
    with acting(staff.payer):
        with refused_by("deposits_own_name"):
            force(
                type(again).objects.filter(pk=again.pk), confirmed_by=staff.clerk,
                confirmed="visit", confirmed_at=timezone.now(),
            )  # fmt: skip
        services.confirm_account(again, None, now=timezone.now())
    with acting(staff.clerk):
        made = prepared(ready)
        with refused_by("deposits_own_name"):
            force(Settlement.objects.all(), approved_by=staff.payer, approved_at=NOW)
        services.undo_preparation(made)
    with acting(staff.payer), refused_by("deposits_own_name"):
        Settlement.objects.create(
            deposit=ready, received_eur=made.received_eur, deducted_eur=made.deducted_eur,
            returned_eur=made.returned_eur, uncovered_eur=made.uncovered_eur,
            ended_on=made.ended_on, return_by=made.return_by, prepared_by=staff.clerk,
        )  # fmt: skip


# -- others --------------------------------------------------------------------------------------


def test_DP_A2_no_lease_is_offered_in_which_a_record_is_closed(
    ready: Deposit, stair: Stair, person: Person, other: Person, staff: Staff
) -> None:
    with system_access():
        lease = concluded(make_flat(stair, 8), person, other, starts_on=TODAY)
        target = services.agree(lease, RENT, Form.MONEY, TODAY + DAY, today=TODAY)
    with acting(staff.clerk):
        _deposit, row = queries.deposit_by_id(ready.pk, today=TODAY)
        assert queries.next_deposits(row) == [target]
    with system_access():
        record_tie(other, staff.clerk.pk, TieKind.COLLEAGUE, valid_from=TODAY - DAY)
    with acting(staff.clerk):
        _deposit, row = queries.deposit_by_id(ready.pk, today=TODAY)
        assert queries.next_deposits(row) == []
