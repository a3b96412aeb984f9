"""What staff do with the stock of homes. Each function is one act in one transaction."""

from leases.homes.services.flats import (
    end_regime,
    end_vacancy,
    record_vacancy,
    save_flat,
    set_regime,
)
from leases.homes.services.keys import (
    give_key,
    lose_key,
    remove_meter,
    return_key,
    save_key,
    save_meter,
)
from leases.homes.services.stock import save_building, save_place, save_site, save_stair

__all__ = [
    "end_regime",
    "end_vacancy",
    "give_key",
    "lose_key",
    "record_vacancy",
    "remove_meter",
    "return_key",
    "save_building",
    "save_flat",
    "save_key",
    "save_meter",
    "save_place",
    "save_site",
    "save_stair",
    "set_regime",
]  # fmt: skip
