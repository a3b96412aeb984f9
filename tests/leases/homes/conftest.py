"""A small stock: one site with a block of flats and its people."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from leases.contracts.models import Lease, Party
from leases.contracts.rules.persons import Role
from leases.homes.models import (
    Building,
    BuildingKind,
    Flat,
    Key,
    KeyKind,
    Kitchen,
    Occupancy,
    Site,
    Stair,
)
from leases.homes.services.stock import set_address
from registry.persons.models import Person, Source
from tests.people import system_access
from tests.registry.persons.conftest import SignedIn, demo_mode, invented, person, signed_in
from tests.registry.protection.conftest import acting, ban

__all__ = ["SignedIn", "acting", "demo_mode", "person", "signed_in"]

TODAY = timezone.localdate()
DAY = timedelta(days=1)


def make_flat(stair: Stair, number: int, **more: object) -> Flat:
    given: dict[str, object] = {"rooms": 2, "kitchen": Kitchen.KITCHEN, "area": Decimal("54.5")}
    flat = Flat(stair=stair, number=number, **given | more)
    set_address(flat)
    flat.save()
    return flat


def let(flat: Flat, first: date, last: date | None = None, *, hidden: bool = False) -> Occupancy:
    """Days on which a flat is let by a signed lease; `hidden`: to somebody under turvakielto."""
    with system_access():
        lease = Lease.objects.create(flat=flat, starts_on=first, last_day=last)
        Party.objects.create(
            lease=lease, person=_tenant(hidden=hidden), role=Role.TENANT, source=Source.LEASE,
            valid_from=first, signed_on=first,
        )  # fmt: skip
        lease.ready_at, lease.concluded_on = timezone.now(), first
        lease.save()
    return Occupancy.objects.get(lease=lease.pk)


def _tenant(*, hidden: bool) -> Person:
    """Who rents; the same everywhere, but for somebody under turvakielto."""
    if hidden:
        somebody = invented("Salmela", "Eeva Maria", "010190-904U")
        ban(somebody)
        return somebody
    known = Person.objects.filter(surname="Vuokkola").first()
    return known or invented("Vuokkola", "Veikko", "010190-905V")


@pytest.fixture
def site(db: None) -> Site:
    return Site.objects.create(
        number=101, name="Koivurinne", postal_code="97999", town="Hillakoski"
    )


@pytest.fixture
def stair(site: Site) -> Stair:
    building = Building.objects.create(
        site=site, street="Koulukatu", house="5", kind=BuildingKind.BLOCK, built=1987, floors=3
    )
    return Stair.objects.create(building=building, letter="A")


@pytest.fixture
def flat(stair: Stair) -> Flat:
    return make_flat(stair, 2, floor=1)


@pytest.fixture
def key(flat: Flat) -> Key:
    return Key.objects.create(
        site=flat.stair.building.site, flat=flat, serial="101-002-1", kind=KeyKind.FLAT
    )
