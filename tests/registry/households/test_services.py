"""What staff do to households, and what the database refuses whoever asks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from registry.households import queries, services
from registry.households.models import GroundCode, HetuGround, Household, Membership
from registry.households.services import Ground, Newcomer, membership_changed
from registry.persons.models import NoticeDuty, Person, Source
from registry.persons.services import Names
from tests.people import system_access
from tests.registry.households.conftest import ADULT_CODE, BORN, MINOR_CODE, TODAY, named
from vuokra.access.models import ChangeEntry

MOVED = date(2026, 6, 1)
pytestmark = pytest.mark.django_db


def refused(code: str) -> Any:
    return pytest.raises(ValidationError, check=lambda e: e.code == code)


def add(person: Person, member: Person, day: date = MOVED) -> Membership:
    return services.add_member(person, member, valid_from=day, source=Source.PERSON, today=TODAY)


def register(person: Person, newcomer: Newcomer, day: date = MOVED) -> Membership:
    return services.register_member(
        person, newcomer, valid_from=day, source=Source.APPLICATION, today=TODAY
    )


def test_first_member_makes_the_household_of_both(person: Person, adult: Person) -> None:
    with system_access():
        add(person, adult)
        found = queries.summary(person, TODAY)
        assert found is not None
        assert [m.person_id for m in found.adults] == [adult.pk]
        assert (found.size, found.minors) == (2, 0)
        assert queries.summary(person, MOVED - timedelta(days=1)) is None


def test_child_needs_a_name_and_a_birth_date_only(person: Person) -> None:
    with system_access():
        register(person, Newcomer(Names("Lehtovaara", "Untuva"), BORN))
        found = queries.summary(person, TODAY)
        child = Person.objects.get(given_names="Untuva")
        assert found is not None
        assert (found.adults, found.minors) == ([], 1)
        assert (child.identity.hetu, child.customer_since) == (None, None)


@pytest.mark.parametrize(
    ("source", "to_inform"), [(Source.APPLICATION, [Source.APPLICATION]), (Source.PERSON, [])]
)
def test_who_was_told_of_by_another_is_to_be_informed(
    person: Person, source: Source, to_inform: list[Source]
) -> None:
    with system_access():
        newcomer = Newcomer(Names("Lehtovaara", "Untuva"), BORN)
        made = services.register_member(
            person, newcomer, valid_from=MOVED, source=source, today=TODAY
        )
        duties = NoticeDuty.objects.filter(person=made.person_id)
        assert [duty.source for duty in duties] == to_inform
        assert not NoticeDuty.objects.filter(person=person).exists()


def test_child_is_named_as_an_adult_from_its_birthday(person: Person, child: Person) -> None:
    with system_access():
        add(person, child)
        before = queries.summary(person, date(2037, 2, 6))
        after = queries.summary(person, date(2037, 2, 7))
        assert before is not None
        assert after is not None
        assert (before.minors, after.minors) == (1, 0)
        assert [m.person_id for m in after.adults] == [child.pk]


def test_one_household_at_a_time(person: Person, adult: Person) -> None:
    with system_access():
        other = named("Ruskaniemi", "Oona", date(1979, 1, 1))
        add(person, adult)
        with refused("households_membership_one"):
            add(other, adult, date(2026, 7, 1))
        assert Membership.objects.count() == 2, "nothing is half saved"
        services.move_out(Membership.objects.get(person=adult), last_day=date(2026, 6, 30))
        add(other, adult, date(2026, 7, 1))
        assert queries.living_with([adult.pk], date(2026, 6, 30)) == {person.pk, adult.pk}
        assert queries.living_with([adult.pk], date(2026, 7, 1)) == {other.pk, adult.pk}


def test_database_refuses_a_second_household_whoever_asks(person: Person, adult: Person) -> None:
    with system_access():
        add(person, adult)
        other = Household.objects.create()
        with pytest.raises(IntegrityError), transaction.atomic():
            Membership(household=other, person=adult, valid_from=TODAY).save()


def test_dates_are_corrected_and_stay_in_order(person: Person, adult: Person) -> None:
    with system_access():
        membership = add(person, adult)
        services.correct_membership(membership, valid_from=date(2026, 5, 1), valid_to=None)
        assert queries.living_with([adult.pk], date(2026, 5, 1)) == {adult.pk}
        with refused("registry_households_membership_dates"):
            services.move_out(membership, last_day=date(2026, 4, 30))
        with refused("before_birth"):
            services.correct_membership(membership, valid_from=date(1980, 5, 5), valid_to=None)


def test_mistake_is_taken_away_with_an_empty_household(person: Person, adult: Person) -> None:
    with system_access():
        membership = add(person, adult)
        services.remove_membership(membership)
        services.remove_membership(Membership.objects.get(person=person))
        assert not Household.objects.exists()
        removed = ChangeEntry.objects.filter(action=ChangeEntry.Action.DELETE)
        assert removed.filter(content_type__model="membership").count() == 2


def test_nobody_is_added_to_his_own_household(person: Person) -> None:
    with system_access(), refused("itself"):
        add(person, person)


def test_household_is_told_when_it_changes(person: Person, adult: Person) -> None:
    heard: list[int] = []

    def hear(sender: object, *, household_id: int, person_id: int, **kwargs: object) -> None:
        heard.append(person_id)

    membership_changed.connect(hear)
    try:
        with system_access():
            membership = add(person, adult)
            services.move_out(membership, last_day=TODAY)
            services.remove_membership(membership)
    finally:
        membership_changed.disconnect(hear)
    assert heard == [person.pk, adult.pk, adult.pk, adult.pk]


# --- identity codes of members --------------------------------------------------------------

CHILD = Names("Lehtovaara", "Untuva")


def test_DP_A13_code_of_a_child_is_refused_and_nothing_is_saved(person: Person) -> None:
    with system_access():
        with refused("hetu_regime"):
            register(person, Newcomer(CHILD, hetu=MINOR_CODE))
        assert not Person.objects.filter(given_names="Untuva").exists()
        assert not Membership.objects.exists()


def test_DP_A13_code_of_an_adult_who_is_no_party_is_refused(person: Person) -> None:
    with system_access():
        with refused("hetu_regime"):
            register(person, Newcomer(Names("Aarnivuori", "Saimi"), hetu=ADULT_CODE))
        register(
            person, Newcomer(Names("Aarnivuori", "Saimi"), hetu=ADULT_CODE, becomes_party=True)
        )
        assert Person.objects.get(surname="Aarnivuori").identity.hetu.reveal() == ADULT_CODE
        assert not HetuGround.objects.exists()


def test_DP_A13_exception_keeps_its_reason(person: Person) -> None:
    ground = Ground(GroundCode.SAME_NAME, "Kaksi samannimistä samassa talossa")
    with system_access():
        register(person, Newcomer(CHILD, hetu=MINOR_CODE, ground=ground))
        kept = HetuGround.objects.get()
        assert (kept.code, kept.situation) == ("same_name", "vuokrasuhde")
        assert kept.text.reveal() == ground.text
        assert kept.person.identity.hetu.reveal() == MINOR_CODE


@pytest.mark.parametrize("text", ["", "    ", "abc"])
def test_DP_A13_exception_without_words_is_refused(person: Person, text: str) -> None:
    ground = Ground(GroundCode.CLAIM, text)
    with system_access(), refused("ground_text"):
        register(person, Newcomer(CHILD, hetu=MINOR_CODE, ground=ground))


def test_birth_date_and_code_must_agree(person: Person) -> None:
    newcomer = Newcomer(
        Names("Aarnivuori", "Saimi"), date(1990, 1, 1), ADULT_CODE, becomes_party=True
    )
    with system_access(), refused("birth_date"):
        register(person, newcomer)
