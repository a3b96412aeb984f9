"""What the columns of the room hold: leases and what ends them (S5-27, S5-32, S5-33)."""

from __future__ import annotations

from vuokra.policy.catalogue import (
    KEY,
    Subject,
    describe,
    item,
    joined,
    not_personal,
    technical,
    through,
    via,
)
from vuokra.policy.groups import Group

_PARTY = "leases_contracts_party"


def of_lease(table: str, *joins: str, lease: str = "r.lease_id") -> Subject:
    """Everybody in the lease that a row `r` of the table belongs to; rooms above this one tell by
    `joins` how the column `lease` is reached."""
    return joined(table, *joins, f"JOIN {_PARTY} p ON p.lease_id = {lease}")


not_personal("leases_contracts_houserules", "house rules of the company, by version")

describe(
    "leases_contracts_lease",
    group=Group.LEASE,
    subject=through(
        f"SELECT person_id FROM {_PARTY} WHERE lease_id = ANY(%s)",  # noqa: S608  (no value)
        rows=f"SELECT lease_id FROM {_PARTY} WHERE person_id = ANY(%s)",  # noqa: S608  (no value)
    ),
    columns={
        "id": KEY,
        "number": KEY,
        "flat_id": item("VS-SOP"),
        "premises_id": KEY,
        "kind": item("VS-SOP"),
        "starts_on": item("VS-SOP"),
        "term_ends_on": item("VS-SOP"),
        "first_notice_on": item("VS-SOP"),
        "due_day": item("VS-SOP"),
        "water": item("VS-SOP"),
        "smoking": item("VS-SOP"),
        "pets": item("VS-SOP"),
        "clauses": item("VS-SOP"),
        "delivery": item("VS-SOP"),
        "ready_at": technical("when it was made ready to be signed"),
        "concluded_on": item("VS-SOP"),
        "cancelled_on": item("VS-SOP"),
        "cancel_reason": item("VS-SOP"),
        "last_day": item("VS-PÄÄT"),
        "agreed_end": item("VS-PÄÄT"),
        "previous_id": KEY,
        "made_by_id": technical("who drew it up"),
        "made_at": technical("when it was drawn up"),
    },
)

describe(
    _PARTY,
    group=Group.LEASE,
    subject=via("person_id"),
    columns={
        "id": KEY,
        "lease_id": KEY,
        "person_id": KEY,
        "role": item("VS-SOP"),
        "limit_eur": item("VS-SOP"),
        "signed_on": item("VS-SOP"),
        "source": technical("where it came from (S6)"),
        "recorded_at": technical("when it was recorded"),
        "verified_at": technical("when it was last verified"),
        "valid_from": item("VS-SOP"),
        "valid_to": item("VS-SOP"),
    },
)

describe(
    "leases_contracts_component",
    group=Group.LEASE,
    subject=of_lease("leases_contracts_component"),
    columns={
        "id": KEY,
        "lease_id": KEY,
        "kind": item("VS-SOP"),
        "place_id": item("VS-SOP"),
        "price_eur": item("VS-SOP"),
        "quantity": item("VS-SOP"),
        "valid_from": item("VS-SOP"),
        "valid_to": item("VS-SOP"),
    },
)

describe(
    "leases_contracts_notice",
    group=Group.LEASE,
    subject=of_lease("leases_contracts_notice"),
    columns={
        "id": KEY,
        "lease_id": KEY,
        "document": item("VS-PÄÄT", "VS-TOIMI"),
        "written": technical("whether it is in writing"),
        "breach": item("VS-TOIMI"),
        "ground": item("VS-PÄÄT", "VS-TOIMI"),
        "happened_on": item("VS-TOIMI"),
        "extreme": item("VS-TOIMI"),
        "goes_on": item("VS-TOIMI"),
        "unpaid_eur": item("VS-TOIMI"),
        "rectified_on": item("VS-TOIMI"),
        "stated_end": item("VS-PÄÄT"),
        "sent_on": item("VS-PÄÄT"),
        "served_on": item("VS-PÄÄT"),
        "method": item("VS-PÄÄT"),
        "ends_on": item("VS-PÄÄT"),
        "moves_on": item("VS-PÄÄT"),
        "rule_versions": technical("which rules the end day follows"),
        "withdrawn_on": item("VS-PÄÄT"),
        "recorded_by_id": technical("who recorded it"),
        "recorded_at": technical("when it was recorded"),
    },
)

describe(
    "leases_contracts_lateday",
    group=Group.LEASE,
    subject=of_lease("leases_contracts_lateday"),
    columns={
        "id": KEY,
        "lease_id": KEY,
        "what": item("VS-SOP"),
        "day": item("VS-SOP"),
        "entered_on": item("VS-SOP"),
        "reason": item("VS-SOP"),
        "other_law": item("VS-SOP"),
        "recorded_by_id": technical("who entered it"),
        "confirmed_by_id": technical("who confirmed it"),
        "confirmed_at": technical("when it was confirmed"),
    },
)

_CHANGE = "leases_contracts_personchange"

describe(
    _CHANGE,
    group=Group.LEASE,
    subject=through(
        f"SELECT q.person FROM {_CHANGE} r, LATERAL (SELECT p.person_id FROM {_PARTY} p "  # noqa: S608  (no value)
        "WHERE p.lease_id = r.lease_id UNION SELECT r.coming_id) q(person) "
        "WHERE r.id = ANY(%s) AND q.person IS NOT NULL",
        rows=f"SELECT DISTINCT r.id FROM {_CHANGE} r, unnest(%s::bigint[]) u(person) "  # noqa: S608  (no value)
        f"WHERE r.coming_id = u.person OR EXISTS (SELECT FROM {_PARTY} p "
        "WHERE p.lease_id = r.lease_id AND p.person_id = u.person)",
    ),
    columns={
        "id": KEY,
        "lease_id": KEY,
        "change": item("VS-SOP"),
        "leaving_id": KEY,
        "coming_id": KEY,
        "relation": item("VS-SOP"),
        "told_on": item("VS-SOP"),
        "effective_on": item("VS-SOP"),
        "ends_on": item("VS-SOP"),
        "reason": item("VS-SOP"),
        "answer": item("VS-SOP"),
        "answered_on": item("VS-SOP"),
        "recorded_by_id": technical("who recorded it"),
        "recorded_at": technical("when it was recorded"),
    },
)
