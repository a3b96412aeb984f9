"""What the walk does at the addresses of deposits, and the deposits it walks through."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.utils import timezone

from leases.contracts.models import Component, ComponentKind, Lease, Party
from leases.contracts.rules.persons import Role
from leases.deposits.models import (
    Commitment,
    Deduction,
    Deposit,
    Payout,
    Receipt,
    RefundAccount,
    Settlement,
)
from leases.homes.models import Flat, Stair
from leases.homes.services.stock import set_address
from registry.persons.models import Person, Source
from tests.walk.canaries import EVIDENCE, HOLDER, IBAN
from tests.walk.visits import DAY, Page, get, post
from vuokra.accounts.models import User
from vuokra.policy.groups import Group

RENT = Decimal("650.00")
WHY_OPENED = "it is opened here, for a recorded reason"
OPEN, PREPARED, CLOSED = ({"pk": f"{{{name}}}"} for name in ("deposit", "prepared", "closed"))
AGREED = {"demanded_eur": "650,00", "form": "money", "due_on": "31.12.2099"}
PAID = {"payer": "tenant", "payer_name": "", "euros": "10,00", "on": DAY, "reference": "9"}
PROMISE = {
    "purpose": "rent", "issuer": "kela", "number": "W-9", "amount_eur": "100,00",
    "valid_from": DAY, "valid_to": "",
}  # fmt: skip
ACCOUNT = {"payer": "tenant", "iban": "FI14 1009 3000 1234 58", "holder": "", "reason": ""}
KEPT = {"reason": "keys", "euros": "5,00", "evidence": "avain 3"}

DEPOSITS: dict[str, Page] = {
    "deposits:list": Page(
        (
            get(),
            get(query="rajaus=saamatta"),
            get(query="rajaus=palautettavat"),
            get(query="rajaus=myohassa&sivu=x"),
        )
    ),
    "deposits:agree": Page(
        (get(), post(302, AGREED), post(422, AGREED | {"demanded_eur": "9999,00"})),
        {"lease": "{unsigned}"},
    ),
    "deposits:commit": Page(
        (get(), post(302, PROMISE), post(422, PROMISE | {"number": ""})), {"lease": "{unsigned}"}
    ),
    "deposits:realise": Page(
        (
            get(),
            post(302, {"euros": "10,00", "on": DAY}),
            post(422, {"euros": "9999,00", "on": DAY}),
        ),
        {"commitment": "{commitment}"},
    ),
    "deposits:deposit": Page((get(),), OPEN),
    "deposits:receive": Page(
        (get(), post(302, PAID), post(422, PAID | {"euros": "9999,00"})), OPEN
    ),
    "deposits:drop_receipt": Page((post(302), get(405)), OPEN | {"receipt": "{receipt}"}),
    "deposits:check_off": Page(
        (get(), post(302, {"handed_over_on": DAY}), post(422, {"handed_over_on": "+9"})), OPEN
    ),
    "deposits:balance": Page((get(), post(302, {"euros": "0"}), post(422, {"euros": "-1"})), OPEN),
    "deposits:deduct": Page(
        (get(), post(302, KEPT), post(422, KEPT | {"evidence": ""})), OPEN
    ),
    "deposits:drop_deduction": Page((post(302), get(405)), OPEN | {"deduction": "{deduction}"}),
    "deposits:account": Page(
        (get(), post(302, ACCOUNT), post(422, ACCOUNT | {"iban": "FI00"})), OPEN
    ),
    "deposits:confirm_account": Page(
        (get(), post(422, {"called": "1"})), OPEN | {"account": "{account}"}
    ),
    "deposits:reveal": Page(
        (
            post(200, also=frozenset({Group.BANK}), why=WHY_OPENED),
            post(200, also=frozenset({Group.BANK}), why="as a fragment", htmx=True),
            get(405),
        ),
        OPEN | {"account": "{account}", "name": "iban"},
    ),
    "deposits:prepare": Page(
        (get(), post(422, {"interest": "0,00"}), post(422, {"interest": "x"})), OPEN
    ),
    "deposits:undo": Page((post(302), get(405)), PREPARED),
    "deposits:approve": Page((post(302), get(405)), PREPARED),
    "deposits:print_statement": Page((post(302), get(405)), CLOSED),
    "deposits:tell": Page((get(), post(302, {"on": "+0"}), post(422, {"on": "+9"})), CLOSED),
    "deposits:pay": Page(
        (
            get(),
            post(302, {"on": "+0", "reference": ""}),
            post(422, {"on": "+9", "reference": ""}),
        ),
        CLOSED | {"payout": "{payout}"},
    ),
}  # fmt: skip


def plant_deposits(person: Person, stair: Stair, staff: User, second: User) -> dict[str, object]:
    """Deposits of ended leases: one to be settled, one prepared, one approved and not paid."""
    deposits = [_ended(person, stair, number) for number in (15, 16, 17)]
    receipts = [
        Receipt.objects.create(
            deposit=one, euros=RENT - 50, received_on=dt.date(2024, 1, 1), reference="1"
        )
        for one in deposits
    ]
    kept = Deduction.objects.create(
        deposit=deposits[0], reason="damage", euros=Decimal(50), evidence=EVIDENCE
    )
    promise = Commitment.objects.create(
        lease=deposits[0].lease, issuer="social", number="S-1", amount_eur=Decimal(50),
        valid_from=dt.date(2024, 1, 1),
    )  # fmt: skip
    first = _account(deposits[0], person, staff, None)
    changed = _account(deposits[0], person, staff, first)
    prepared = [_prepared(one, staff) for one in deposits[1:]]
    payouts = [
        Payout.objects.create(settlement=one, to="kela", euros=RENT - 50, means="reference")
        for one in prepared
    ]
    prepared[1].approved_by, prepared[1].approved_at = second, timezone.now()
    prepared[1].save()
    return {
        "deposit": deposits[0].pk, "prepared": deposits[1].pk, "closed": deposits[2].pk,
        "receipt": receipts[0].pk, "deduction": kept.pk, "commitment": promise.pk,
        "account": changed.pk, "payout": payouts[1].pk,
    }  # fmt: skip


def _ended(person: Person, stair: Stair, number: int) -> Deposit:
    flat = Flat(stair=stair, number=number, rooms=2, kitchen="k", area=Decimal(50))
    set_address(flat)
    flat.save()
    since = dt.date(2024, 1, 1)
    lease = Lease.objects.create(flat=flat, starts_on=since)
    Party.objects.create(
        lease=lease, person=person, role=Role.TENANT, source=Source.LEASE, valid_from=since,
        signed_on=since,
    )  # fmt: skip
    Component.objects.create(lease=lease, kind=ComponentKind.RENT, price_eur=RENT, valid_from=since)
    lease.ready_at, lease.concluded_on = timezone.now(), since
    lease.save()
    lease.last_day = dt.date(2026, 8, 31)
    lease.save(update_fields=["last_day"])
    return Deposit.objects.create(lease=lease, demanded_eur=RENT, limit_eur=3 * RENT, due_on=since)


def _account(
    deposit: Deposit, person: Person, staff: User, before: RefundAccount | None
) -> RefundAccount:
    now = timezone.now() - dt.timedelta(hours=30)
    account = RefundAccount(
        deposit=deposit, person=person, payer="tenant", third_person=True, reason="ei omaa tiliä",
        recorded_by=staff, recorded_at=now, usable_from=now + dt.timedelta(hours=24),
        replaces=before,
    )  # fmt: skip
    account.iban, account.holder = IBAN, HOLDER
    account.save()
    return account


def _prepared(deposit: Deposit, staff: User) -> Settlement:
    return Settlement.objects.create(
        deposit=deposit, received_eur=RENT - 50, deducted_eur=0, returned_eur=RENT - 50,
        uncovered_eur=0, ended_on=deposit.lease.last_day, return_by=dt.date(2026, 9, 14),
        prepared_by=staff,
    )  # fmt: skip
