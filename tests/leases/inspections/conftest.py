"""Inspections of a small stock, and pictures to be kept."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from PIL import Image

from leases.contracts.models import Lease
from leases.homes.models import Flat, Meter, MeterKind
from leases.inspections import services
from leases.inspections.models import Inspection, Room
from leases.inspections.rules import Cause, Condition, Kind
from leases.inspections.services import RemarkDetails
from registry.persons.models import Person
from tests.leases.contracts.conftest import (
    TODAY,
    SignedIn,
    concluded,
    demo_mode,
    flat,
    invented,
    make_flat,
    other,
    person,
    signed_in,
    site,
    stair,
)
from tests.people import system_access

__all__ = [
    "TODAY", "SignedIn", "concluded", "demo_mode", "flat", "invented", "make_flat", "other",
    "person", "signed_in", "site", "stair",
]  # fmt: skip

AT = datetime(2026, 11, 30, 10, 0, tzinfo=timezone.get_default_timezone())
CAUSED = RemarkDetails(
    part="Lattia", condition=Condition.BROKEN, cause=Cause.TENANT, text="Naarmu ikkunan edessä",
    estimate_eur=Decimal("120.00"),
)  # fmt: skip
WORN = RemarkDetails(part="Seinät", condition=Condition.WORN, cause=Cause.WEAR)


@pytest.fixture
def lease(flat: Flat, person: Person) -> Lease:
    with system_access():
        return concluded(flat, person)


@pytest.fixture
def ending(lease: Lease) -> Lease:
    """A lease that ends in a month."""
    with system_access():
        lease.last_day = TODAY + timedelta(days=30)
        lease.save()
    return lease


@pytest.fixture
def meter(flat: Flat) -> Meter:
    return Meter.objects.create(
        flat=flat, kind=MeterKind.COLD, serial="V-77", installed_on=date(2020, 1, 1)
    )


def agreed(lease: Lease, kind: Kind = Kind.MOVE_IN, **more: object) -> Inspection:
    """An agreed inspection, in the open context."""
    return services.agree(lease, kind, at=AT, today=TODAY, **more)  # type: ignore[arg-type]  # a test's keywords


def first_room(inspection: Inspection) -> Room:
    room = inspection.rooms.first()
    assert room is not None
    return room


def finished(inspection: Inspection, on: date = TODAY) -> Inspection:
    """Every room gone through and done, in the open context."""
    for room in inspection.rooms.all():
        services.check_room(room)
    return services.finish(inspection, on=on, tenant_present=True, today=TODAY)


def signed(inspection: Inspection) -> Inspection:
    """Done and signed, in the open context."""
    return services.sign(finished(inspection), on=TODAY, today=TODAY)


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 30), **more: object) -> bytes:
    """A picture as a telephone takes it, with what it hides."""
    image = Image.new("RGB", size, (200, 30, 30))
    exif = Image.Exif()
    exif[0x010F] = "Kameranvalmistaja"
    exif[0x8825] = {1: "N", 2: (65.0, 46.0, 0.0), 3: "E", 4: (24.0, 30.0, 0.0)}
    out = io.BytesIO()
    image.save(out, kind, **({"exif": exif} if kind == "JPEG" else {}) | more)
    return out.getvalue()
