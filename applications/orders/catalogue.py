"""What the columns of the room hold: who comes into which lease (VS-SOP)."""

from __future__ import annotations

from vuokra.policy.catalogue import KEY, describe, item, joined, technical, via
from vuokra.policy.groups import Group

describe(
    "applications_orders_leaseorder",
    group=Group.LEASE,
    subject=joined(
        "applications_orders_leaseorder",
        "JOIN applications_orders_orderperson p ON p.order_id = r.id",
    ),
    columns={
        "id": KEY,
        "uuid": KEY,
        "offer_id": KEY,
        "flat_id": item("VS-SOP"),
        "free_from": item("VS-SOP"),
        "rent_eur": item("VS-SOP"),
        "placed_at": technical("when it was ordered"),
        "placed_by_id": technical("who ordered it"),
        "state": technical("how far it has come"),
        "lease_id": KEY,
    },
)

describe(
    "applications_orders_orderperson",
    group=Group.LEASE,
    subject=via("person_id"),
    columns={
        "id": KEY,
        "order_id": KEY,
        "person_id": KEY,
        "role": item("VS-SOP"),
    },
)
