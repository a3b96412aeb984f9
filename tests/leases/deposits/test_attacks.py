"""What was tried against deposits: money to the wrong lease, too much, approved by oneself."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from leases.contracts import services as leases
from leases.contracts.models import Lease, Party
from leases.contracts.rules.persons import Role as PartyRole
from leases.deposits import services
from leases.deposits.desk import CLERK, PAYER
from leases.deposits.models import Deposit, Form, Receipt, Settlement
from leases.deposits.papers import in_lease
from leases.deposits.rules.deposit import Payer
from leases.deposits.services import Share
from leases.deposits.services.settling import return_of
from leases.homes.models import Flat, Stair
from registry.persons.models import ContactKind, ContactPoint, Person, TieKind
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
    drafted,
    end,
    force,
    make_flat,
    prepared,
    refused_by,
    told,
)
from tests.people import make_user, system_access
from tests.registry.protection.conftest import ban
from vuokra.accounts.models import User
from vuokra.desk import rows as desk
from vuokra.policy.roles import Role
from vuokra.policy.sources import Source

pytestmark = pytest.mark.django_db
ALL_OF_IT = Decimal("1300.00")
SOON = TODAY + DAY


def following(flat: Flat, tenant: Person, euros: Decimal = RENT * 2) -> Deposit:
    """The deposit of a lease that begins today, in the open context."""
    lease = concluded(flat, tenant, starts_on=TODAY)
    return services.agree(lease, euros, Form.MONEY, SOON, today=TODAY)


# -- money that moves ----------------------------------------------------------------------------


def test_a_deposit_does_not_move_into_the_lease_of_a_guarantor(
    ready: Deposit, stair: Stair, person: Person, other: Person, staff: Staff
) -> None:
    """Who signs with the tenant is not the tenant."""
    with acting(staff.clerk):
        lease = drafted(make_flat(stair, 8), other, starts_on=TODAY)
        leases.add_party(lease, person, PartyRole.GUARANTOR, today=TODAY)
        strange = services.agree(lease, ALL_OF_IT, Form.MONEY, SOON, today=TODAY)
        with pytest.raises(ValidationError) as refused:
            services.prepare(ready, [Share(Payer.TENANT, ALL_OF_IT, strange)], today=TODAY)
    assert told(refused) == {"next", "other_tenant"}


def test_no_more_moves_into_a_deposit_than_was_agreed_there(
    ready: Deposit, stair: Stair, person: Person, staff: Staff
) -> None:
    with acting(staff.clerk):
        small = following(make_flat(stair, 8), person, RENT)
        share = Share(Payer.TENANT, ALL_OF_IT, small)
        with pytest.raises(ValidationError) as refused:
            services.prepare(ready, [share], today=TODAY)
        services.agree(small.lease, ALL_OF_IT, Form.MONEY, SOON, today=TODAY)
        made = services.prepare(ready, [share], today=TODAY)
        services.receive(small, Payer.TENANT, RENT, on=TODAY, today=TODAY)
    with acting(staff.payer), pytest.raises(ValidationError) as late:
        services.approve(made, today=TODAY, now=NOW)
    assert told(refused) == told(late) == {"next", "over"}
    with system_access():
        assert Settlement.objects.get().approved_at is None, "nothing is half saved"


def test_nothing_moves_into_a_lease_that_was_cancelled_meanwhile(
    ready: Deposit, stair: Stair, person: Person, staff: Staff
) -> None:
    with acting(staff.clerk):
        lease = drafted(make_flat(stair, 8), person, starts_on=SOON)
        target = services.agree(lease, ALL_OF_IT, Form.MONEY, SOON, today=TODAY)
        made = services.prepare(ready, [Share(Payer.TENANT, ALL_OF_IT, target)], today=TODAY)
        leases.cancel(lease, "Perui", today=TODAY)
    with acting(staff.payer), pytest.raises(ValidationError) as refused:
        services.approve(made, today=TODAY, now=NOW)
    assert told(refused) == {"next", "other_tenant"}
    with system_access():
        assert not Receipt.objects.filter(deposit=target).exists()


def test_interest_does_not_exceed_the_deposit(ready: Deposit, staff: Staff) -> None:
    with acting(staff.clerk), pytest.raises(ValidationError) as refused:
        services.prepare(
            ready, [Share(Payer.TENANT, ALL_OF_IT * 2 + 1)], interest=ALL_OF_IT + 1, today=TODAY
        )
    assert "interest" in told(refused)


# -- the lease goes on ---------------------------------------------------------------------------


def ending_today(deposit: Deposit) -> Lease:
    """Its lease ends today, in the open context."""
    return end(deposit.lease, TODAY)


def test_a_settlement_holds_for_the_end_that_it_was_prepared_for(
    ready: Deposit, staff: Staff
) -> None:
    with acting(staff.clerk):
        lease = ending_today(ready)
        prepared(ready)
        leases.agree_end(lease, on=TODAY + 90 * DAY, today=TODAY)
        assert not Settlement.objects.exists(), "it is prepared anew"
    with acting(staff.clerk):
        end(lease, TODAY - 5 * DAY)
        made = prepared(ready)
        end(lease, TODAY)
    with acting(staff.payer), pytest.raises(ValidationError) as refused:
        services.approve(made, today=TODAY, now=NOW)
    assert told(refused) == {"moved"}
    with acting(staff.payer), refused_by("deposits_settlement_end"):
        force(Settlement.objects.all(), approved_by=staff.payer, approved_at=NOW)


def test_the_end_does_not_move_when_the_deposit_has_gone_back(ready: Deposit, staff: Staff) -> None:
    with acting(staff.clerk):
        lease = ending_today(ready)
        made = prepared(ready)
    with acting(staff.payer):
        services.approve(made, today=TODAY, now=NOW)
    with acting(staff.clerk), pytest.raises(ValidationError) as refused:
        leases.agree_end(lease, on=TODAY + 90 * DAY, today=TODAY)
    assert told(refused) == {"on", "settled"}
    with acting(staff.clerk), refused_by("deposits_settled"):
        end(lease, TODAY + 90 * DAY)


# -- what was agreed -----------------------------------------------------------------------------


def test_the_deposit_of_a_lease_to_be_signed_stays(
    flat: Flat, person: Person, staff: Staff
) -> None:
    with acting(staff.clerk):
        lease = drafted(flat, person)
        deposit = services.agree(lease, RENT, Form.MONEY, SOON, today=TODAY)
        leases.make_ready(lease, today=TODAY)
        for change in ((RENT * 3, Form.MONEY, SOON), (RENT, Form.COMMITMENT, SOON),
                       (RENT, Form.MONEY, SOON + DAY)):  # fmt: skip
            with pytest.raises(ValidationError) as refused:
                services.agree(lease, *change, today=TODAY)
            assert told(refused) == {"demanded_eur", "fixed"}
        with refused_by("deposits_agreed"):
            force(Deposit.objects.all(), demanded_eur=RENT * 3)
        leases.reopen(lease, today=TODAY)
        services.agree(lease, RENT * 3, Form.MONEY, SOON, today=TODAY)
        deposit.refresh_from_db()
        assert deposit.demanded_eur == RENT * 3


def test_a_deposit_agreed_on_later_does_not_stand_in_the_signed_lease(
    flat: Flat, person: Person, staff: Staff
) -> None:
    with acting(staff.clerk):
        lease = concluded(flat, person)
        services.agree(lease, RENT, Form.MONEY, SOON, today=TODAY)
        assert in_lease(lease) is None
        services.receive(Deposit.objects.get(), Payer.TENANT, RENT, on=TODAY, today=TODAY)
        with pytest.raises(ValidationError) as below:
            services.agree(lease, RENT - 1, Form.MONEY, SOON, today=TODAY)
    assert told(below) == {"demanded_eur", "received"}


# -- four eyes -----------------------------------------------------------------------------------


def test_two_accounts_of_one_person_are_not_two_persons(
    ready: Deposit, other: Person, staff: Staff
) -> None:
    twin = make_user(Role.TAL)
    with system_access():
        for user in (staff.clerk, twin):
            record_tie(other, user.pk, TieKind.OWN, valid_from=date(2024, 1, 1))
    with acting(staff.clerk):
        made = prepared(ready)
    with acting(twin), pytest.raises(ValidationError) as refused:
        services.approve(made, today=TODAY, now=NOW)
    assert told(refused) == {"own"}


def test_DP_A45_two_accounts_of_one_person_do_not_confirm_a_change(
    ready: Deposit, person: Person, other: Person, staff: Staff
) -> None:
    twin = make_user(Role.TAL)
    with system_access():
        for user in (staff.payer, twin):
            record_tie(other, user.pk, TieKind.OWN, valid_from=date(2024, 1, 1))
    with acting(staff.payer):
        changed = account(ready, iban=NEXT_IBAN, now=timezone.now())
        held = ContactPoint.objects.filter(person=person, kind=ContactKind.PHONE).first()
    with acting(twin), pytest.raises(ValidationError) as refused:
        services.confirm_account(changed, held, now=timezone.now())
    assert told(refused) == {"own"}


# -- deadlines that nobody sees --------------------------------------------------------------------


def due_rows(user: User, deposit: Deposit) -> list[tuple[str, object]]:
    """Rows of the deposit in somebody's work queue, by the start of their keys, with their days."""
    with acting(user) as ctx:
        found = desk.rows_for(ctx.actor, TODAY)
    return [
        (row.key.partition("-")[0], row.due)
        for kind, row in found
        if kind.code in (CLERK.code, PAYER.code) and row.key.endswith(f"-{deposit.pk}")
    ]


def on_time(deposit: Deposit) -> date:
    """When the company's work for the return is due."""
    with system_access():
        due = return_of(deposit)
    assert due is not None
    return due.last.task_on


@pytest.mark.parametrize("covered", ["tenant", "occupant"])
def test_K13_somebody_sees_the_deadline_of_a_protected_deposit_at_every_step(
    ready: Deposit, person: Person, other: Person, staff: Staff, covered: str
) -> None:
    with system_access():
        if covered == "occupant":
            party = Party(
                lease=ready.lease, person=other, role=PartyRole.OCCUPANT, source=Source.LEASE,
                valid_from=TODAY - DAY * 20,
            )  # fmt: skip
            party.save(force_insert=True)
        ban(person if covered == "tenant" else other, covers_household=False)
    clerks, payers, both = (
        make_user(Role.SOP), make_user(Role.TAL), make_user(Role.SOP, Role.TAL),
    )  # fmt: skip
    day = on_time(ready)
    assert due_rows(clerks, ready) == [("selvitys", day)]
    with acting(staff.clerk):
        made = prepared(ready)
    assert due_rows(clerks, ready) == [("kirjanpito", day)]
    assert due_rows(both, ready) == [("hyvaksynta", day)]
    with acting(both):
        services.approve(made, today=TODAY, now=NOW)
    assert due_rows(clerks, ready) == [("kirjanpito", day)]
    assert due_rows(both, ready) == [("maksu", day)]
    assert due_rows(payers, ready) == []
    with acting(both):
        for payout in made.payouts.all():
            services.pay(payout, on=TODAY, today=TODAY)
    assert due_rows(clerks, ready) == due_rows(both, ready) == []


def test_what_accountants_see_is_not_asked_of_clerks(ready: Deposit, staff: Staff) -> None:
    with acting(staff.clerk):
        prepared(ready)
    assert due_rows(staff.second, ready) == [("hyvaksynta", on_time(ready))]
    assert due_rows(make_user(Role.SOP), ready) == []
