"""Merging two records of one person, and undoing it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.duplicates import services as duplicates
from registry.duplicates.models import Candidate, Merge, State, StepKind
from registry.duplicates.services import VALUE_FIELDS, Choices, left_alone, undo
from registry.persons import queries, services
from registry.persons.models import (
    Address,
    AddressKind,
    ContactKind,
    ContactPoint,
    FormerCode,
    FormerCodeReason,
    FormerName,
    Identity,
    NameChangeReason,
    Person,
    Source,
)
from registry.persons.services import Names, PostalAddress
from registry.protection.models import DetailKind, ProtectedDetail
from registry.protection.services import record_ban
from tests.people import system_access
from tests.registry.duplicates.conftest import (
    OTHER_CODE,
    REASON,
    UNDO_REASON,
    merged,
    now,
    state_of,
    twin,
)
from tests.registry.persons.conftest import CODE, TODAY, invented
from vuokra.access.context import Actor
from vuokra.access.errors import FunctionDenied
from vuokra.access.models import AccessEvent
from vuokra.policy.groups import Group
from vuokra.policy.rights import RIGHTS
from vuokra.policy.roles import Role

pytestmark = pytest.mark.django_db
Both = tuple[Person, Person]


def refused(code: str) -> Any:
    return pytest.raises(ValidationError, check=lambda e: code in {x.code for x in e.error_list})


@pytest.mark.smoke
def test_everything_of_the_merged_record_is_the_survivors(both: Both) -> None:
    older, newer = both
    with system_access():
        merged(older, newer)
        points = ContactPoint.objects.filter(person=older)
        assert {point.kind for point in points} == {ContactKind.PHONE, ContactKind.EMAIL}
        assert points.count() == 3
        homes = Address.objects.filter(person=older).order_by("valid_from")
        assert [home.street for home in homes] == ["Koulukatu 5 A 2", "Suokuja 3"]
        assert homes[0].valid_to == date(2025, 4, 30)
        assert Identity.objects.get(person=older).hetu.reveal() == CODE
        assert Person.with_merged.get(pk=newer.pk).merged_into == older
        assert not Person.objects.filter(pk=newer.pk).exists()


def test_both_codes_and_both_numbers_find_the_survivor(both: Both) -> None:
    older, newer = both
    with system_access():
        merged(older, newer)
        for code in (CODE, OTHER_CODE):
            assert [person.pk for person in queries.find_by_hetu(code).persons] == [older.pk]
        for text in (str(newer.customer_number), "toinen@example.fi", "Lehtovaara Marjukka"):
            assert [p.pk for p in queries.find(text, today=TODAY).persons] == [older.pk]


def test_the_merged_records_identity_and_values_can_be_taken(both: Both) -> None:
    older, newer = both
    taken = Choices(frozenset(VALUE_FIELDS), identity=True, other_code=FormerCodeReason.CHANGED)
    with system_access():
        merged(older, newer, taken)
        older.refresh_from_db()
        assert (older.given_names, older.customer_since) == ("Marjukka", date(2025, 5, 1))
        assert older.sort_key == older.computed_sort_key
        assert Identity.objects.get(person=older).hetu.reveal() == OTHER_CODE
        former = FormerCode.objects.get(person=older)
        assert (former.hetu.reveal(), former.reason) == (CODE, FormerCodeReason.CHANGED)
        assert not Identity.objects.get(person=newer).active


def test_an_identity_moves_when_the_survivor_has_none(both: Both) -> None:
    older, newer = both
    with system_access():
        Identity.objects.get(person=older).delete()
        merged(older, newer)
        identity = Identity.objects.get(person=older)
        assert (identity.hetu.reveal(), identity.active) == (OTHER_CODE, True)


def former_names(person: Person) -> list[tuple[str, str]]:
    found = FormerName.objects.filter(person=person).order_by("pk")
    return [(former.surname, former.given_names) for former in found]


@pytest.mark.parametrize("taken", [frozenset(), frozenset({"surname", "given_names"})])
def test_the_name_that_goes_is_kept_as_a_former_one(both: Both, taken: frozenset[str]) -> None:
    """A customer may give the name of either record; an undo takes it away again."""
    older, newer = both
    with system_access():
        services.change_person(
            newer, Names("Aarnivuori", "Marjukka"), language=newer.language, customer_since=None,
            reason=NameChangeReason.MISTAKE,
        )  # fmt: skip
        done = merged(older, newer, Choices(taken))
        gone = ("Lehtovaara", "Marjukka Anneli") if taken else ("Aarnivuori", "Marjukka")
        assert former_names(older) == [gone]
        assert [one.pk for one in queries.find(gone[0], today=TODAY).persons] == [older.pk]
        undo(done, reason=UNDO_REASON, now=now())
        assert former_names(older) == [] == former_names(newer)


def test_a_shorter_form_of_the_same_name_is_no_former_one(both: Both) -> None:
    older, newer = both
    with system_access():
        merged(older, newer)
        assert former_names(older) == []


def test_a_former_name_known_already_is_not_kept_twice(both: Both) -> None:
    older, newer = both
    with system_access():
        for surname in ("Aarnivuori", "Lehtovaara"):
            services.change_person(
                older, Names(surname, "Marjukka Anneli"), language=older.language,
                customer_since=None,
            )  # fmt: skip
        services.change_person(
            newer, Names("Aarnivuori", "Marjukka"), language=newer.language, customer_since=None,
            reason=NameChangeReason.MISTAKE,
        )  # fmt: skip
        before = former_names(older)
        merged(older, newer)
        assert former_names(older) == before


def test_the_same_number_is_not_taken_twice(both: Both) -> None:
    older, newer = both
    with system_access():
        phone = older.contact_points.get(kind=ContactKind.PHONE)
        services.add_contact_point(
            newer, ContactKind.PHONE, phone.value, source=Source.PERSON, valid_from=TODAY
        )
        done = merged(older, newer)
        assert ContactPoint.objects.filter(person=older, kind=ContactKind.PHONE).count() == 1
        assert done.steps.filter(kind=StepKind.STAYED, model="registry_persons.ContactPoint")


def test_the_journal_holds_no_contact_details_and_no_codes(both: Both) -> None:
    older, newer = both
    with system_access():
        done = merged(older, newer, Choices(frozenset(VALUE_FIELDS), identity=True))
        kept = {value for step in done.steps.all() for value in (step.before, step.after)}
    text = " ".join(kept)
    for value in (CODE, OTHER_CODE, "toinen@example.fi", "Koulukatu", "Suokuja", "150685"):
        assert value not in text
    assert "Marjukka Anneli" in kept


def test_both_are_subjects_of_the_event(both: Both) -> None:
    older, newer = both
    with system_access() as ctx:
        merged(older, newer)
    with system_access():
        event = AccessEvent.objects.get(access_id=ctx.id)
        assert set(event.subjects) == {older.pk, newer.pk}


def test_a_merge_needs_a_reason_and_two_living_records(both: Both) -> None:
    older, newer = both
    with system_access():
        with refused("reason"):
            duplicates.merge(older, newer, Choices(), reason="ei", now=now())
        with refused("hetu_in_text"):
            duplicates.merge(older, newer, Choices(), reason=f"Tunnus {CODE} kahdella", now=now())
        merged(older, newer)
        with refused("merged_already"):
            merged(older, newer)
        with refused("merged_already"):
            merged(newer, older)


def test_an_undo_under_a_later_ban_opens_nothing(both: Both) -> None:
    """The rows that the merge moved lie sealed with the survivor: they are told to be left."""
    older, newer = both
    with system_access():
        phone = older.contact_points.get(kind=ContactKind.PHONE)
        services.add_contact_point(
            newer, ContactKind.PHONE, phone.value, source=Source.PERSON, valid_from=TODAY
        )
        done = merged(older, newer)
        record_ban(
            older, valid_from=TODAY, valid_until=None, source=Source.PERSON, covers_household=False
        )
        assert not ContactPoint.objects.filter(person__in=both).exists()
        assert not Address.objects.filter(person__in=both).exists()
        assert {one.what for one in left_alone(done)} >= {"Yhteystiedot", "Osoitteet"}
        undo(done, reason=UNDO_REASON, now=now())
        assert not ContactPoint.objects.filter(person__in=both).exists()
        assert Person.objects.filter(pk__in=[one.pk for one in both], protected=True).count() == 2


def sealed_detail(person: Person) -> ProtectedDetail:
    """A telephone number that an earlier ban left sealed for the person."""
    detail = ProtectedDetail(
        person=person, kind=DetailKind.PHONE, source=Source.PERSON, valid_from=TODAY
    )
    detail.content = "+358491230000"
    detail.save(force_insert=True)
    return detail


def test_what_is_sealed_for_a_person_is_sealed_anew_for_the_other(both: Both) -> None:
    older, newer = both
    with system_access():
        detail = sealed_detail(newer)
        done = merged(older, newer)
        moved = ProtectedDetail.objects.get(pk=detail.pk)
        assert (moved.person_id, moved.content.reveal()) == (older.pk, "+358491230000")
        undo(done, reason=UNDO_REASON, now=now())
        back = ProtectedDetail.objects.get(pk=detail.pk)
        assert (back.person_id, back.content.reveal()) == (newer.pk, "+358491230000")


def test_a_role_that_may_not_open_what_is_sealed_may_not_move_it(
    both: Both, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody who may merge lacks that right today; the table of rights may change."""
    monkeypatch.delitem(RIGHTS[Role.HAK], Group.PROTECTED_CONTACT)
    with system_access():
        sealed_detail(both[1])
    actor = Actor(key="user:1", roles=frozenset({Role.HAK.value}))
    with system_access(actor), refused("right"):
        merged(*both)
    with system_access():
        assert not Merge.objects.exists()
        assert Person.objects.count() == 2


@pytest.mark.parametrize("role", [Role.VAL, Role.TAL, Role.HUO, Role.JOH, Role.ASN])
def test_a_role_without_the_right_may_not_merge(both: Both, role: Role) -> None:
    actor = Actor(key="user:1", user_id=1, roles=frozenset({role.value}))
    with pytest.raises(FunctionDenied), system_access(actor):
        merged(*both)
    with system_access():
        assert not Merge.objects.exists()


def test_undo_brings_both_back(both: Both) -> None:
    older, newer = both
    ids = (older.pk, newer.pk)
    with system_access():
        before = state_of(ids)
        done = merged(older, newer, Choices(frozenset(VALUE_FIELDS), identity=True))
        assert state_of(ids) != before
        assert undo(done, reason=UNDO_REASON, now=now()) == []
        assert state_of(ids) == before
        found = queries.find("Lehtovaara", today=TODAY).persons
        assert {person.pk for person in found} == set(ids)


def test_undo_leaves_alone_what_was_changed_since_and_says_so(both: Both) -> None:
    older, newer = both
    with system_access():
        done = merged(older, newer, Choices(frozenset({"given_names"})))
        third = invented("Petäjäsuo", "Iida", "311299-903B")
        ContactPoint.objects.get(value="toinen@example.fi").delete()
        home = Address.objects.get(person=older, street="Koulukatu 5 A 2")
        home.valid_to = date(2025, 1, 31)
        home.save()
        older.refresh_from_db()
        older.given_names = "Marjukka Aino"
        older.save()
        told = left_alone(done)
        assert {left.kind for left in told} == {StepKind.MOVED, StepKind.SET, StepKind.VALUE}
        assert all(left.text and left.count == 1 for left in told)
        assert undo(done, reason=UNDO_REASON, now=now()) == told
        older.refresh_from_db()
        home.refresh_from_db()
        assert (older.given_names, home.valid_to) == ("Marjukka Aino", date(2025, 1, 31))
        assert Person.objects.get(pk=newer.pk).given_names == "Marjukka"
        assert third.contact_points.count() == 2


def test_undo_ends_after_thirty_days_and_happens_once(both: Both) -> None:
    with system_access():
        done = merged(*both)
        with refused("too_late"):
            undo(done, reason=UNDO_REASON, now=now() + timedelta(days=31))
        undo(done, reason=UNDO_REASON, now=now() + timedelta(days=30))
        with refused("undone"):
            undo(done, reason=UNDO_REASON, now=now())


def test_undo_waits_for_a_later_merge_to_be_undone_first(both: Both) -> None:
    older, newer = both
    with system_access():
        third = invented("Lehtovaara", "Marjukka", "311299-903B")
        first = merged(older, newer)
        second = merged(third, older)
        with refused("merged_since"):
            undo(first, reason=UNDO_REASON, now=now())
        assert queries.person_by_public_id(newer.public_id) == third
        undo(second, reason=UNDO_REASON, now=now())
        undo(first, reason=UNDO_REASON, now=now())
        assert Person.objects.count() == 3


def test_the_pair_is_decided_and_opened_again(both: Both, pair: Candidate) -> None:
    older, newer = both
    with system_access():
        done = duplicates.merge(older, newer, Choices(), reason=REASON, now=now(), pair=pair)
        assert Candidate.objects.get().state == State.MERGED
        undo(done, reason=UNDO_REASON, now=now())
        assert Candidate.objects.get().state == State.OPEN


DAYS = st.dates(date(2024, 3, 1), date(2026, 6, 1))


@st.composite
def details(draw: st.DrawFn) -> list[tuple[date, bool]]:
    """Days on which a record's further homes begin, and whether each also brings a number."""
    days = draw(st.lists(DAYS, unique=True, max_size=3))
    return [(day, draw(st.booleans())) for day in sorted(days)]


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    mine=details(),
    theirs=details(),
    fields=st.frozensets(st.sampled_from(VALUE_FIELDS)),
    identity=st.booleans(),
    code=st.sampled_from([OTHER_CODE, ""]),
    turned=st.booleans(),
)
def test_merge_then_undo_changes_nothing(
    db: None,
    mine: list[tuple[date, bool]],
    theirs: list[tuple[date, bool]],
    fields: frozenset[str],
    identity: bool,
    code: str,
    turned: bool,
) -> None:
    """The property: all registered tables hold the same rows for both after an undo."""
    from django.db import transaction

    with transaction.atomic(), system_access():
        one, other = invented(), twin(code)
        for person, homes in ((one, mine), (other, theirs)):
            for number, (day, with_phone) in enumerate(homes):
                _add(person, day, number if with_phone else None)
        ids = (one.pk, other.pk)
        survivor, gone = (other, one) if turned else (one, other)
        before = state_of(ids)
        done = merged(survivor, gone, Choices(fields, identity))
        after = state_of(ids)
        moved = after["registry_persons.FormerCode"]
        assert all(row["person_id"] == survivor.pk for row in moved)
        assert undo(done, reason=UNDO_REASON, now=now()) == []
        assert state_of(ids) == before
        transaction.set_rollback(True)


def _add(person: Person, day: date, number: int | None) -> None:
    taken = Address.objects.filter(person=person, valid_from__gte=day).exists()
    if not taken:
        services.add_address(
            person, AddressKind.HOME, PostalAddress(f"Kellokatu {day.day}", "97999", "Hillakoski"),
            source=Source.PERSON, valid_from=day,
        )  # fmt: skip
    if number is not None:
        services.add_contact_point(
            person, ContactKind.PHONE, f"04912345{number}0", source=Source.PERSON, valid_from=day
        )
