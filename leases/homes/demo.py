"""The invented stock of the demo company: 18 sites with 308 flats, their keys and meters; any
number of flats for the bench."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from leases.homes.models import (
    Access,
    Building,
    BuildingKind,
    Equipment,
    Flat,
    Funding,
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
    SpecialGroup,
    Stair,
    Vacancy,
)
from leases.homes.services.stock import set_address
from vuokra.demo.registry import Progress, Scale

SITES = (
    ("Koivurinne", "Koulukatu", 24), ("Törmänkoti", "Törmätie", 20), ("Lehtola", "Lehtokuja", 12),
    ("Ylätupa", "Ylätie", 18), ("Rantapiha", "Rantakatu", 30), ("Suopursu", "Suokuja", 10),
    ("Hillala", "Hillatie", 16), ("Myllyranta", "Myllypolku", 22), ("Kirkonmäki", "Kirkkotie", 28),
    ("Kellari", "Kellokatu", 14), ("Satama", "Satamakatu", 26), ("Männikkö", "Männikkötie", 12),
    ("Lossi", "Lossirannantie", 8), ("Koskenniska", "Koskikatu", 24), ("Pihlaja", "Pihlajatie", 10),
    ("Kaarna", "Kaarnakuja", 14), ("Utula", "Utukatu", 12), ("Varpula", "Varputie", 8),
)  # fmt: skip
"""Name, street and number of flats: 308 in all."""

_SIZES = (
    (1, Kitchen.KITCHENETTE, "32.5", "0.06"), (2, Kitchen.KITCHENETTE, "45.0", "0.02"),
    (2, Kitchen.KITCHEN, "54.5", "0"), (3, Kitchen.KITCHEN, "68.0", "-0.03"),
    (4, Kitchen.OPEN, "84.5", "-0.06"),
)  # fmt: skip
PER_STAIR = 8
PER_FLOOR = 2


def fill(scale: Scale, progress: Progress) -> None:
    """The room's part of the demo company."""
    random = Random(scale.seed)  # noqa: S311  (an invented stock)
    for number, (name, street, flats) in enumerate(SITES):
        made = make_site(101 + number, name, street, flats, scale.today, random)
        _keys_and_meters(made, scale.today)
        _empty(made, number, scale.today)
        progress(number + 1, len(SITES))


def make_site(
    number: int, name: str, street: str, flats: int, today: date, random: Random
) -> list[Flat]:
    """A site with one house, its flats and their funding; for the bench too."""
    low = flats <= 12
    row = Site.objects.create(
        number=number, name=name, postal_code="97999", town="Hillakoski",
        plot=f"241-402-{number % 90 + 1}-{number}", taken_on=date(1975 + number % 45, 6, 1),
    )  # fmt: skip
    building = Building.objects.create(
        site=row, street=street, house=str(1 + random.randrange(1, 40)),
        kind=BuildingKind.TERRACE if low else BuildingKind.BLOCK, built=1975 + number % 45,
        floors=1 if low else 4, energy_class=random.choice("BCDEF"),
    )  # fmt: skip
    if not low:
        Place.objects.bulk_create(
            Place(site=row, code=f"{one:02}", kind=PlaceKind.HEATED) for one in range(1, flats // 2)
        )
    homes = Flat.objects.bulk_create(_flats(building, flats, random))
    Regime.objects.bulk_create(_regime(flat, number, today) for flat in homes)
    return homes


def _flats(building: Building, flats: int, random: Random) -> Iterator[Flat]:
    low = building.kind == BuildingKind.TERRACE
    stairs: dict[str, Stair] = {}
    for number in range(1, flats + 1):
        letter = "" if low else "ABCDEFGHIJ"[(number - 1) // PER_STAIR % 10]
        if letter not in stairs:
            stairs[letter] = Stair.objects.create(
                building=building, letter=letter, lift=not low and flats > 20, step_free=low
            )
        rooms, kitchen, area, share = random.choice(_SIZES)
        size = Decimal(area) + random.randrange(-3, 4)
        flat = Flat(
            stair=stairs[letter], number=number, rooms=rooms, kitchen=kitchen, area=size,
            floor=1 if low else (number - 1) % PER_STAIR // PER_FLOOR + 1,
            equipment=_equipment(low, rooms), access=_access(low, number),
            shares=(size * (1 + Decimal(share))).quantize(Decimal("0.01")),
        )  # fmt: skip
        set_address(flat)
        yield flat


def _equipment(low: bool, rooms: int) -> list[str]:
    found = [Equipment.WASHER, Equipment.STORE, Equipment.YARD if low else Equipment.BALCONY]
    return [*found, Equipment.SAUNA, Equipment.DISHWASHER] if rooms > 2 else [*found]


def _access(low: bool, number: int) -> Access:
    if low:
        return Access.WHEELCHAIR if number % 5 == 0 else Access.STEP_FREE
    return Access.NONE


def _regime(flat: Flat, number: int, today: date) -> Regime:
    """A funding by site: most are state-subsidised, as in a municipal company."""
    kinds = (Funding.LONG_SUBSIDY, Funding.ARAVA, Funding.LONG_SUBSIDY, Funding.ARAVA_EXTENSION,
             Funding.SHORT_SUBSIDY, Funding.FREE)  # fmt: skip
    funding = kinds[number % len(kinds)]
    since = date(1985 + number % 40, 6, 1)
    ends = {Funding.FREE: None, Funding.SHORT_SUBSIDY: date(2033, 5, 31)}
    last = ends.get(funding, date(max(since.year + 41, today.year + 2), 5, 31))
    group = SpecialGroup.OLD if number % 9 == 4 and funding != Funding.FREE else SpecialGroup.NONE
    return Regime(flat=flat, funding=funding, group=group, valid_from=since, valid_to=last)


def _keys_and_meters(homes: list[Flat], today: date) -> None:
    building = homes[0].stair.building
    Key.objects.bulk_create(
        Key(
            site=building.site, flat=flat, kind=KeyKind.FLAT,
            serial=f"{building.site.number}-{flat.number:03}-{one}",
        )
        for flat in homes for one in (1, 2, 3)
    )  # fmt: skip
    if building.built and building.built > 2000:
        Meter.objects.bulk_create(
            Meter(
                flat=flat, kind=kind, installed_on=date(building.built, 6, 1),
                serial=f"{building.site.number}{flat.number:03}{kind[0].upper()}",
            )
            for flat in homes for kind in (MeterKind.COLD, MeterKind.HOT)
        )  # fmt: skip


def _empty(homes: list[Flat], number: int, today: date) -> None:
    """Flats that stand empty for a reason: most of them the last ones of their house."""
    reasons = (OutReason.RENOVATION, OutReason.NO_APPLICANT, OutReason.DAMAGE)
    if number % 3 == 0:
        Vacancy.objects.create(
            flat=homes[-1], reason=reasons[number // 3 % 3],
            valid_from=today - timedelta(days=20 + number), note="",
        )  # fmt: skip


def empty() -> bool:
    """Whether the company has no site."""
    return not Site.objects.exists()
