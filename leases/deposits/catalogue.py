"""What the columns of the room hold: deposits (S5-29), payment commitments (S5-23) and the accounts
that deposits go back to (S5-35, class C)."""

from __future__ import annotations

from leases.contracts.catalogue import of_lease
from vuokra.policy.catalogue import KEY, describe, item, technical, via
from vuokra.policy.groups import Group

_DEPOSIT = "leases_deposits_deposit"
_SETTLEMENT = "leases_deposits_settlement"


_BY_DEPOSIT = f"JOIN {_DEPOSIT} d ON d.id = r.deposit_id"
_BY_SETTLEMENT = (
    f"JOIN {_SETTLEMENT} s ON s.id = r.settlement_id",
    f"JOIN {_DEPOSIT} d ON d.id = s.deposit_id",
)
_RECORDED = {
    "recorded_by_id": technical("who recorded it"),
    "recorded_at": technical("when it was recorded"),
}

describe(
    _DEPOSIT,
    group=Group.LEASE,
    subject=of_lease(_DEPOSIT),
    columns={
        "id": KEY,
        "lease_id": KEY,
        "demanded_eur": item("VS-VAKUUS"),
        "limit_eur": item("VS-VAKUUS"),
        "form": item("VS-VAKUUS"),
        "due_on": item("VS-VAKUUS"),
        "rule_versions": technical("which rules the limit follows"),
        "handed_over_on": item("VS-PÄÄT"),
        "inspected_on": item("VS-PÄÄT"),
        "balance_on": item("VS-PÄÄT"),
        "balance_eur": item("VS-PÄÄT"),
        "balance_by_id": technical("who confirmed the balance"),
        "agreed_by_id": technical("who recorded it"),
        "agreed_at": technical("when it was recorded"),
    },
)

describe(
    "leases_deposits_commitment",
    group=Group.COMMITMENT,
    subject=of_lease("leases_deposits_commitment"),
    columns={
        "id": KEY,
        "uuid": KEY,
        "lease_id": KEY,
        "purpose": item("HK-MAKSUS"),
        "issuer": item("HK-MAKSUS"),
        "number": item("HK-MAKSUS"),
        "amount_eur": item("HK-MAKSUS"),
        "justified": item("HK-MAKSUS"),
        "valid_from": item("HK-MAKSUS"),
        "valid_to": item("HK-MAKSUS"),
        "realised_eur": item("HK-MAKSUS"),
        "realised_on": item("HK-MAKSUS"),
        **_RECORDED,
    },
)

describe(
    "leases_deposits_receipt",
    group=Group.LEASE,
    subject=of_lease("leases_deposits_receipt", _BY_DEPOSIT, lease="d.lease_id"),
    columns={
        "id": KEY,
        "deposit_id": KEY,
        "payer": item("VS-VAKUUS"),
        "payer_name": item("VS-VAKUUS"),
        "euros": item("VS-VAKUUS"),
        "received_on": item("VS-VAKUUS"),
        "reference": item("VS-VAKUUS"),
        "moved_from_id": KEY,
        **_RECORDED,
    },
)

describe(
    "leases_deposits_deduction",
    group=Group.LEASE,
    subject=of_lease("leases_deposits_deduction", _BY_DEPOSIT, lease="d.lease_id"),
    columns={
        "id": KEY,
        "deposit_id": KEY,
        "reason": item("VS-VAKUUS"),
        "euros": item("VS-VAKUUS"),
        "evidence": item("VS-VAKUUS"),
        **_RECORDED,
    },
)

describe(
    "leases_deposits_refundaccount",
    group=Group.LEASE,
    subject=via("person_id"),
    columns={
        "id": KEY,
        "uuid": KEY,
        "deposit_id": KEY,
        "person_id": KEY,
        "payer": item("VS-VAKUUS"),
        "iban": item("VS-TILI-VAK", encrypted=True, group=Group.BANK),
        "holder": item("VS-TILI-VAK", encrypted=True, group=Group.BANK),
        "third_person": item("VS-VAKUUS"),
        "reason": item("VS-VAKUUS"),
        "foreign": item("VS-VAKUUS"),
        "replaces_id": KEY,
        **_RECORDED,
        "usable_from": technical("from when it may be used"),
        "confirmed_by_id": technical("who confirmed the change"),
        "confirmed_at": technical("when the change was confirmed"),
        "confirmed": item("VS-VAKUUS"),
        "called_id": KEY,
    },
)

describe(
    _SETTLEMENT,
    group=Group.LEASE,
    subject=of_lease(_SETTLEMENT, _BY_DEPOSIT, lease="d.lease_id"),
    columns={
        "id": KEY,
        "deposit_id": KEY,
        "received_eur": item("VS-VAKUUS"),
        "interest_eur": item("VS-VAKUUS"),
        "deducted_eur": item("VS-VAKUUS"),
        "returned_eur": item("VS-VAKUUS"),
        "uncovered_eur": item("VS-VAKUUS"),
        "ended_on": item("VS-PÄÄT"),
        "return_by": item("VS-VAKUUS"),
        "rule_versions": technical("which rules the day of return follows"),
        "prepared_by_id": technical("who prepared it"),
        "prepared_at": technical("when it was prepared"),
        "approved_by_id": technical("who approved it"),
        "approved_at": technical("when it was approved"),
        "told_on": item("VS-VAKUUS"),
    },
)

describe(
    "leases_deposits_payout",
    group=Group.LEASE,
    subject=of_lease("leases_deposits_payout", *_BY_SETTLEMENT, lease="d.lease_id"),
    columns={
        "id": KEY,
        "settlement_id": KEY,
        "to": item("VS-VAKUUS"),
        "euros": item("VS-VAKUUS"),
        "means": item("VS-VAKUUS"),
        "account_id": KEY,
        "next_deposit_id": KEY,
        "paid_on": item("VS-VAKUUS"),
        "reference": item("VS-VAKUUS"),
        "paid_by_id": technical("who recorded the payment"),
    },
)
