"""What the columns of the room hold: the stock is nobody's data; who has a key is (S5-27)."""

from __future__ import annotations

from vuokra.policy.catalogue import KEY, describe, item, not_personal, technical, via
from vuokra.policy.groups import Group

not_personal("leases_homes_site", "sites of the company and where they are")
not_personal("leases_homes_building", "buildings and their street addresses")
not_personal("leases_homes_stair", "stairs of buildings")
not_personal("leases_homes_place", "parking places, stores and turns of the sauna")
not_personal("leases_homes_flat", "flats: size, equipment, accessibility; not who lives there")
not_personal("leases_homes_regime", "the funding of flats and its restrictions")
not_personal("leases_homes_vacancy", "why flats stand empty")
not_personal("leases_homes_premises", "flats as leases told them; not whose leases")
not_personal("leases_homes_occupancy", "days on which flats are let; not to whom")
not_personal("leases_homes_placeoccupancy", "days on which places are let; not to whom")
not_personal("leases_homes_key", "keys by the number stamped on them; not who has them")
not_personal("leases_homes_meter", "meters of flats; their readings lie with the leases")

describe(
    "leases_homes_handover",
    group=Group.LEASE,
    subject=via("person_id"),
    columns={
        "id": KEY,
        "person_id": KEY,
        "key_id": item("VS-SOP"),
        "given_on": item("VS-SOP"),
        "returned_on": item("VS-SOP"),
        "given_by_id": technical("who handed the key over"),
    },
)
