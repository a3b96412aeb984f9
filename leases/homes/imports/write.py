"""Writing the flats of a file in bulk, with the sites, houses and stairs they need."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from leases.homes.imports.rows import ImportedFlat
from leases.homes.models import Building, Flat, Regime, Site, Stair
from leases.homes.services.stock import set_address
from vuokra.imports.registry import Plan, Stage, Tell

BATCH: Final = 1000


def write(plan: Plan[ImportedFlat], tell: Tell) -> list[int]:
    """Record every flat that is new. No persons are concerned: the answer is empty."""
    tell(Stage.WRITE, 0, len(plan.new))
    stairs = _stairs(plan.new)
    for start in range(0, len(plan.new), BATCH):
        _write(plan.new[start : start + BATCH], stairs)
        tell(Stage.WRITE, min(start + BATCH, len(plan.new)), len(plan.new))
    return []


StairKey = tuple[str, str, str]


def _key(flat: ImportedFlat) -> StairKey:
    return flat.street.street, flat.street.house, flat.home.stair


def _stairs(flats: Sequence[ImportedFlat]) -> dict[StairKey, Stair]:
    """Every stair that the flats need, made where it is missing, by address."""
    found = {
        (stair.building.street, stair.building.house, stair.letter): stair
        for stair in Stair.objects.select_related("building__site")
    }
    sites = {row.number: row for row in Site.objects.all()}
    buildings = {(row.street, row.house): row for row in Building.objects.select_related("site")}
    for flat in flats:
        if _key(flat) in found:
            continue
        if flat.site not in sites:
            sites[flat.site] = Site.objects.create(
                number=flat.site, name=flat.site_name, postal_code=flat.postal_code,
                town=flat.town,
            )  # fmt: skip
        house = (flat.street.street, flat.street.house)
        if house not in buildings:
            buildings[house] = Building.objects.create(
                site=sites[flat.site], street=house[0], house=house[1],
                kind=flat.kind, built=flat.built,
            )  # fmt: skip
        found[_key(flat)] = Stair.objects.create(
            building=buildings[house], letter=flat.home.stair, lift=flat.lift
        )
    return found


def _write(flats: Sequence[ImportedFlat], stairs: dict[StairKey, Stair]) -> None:
    rows = Flat.objects.bulk_create(_flat(one, stairs[_key(one)]) for one in flats)
    Regime.objects.bulk_create(
        Regime(
            flat=row, funding=one.funded.funding, group=one.funded.group,
            valid_from=one.funded.valid_from, valid_to=one.funded.valid_to,
        )
        for row, one in zip(rows, flats, strict=True)
        if one.funded is not None
    )  # fmt: skip


def _flat(one: ImportedFlat, stair: Stair) -> Flat:
    flat = Flat(
        stair=stair, number=one.home.number, suffix=one.home.suffix, rooms=one.rooms,
        kitchen=one.kitchen, area=one.area, floor=one.floor, equipment=one.equipment,
        access=one.access, shares=one.shares, taken_on=one.taken_on,
    )  # fmt: skip
    set_address(flat)
    return flat
