"""Likely duplicates over the whole register: the same pairs as the rule finds one by one."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.duplicates import queries
from registry.duplicates import services as duplicates
from registry.duplicates.models import GROUND_TEXTS, Candidate, Origin, State
from registry.persons import services
from registry.persons.likeness import Ground, likeness, traits
from registry.persons.models import ContactKind, IdentityKind, Person, Source
from registry.persons.services import Code, Names
from registry.protection.services import record_ban
from tests.people import system_access
from tests.registry.duplicates.conftest import now
from tests.registry.persons.conftest import SINCE, TODAY
from vuokra.access.context import Actor
from vuokra.access.errors import ObjectDenied
from vuokra.policy.roles import Role

pytestmark = pytest.mark.django_db
BORN = (None, date(1985, 6, 15), date(1985, 6, 16))
PHONES = (None, "+358491234567", "+358491234568")
Record = tuple[str, str, date | None, str | None]

RECORDS = st.lists(
    st.tuples(
        st.sampled_from(
            ["Mäkelä", "Makela", "Laine-Virta", "Virta Laine", "Aino", "", "O'Dun (Salo)"]
        ),
        st.sampled_from(
            [
                "Aino",
                "aino Maria",
                "Maria",
                "Anna-Liisa",
                "Mäkelä",
                "Helena Aino",
                "Aino_Maria",
                "Aino [Helena]",
            ]
        ),
        st.sampled_from(BORN),
        st.sampled_from(PHONES),
    ),
    min_size=2,
    max_size=7,
)


def register(surname: str, given_names: str, born: date | None, phone: str | None) -> Person:
    identity = Code(IdentityKind.BIRTH_DATE, birth_date=born) if born else None
    person = services.register_person(Names(surname, given_names), today=TODAY, identity=identity)
    if phone:
        services.add_contact_point(
            person, ContactKind.PHONE, phone, source=Source.PERSON, valid_from=SINCE
        )
    return person


def found() -> dict[tuple[int, int], set[str]]:
    return {(c.first_id, c.second_id): set(c.grounds) for c in Candidate.objects.all()}


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(RECORDS)
def test_the_register_is_compared_as_the_rule_compares(db: None, records: list[Record]) -> None:
    with transaction.atomic(), system_access():
        people = [(register(*record), record) for record in records]
        expected = {}
        for (one, mine), (other, theirs) in combinations(people, 2):
            grounds = likeness(
                traits(mine[0], mine[1], mine[2], filter(None, [mine[3]])),
                traits(theirs[0], theirs[1], theirs[2], filter(None, [theirs[3]])),
            )
            if grounds:
                expected[one.pk, other.pk] = {ground.value for ground in grounds}
        duplicates.find_likely(today=TODAY)
        assert found() == expected
        transaction.set_rollback(True)


def pair_of_two() -> tuple[Person, Person]:
    born = BORN[1]
    return (
        register("Aarnilinna", "Veikko Saimi", born, None),
        register("Aarnilinna", "Veikko", born, None),
    )


def test_a_pair_is_found_once_and_goes_when_the_name_is_mended() -> None:
    with system_access():
        one, other = pair_of_two()
        assert duplicates.find_likely(today=TODAY) == 1
        assert duplicates.find_likely(today=TODAY) == 0
        assert found() == {(one.pk, other.pk): {Ground.BIRTH_NAME, Ground.GIVEN_MISSING}}
        other.surname = "Aarnivuori"
        other.save()
        duplicates.find_likely(today=TODAY)
        assert found() == {}


def test_two_people_are_never_proposed_again() -> None:
    with system_access():
        pair_of_two()
        duplicates.find_likely(today=TODAY)
        pair = Candidate.objects.get()
        with pytest.raises(ValidationError):
            duplicates.mark_not_same(pair, reason="ei", now=now())
        duplicates.mark_not_same(pair, reason="Kaksoset, eri henkilöt.", now=now())
        duplicates.find_likely(today=TODAY)
        pair.refresh_from_db()
        assert (pair.state, Candidate.objects.count()) == (State.NOT_SAME, 1)
        assert pair.decided_at is not None
        assert not queries.pairs(State.OPEN).exists()


def test_a_pair_that_a_clerk_chose_stays_until_decided() -> None:
    with system_access():
        one = register("Aarnilinna", "Veikko", None, None)
        other = register("Petäjäsuo", "Iida", None, None)
        duplicates.choose_pair(other, one, Origin.CHOSEN)
        duplicates.find_likely(today=TODAY)
        assert list(found()) == [(one.pk, other.pk)]
        with pytest.raises(ValidationError):
            duplicates.choose_pair(one, one, Origin.CHOSEN)


def test_protected_people_are_not_matched_by_contact_nor_listed_without_the_right() -> None:
    with system_access():
        one = register("Salo", "Aino", BORN[1], PHONES[1])
        other = register("Salo", "Aino", BORN[2], PHONES[1])
        third = register("Salo", "Aino", BORN[1], None)
        record_ban(
            one, valid_from=TODAY, valid_until=None, source=Source.PERSON, covers_household=False
        )
        duplicates.find_likely(today=TODAY)
        assert list(found()) == [(one.pk, third.pk)]
        assert other.pk
    for role, seen in ((Role.VAL, 0), (Role.SOP, 1)):
        actor = Actor(key="user:1", user_id=1, roles=frozenset({role.value}))
        with system_access(actor):
            assert queries.pairs(State.OPEN).count() == seen


def test_a_pair_found_by_a_telephone_before_a_ban_is_out_of_sight_after_it() -> None:
    with system_access():
        one = register("Salo", "Aino", BORN[1], PHONES[1])
        register("Salo", "Aino", BORN[2], PHONES[1])
        duplicates.find_likely(today=TODAY)
        pair = Candidate.objects.get()
        assert pair.grounds == [Ground.CONTACT]
    keeper = Actor(key="user:1", user_id=1, roles=frozenset({Role.SOP.value}))
    with system_access(keeper):
        assert queries.pairs(State.OPEN).count() == 1
        assert queries.pair_by_id(pair.pk).pk == pair.pk
    with system_access():
        record_ban(
            one, valid_from=TODAY, valid_until=None, source=Source.PERSON, covers_household=False
        )
    with system_access(keeper):
        assert queries.pairs(State.OPEN).count() == 0
        with pytest.raises(ObjectDenied):
            queries.pair_by_id(pair.pk)


def test_every_ground_has_words() -> None:
    assert set(GROUND_TEXTS) == set(Ground)
