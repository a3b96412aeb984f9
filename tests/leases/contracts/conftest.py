"""Leases of a small stock, at every stage, for tests of the room."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from leases.contracts import services
from leases.contracts.models import ComponentKind, Lease, Notice
from leases.contracts.rules.notice import Document
from leases.contracts.rules.persons import Role
from leases.contracts.services import NoticeDetails, Terms
from leases.homes.models import Flat
from registry.persons.models import Person
from tests.leases.homes.conftest import DAY, TODAY, flat, make_flat, site, stair
from tests.people import system_access
from tests.registry.persons.conftest import SignedIn, demo_mode, invented, person, signed_in
from vuokra.db.constraints import broken_constraint

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
    return signed(lease, on=signed_on or min(starts_on, today), today=today)


def signed(lease: Lease, *, on: date = TODAY, today: date = TODAY) -> Lease:
    """A draft made ready and signed by everybody, each day entered on itself; in the open
    context."""
    services.make_ready(lease, today=today)
    for party in lease.parties.all():
        if party.signs:
            services.sign(party, on=on, today=on)
    return Lease.objects.get(pk=lease.pk)


@pytest.fixture
def other(db: None) -> Person:
    with system_access():
        return invented("Koskiaho", "Aarne Olavi", "010190-903T")


def given(lease: Lease, document: Document, **more: object) -> Notice:
    details = NoticeDetails(document=document, **more)  # type: ignore[arg-type]  # a test's keywords
    return services.record_notice(lease, details, today=TODAY)


def told(refused: pytest.ExceptionInfo[ValidationError]) -> set[str]:
    """Fields and codes of what was refused."""
    error = refused.value
    if not hasattr(error, "error_dict"):
        return {one.code or "" for one in error.error_list}
    return set(error.error_dict) | {
        one.code or "" for errors in error.error_dict.values() for one in errors
    }


@contextmanager
def refused_by(*names: str) -> Iterator[None]:
    """The database refuses what is written here by one of these constraints."""
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        yield
    assert broken_constraint(refused.value) in names
