"""Deposits from the demand to the return, and what the database refuses whoever asks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from leases.contracts import services as leases
from leases.contracts.models import ComponentKind, Lease, Notice
from leases.contracts.rules.notice import Document, Method
from leases.contracts.rules.rescission import Conduct, Ground
from leases.contracts.services import NoticeDetails
from leases.deposits import services
from leases.deposits.models import Commitment, Deposit, Form, Receipt, Settlement
from leases.deposits.rules.deposit import Payer, Reason
from leases.deposits.services import CommitmentDetails, Share
from leases.deposits.services.settling import return_of
from leases.homes.models import Flat, Stair
from registry.persons.models import Person
from tests.leases.deposits.conftest import (
    BEGAN,
    DAY,
    NOW,
    RENT,
    TODAY,
    Staff,
    acting,
    concluded,
    drafted,
    end,
    force,
    make_flat,
    prepared,
    refused_by,
    told,
)
from tests.people import system_access
from vuokra.access.errors import FunctionDenied
from vuokra.access.stated import raw_sql

pytestmark = pytest.mark.django_db

SOON = TODAY + DAY * 7


# -- not given: the lease may be rescinded (AHVL 8 §) -------------------------------------------


def missing(lease: Lease, on: date = TODAY) -> Notice:
    """A recorded rescission because the deposit was not given."""
    conduct = Conduct(ground=Ground.DEPOSIT, happened_on=on - DAY)
    details = NoticeDetails(document=Document.RESCISSION, ground="Vakuutta ei ole maksettu")
    return leases.record_rescission(lease, details, conduct, today=on)


def test_a_lease_is_rescinded_for_a_missing_deposit_until_it_is_given(
    flat: Flat, person: Person, staff: Staff
) -> None:
    with acting(staff.clerk):
        lease = concluded(flat, person)
        with pytest.raises(ValidationError) as refused:
            missing(lease)
        assert told(refused) == {"breach", "no_deposit"}
        deposit = services.agree(lease, RENT, Form.MONEY, TODAY, today=TODAY)
        with pytest.raises(ValidationError) as refused:
            missing(lease)
        assert told(refused) == {"happened_on", "deposit_not_due"}, "the last day belongs to it"
        late = TODAY + DAY
        paper = missing(lease, late)
        services.receive(deposit, Payer.TENANT, RENT, on=late, today=late)
        with pytest.raises(ValidationError) as refused:
            leases.serve(paper, served_on=late, method=Method.WITNESS, today=late)
        assert "deposit_given" in told(refused)
        with pytest.raises(ValidationError) as refused:
            missing(lease, late)
        assert told(refused) == {"breach", "deposit_given"}


def test_a_deposit_given_after_the_rescission_was_received_saves_no_lease(
    flat: Flat, person: Person, staff: Staff
) -> None:
    with acting(staff.clerk):
        lease = concluded(flat, person)
        deposit = services.agree(lease, RENT, Form.MONEY, TODAY, today=TODAY)
        late = TODAY + DAY
        paper = leases.serve(
            missing(lease, late), served_on=late, method=Method.WITNESS, today=late
        )
        services.receive(deposit, Payer.TENANT, RENT, on=late, today=late)
        assert paper.ends_on == late
        assert Ground(paper.breach).law == "AHVL 8 § 1 mom."


# -- agreed ------------------------------------------------------------------------------------


def test_TEN_K12_a_demand_over_three_months_is_refused_at_its_field(
    flat: Flat, person: Person, staff: Staff
) -> None:
    with acting(staff.clerk):
        lease = drafted(flat, person)
        deposit = services.agree(lease, Decimal("1950.00"), Form.MONEY, SOON, today=TODAY)
        assert deposit.limit_eur == Decimal("1950.00")
        assert [key for key, _version in deposit.rule_versions] == ["deposit.max_months"]
        with pytest.raises(ValidationError) as refused:
            services.agree(lease, Decimal("2275.00"), Form.MONEY, SOON, today=TODAY)
    assert "1 950,00" in " ".join(refused.value.messages).replace("\xa0", " ").replace(
        "\u202f", " "
    )
    assert told(refused) == {"demanded_eur", "deposit_limit"}
    with system_access(), refused_by("deposits_deposit_limit"):
        force(Deposit.objects.all(), demanded_eur=Decimal("1950.01"))


def test_a_lease_without_rent_has_no_limit_and_a_due_day_is_not_before_it(
    flat: Flat, person: Person, staff: Staff
) -> None:
    with acting(staff.clerk):
        lease = drafted(flat, person)
        with pytest.raises(ValidationError) as early:
            services.agree(lease, RENT, Form.MONEY, TODAY - DAY, today=TODAY)
        lease.components.get().delete()
        with pytest.raises(ValidationError) as refused:
            services.agree(lease, RENT, Form.MONEY, SOON, today=TODAY)
    assert told(early) == {"due_on", "early"} and told(refused) == {"demanded_eur", "no_rent"}


def test_a_rent_that_was_lowered_keeps_a_draft_from_being_made_ready(
    flat: Flat, person: Person, staff: Staff
) -> None:
    with acting(staff.clerk):
        lease = drafted(flat, person)
        services.agree(lease, RENT * 3, Form.MONEY, SOON, today=TODAY)
        leases.set_component(lease, ComponentKind.RENT, RENT - 1, today=TODAY)
        with pytest.raises(ValidationError) as refused:
            leases.make_ready(lease, today=TODAY)
        assert told(refused) == {"deposit_limit"}
        services.agree(lease, RENT, Form.MONEY, SOON, today=TODAY)
        leases.make_ready(lease, today=TODAY)


def test_a_lease_is_signed_without_its_deposit(flat: Flat, person: Person, staff: Staff) -> None:
    """A deposit that was not given does not keep a lease from being in force (AHVL 8 §)."""
    with acting(staff.clerk):
        lease = drafted(flat, person)
        services.agree(lease, RENT, Form.MONEY, SOON, today=TODAY)
        leases.make_ready(lease, today=TODAY)
        for party in lease.parties.all():
            leases.sign(party, on=TODAY, today=TODAY)
        assert Lease.objects.get().concluded_on == TODAY


# -- given -------------------------------------------------------------------------------------


def test_a_payment_in_parts_counts_once_and_never_beyond_the_demand(
    flat: Flat, person: Person, staff: Staff
) -> None:
    with acting(staff.clerk):
        deposit = services.agree(concluded(flat, person), RENT, Form.MONEY, SOON, today=TODAY)
        services.receive(deposit, Payer.TENANT, Decimal("400.00"), on=TODAY, today=TODAY)
        with pytest.raises(ValidationError) as twice:
            services.receive(deposit, Payer.TENANT, Decimal("400.00"), on=TODAY, today=TODAY)
        with pytest.raises(ValidationError) as over:
            services.receive(deposit, Payer.TENANT, Decimal("250.01"), on=TODAY, today=TODAY)
        with pytest.raises(ValidationError) as future:
            services.receive(deposit, Payer.TENANT, RENT, on=TODAY + DAY, today=TODAY)
        assert Receipt.objects.count() == 1
        receipt = services.receive(
            deposit, Payer.OTHER, Decimal("250.00"), on=TODAY, today=TODAY, payer_name="Isä"
        )
        services.drop_receipt(receipt)
        with pytest.raises(ValidationError) as nameless:
            services.receive(deposit, Payer.OTHER, Decimal("1.00"), on=TODAY, today=TODAY)
    assert "reference" in told(twice) and told(over) == {"euros", "over"}
    assert told(future) == {"on", "future"} and "payer_name" in told(nameless)


def test_a_commitment_of_Kela_keeps_to_its_months_and_is_realised_once(
    flat: Flat, person: Person, staff: Staff
) -> None:
    given = {
        "purpose": Commitment.For.DEPOSIT, "issuer": Commitment.Issuer.KELA, "number": "K-1",
        "valid_from": BEGAN,
    }  # fmt: skip
    with acting(staff.clerk):
        lease = concluded(flat, person)
        with pytest.raises(ValidationError) as over:
            services.commit(
                lease,
                CommitmentDetails(**given, amount_eur=RENT * 2 + 1),
                today=TODAY,  # type: ignore[arg-type]
            )
        details = CommitmentDetails(**given, amount_eur=RENT * 3, justified=True)  # type: ignore[arg-type]
        made = services.commit(lease, details, today=TODAY)
        with pytest.raises(ValidationError) as twice:
            services.commit(lease, details, today=TODAY)
        with pytest.raises(ValidationError) as more:
            services.realise(made, RENT * 3 + 1, on=TODAY, today=TODAY)
        services.realise(made, RENT, on=TODAY, today=TODAY)
        with pytest.raises(ValidationError) as again:
            services.realise(made, RENT, on=TODAY, today=TODAY)
    assert told(over) == {"amount_eur", "kela"} and "number" in told(twice)
    assert "realised_eur" in told(more) and told(again) == {"realised"}


# -- returned ----------------------------------------------------------------------------------


def test_TEN_K13_the_day_of_return_follows_the_law_and_the_work_comes_before_it(
    ended: Deposit, staff: Staff
) -> None:
    with acting(staff.clerk):
        lease = end(ended.lease, date(2026, 10, 31))
        force(Deposit.objects.all(), handed_over_on=lease.last_day)
        due = return_of(Deposit.objects.select_related("lease").get())
    assert due is not None and due.binds
    assert (due.last.counted, due.last.moved, due.last.task_on) == (
        date(2026, 11, 14), date(2026, 11, 16), date(2026, 11, 13)
    )  # fmt: skip


def test_TEN_K15_before_the_reform_nothing_is_late(ended: Deposit, staff: Staff) -> None:
    with acting(staff.clerk):
        end(ended.lease, date(2026, 9, 30))
        due = return_of(Deposit.objects.select_related("lease").get())
    assert due is not None and not due.binds
    assert due.last.counted == date(2026, 10, 14) and not due.is_late(None, date(2027, 1, 1))


def test_a_flat_is_not_handed_over_before_its_lease_began(ended: Deposit, staff: Staff) -> None:
    early = ended.lease.starts_on - DAY
    for days in ({"handed_over_on": early, "inspected_on": None},
                 {"handed_over_on": None, "inspected_on": early}):  # fmt: skip
        with acting(staff.clerk), pytest.raises(ValidationError) as refused:
            services.check_off(ended, **days, today=TODAY)
        assert len(refused.value.error_dict) == 1


def test_nothing_is_settled_before_it_is_checked(ended: Deposit, staff: Staff) -> None:
    with acting(staff.clerk), pytest.raises(ValidationError) as refused:
        prepared(ended)
    assert len(refused.value.messages) == 3


def test_what_is_kept_is_told_and_the_rest_goes_back_in_full(ready: Deposit, staff: Staff) -> None:
    with acting(staff.clerk):
        services.deduct(ready, Reason.CLEANING, Decimal("120.50"), "loppukatselmus, kohta 4")
        with pytest.raises(ValidationError) as twice:
            services.deduct(ready, Reason.CLEANING, Decimal("120.50"), "loppukatselmus, kohta 4")
        with pytest.raises(ValidationError) as bare:
            services.deduct(ready, Reason.KEYS, Decimal("5.00"), "  ")
        with pytest.raises(ValidationError) as hetu:
            services.deduct(ready, Reason.KEYS, Decimal("5.00"), "avain 010190-903T")
        with pytest.raises(ValidationError) as other_sum:
            prepared(ready)
        made = prepared(ready, "1179.50")
        with pytest.raises(ValidationError) as late:
            services.deduct(ready, Reason.KEYS, Decimal("5.00"), "avain 3")
        services.tell(made, on=TODAY, today=TODAY)
    assert "evidence" in told(twice) & told(bare) and told(hetu) == {"hetu_in_text"}
    assert told(other_sum) == {"sum"} and told(late) == {"settled"}
    assert (made.deducted_eur, made.returned_eur) == (Decimal("120.50"), Decimal("1179.50"))


def test_who_prepared_a_settlement_does_not_approve_it_and_twice_does_nothing(
    ready: Deposit, staff: Staff
) -> None:
    with acting(staff.clerk):
        made = prepared(ready)
        with pytest.raises(ValidationError):
            prepared(ready)
        with pytest.raises(FunctionDenied):
            services.approve(made, today=TODAY, now=NOW)
        with refused_by("deposits_settlement_second"):
            force(Settlement.objects.all(), approved_by=staff.clerk, approved_at=NOW)
    with acting(staff.payer):
        services.approve(made, today=TODAY, now=NOW)
        with pytest.raises(ValidationError) as twice:
            services.approve(made, today=TODAY, now=NOW)
        payout = made.payouts.get()
        services.pay(payout, on=TODAY, today=TODAY)
        with pytest.raises(ValidationError) as paid:
            services.pay(payout, on=TODAY, today=TODAY)
    assert told(twice) == {"closed"} and told(paid) == {"paid"}


def test_nothing_goes_back_while_the_tenancy_lasts(ready: Deposit, staff: Staff) -> None:
    with acting(staff.clerk):
        end(ready.lease, TODAY + DAY)
        made = prepared(ready)
    with acting(staff.payer), pytest.raises(ValidationError) as refused:
        services.approve(made, today=TODAY, now=NOW)
    assert told(refused) == {"running"}


def test_a_deposit_moves_into_the_next_lease_of_the_same_tenant(
    ready: Deposit, stair: Stair, person: Person, other: Person, staff: Staff
) -> None:
    with acting(staff.clerk):
        following = services.agree(
            concluded(make_flat(stair, 8), person, starts_on=TODAY), RENT * 2, Form.MONEY, SOON,
            today=TODAY,
        )  # fmt: skip
        strange = services.agree(
            concluded(make_flat(stair, 9), other, starts_on=TODAY), RENT * 2, Form.MONEY, SOON,
            today=TODAY,
        )  # fmt: skip
        all_of_it = Decimal("1300.00")
        with pytest.raises(ValidationError) as refused:
            services.prepare(ready, [Share(Payer.TENANT, all_of_it, strange)], today=TODAY)
        made = services.prepare(ready, [Share(Payer.TENANT, all_of_it, following)], today=TODAY)
    with acting(staff.payer):
        services.approve(made, today=TODAY, now=NOW)
        moved = following.receipts.get()
        assert (moved.euros, moved.moved_from) == (all_of_it, made.payouts.get())
        assert made.payouts.get().paid_on == TODAY
    with acting(staff.clerk), pytest.raises(ValidationError) as kept:
        services.drop_receipt(moved)
    assert told(refused) == {"next", "other_tenant"} and told(kept) == {"moved"}


def test_money_of_Kela_goes_back_to_Kela_and_a_tenant_gets_no_more_than_was_paid(
    ready: Deposit, staff: Staff
) -> None:
    with acting(staff.clerk):
        services.drop_receipt(ready.receipts.first())
        services.receive(ready, Payer.KELA, RENT, on=TODAY, today=TODAY)
        with pytest.raises(ValidationError) as beyond:
            prepared(ready)
        made = services.prepare(
            ready, [Share(Payer.TENANT, RENT), Share(Payer.KELA, RENT)], today=TODAY
        )
        assert {one.to: one.means for one in made.payouts.all()} == {
            "tenant": "account", "kela": "reference"
        }  # fmt: skip
    assert told(beyond) == {"beyond"}


# -- a notice withdrawn ------------------------------------------------------------------------


def test_a_withdrawn_notice_takes_back_what_was_prepared(
    flat: Flat, person: Person, staff: Staff
) -> None:
    with acting(staff.clerk):
        lease = concluded(flat, person)
        deposit = services.agree(lease, RENT, Form.MONEY, SOON, today=TODAY)
        services.receive(deposit, Payer.KELA, RENT, on=TODAY, today=TODAY)
        notice = leases.record_notice(
            lease, NoticeDetails(document=Document.TENANT_NOTICE), today=TODAY
        )
        leases.serve(notice, served_on=TODAY, method=Method.RECEIPT, today=TODAY)
        services.check_off(deposit, handed_over_on=TODAY, inspected_on=TODAY, today=TODAY)
    with acting(staff.payer):
        services.confirm_balance(deposit, Decimal(0), today=TODAY)
    with acting(staff.clerk):
        services.prepare(deposit, [Share(Payer.KELA, RENT)], today=TODAY)
        leases.withdraw(notice, on=TODAY, today=TODAY)
        assert not Settlement.objects.exists()
        row = Deposit.objects.select_related("lease").get()
        assert (row.handed_over_on, row.inspected_on, row.balance_on) == (None, None, None)
        assert return_of(row) is None


# -- what the database refuses -----------------------------------------------------------------

CLOSED = (
    "UPDATE leases_deposits_settlement SET interest_eur = 1, returned_eur = 1301",
    "UPDATE leases_deposits_settlement SET approved_at = NULL, approved_by_id = NULL",
    "DELETE FROM leases_deposits_settlement",
    "UPDATE leases_deposits_deposit SET demanded_eur = 0",
    "DELETE FROM leases_deposits_receipt",
    "UPDATE leases_deposits_receipt SET euros = 1",
    "INSERT INTO leases_deposits_deduction (deposit_id, reason, euros, evidence, recorded_at)"
    " SELECT id, 'other', 1, 'x', now() FROM leases_deposits_deposit",
    "UPDATE leases_deposits_payout SET euros = 5000",
    "DELETE FROM leases_deposits_payout",
)


@pytest.mark.parametrize("statement", CLOSED)
def test_nothing_changes_after_the_approval(settled: Settlement, statement: str) -> None:
    with (
        system_access(), raw_sql("a test of the database"), refused_by("deposits_settled"),
        connection.cursor() as cursor,
    ):  # fmt: skip
        cursor.execute(statement)


def test_a_return_never_exceeds_what_was_received_and_not_kept(
    ready: Deposit, staff: Staff
) -> None:
    with acting(staff.clerk):
        services.deduct(ready, Reason.RENT, Decimal("100.00"), "reskontra")
        with refused_by("deposits_settlement_follows"):
            Settlement.objects.create(
                deposit=ready, received_eur=1300, deducted_eur=0, returned_eur=1300,
                uncovered_eur=0, ended_on=TODAY, return_by=TODAY, prepared_by=staff.clerk,
            )  # fmt: skip
        with refused_by("deposits_settlement_sum"):
            Settlement.objects.create(
                deposit=ready, received_eur=1300, deducted_eur=100, returned_eur=1200,
                uncovered_eur=5, ended_on=TODAY, return_by=TODAY, prepared_by=staff.clerk,
            )  # fmt: skip
        made = prepared(ready, "1200.00")
    with acting(staff.payer), raw_sql("a test of the database"):
        with refused_by("deposits_settled"), connection.cursor() as cursor:
            cursor.execute("UPDATE leases_deposits_payout SET euros = 1300")
        made.payouts.get().delete()
        with refused_by("deposits_payout_sum"):
            force(Settlement.objects.all(), approved_by=staff.payer, approved_at=NOW)
