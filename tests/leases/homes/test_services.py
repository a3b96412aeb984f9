"""What may be done with the stock, and what the database refuses whoever asks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from leases.homes import queries, services
from leases.homes.models import (
    Building,
    BuildingKind,
    Flat,
    Funding,
    Handover,
    Key,
    Meter,
    MeterKind,
    OutReason,
    Regime,
    Site,
    Stair,
)
from leases.homes.queries import Filters, Part
from leases.homes.rules import Standing
from registry.persons.models import Person
from tests.leases.homes.conftest import DAY, TODAY, acting, let, make_flat
from tests.people import make_user, system_access
from vuokra.access.errors import FunctionDenied
from vuokra.policy.roles import Role

pytestmark = pytest.mark.django_db


def fields_of(refused: pytest.ExceptionInfo[ValidationError]) -> set[str]:
    error = refused.value
    if not hasattr(error, "error_dict"):
        return {error.code or ""}
    return {
        one.code if name == "__all__" else name
        for name, errors in error.error_dict.items()
        for one in errors
    }


def test_a_flat_is_known_by_its_address_and_follows_its_house(flat: Flat, stair: Stair) -> None:
    assert flat.address == "Koulukatu 5 A 2"
    building = stair.building
    with system_access():
        building.street, building.house = "Rantakatu", "12"
        services.save_building(building)
        flat.refresh_from_db()
        assert flat.address == "Rantakatu 12 A 2"
        stair.letter = "b"
        services.save_stair(stair)
    flat.refresh_from_db()
    assert flat.address == "Rantakatu 12 B 2"
    assert flat.sort_key == "rantakatu  00012  b  00002"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"number": 0}, "number"), ({"area": Decimal(0)}, "area"), ({"rooms": 21}, "area"),
        ({"suffix": "1"}, "suffix"), ({"shares": Decimal(0)}, "shares"),
        ({"taken_on": date(2020, 1, 1), "given_up_on": date(2019, 1, 1)}, "given_up_on"),
        ({"kitchen": "uuni"}, "kitchen"), ({"equipment": ["uima-allas"]}, "equipment"),
    ],
)  # fmt: skip
def test_a_flat_that_cannot_be_is_refused_at_its_field(
    flat: Flat, change: dict[str, object], field: str
) -> None:
    for name, value in change.items():
        setattr(flat, name, value)
    with system_access(), pytest.raises(ValidationError) as refused:
        services.save_flat(flat)
    assert field in fields_of(refused)


def test_no_two_flats_have_one_address(flat: Flat, stair: Stair) -> None:
    double = Flat(stair=stair, number=2, rooms=1, kitchen="kk", area=Decimal(30))
    with system_access(), pytest.raises(ValidationError) as refused:
        services.save_flat(double)
    assert "number" in fields_of(refused)


def test_texts_take_no_identity_code(site: Site) -> None:
    site.name = "Talo 150685-906N"
    with system_access(), pytest.raises(ValidationError, match="henkilötunnus"):
        services.save_site(site)


def test_a_new_funding_ends_the_one_before_it(flat: Flat) -> None:
    with system_access():
        first = services.set_regime(flat, Funding.ARAVA, valid_from=date(1987, 6, 1), valid_to=None)
        services.set_regime(
            flat, Funding.ARAVA_EXTENSION, valid_from=date(2027, 6, 1), valid_to=date(2037, 5, 31)
        )
    first.refresh_from_db()
    assert first.valid_to == date(2027, 5, 31)
    with system_access(), pytest.raises(ValidationError) as refused:
        services.set_regime(flat, Funding.FREE, valid_from=date(2030, 1, 1), valid_to=None)
    assert "valid_from" in fields_of(refused)
    assert Regime.objects.count() == 2


def test_a_refused_funding_leaves_the_one_before_it_as_it_was(flat: Flat) -> None:
    with system_access():
        known = services.set_regime(flat, Funding.ARAVA, valid_from=date(1987, 6, 1), valid_to=None)
        with pytest.raises(ValidationError):
            services.set_regime(
                flat, Funding.FREE, valid_from=date(2030, 1, 1), valid_to=date(2029, 1, 1)
            )
    known.refresh_from_db()
    assert known.valid_to is None


def test_two_reasons_do_not_keep_a_flat_empty_at_once(flat: Flat) -> None:
    with system_access():
        services.record_vacancy(flat, OutReason.RENOVATION, valid_from=TODAY, valid_to=None)
        with pytest.raises(ValidationError) as refused:
            services.record_vacancy(flat, OutReason.DAMAGE, valid_from=TODAY + DAY, valid_to=None)
        assert "valid_from" in fields_of(refused)
        ended = services.end_vacancy(flat, on=TODAY)
        assert ended.valid_to == TODAY
        with pytest.raises(ValidationError, match="ei ole kirjattu"):
            services.end_vacancy(flat, on=TODAY + DAY)


def test_a_flat_is_let_once_on_a_day_whoever_writes(flat: Flat) -> None:
    let(flat, TODAY - 10 * DAY, TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        let(flat, TODAY)
    let(flat, TODAY + DAY)


def test_the_parts_of_the_list_divide_the_flats(stair: Stair) -> None:
    free, out, ending, on, coming, gone = (make_flat(stair, number) for number in range(1, 7))
    let(ending, TODAY - DAY, TODAY + DAY)
    let(on, TODAY - DAY)
    let(coming, TODAY + DAY)
    gone.given_up_on = TODAY
    gone.save()
    with system_access():
        services.record_vacancy(out, OutReason.DAMAGE, valid_from=TODAY, valid_to=None)
        services.record_vacancy(free, OutReason.NO_APPLICANT, valid_from=TODAY, valid_to=None)

    def shown(part: Part | None) -> dict[int, Standing]:
        page = queries.flat_list(Filters(part=part), 1, today=TODAY)
        return {row.flat.pk: row.standing for row in page.object_list}

    assert shown(Part.FREE) == {free.pk: Standing.FREE}
    assert shown(Part.OUT) == {out.pk: Standing.OUT}
    assert shown(Part.FREEING) == {ending.pk: Standing.FREEING}
    assert shown(Part.LET) == {ending.pk: Standing.FREEING, on.pk: Standing.LET}
    assert shown(Part.GONE) == {gone.pk: Standing.GONE}
    assert shown(None)[coming.pk] is Standing.COMING and gone.pk not in shown(None)
    (site,) = queries.site_list(today=TODAY)
    assert (site.flats, site.let, site.free) == (5, 2, 1)


def test_a_key_is_with_one_person_at_a_time(key: Key, person: Person) -> None:
    with system_access():
        held = services.give_key(key, person, on=TODAY - DAY, today=TODAY)
        with pytest.raises(ValidationError) as refused:
            services.give_key(key, person, on=TODAY, today=TODAY)
        assert fields_of(refused) == {"homes_handover_one"}
        with pytest.raises(ValidationError, match="ennen luovutusta"):
            services.return_key(held, on=TODAY - 2 * DAY, today=TODAY)
        with pytest.raises(ValidationError, match="tulevaisuudessa"):
            services.return_key(held, on=TODAY + DAY, today=TODAY)
        held.refresh_from_db()
        services.return_key(held, on=TODAY, today=TODAY)
        with pytest.raises(ValidationError, match="jo palautettu"):
            services.return_key(held, on=TODAY, today=TODAY)
        assert Handover.objects.filter(key=key).count() == 1


def test_a_lost_key_is_not_given_to_anybody(key: Key, person: Person) -> None:
    with system_access():
        services.lose_key(key, on=TODAY, today=TODAY)
        with pytest.raises(ValidationError, match="kadonneeksi"):
            services.give_key(key, person, on=TODAY, today=TODAY)


def test_a_meter_number_is_in_one_place_at_a_time(flat: Flat, stair: Stair) -> None:
    other = make_flat(stair, 9)
    with system_access():
        first = services.save_meter(
            Meter(flat=flat, kind=MeterKind.COLD, serial="V1", installed_on=TODAY - DAY),
            today=TODAY,
        )
        with pytest.raises(ValidationError) as refused:
            services.save_meter(
                Meter(flat=other, kind=MeterKind.COLD, serial="V1", installed_on=TODAY),
                today=TODAY,
            )
        assert "serial" in fields_of(refused)
        services.remove_meter(first, on=TODAY, today=TODAY)
        services.save_meter(
            Meter(flat=other, kind=MeterKind.COLD, serial="V1", installed_on=TODAY), today=TODAY
        )


def test_only_those_who_keep_the_stock_change_it(site: Site) -> None:
    with acting(make_user(Role.VAL)), pytest.raises(FunctionDenied):
        services.save_site(site)
    with acting(make_user(Role.SOP)):
        services.save_building(
            Building(site=site, street="Ylätie", house="2B", kind=BuildingKind.SEMI)
        )
    assert Building.objects.get(street="Ylätie").house == "2b"
    assert Stair.objects.count() == 0


def test_the_days_of_a_protected_home_are_not_told(flat: Flat) -> None:
    """Data-protection 7.3: the flat appears taken, and when it becomes free is hidden."""
    let(flat, TODAY - DAY, TODAY + DAY, hidden=True)
    (shown,) = queries.flat_list(Filters(), 1, today=TODAY).object_list
    assert shown.standing is Standing.LET and shown.free_from is None
    assert not queries.flat_list(Filters(part=Part.FREEING), 1, today=TODAY).object_list


def test_a_site_is_in_its_post_town_unless_its_municipality_is_told(site: Site) -> None:
    assert site.in_municipality == site.town
    site.municipality = "Naapurikunta"
    with system_access():
        services.save_site(site)
    site.refresh_from_db()
    assert site.in_municipality == "Naapurikunta"
