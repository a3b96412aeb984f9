"""Sites, buildings, stairs and places: recorded and changed."""

from __future__ import annotations

from typing import TypeVar

from django.db import models
from django.db.models import Q

from leases.homes import rules
from leases.homes.models import Building, Flat, Place, Site, Stair
from leases.homes.rules import Street
from registry.persons.rules import clean_text
from registry.persons.services import refuse_hetu_in_text
from vuokra.access.context import current
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

Row = TypeVar("Row", bound=models.Model)


def require_write() -> None:
    """The right to change the stock. Raises FunctionDenied."""
    current().require(Group.HOMES, Level.WRITE)


def checked_save(row: Row, *, texts: tuple[str, ...] = ()) -> Row:
    """Save a row of the stock after its own checks. Raises ValidationError at the field concerned.

    `texts` are the fields that staff write freely; an identity code in them is refused.
    """
    require_write()
    for name in texts:
        value = clean_text(getattr(row, name))
        refuse_hetu_in_text(value)
        setattr(row, name, value)
    row.full_clean()
    row.save()
    return row


def save_site(row: Site) -> Site:
    """Record a site or change it (kohde). Raises ValidationError."""
    return checked_save(row, texts=("name", "town", "municipality"))


def save_building(row: Building) -> Building:
    """Record a building or change it (rakennus); a new address becomes that of its flats too.
    Raises ValidationError."""
    row.house = row.house.lower()
    checked_save(row, texts=("street",))
    readdress(Q(stair__building=row))
    return row


def save_stair(row: Stair) -> Stair:
    """Record a stair or change it (porras); a new letter becomes part of its flats' addresses.
    Raises ValidationError."""
    row.letter = row.letter.upper()
    checked_save(row)
    readdress(Q(stair=row))
    return row


def save_place(row: Place) -> Place:
    """Record a place that is let beside flats, or change it (autopaikka, varasto, saunavuoro).
    Raises ValidationError."""
    return checked_save(row, texts=("code",))


def set_address(flat: Flat) -> None:
    """Give a flat the address that follows from its stair and building."""
    building = flat.stair.building
    street = Street(building.street, building.house)
    flat.address = rules.address(street, flat.home)
    flat.sort_key = rules.address_key(street, flat.home)


def readdress(which: Q) -> None:
    """Write the addresses of flats anew; two statements."""
    flats = list(Flat.objects.filter(which).select_related("stair__building"))
    for flat in flats:
        set_address(flat)
    Flat.objects.bulk_update(flats, ["address", "sort_key"], batch_size=500)
