"""Whom else a ban covers: those who share a home, and the other record of the same person."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from registry.duplicates.services import Choices, merge, undo
from registry.households.models import Household, Membership
from registry.households.services import (
    add_member,
    membership_changed,
    move_out,
    remove_membership,
)
from registry.persons import merging
from registry.persons.models import Person, Source
from registry.protection import queries
from registry.protection.models import DetailKind, FollowUp, ProtectedDetail, TaskKind
from tests.people import system_access
from tests.registry.persons.conftest import invented
from tests.registry.protection.conftest import FROM, acting, ban
from tests.registry.protection.test_services import TODAY, end, payloads, points
from vuokra.accounts.models import User


def live_together(person: Person, other: Person) -> None:
    """Both in the first one's household, which is told as the service tells it."""
    membership = Membership.objects.filter(person=person).first()
    if membership is None:
        membership = Membership.objects.create(
            household=Household.objects.create(), person=person, valid_from=FROM
        )
    Membership.objects.create(household=membership.household, person=other, valid_from=FROM)
    membership_changed.send(Membership, household_id=membership.household_id, person_id=other.pk)


def test_the_household_is_covered_and_whoever_moves_in(person: Person, neighbour: Person) -> None:
    """Whose address would tell is protected too; moving out uncovers nobody."""
    with system_access():
        later = invented("Uusimaa", "Ulla", code="010180-926Y")
        live_together(person, neighbour)
        ban(person)
        neighbour.refresh_from_db()
        assert neighbour.protected and not points(neighbour)
        tasks = FollowUp.objects.filter(kind=TaskKind.PLATES)
        assert tasks.count() == 1, "one home, one plate"
        live_together(person, later)
        later.refresh_from_db()
        assert later.protected and not points(later)


def again(person: Person) -> Person:
    """The person read anew."""
    with system_access():
        return Person.objects.get(pk=person.pk)


def move_in(person: Person, other: Person, days: int) -> None:
    """A move so many days ahead, recorded today."""
    day = timezone.localdate() + timedelta(days=days)
    add_member(person, other, valid_from=day, source=Source.PERSON, today=timezone.localdate())


def test_a_move_to_come_is_covered_when_the_ban_is_recorded(
    person: Person, neighbour: Person
) -> None:
    """On the day of the move nobody tells the register anything."""
    with system_access():
        move_in(person, neighbour, 5)
        ban(person)
        neighbour.refresh_from_db()
        assert neighbour.protected and not points(neighbour)


def test_a_move_to_come_is_covered_when_it_is_recorded(person: Person, neighbour: Person) -> None:
    with system_access():
        ban(person)
        move_in(person, neighbour, 5)
        neighbour.refresh_from_db()
        assert neighbour.protected and not points(neighbour)


def test_the_household_that_a_mover_leaves_stays_open(person: Person, neighbour: Person) -> None:
    """Only who shares a home with somebody covered, from that one's day on: not the home before."""
    with system_access():
        left = invented("Uusimaa", "Ulla", code="010180-926Y")
        ban(person)
        today = timezone.localdate()
        stays = add_member(left, neighbour, valid_from=FROM, source=Source.PERSON, today=today)
        move_out(stays, last_day=today + timedelta(days=4))
        move_in(person, neighbour, 5)
        for one in (neighbour, left):
            one.refresh_from_db()
        assert neighbour.protected
        assert not left.protected and points(left)


def test_whoever_moves_in_with_one_covered_through_another_is_covered(
    person: Person, neighbour: Person
) -> None:
    """7.2: the address of the last one tells the sealed address of the one in between."""
    with system_access():
        later = invented("Uusimaa", "Ulla", code="010180-926Y")
        last = invented("Viimeinen", "Väinö", code="010180-9270")
        live_together(person, neighbour)
        ban(person)
        today = timezone.localdate()
        left = Membership.objects.get(person=neighbour)
        move_out(left, last_day=today)
        add_member(neighbour, later, valid_from=today + timedelta(days=3), source=Source.PERSON,
                   today=today)  # fmt: skip
        move_in(later, last, 20)
        for one in (neighbour, later, last):
            one.refresh_from_db()
            assert one.protected and not points(one), one.surname


def test_a_chain_of_households_is_covered_when_the_ban_is_recorded(
    person: Person, neighbour: Person
) -> None:
    with system_access():
        last = invented("Viimeinen", "Väinö", code="010180-9270")
        live_together(person, neighbour)
        today = timezone.localdate()
        move_out(Membership.objects.get(person=neighbour), last_day=today + timedelta(days=3))
        move_in(neighbour, last, 4)
        ban(person)
        last.refresh_from_db()
        assert last.protected and not points(last)


def test_whoever_moves_in_where_a_ban_covers_its_holder_alone_stays_open(
    person: Person, neighbour: Person
) -> None:
    with system_access():
        ban(person, covers_household=False)
        move_in(person, neighbour, 0)
        neighbour.refresh_from_db()
        assert not neighbour.protected and points(neighbour)


def test_one_covered_by_a_membership_corrected_since_still_covers_others(
    person: Person, neighbour: Person
) -> None:
    """Nobody is uncovered but by two people; until then the address is as secret as before."""
    with system_access():
        later = invented("Uusimaa", "Ulla", code="010180-926Y")
        ban(person)
        move_in(person, neighbour, 0)
        remove_membership(Membership.objects.get(person=neighbour))
        move_in(neighbour, later, 0)
        later.refresh_from_db()
        assert later.protected and not points(later)


def test_a_ban_on_a_record_merged_meanwhile_protects_the_surviving_one(
    person: Person, neighbour: Person
) -> None:
    """The form was opened before the merge: what it records follows the details."""
    with system_access():
        opened_before = Person.objects.get(pk=neighbour.pk)
        merge(person, neighbour, Choices(), reason="Sama henkilö kahdesti.", now=timezone.now())
        row = ban(opened_before)
        person.refresh_from_db()
        assert row.person_id == person.pk
        assert person.protected and not points(person)
        assert Person.with_merged.get(pk=neighbour.pk).protected


def test_a_ban_of_one_leaves_the_household_open(person: Person, neighbour: Person) -> None:
    with system_access():
        live_together(person, neighbour)
        ban(person, covers_household=False)
        neighbour.refresh_from_db()
        assert not neighbour.protected and points(neighbour)


def test_the_end_of_a_ban_uncovers_the_household_too(
    person: Person, neighbour: Person, clerk: User, registrar: User
) -> None:
    with system_access():
        live_together(person, neighbour)
        ban(person)
    end(person, clerk, registrar)
    with system_access():
        neighbour.refresh_from_db()
        assert not neighbour.protected and not points(neighbour), "the old details stay sealed"


@pytest.mark.parametrize("banned", ["survivor", "merged"])
def test_merging_under_a_ban_covers_both_and_opens_nothing(
    person: Person, neighbour: Person, clerk: User, registrar: User, banned: str
) -> None:
    """The record that was open is sealed first; what moves is sealed, and the ban is one to end."""
    with system_access():
        housemate = invented("Uusimaa", "Ulla", code="010180-926Y")
        live_together(neighbour, housemate)
        ban(person if banned == "survivor" else neighbour)
    with acting(clerk):
        assert merging.remarks(person, neighbour) and not merging.objections(person, neighbour)
        done = merge(person, neighbour, Choices(), reason="Sama henkilö.", now=timezone.now())
    with system_access():
        survivor, tomb = (Person.with_merged.get(pk=one.pk) for one in (person, neighbour))
        assert survivor.protected and tomb.protected
        assert not points(survivor) and not points(tomb)
        kept = ProtectedDetail.objects.filter(person=survivor)
        assert kept.filter(kind=DetailKind.EMAIL).count() == 2
        assert f"asukas{neighbour.customer_number}@example.fi" in {
            row.content.reveal() for row in kept
        }
        assert f"asukas{neighbour.customer_number}@example.fi" not in payloads()
        assert queries.the_ban(survivor) == queries.ban_page(survivor, today=TODAY).ban
        with pytest.raises(ValidationError, match="voimassa oleva"):
            ban(survivor)
        housemate.refresh_from_db()
        assert housemate.protected and not points(housemate), "the survivor lives there now"
    with acting(registrar):
        undo(done, reason="Yhdistettiin väärät tietueet.", now=timezone.now())
    with system_access():
        apart = Person.objects.get(pk=neighbour.pk)
        assert apart.protected and not points(apart)
        assert ProtectedDetail.objects.filter(person=apart, kind=DetailKind.EMAIL).count() == 1
    end(again(person) if banned == "survivor" else again(neighbour), clerk, registrar)
    with system_access():
        both = Person.objects.filter(pk__in=(person.pk, neighbour.pk), protected=True)
        assert not both.exists()


def test_bans_of_both_records_are_ended_one_by_one(
    person: Person, neighbour: Person, clerk: User, registrar: User
) -> None:
    with system_access():
        ban(person)
        ban(neighbour)
        merge(person, neighbour, Choices(), reason="Sama henkilö.", now=timezone.now())
    for still in (True, False):
        end(again(person), clerk, registrar)
        with system_access():
            assert Person.objects.get(pk=person.pk).protected is still


def test_a_record_merged_into_the_persons_is_covered_too(person: Person, neighbour: Person) -> None:
    """A merge leaves with the old record what the surviving one has already."""
    with system_access():
        neighbour.merged_into = person
        neighbour.save()
        ban(person)
        old = Person.with_merged.get(pk=neighbour.pk)
        assert old.protected and not points(old)
    with system_access():
        assert f"asukas{neighbour.customer_number}@example.fi" not in payloads()
