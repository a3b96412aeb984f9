"""A lease that has ended, with a deposit, and the staff who settle it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import QuerySet
from django.utils import timezone

from leases.contracts.models import Lease
from leases.deposits import services
from leases.deposits.models import Deposit, Form, RefundAccount, Settlement
from leases.deposits.rules.deposit import Payer
from leases.deposits.services import AccountDetails, Share
from leases.homes.models import Flat
from registry.persons.models import Person
from tests.leases.contracts.conftest import (
    BEGAN,
    DAY,
    RENT,
    TODAY,
    SignedIn,
    concluded,
    demo_mode,
    drafted,
    flat,
    invented,
    make_flat,
    other,
    person,
    signed_in,
    site,
    stair,
)
from tests.leases.contracts.test_services import refused_by, told
from tests.people import make_user, system_access
from tests.registry.protection.conftest import acting
from vuokra.access.stated import bulk_write
from vuokra.accounts.models import User
from vuokra.policy.roles import Role

__all__ = [
    "BEGAN", "DAY", "IBAN", "NEXT_IBAN", "NOW", "RENT", "TODAY", "SignedIn", "Staff", "account",
    "acting", "concluded", "demo_mode", "drafted", "ended", "flat", "force", "invented",
    "make_flat", "other", "person", "prepared", "ready", "refused_by", "settled", "signed_in",
    "site", "staff", "stair", "told",
]  # fmt: skip

IBAN = "FI21 1234 5600 0007 85"
NEXT_IBAN = "FI14 1009 3000 1234 58"
NOW = timezone.now()
LONG_AGO = NOW - timedelta(days=30)


@dataclass(frozen=True)
class Staff:
    """Who prepares, who pays, and another accountant."""

    clerk: User
    payer: User
    second: User


@pytest.fixture
def staff(db: None) -> Staff:
    return Staff(make_user(Role.SOP), make_user(Role.TAL), make_user(Role.TAL))


def end(lease: Lease, last_day: date) -> Lease:
    """The lease ended on a day of the past, as the table would hold it."""
    row = Lease.objects.get(pk=lease.pk)
    row.last_day = last_day
    row.save(update_fields=["last_day"])
    return row


def force(rows: QuerySet[Any], **changes: object) -> None:
    """Change rows without the services, as a slip in the code would; in the open context."""
    with bulk_write("a test of the database"):
        rows.update(**changes)


@pytest.fixture
def ended(flat: Flat, person: Person, staff: Staff) -> Deposit:
    """A deposit of 1 300 € that the tenant paid in two parts; the lease ended ten days ago."""
    with acting(staff.clerk):
        lease = concluded(flat, person)
        deposit = services.agree(lease, RENT * 2, Form.MONEY, TODAY + DAY, today=TODAY)
        for reference in ("1", "2"):
            services.receive(
                deposit, Payer.TENANT, RENT, on=BEGAN, today=TODAY, reference=reference
            )
        end(lease, TODAY - DAY * 10)
    return deposit


@pytest.fixture
def ready(ended: Deposit, staff: Staff) -> Deposit:
    """The same, handed over and inspected, its balance confirmed and its account told."""
    day = TODAY - DAY * 9
    with acting(staff.clerk):
        services.check_off(ended, handed_over_on=day, inspected_on=day, today=TODAY)
    with acting(staff.payer):
        services.confirm_balance(ended, Decimal("0.00"), today=TODAY)
    with acting(staff.second):
        account(ended)
    return _again(ended)


def _again(deposit: Deposit) -> Deposit:
    with system_access():
        return Deposit.objects.select_related("lease").get(pk=deposit.pk)


def account(deposit: Deposit, **given: object) -> RefundAccount:
    """An account of the tenant, in the open context."""
    now = given.pop("now", LONG_AGO)
    details = AccountDetails(**{"payer": Payer.TENANT, "iban": IBAN} | given)  # type: ignore[arg-type]  # a test's keywords
    return services.give_account(deposit, details, now=now)  # type: ignore[arg-type]  # a moment


def prepared(deposit: Deposit, euros: str = "1300.00") -> Settlement:
    """A settlement that gives it all to the tenant, in the open context."""
    return services.prepare(deposit, [Share(Payer.TENANT, Decimal(euros))], today=TODAY)


@pytest.fixture
def settled(ready: Deposit, staff: Staff) -> Settlement:
    """Approved by another than who prepared it."""
    with acting(staff.clerk):
        made = prepared(ready)
    with acting(staff.payer):
        return services.approve(made, today=TODAY, now=NOW)
