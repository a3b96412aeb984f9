"""What staff look at of the stock of homes. Each function runs a fixed number of statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django.core.paginator import Page
from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.expressions import OrderBy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leases.homes import rules
from leases.homes.models import (
    Access,
    Building,
    Flat,
    Funding,
    Handover,
    Key,
    Meter,
    Occupancy,
    OutReason,
    Place,
    PlaceOccupancy,
    Regime,
    Site,
    Stair,
    Vacancy,
)
from leases.homes.rules import Days, Searched, Standing
from registry.persons.queries import in_force
from registry.persons.queries.lists import BoundedPaginator
from registry.persons.queries.standing import closed, refuse_if_tied
from vuokra.access.errors import ObjectDenied

Row = TypeVar("Row", bound=models.Model)

PAGE = 50
BARRING = [reason for reason in OutReason if reason.bars_letting]
WHOLE = ("stair__building__site",)


class Part(models.TextChoices):
    """Parts of the list of flats (rajaus), as they stand in an address."""

    FREE = "vapaat", _("Vapaat")
    FREEING = "vapautuvat", _("Vapautuvat")
    LET = "vuokratut", _("Vuokratut")
    OUT = "poissa", _("Ei vuokrattavissa")
    GONE = "poistetut", _("Poistetut")


class Sort(models.TextChoices):
    """Orders of the list, as they stand in an address; a minus turns the order round."""

    ADDRESS = "osoite", _("Osoite")
    ADDRESS_DOWN = "-osoite", _("Osoite, lopusta")
    AREA = "ala", _("Pinta-ala, pienimmästä")
    AREA_DOWN = "-ala", _("Pinta-ala, suurimmasta")


_ORDER: dict[Sort, list[OrderBy]] = {
    Sort.ADDRESS: [F("sort_key").asc(), F("id").asc()],
    Sort.ADDRESS_DOWN: [F("sort_key").desc(), F("id").desc()],
    Sort.AREA: [F("area").asc(), F("id").asc()],
    Sort.AREA_DOWN: [F("area").desc(), F("id").desc()],
}
MANY_ROOMS = 4
"""From this on the list tells sizes together: four rooms and more."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Filters of the list of flats; none of them tells of a person."""

    part: Part | None = None
    site: int | None = None
    rooms: int | None = None
    funding: Funding | None = None
    access: Access | None = None
    reason: OutReason | None = None


@dataclass(slots=True)
class FlatRow:
    """A flat with what holds of it today: its funding, when it is let, why it is empty."""

    flat: Flat
    today: date
    regime: Regime | None = None
    occupancies: list[Occupancy] = field(default_factory=list)
    vacancy: Vacancy | None = None

    @property
    def standing(self) -> Standing:
        """How it stands."""
        barred = self.vacancy is not None and OutReason(self.vacancy.reason).bars_letting
        return rules.standing(
            [days_of(row) for row in self.occupancies],
            barred=barred,
            in_use=_in_use(self.flat, self.today),
            today=self.today,
        )

    @property
    def free_from(self) -> date | None:
        """The day after the last one it is let, when that is known and nothing follows."""
        if self.standing is not Standing.FREEING:
            return None
        last = max(row.valid_to for row in self.occupancies if row.valid_to)
        return date.fromordinal(last.toordinal() + 1)

    @property
    def let_from(self) -> date | None:
        """The first day of the coming lease of an empty flat."""
        days = [row.valid_from for row in self.occupancies if row.valid_from > self.today]
        return min(days) if days and self.standing is Standing.COMING else None


def days_of(row: Occupancy) -> Days:
    """The days of an occupancy that may be told: of a hidden one, not that it ends."""
    return Days(row.valid_from, None if row.hidden else row.valid_to)


def _in_use(flat: Flat, today: date) -> bool:
    return (flat.taken_on is None or flat.taken_on <= today) and (
        flat.given_up_on is None or today < flat.given_up_on
    )


# -- lists -------------------------------------------------------------------------------------


def flat_list(
    filters: Filters, page: int, *, today: date, sort: Sort = Sort.ADDRESS
) -> Page[FlatRow]:
    """A page of 50 flats; six statements. A page beyond the last gives the last."""
    order = _ORDER[sort]
    chosen = filtered(filters, today=today).order_by(*order).values_list("pk", flat=True)
    paginator = BoundedPaginator(chosen, PAGE)
    found = paginator.get_page(page)
    # Of all that stand before them no more is read. Asked in one statement with what is shown,
    # PostgreSQL would weigh every flat for each of them until it has counted its tables anew.
    keys: Any = list(found.object_list)
    shown = Flat.objects.filter(pk__in=keys).select_related(*WHOLE)
    rows = with_standing(list(shown.order_by(*order)), today)
    return Page(rows, found.number, paginator)


def filtered(filters: Filters, *, today: date) -> QuerySet[Flat]:
    """Flats that pass the filters, in no order."""
    conditions = Q() if filters.part is Part.GONE else _used(today)
    if filters.part is not None:
        conditions &= _part(filters.part, today)
    if filters.site is not None:
        conditions &= Q(stair__building__site=filters.site)
    if filters.rooms is not None:
        conditions &= (
            Q(rooms__gte=MANY_ROOMS) if filters.rooms >= MANY_ROOMS else Q(rooms=filters.rooms)
        )
    if filters.access is not None:
        conditions &= Q(access=filters.access)
    if filters.funding is not None:
        conditions &= Q(Exists(_of_flat(Regime, today).filter(funding=filters.funding)))
    if filters.reason is not None:
        conditions &= Q(Exists(_of_flat(Vacancy, today).filter(reason=filters.reason)))
    return Flat.objects.filter(conditions)


def _used(today: date) -> Q:
    return (Q(given_up_on__isnull=True) | Q(given_up_on__gt=today)) & (
        Q(taken_on__isnull=True) | Q(taken_on__lte=today)
    )


def _of_flat(model: type[models.Model], today: date) -> QuerySet[models.Model]:
    found: QuerySet[models.Model] = model._default_manager.filter(
        in_force(today), flat=OuterRef("pk")
    )
    return found


def _part(part: Part, today: date) -> Q:
    let = Exists(_of_flat(Occupancy, today))
    barred = Exists(_of_flat(Vacancy, today).filter(reason__in=BARRING))
    later = Exists(Occupancy.objects.filter(flat=OuterRef("pk"), valid_from__gt=today))
    match part:
        case Part.FREE:
            # One question for both would be the same, but PostgreSQL expects one flat then, not
            # hundreds, and joins what bars them by loops.
            return Q(~let, ~barred, ~later)
        case Part.FREEING:
            ending = _of_flat(Occupancy, today).filter(valid_to__isnull=False, hidden=False)
            return Q(Exists(ending), ~later)
        case Part.LET:
            return Q(let)
        case Part.OUT:
            return Q(barred, ~let)
        case Part.GONE:
            return ~_used(today)


def _unended(today: date) -> QuerySet[Occupancy]:
    """Times let that go on or are to come."""
    return Occupancy.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today))


def with_standing(flats: Sequence[Flat], today: date) -> list[FlatRow]:
    """The flats with their funding, occupancy and emptiness of the day; three statements."""
    rows = {flat.pk: FlatRow(flat, today) for flat in flats}
    mine = Q(flat__in=list(rows))
    for regime in Regime.objects.filter(mine, in_force(today)):
        rows[regime.flat_id].regime = regime
    for vacancy in Vacancy.objects.filter(mine, in_force(today)):
        rows[vacancy.flat_id].vacancy = vacancy
    for occupancy in _unended(today).filter(mine).order_by("valid_from"):
        rows[occupancy.flat_id].occupancies.append(occupancy)
    return list(rows.values())


@dataclass(frozen=True, slots=True)
class SiteRow:
    """A site with the number of its flats, how many are let and how many are free today."""

    site: Site
    flats: int
    let: int
    free: int
    area: Decimal

    @property
    def let_share(self) -> Decimal | None:
        """How many of a hundred flats are let; None without flats."""
        return Decimal(100 * self.let) / self.flats if self.flats else None


def site_list(*, today: date) -> list[SiteRow]:
    """Sites by number with their flats of the day; two statements."""
    flats = Flat.objects.filter(_used(today))
    counted: dict[int, Mapping[str, Any]] = {
        row["stair__building__site"]: row
        for row in flats.values("stair__building__site").annotate(
            flats=Count("pk"),
            area=models.Sum("area"),
            let=Count("pk", filter=Q(Exists(_of_flat(Occupancy, today)))),
            free=Count("pk", filter=_part(Part.FREE, today)),
        )
    }
    return [_site_row(row, counted.get(row.pk)) for row in Site.objects.order_by("number")]


def _site_row(row: Site, counted: Mapping[str, Any] | None) -> SiteRow:
    if counted is None:
        return SiteRow(row, 0, 0, 0, Decimal(0))
    return SiteRow(row, counted["flats"], counted["let"], counted["free"], counted["area"])


# -- one site ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BuildingPart:
    """A building with its stairs, and how many flats each has."""

    building: Building
    stairs: list[Stair]


def site_by_id(pk: int) -> Site:
    """Raises ObjectDenied for one that does not exist."""
    return _one(Site.objects.all(), pk)


def buildings_of(row: Site) -> list[BuildingPart]:
    """Buildings of a site with their stairs; two statements."""
    stairs = list(Stair.objects.filter(building__site=row).annotate(number=Count("flats")))
    return [
        BuildingPart(building, [stair for stair in stairs if stair.building_id == building.pk])
        for building in Building.objects.filter(site=row)
    ]


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place that is let beside flats, and whether it is free: kept for no lease today."""

    place: Place
    free: bool


def places_of(row: Site) -> list[Place]:
    """Places let beside flats; one statement."""
    return list(Place.objects.filter(site=row))


def place_rows(row: Site, *, today: date) -> list[PlaceRow]:
    """Places let beside flats, and which are free today; one statement."""
    kept = PlaceOccupancy.objects.filter(in_force(today), place=OuterRef("pk"))
    found = Place.objects.filter(site=row).annotate(kept=Exists(kept))
    return [PlaceRow(one, not one.kept and not _given_up(one, today)) for one in found]


def _given_up(place: Place, today: date) -> bool:
    return place.given_up_on is not None and place.given_up_on <= today


def building_by_id(pk: int) -> Building:
    """Raises ObjectDenied for one that does not exist."""
    return _one(Building.objects.select_related("site"), pk)


def stair_by_id(pk: int) -> Stair:
    """Raises ObjectDenied for one that does not exist."""
    return _one(Stair.objects.select_related("building__site"), pk)


def place_by_id(pk: int) -> Place:
    """Raises ObjectDenied for one that does not exist."""
    return _one(Place.objects.select_related("site"), pk)


def stairs_of(row: Site) -> list[Stair]:
    """Stairs of a site with their buildings; one statement."""
    return list(Stair.objects.filter(building__site=row).select_related("building"))


# -- one flat ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A key, and who has it now, for those who may know it. `closed`: the record of whoever has it
    is closed to the user (A2)."""

    key: Key
    held: Handover | None

    @property
    def closed(self) -> bool:
        """Whether it is not told who has the key."""
        found: bool = self.held is not None and self.held.closed  # type: ignore[attr-defined]  # annotated
        return found


@dataclass(frozen=True, slots=True)
class FlatPage:
    """A flat with all that is recorded of it, newest first."""

    row: FlatRow
    regimes: list[Regime]
    vacancies: list[Vacancy]
    times: list[Days]
    meters: list[Meter]


def flat_by_id(pk: int) -> Flat:
    """Raises ObjectDenied for one that does not exist."""
    return _one(Flat.objects.select_related(*WHOLE), pk)


def flat_page(flat: Flat, *, today: date) -> FlatPage:
    """What is recorded of a flat; four statements."""
    regimes = list(flat.regimes.order_by("-valid_from"))
    vacancies = list(flat.vacancies.order_by("-valid_from"))
    occupancies = list(flat.occupancies.order_by("-valid_from"))
    row = FlatRow(flat, today)
    row.regime = next((one for one in regimes if _holds(one, today)), None)
    row.vacancy = next((one for one in vacancies if _holds(one, today)), None)
    row.occupancies = [
        one for one in reversed(occupancies) if one.valid_to is None or one.valid_to >= today
    ]
    meters = list(flat.meters.filter(removed_on__isnull=True))
    return FlatPage(row, regimes, vacancies, times_told(occupancies, today), meters)


def times_told(rows: Iterable[Occupancy], today: date) -> list[Days]:
    """The times let as they may be told. Whoever lives there under turvakielto leaves no mark: the
    time looks like any that goes on, and what follows it is not told."""
    found: list[Days] = []
    for row in sorted(rows, key=lambda one: one.valid_from):
        if row.hidden and (row.valid_to is None or row.valid_to >= today):
            return [days_of(row), *found]
        found.insert(0, Days(row.valid_from, row.valid_to))
    return found


def _holds(row: Regime | Vacancy, today: date) -> bool:
    return Days(row.valid_from, row.valid_to).has(today)


def keys_of(flat: Flat, *, holders: bool) -> list[KeyRow]:
    """Keys of a flat; who has them only with `holders`. One statement, one more with holders.

    A holder under turvakielto has no name here: where she lives must not be told by a key (7.2),
    nor where a colleague does (A2).
    """
    keys = list(Key.objects.filter(flat=flat))
    held: dict[int, Handover] = {}
    if holders and keys:
        shut = Case(When(closed(timezone.localdate()), then=Value(True)), default=Value(False))
        rows = Handover.objects.filter(key__in=keys, returned_on__isnull=True).annotate(closed=shut)
        held = {row.key_id: row for row in rows.select_related("person")}
    return [KeyRow(key, held.get(key.pk)) for key in keys]


def key_of(flat: Flat, pk: int) -> Key:
    """Raises ObjectDenied for a key of another flat."""
    return _one(Key.objects.filter(flat=flat), pk)


def handover_of(key: Key) -> Handover:
    """Who has the key. Raises ObjectDenied when nobody has it, and TiedDenied when the record is
    closed to the user: a key of one's own another takes back (A2)."""
    rows = Handover.objects.filter(key=key, returned_on__isnull=True).select_related("person")
    row = rows.first()
    if row is None:
        raise ObjectDenied("leases_homes_handover")
    refuse_if_tied(row.person)
    return row


def meter_of(flat: Flat, pk: int) -> Meter:
    """Raises ObjectDenied for a meter of another flat, or one taken out."""
    return _one(Meter.objects.filter(flat=flat, removed_on__isnull=True), pk)


def regime_of(flat: Flat, pk: int) -> Regime:
    """Raises ObjectDenied for the funding of another flat."""
    return _one(Regime.objects.filter(flat=flat), pk)


def search(wanted: Searched, *, limit: int) -> list[Flat]:
    """Flats by the beginning of a street and what else was typed of the address; one statement."""
    parts = Q(sort_key__gte=wanted.street, sort_key__lt=wanted.street + rules.LAST)
    if wanted.house:
        parts &= Q(stair__building__house=wanted.house)
    if wanted.stair:
        parts &= Q(stair__letter=wanted.stair)
    if wanted.number is not None:
        parts &= Q(number=wanted.number)
    if wanted.suffix:
        parts &= Q(suffix=wanted.suffix)
    return list(Flat.objects.filter(parts).order_by("sort_key", "id")[:limit])


def known_addresses(keys: Iterable[str]) -> set[str]:
    """Those of the sort keys that a flat has already; one statement."""
    return set(Flat.objects.filter(sort_key__in=list(keys)).values_list("sort_key", flat=True))


def _one(rows: QuerySet[Row], pk: int) -> Row:
    row = rows.filter(pk=pk).first()
    if row is None:
        raise ObjectDenied(rows.model._meta.db_table, pk)
    return row
