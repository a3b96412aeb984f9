"""Leases of a small stock, at every stage, for tests of the room."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from leases.contracts import services
from leases.contracts.models import ComponentKind, Lease
from leases.contracts.rules.persons import Role
from leases.contracts.services import Terms
from leases.homes.models import Flat
from registry.persons.models import Person
from tests.leases.homes.conftest import DAY, TODAY, flat, make_flat, site, stair
from tests.people import system_access
from tests.registry.persons.conftest import SignedIn, demo_mode, invented, person, signed_in

__all__ = [
    "DAY", "TODAY", "SignedIn", "demo_mode", "flat", "invented", "make_flat", "person",
    "signed_in", "site", "stair",
]  # fmt: skip

RENT = Decimal("650.00")
BEGAN = date(2024, 3, 1)


def drafted(
    flat: Flat, *tenants: Person, starts_on: date = BEGAN, today: date = TODAY, **terms: object
) -> Lease:
    """A draft with its rent, in the open context."""
    lease = services.draft(flat, tenants[0], Terms(starts_on=starts_on, **terms), today=today)  # type: ignore[arg-type]  # a test's keywords
    for other in tenants[1:]:
        services.add_party(lease, other, Role.CO_TENANT, today=today)
    services.set_component(lease, ComponentKind.RENT, RENT, today=today)
    return lease


def concluded(
    flat: Flat, *tenants: Person, starts_on: date = BEGAN, signed_on: date | None = None,
    today: date = TODAY, **terms: object,
) -> Lease:  # fmt: skip
    """A signed lease, in the open context."""
    lease = drafted(flat, *tenants, starts_on=starts_on, today=today, **terms)
    services.make_ready(lease, today=today)
    for party in lease.parties.all():
        if party.signs:
            services.sign(party, on=signed_on or min(starts_on, today), today=today)
    return Lease.objects.get(pk=lease.pk)


@pytest.fixture
def other(db: None) -> Person:
    with system_access():
        return invented("Koskiaho", "Aarne Olavi", "010190-903T")
