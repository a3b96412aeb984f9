"""Pages of the stock of homes."""

from leases.homes.views.flats import (
    change_flat,
    end_regime,
    end_vacancy,
    flat,
    new_flat,
    record_vacancy,
    set_regime,
)
from leases.homes.views.keys import (
    add_key,
    add_meter,
    give_key,
    lose_key,
    remove_meter,
    return_key,
)
from leases.homes.views.lists import flats, sites
from leases.homes.views.stock import (
    add_building,
    add_place,
    add_stair,
    change_building,
    change_place,
    change_site,
    change_stair,
    new_site,
    site_page,
)

__all__ = [
    "add_building",
    "add_key",
    "add_meter",
    "add_place",
    "add_stair",
    "change_building",
    "change_flat",
    "change_place",
    "change_site",
    "change_stair",
    "end_regime",
    "end_vacancy",
    "flat",
    "flats",
    "give_key",
    "lose_key",
    "new_flat",
    "new_site",
    "record_vacancy",
    "remove_meter",
    "return_key",
    "set_regime",
    "site_page",
    "sites",
]  # fmt: skip
