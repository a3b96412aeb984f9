"""Two clerks at once, in transactions of their own: a flat is let once, money counts once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connections, transaction

from leases.contracts import services as leases
from leases.contracts.models import Lease
from leases.deposits import services
from leases.deposits.models import Deposit, Form, Receipt, Settlement
from leases.deposits.rules.deposit import Payer
from leases.deposits.services import Share
from leases.homes.models import Building, BuildingKind, Flat, Occupancy, Site, Stair
from tests.leases.deposits.conftest import (
    BEGAN,
    DAY,
    NOW,
    RENT,
    TODAY,
    Staff,
    account,
    acting,
    concluded,
    drafted,
    end,
    invented,
    make_flat,
)
from tests.people import make_user, system_access
from vuokra.accounts.models import User
from vuokra.policy.roles import Role
from vuokra.rules import services as rules

pytestmark = pytest.mark.usefixtures("committed_db")
SOON = TODAY + DAY


def at_once(*acts: tuple[User, Callable[[], object]]) -> list[bool]:
    """Which of the acts were done, each begun at the same moment as the others."""
    begin = Barrier(len(acts))

    def run(user: User, act: Callable[[], object]) -> bool:
        try:
            with acting(user), transaction.atomic():
                begin.wait(30)
                act()
        except ValidationError:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(len(acts)) as threads:
        return [one.result(60) for one in [threads.submit(run, *act) for act in acts]]


def stock() -> tuple[Staff, list[Flat]]:
    """The staff and two flats, committed."""
    with system_access():
        rules.seed_rules()
        site = Site.objects.create(
            number=101, name="Koivurinne", postal_code="97999", town="Hillakoski"
        )
        building = Building.objects.create(
            site=site, street="Koulukatu", house="5", kind=BuildingKind.BLOCK, built=1987, floors=3
        )
        stair = Stair.objects.create(building=building, letter="A")
        flats = [make_flat(stair, number) for number in (2, 3)]
    return Staff(make_user(Role.SOP), make_user(Role.TAL), make_user(Role.TAL)), flats


def test_two_leases_of_one_flat_are_not_both_concluded() -> None:
    staff, (flat, _other) = stock()
    clerk = make_user(Role.SOP)
    with acting(staff.clerk):
        rows = [
            drafted(flat, invented("Lehtovaara", "Marjukka", "150685-906N")),
            drafted(flat, invented("Koskiaho", "Aarne", "010190-903T")),
        ]
        for row in rows:
            leases.make_ready(row, today=TODAY)
        first, second = (row.parties.get() for row in rows)
    done = at_once(
        (staff.clerk, lambda: leases.sign(first, on=TODAY, today=TODAY)),
        (clerk, lambda: leases.sign(second, on=TODAY, today=TODAY)),
    )
    assert sorted(done) == [False, True]
    with system_access():
        assert Lease.objects.filter(concluded_on__isnull=False).count() == 1
        assert Occupancy.objects.count() == 1


def test_a_deposit_is_received_and_moved_once_though_two_act() -> None:
    staff, (flat, other) = stock()
    clerk = make_user(Role.SOP)
    with acting(staff.clerk):
        person = invented("Lehtovaara", "Marjukka", "150685-906N")
        deposit = services.agree(concluded(flat, person), RENT, Form.MONEY, SOON, today=TODAY)
        target = services.agree(
            concluded(other, person, starts_on=TODAY), RENT, Form.MONEY, SOON, today=TODAY
        )

    def receive(reference: str) -> Callable[[], object]:
        return lambda: services.receive(
            deposit, Payer.TENANT, RENT, on=BEGAN, today=TODAY, reference=reference
        )

    assert sorted(at_once((staff.clerk, receive("1")), (clerk, receive("2")))) == [False, True]
    with acting(staff.clerk):
        end(deposit.lease, TODAY - DAY)
        services.check_off(deposit, handed_over_on=TODAY, inspected_on=TODAY, today=TODAY)
    with acting(staff.payer):
        services.confirm_balance(deposit, Decimal("0.00"), today=TODAY)
        account(deposit)
    with acting(staff.clerk):
        made = services.prepare(deposit, [Share(Payer.TENANT, RENT, target)], today=TODAY)

    def approve() -> object:
        return services.approve(made, today=TODAY, now=NOW)

    assert sorted(at_once((staff.payer, approve), (staff.second, approve))) == [False, True]
    with system_access():
        assert Settlement.objects.get().approved_at is not None
        assert [one.euros for one in Receipt.objects.filter(deposit=target)] == [RENT]
        assert Deposit.objects.count() == 2
