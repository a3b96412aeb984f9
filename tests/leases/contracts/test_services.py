"""Leases from a draft to their end, and what the database refuses whoever asks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from leases.contracts import services
from leases.contracts.models import Component, ComponentKind, Lease, Party, in_order
from leases.contracts.rules.notice import Document, Method
from leases.contracts.rules.persons import Role
from leases.contracts.rules.stages import Stage
from leases.contracts.services import Terms
from leases.contracts.services.ending import began_on
from leases.homes import services as homes
from leases.homes.models import (
    Flat,
    Occupancy,
    OutReason,
    Place,
    PlaceKind,
    PlaceOccupancy,
    Site,
    Stair,
)
from registry.persons.models import Ground as MarkGround
from registry.persons.models import Mark, MarkKind, Person, Source
from tests.leases.contracts.conftest import (
    BEGAN,
    RENT,
    TODAY,
    concluded,
    drafted,
    given,
    make_flat,
    refused_by,
    signed,
    told,
)
from tests.leases.homes.conftest import DAY
from tests.people import make_user, system_access
from tests.registry.protection.conftest import acting, ban
from vuokra.access.errors import FunctionDenied
from vuokra.policy.roles import Role as StaffRole

pytestmark = pytest.mark.django_db


# -- drawing up --------------------------------------------------------------------------------


def test_a_lease_comes_into_force_with_the_last_signature(
    flat: Flat, person: Person, other: Person
) -> None:
    with system_access():
        lease = drafted(flat, person, other, starts_on=TODAY + 5 * DAY)
        assert lease.stage_on(TODAY) is Stage.DRAFT
        services.make_ready(lease, today=TODAY)
        first, second = Party.objects.order_by("id")
        after = services.sign(first, on=TODAY - DAY, today=TODAY)
        assert after.stage_on(TODAY) is Stage.WAITING and not Occupancy.objects.exists()
        after = services.sign(second, on=TODAY, today=TODAY)
        assert after.concluded_on == TODAY and after.stage_on(TODAY) is Stage.COMING
        assert after.stage_on(TODAY + 5 * DAY) is Stage.IN_FORCE
        row = Occupancy.objects.get()
        assert (row.flat, row.valid_from, row.valid_to) == (flat, TODAY + 5 * DAY, None)
        with pytest.raises(ValidationError):
            services.sign(second, on=TODAY, today=TODAY)


def test_what_a_draft_lacks_is_told_all_at_once(flat: Flat, person: Person) -> None:
    with system_access():
        lease = services.draft(flat, person, Terms(starts_on=BEGAN), today=TODAY)
        services.drop_party(lease.parties.get(), today=TODAY)
        with pytest.raises(ValidationError) as refused:
            services.make_ready(lease, today=TODAY)
    assert len(refused.value.messages) == 2


def test_the_end_before_the_start_is_refused_at_its_field(flat: Flat, person: Person) -> None:
    with system_access(), pytest.raises(ValidationError) as refused:
        services.draft(flat, person, Terms(starts_on=TODAY, term_ends_on=TODAY - DAY), today=TODAY)
    assert set(refused.value.error_dict) == {"term_ends_on"}
    with system_access():
        assert not Lease.objects.exists()


def test_a_lease_may_begin_on_the_29th_of_february(flat: Flat, person: Person) -> None:
    with system_access():
        lease = concluded(flat, person, starts_on=date(2024, 2, 29))
        notice = given(
            lease, Document.LANDLORD_NOTICE, ground="Myynti", stated_end=date(2025, 8, 31)
        )
        services.serve(
            notice, served_on=date(2025, 2, 28), method=Method.RECEIPT, today=date(2025, 3, 1)
        )
        lease.refresh_from_db()
    assert lease.last_day == date(2025, 8, 31), "the year is full on 28 February: six months"


def test_an_overlapping_lease_is_told_by_its_number(
    flat: Flat, person: Person, other: Person
) -> None:
    with system_access():
        known = concluded(flat, person)
        with pytest.raises(ValidationError, match=str(known.number)):
            services.draft(flat, other, Terms(starts_on=TODAY), today=TODAY)
        services.agree_end(known, on=TODAY, today=TODAY)
        services.draft(flat, other, Terms(starts_on=TODAY + DAY), today=TODAY)


def test_two_drafts_of_one_flat_do_not_both_become_leases(
    flat: Flat, person: Person, other: Person
) -> None:
    with system_access():
        first, second = drafted(flat, person), drafted(flat, other)
        for lease in (first, second):
            services.make_ready(lease, today=TODAY)
        services.sign(first.parties.get(), on=TODAY, today=TODAY)
        with pytest.raises(ValidationError, match=str(first.number)):
            services.sign(second.parties.get(), on=TODAY, today=TODAY)
        assert second.parties.get().signed_on is None, "nothing is half saved"


def test_the_database_refuses_a_second_lease_by_whatever_way(
    flat: Flat, person: Person, other: Person
) -> None:
    with system_access():
        second = drafted(flat, other)
        services.make_ready(second, today=TODAY)
        concluded(flat, person)
        for party in second.parties.all():
            party.signed_on = TODAY
            party.save()
        second = Lease.objects.get(pk=second.pk)
        second.concluded_on = TODAY
        with refused_by("homes_occupancy_one"):
            second.save()


def test_a_flat_out_of_use_is_not_let(flat: Flat, person: Person) -> None:
    with system_access():
        homes.record_vacancy(flat, OutReason.RENOVATION, valid_from=TODAY, valid_to=None)
        with pytest.raises(ValidationError, match="Remontti"):
            services.draft(flat, person, Terms(starts_on=TODAY), today=TODAY)


@pytest.mark.parametrize("kind", [MarkKind.RESTRICTION, MarkKind.DECEASED])
def test_nobody_restricted_or_dead_gets_a_lease(flat: Flat, person: Person, kind: MarkKind) -> None:
    with system_access():
        ground = MarkGround.ACCURACY if kind is MarkKind.RESTRICTION else ""
        source = Source.PERSON if kind is MarkKind.DECEASED else ""
        Mark.objects.create(
            person=person, kind=kind, ground=ground, source=source, valid_from=TODAY
        )
        with pytest.raises(ValidationError) as refused:
            services.draft(flat, person, Terms(starts_on=TODAY), today=TODAY)
        assert set(refused.value.error_dict) == {"q"}, "told where the person is chosen"
        assert not Lease.objects.exists()


def test_terms_are_fixed_once_ready_and_free_again_when_reopened(
    flat: Flat, person: Person
) -> None:
    with system_access():
        lease = drafted(flat, person)
        services.make_ready(lease, today=TODAY)
        with pytest.raises(ValidationError):
            services.change_terms(lease, Terms(starts_on=TODAY), today=TODAY)
        row = Lease.objects.get(pk=lease.pk)
        row.clauses = "Muu ehto"
        with refused_by("contracts_lease_fixed"):
            row.save()
        services.reopen(lease, today=TODAY)
        changed = services.change_terms(lease, Terms(starts_on=TODAY), today=TODAY)
        assert changed.starts_on == TODAY
        assert changed.parties.get().valid_from == changed.components.get().valid_from == TODAY


def test_a_signed_lease_and_its_parts_stay_whoever_writes(flat: Flat, person: Person) -> None:
    with system_access():
        lease = concluded(flat, person)
        part, party = lease.components.get(), lease.parties.get()
        part.price_eur = Decimal("700.00")
        party.role = Role.OCCUPANT
        for write in (
            part.save, part.delete, party.save, party.delete, lease.delete,
            lambda: Lease.objects.get(pk=lease.pk).parties.get().delete(),
        ):  # fmt: skip
            with (
                pytest.raises(IntegrityError, match=r"contracts_(part|lease)_kept"),
                transaction.atomic(),
            ):
                write()
        with pytest.raises(ValidationError):
            services.cancel(lease, "Virhe", today=TODAY)


def test_a_cancelled_lease_frees_the_flat_and_keeps_its_number(flat: Flat, person: Person) -> None:
    with system_access():
        lease = concluded(flat, person, starts_on=TODAY + 9 * DAY)
        with pytest.raises(ValidationError):
            services.cancel(lease, " ", today=TODAY)
        services.cancel(lease, "Vuokralainen perui", today=TODAY)
        assert not Occupancy.objects.exists()
        again = drafted(flat, person)
        assert again.number > lease.number


def test_parking_is_let_once_and_in_the_same_site(
    flat: Flat, stair: Stair, site: Site, person: Person, other: Person
) -> None:
    place = Place.objects.create(site=site, kind=PlaceKind.HEATED, code="1")
    elsewhere = Place.objects.create(
        site=Site.objects.create(number=9, name="Muu", postal_code="97999", town="Hillakoski"),
        kind=PlaceKind.HEATED, code="1",
    )  # fmt: skip
    with system_access():
        first, second = drafted(flat, person), drafted(make_flat(stair, 9), other)
        for lease, wrong, right in ((first, elsewhere, place), (second, place, None)):
            if right:
                services.set_component(
                    lease, ComponentKind.PARKING, Decimal(12), today=TODAY, place=right
                )
            with pytest.raises(ValidationError) as refused:
                services.set_component(
                    lease, ComponentKind.PARKING, Decimal(12), today=TODAY, place=wrong
                )
            assert "place" in told(refused) or "homes_place_let_once" in told(refused)
        assert Component.objects.filter(kind=ComponentKind.PARKING).count() == 1


def test_rent_and_water_have_no_place(flat: Flat, site: Site, person: Person) -> None:
    place = Place.objects.create(site=site, kind=PlaceKind.HEATED, code="1")
    with system_access():
        lease = drafted(flat, person)
        for kind in (ComponentKind.RENT, ComponentKind.WATER_PERSON, ComponentKind.WATER_ADVANCE):
            with pytest.raises(ValidationError) as refused:
                services.set_component(lease, kind, RENT, today=TODAY, place=place)
            assert set(refused.value.error_dict) == {"place"}


def test_the_rent_stands_before_what_comes_on_top_of_it(
    flat: Flat, site: Site, person: Person
) -> None:
    place = Place.objects.create(site=site, kind=PlaceKind.HEATED, code="1")
    with system_access():
        lease = drafted(flat, person)
        services.set_component(lease, ComponentKind.PARKING, RENT, today=TODAY, place=place)
        services.set_component(lease, ComponentKind.WATER_PERSON, RENT, today=TODAY)
        found = [part.kind for part in in_order(lease.components.all())]
    assert found == ["rent", "water_person", "parking"]


def test_parking_comes_free_when_its_lease_ends_or_is_cancelled(
    flat: Flat, stair: Stair, site: Site, person: Person, other: Person
) -> None:
    place = Place.objects.create(site=site, kind=PlaceKind.HEATED, code="1")

    def park(lease: Lease) -> None:
        services.set_component(lease, ComponentKind.PARKING, RENT, today=TODAY, place=place)

    with system_access():
        first = drafted(flat, person)
        park(first)
        first = signed(first)
        second = drafted(make_flat(stair, 9), other, starts_on=TODAY + 9 * DAY)
        with pytest.raises(ValidationError, match="Paikka on jo vuokrattu"):
            park(second)
        services.agree_end(first, on=TODAY + 8 * DAY, today=TODAY)
        park(second)
        with pytest.raises(ValidationError, match="Paikka on jo vuokrattu"):
            services.agree_end(first, on=TODAY + 9 * DAY, today=TODAY)
        earlier = Terms(starts_on=TODAY + 8 * DAY)
        with pytest.raises(ValidationError, match="Paikka on jo vuokrattu"):
            services.change_terms(second, earlier, today=TODAY)
        days = PlaceOccupancy.objects.order_by("valid_from").values_list("valid_from", "valid_to")
        assert list(days) == [(BEGAN, TODAY + 8 * DAY), (TODAY + 9 * DAY, None)]
        services.cancel(second, "Vuokralainen perui", today=TODAY)
        services.agree_end(first, on=TODAY + 20 * DAY, today=TODAY)
        assert PlaceOccupancy.objects.get().valid_to == TODAY + 20 * DAY


def test_parking_in_a_draft_follows_its_days_and_goes_with_its_part(
    flat: Flat, site: Site, person: Person
) -> None:
    place = Place.objects.create(site=site, kind=PlaceKind.HEATED, code="1")
    first, last = date(2027, 3, 1), date(2028, 2, 29)
    with system_access():
        lease = drafted(flat, person, starts_on=first, term_ends_on=last)
        part = services.set_component(lease, ComponentKind.PARKING, RENT, today=TODAY, place=place)
        assert (row := PlaceOccupancy.objects.get()).valid_from == first and row.valid_to == last
        services.change_terms(lease, Terms(starts_on=first + DAY), today=TODAY)
        row = PlaceOccupancy.objects.get()
        assert row.valid_from == first + DAY and row.valid_to is None
        services.drop_component(part, today=TODAY)
        assert not PlaceOccupancy.objects.exists()


# -- parties -----------------------------------------------------------------------------------


def test_a_person_is_in_a_lease_once_at_a_time(flat: Flat, person: Person, other: Person) -> None:
    with system_access():
        lease = drafted(flat, person, other)
        with pytest.raises(ValidationError):
            services.add_party(lease, other, Role.OCCUPANT, today=TODAY)
        services.drop_party(lease.parties.get(person=other), today=TODAY)
        services.add_party(lease, other, Role.OCCUPANT, today=TODAY)


def test_nobody_is_in_a_lease_before_it_begins(flat: Flat, person: Person, other: Person) -> None:
    with system_access():
        lease = drafted(flat, person, starts_on=TODAY)
        with pytest.raises(ValidationError) as refused:
            services.add_party(lease, other, Role.SPOUSE, today=TODAY, valid_from=TODAY - DAY)
    assert set(refused.value.error_dict) == {"valid_from"}


def test_into_a_signed_lease_come_those_who_do_not_sign(
    flat: Flat, person: Person, other: Person
) -> None:
    with system_access():
        lease = concluded(flat, person)
        for role in (Role.CO_TENANT, Role.GUARANTOR, Role.TENANT):
            with pytest.raises(ValidationError):
                services.add_party(lease, other, role, today=TODAY)
        spouse = services.add_party(lease, other, Role.SPOUSE, today=TODAY, valid_from=TODAY)
        services.end_party(spouse, on=TODAY, today=TODAY)
        with pytest.raises(ValidationError):
            services.end_party(lease.parties.get(person=person), on=TODAY, today=TODAY)


def test_three_short_terms_make_the_last_one_open_ended(flat: Flat, person: Person) -> None:
    """TEN-K33 through the register."""
    days = [(1, 1, 3, 31), (4, 1, 6, 30), (7, 1, 9, 30)]
    with system_access():
        made = [
            concluded(
                flat, person, starts_on=date(2026, a, b), term_ends_on=date(2026, c, d),
                signed_on=date(2026, a, b), today=date(2026, a, b),
            )
            for a, b, c, d in days
        ]  # fmt: skip
    assert [lease.kind for lease in made] == ["fixed_term", "fixed_term", "open_ended"]
    assert made[2].ends_on is None
    assert Occupancy.objects.get(lease=made[2].pk).valid_to is None


def test_a_tenancy_goes_on_over_leases_without_a_day_between(
    flat: Flat, person: Person, other: Person
) -> None:
    """The length of the whole tenancy decides the notice period (TEN-K04, K06)."""
    with system_access():
        first = concluded(flat, person, starts_on=date(2022, 1, 1))
        services.agree_end(first, on=date(2024, 2, 29), today=date(2024, 2, 1))
        second = concluded(flat, other, person, starts_on=date(2024, 3, 1))
        assert second.previous is None, "the tenant was another"
        services.agree_end(second, on=date(2026, 10, 31), today=date(2026, 10, 1))
        third = concluded(flat, other, starts_on=date(2026, 11, 1), signed_on=date(2026, 9, 30))
        assert third.previous == second and began_on(third) == date(2024, 3, 1)
        stated = date(2026, 11, 30)
        notice = given(third, Document.LANDLORD_NOTICE, ground="Myynti", stated_end=stated)
        served = services.serve(
            notice, served_on=date(2026, 11, 22), method=Method.RECEIPT, today=TODAY
        )
        assert served.ends_on == date(2027, 5, 31), "six months, not three"


# -- turvakielto and rights --------------------------------------------------------------------


def test_a_ban_hides_the_days_of_the_home_at_once_and_its_end_shows_them(
    flat: Flat, person: Person, other: Person
) -> None:
    with system_access():
        concluded(flat, other, person)
        assert not Occupancy.objects.get().hidden
        ban(person)
        assert Occupancy.objects.get().hidden


def test_a_protected_guarantor_hides_nothing(flat: Flat, person: Person, other: Person) -> None:
    with system_access():
        lease = drafted(flat, other)
        services.add_party(lease, person, Role.GUARANTOR, today=TODAY, limit_eur=RENT)
        ban(person)
        services.make_ready(lease, today=TODAY)
        for party in lease.parties.all():
            services.sign(party, on=TODAY, today=TODAY)
    assert not Occupancy.objects.get().hidden


@pytest.mark.parametrize("role", [StaffRole.TAL, StaffRole.JOH, StaffRole.VAL, StaffRole.HUO])
def test_only_those_who_keep_leases_act_on_them(
    flat: Flat, person: Person, role: StaffRole
) -> None:
    with acting(make_user(role)), pytest.raises(FunctionDenied):
        services.draft(flat, person, Terms(starts_on=TODAY), today=TODAY)
