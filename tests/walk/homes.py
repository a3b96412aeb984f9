"""What the walk does at the addresses of homes, and the small stock it walks through."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from leases.homes.models import (
    Building,
    BuildingKind,
    Flat,
    Funding,
    Handover,
    Key,
    KeyKind,
    Kitchen,
    Meter,
    MeterKind,
    OutReason,
    Place,
    PlaceKind,
    Regime,
    Site,
    Stair,
    Vacancy,
)
from leases.homes.services.stock import set_address
from registry.persons.models import Person
from tests.walk.visits import DAY, Page, get, post
from vuokra.policy.groups import Group

LOOKERS = frozenset({Group.STAFF})
SITE = {
    "number": "102", "name": "Ylätupa", "postal_code": "97999", "town": "Hillakoski", "plot": "",
    "taken_on": "", "given_up_on": "",
}  # fmt: skip
BUILDING = {
    "street": "Ylätie", "house": "4", "kind": "block", "built": "1990", "floors": "3",
    "energy_class": "D",
}  # fmt: skip
FLAT = {
    "stair": "{stair}", "number": "7", "suffix": "", "rooms": "2", "kitchen": "kk", "area": "45,5",
    "floor": "1", "access": "none", "equipment": "balcony", "shares": "", "taken_on": "",
    "given_up_on": "",
}  # fmt: skip
REGIME = {"funding": "free", "group": "", "valid_from": "1.1.2032", "valid_to": ""}
FLAT_AT = {"pk": "{flat}"}
KEY_AT = FLAT_AT | {"key": "{free_key}"}
HELD_AT = FLAT_AT | {"key": "{held_key}"}

HOMES: dict[str, Page] = {
    "homes:sites": Page(),
    "homes:new_site": Page((get(), post(302, SITE), post(422, SITE | {"postal_code": "1"}))),
    "homes:site": Page((get(),), {"pk": "{site}"}),
    "homes:change_site": Page(
        (get(), post(302, SITE), post(422, SITE | {"plot": "x"})), {"pk": "{site}"}
    ),
    "homes:add_building": Page(
        (get(), post(302, BUILDING), post(422, BUILDING | {"house": "talo"})), {"pk": "{site}"}
    ),
    "homes:add_place": Page(
        (get(), post(302, {"kind": "parking", "code": "9", "given_up_on": ""}), post(422)),
        {"pk": "{site}"},
    ),
    "homes:new_flat": Page(
        (get(), post(302, FLAT), post(422, FLAT | {"area": "0"})), {"pk": "{site}"}
    ),
    "homes:change_building": Page(
        (get(), post(302, BUILDING), post(422, BUILDING | {"energy_class": "Z"})),
        {"pk": "{building}"},
    ),
    "homes:add_stair": Page(
        (get(), post(302, {"letter": "c"}), post(422, {"letter": "1"})), {"pk": "{building}"}
    ),
    "homes:change_stair": Page(
        (get(), post(302, {"letter": "b"}), post(422, {"letter": "?"})), {"pk": "{stair}"}
    ),
    "homes:change_place": Page(
        (get(), post(302, {"kind": "heated", "code": "2", "given_up_on": ""}), post(422)),
        {"pk": "{place}"},
    ),
    "homes:imports": Page(
        (
            get(also=LOOKERS, why="the list of imports says who brought which"),
            post(422, also=LOOKERS, why="no file was chosen"),
        )
    ),
    "homes:import_template": Page(kwargs={"form": "xlsx"}),
    "homes:import_run": Page((get(404),), {"pk": "{import_run}"}),
    "homes:confirm_import": Page((post(404), get(405)), {"pk": "{import_run}"}),
    "homes:restart_import": Page((post(404), get(405)), {"pk": "{import_run}"}),
    "homes:discard_import": Page((post(404), get(405)), {"pk": "{import_run}"}),
    "homes:import_report": Page((get(404),), {"pk": "{import_run}"}),
    "homes:flats": Page((get(), get(query="rajaus=vapaat&huoneita=4&kohde=x&sivu=9"))),
    "homes:flat": Page((get(),), FLAT_AT),
    "homes:change_flat": Page((get(), post(302, FLAT), post(422, FLAT | {"number": "0"})), FLAT_AT),
    "homes:set_regime": Page(
        (get(), post(302, REGIME), post(422, REGIME | {"valid_to": "1.1.2031"})), FLAT_AT
    ),
    "homes:end_regime": Page(
        (get(), post(302, {"on": DAY}), post(422, {"on": "1.1.1950"})),
        FLAT_AT | {"regime": "{regime}"},
    ),
    "homes:record_vacancy": Page(
        (
            get(),
            post(422, {"reason": "damage", "valid_from": DAY, "valid_to": "", "note": ""}),
        ),
        FLAT_AT,
    ),
    "homes:end_vacancy": Page((get(), post(302, {"on": DAY}), post(422, {"on": "x"})), FLAT_AT),
    "homes:add_key": Page(
        (get(), post(302, {"kind": "flat", "serial": "9"}), post(422, {"kind": "flat"})), FLAT_AT
    ),
    "homes:give_key": Page(
        (
            get(),
            post(302, {"q": "{other_number}", "given_on": DAY}),
            post(422, {"q": "", "given_on": DAY}),
        ),
        KEY_AT,
    ),
    "homes:return_key": Page((get(), post(302, {"on": DAY}), post(422, {"on": ""})), HELD_AT),
    "homes:lose_key": Page((get(), post(302, {"on": DAY}), post(422, {"on": ""})), KEY_AT),
    "homes:add_meter": Page(
        (
            get(),
            post(302, {"kind": "hot", "serial": "9", "installed_on": DAY}),
            post(422, {"kind": "hot", "serial": "", "installed_on": DAY}),
        ),
        FLAT_AT,
    ),
    "homes:remove_meter": Page(
        (get(), post(302, {"on": DAY}), post(422, {"on": ""})), FLAT_AT | {"meter": "{meter}"}
    ),
}


def plant_homes(person: Person) -> dict[str, object]:
    """A site with one flat, whose key the person has; for the addresses of the walk."""
    since = dt.date(2020, 1, 1)
    site = Site.objects.create(
        number=101, name="Koivurinne", postal_code="97999", town="Hillakoski"
    )
    building = Building.objects.create(
        site=site, street="Pihlajatie", house="3", kind=BuildingKind.BLOCK
    )
    stair = Stair.objects.create(building=building, letter="A")
    flat = Flat(stair=stair, number=1, rooms=2, kitchen=Kitchen.KITCHEN, area=Decimal(54))
    set_address(flat)
    flat.save()
    held, free = (
        Key.objects.create(site=site, flat=flat, serial=serial, kind=KeyKind.FLAT)
        for serial in ("101-1", "101-2")
    )
    Handover.objects.create(key=held, person=person, given_on=since)
    regime = Regime.objects.create(flat=flat, funding=Funding.ARAVA, valid_from=since)
    Vacancy.objects.create(flat=flat, reason=OutReason.RENOVATION, valid_from=since)
    meter = Meter.objects.create(flat=flat, kind=MeterKind.COLD, serial="V1", installed_on=since)
    place = Place.objects.create(site=site, kind=PlaceKind.HEATED, code="1")
    return {
        "site": site.pk, "building": building.pk, "stair": stair.pk, "flat": flat.pk,
        "held_key": held.pk, "free_key": free.pk, "regime": regime.pk, "meter": meter.pk,
        "place": place.pk,
    }  # fmt: skip
