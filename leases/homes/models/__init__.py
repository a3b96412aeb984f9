"""Tables of the stock of homes: what the company owns and lets. Nobody's data stands here, but for
the hand-over of keys."""

from leases.homes.models.buildings import Building, BuildingKind, Place, PlaceKind, Site, Stair
from leases.homes.models.flats import (
    Access,
    Equipment,
    Flat,
    Funding,
    Kitchen,
    Occupancy,
    OutReason,
    PlaceOccupancy,
    Regime,
    SpecialGroup,
    Vacancy,
)
from leases.homes.models.keys import Handover, Key, KeyKind, Meter, MeterKind
from leases.homes.models.premises import Premises

__all__ = [
    "Access",
    "Building",
    "BuildingKind",
    "Equipment",
    "Flat",
    "Funding",
    "Handover",
    "Key",
    "KeyKind",
    "Kitchen",
    "Meter",
    "MeterKind",
    "Occupancy",
    "OutReason",
    "Place",
    "PlaceKind",
    "PlaceOccupancy",
    "Premises",
    "Regime",
    "Site",
    "SpecialGroup",
    "Stair",
    "Vacancy",
]  # fmt: skip
