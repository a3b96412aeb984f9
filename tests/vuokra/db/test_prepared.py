"""Reads that are compiled once: the same rows, the same record, and the rights of whoever reads."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.db.models import Exists, F, OuterRef, QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from registry.persons.models import ContactPoint, FormerName, Identity, Person
from tests.vuokra.conftest import Reading
from vuokra.access.context import current
from vuokra.access.errors import AccessViolation, NoAccessContext
from vuokra.access.stated import raw_sql
from vuokra.db.prepared import NotPrepared, prepared

PERSON, CONTACT, FORMER = (
    "registry_persons_person",
    "registry_persons_contactpoint",
    "registry_persons_formername",
)
DAY = dt.date(2026, 11, 22)
NAME = "tests_vuokra_db_test_prepared_surnames_%"


def points_of(person_ids: Any, day: Any) -> QuerySet[ContactPoint]:
    held = ContactPoint.objects.filter(person_id__any_of=person_ids, valid_from__lte=day)
    return held.select_related("person").order_by("-id")


def names(person_id: int) -> QuerySet[Person, tuple[int, str]]:
    return Person.objects.filter(pk=person_id).values_list("id", "surname")


def surnames(person_id: int) -> QuerySet[Person, str]:
    return Person.objects.filter(pk=person_id).values_list("surname", flat=True)


def former(person_id: int) -> QuerySet[Person]:
    found = FormerName.objects.filter(person=OuterRef("pk"))
    return Person.objects.filter(pk=person_id).annotate(renamed=Exists(found))


def birth_dates(person_id: int) -> QuerySet[Identity]:
    return Identity.objects.filter(person_id=person_id).only("person_id", "birth_date")


def test_it_gives_the_rows_of_its_queryset(people: list[Person], reading: Reading) -> None:
    chosen = [people[0].pk, people[2].pk]
    with reading():
        expected = list(points_of(chosen, DAY))
        found = prepared(points_of)(chosen, DAY)
        assert found == expected and len(found) == 2
        assert [row.value for row in found] == [row.value for row in expected]
        with CaptureQueriesContext(connection) as captured:
            assert found[0].person.surname == "Petäjäsuo"
        assert not captured
        assert prepared(points_of)([], DAY) == []
        assert prepared(names)(people[1].pk) == [(people[1].pk, "Lehtovaara")]
        assert prepared(surnames)(people[1].pk) == ["Lehtovaara"]
        (person,) = prepared(former)(people[1].pk)
        assert person.renamed is False  # type: ignore[attr-defined]  # annotated


def test_each_run_is_recorded_with_its_own_rows(people: list[Person], reading: Reading) -> None:
    read = prepared(points_of)
    for person in people[:2]:
        with reading() as ctx:
            (point,) = read([person.pk], DAY)
            seen = ctx.seen[CONTACT, "row"]
            assert ctx.subjects == {person.pk}
            assert seen.rows == {point.pk} and "value" in seen.columns
            assert "surname" in ctx.seen[PERSON, "row"].columns
    with reading() as ctx:
        prepared(surnames)(people[2].pk)  # the key is not selected: it is read along
        assert ctx.subjects == {people[2].pk}


def test_whether_there_is_a_row_is_a_probe(people: list[Person], reading: Reading) -> None:
    read = prepared(former)
    for _ in range(2):
        with reading() as ctx:
            read(people[0].pk)
            assert (FORMER, "probe") in ctx.seen


def test_the_rights_are_those_of_whoever_reads(people: list[Person], reading: Reading) -> None:
    read = prepared(birth_dates)
    with reading("SOP"):
        assert len(read(people[0].pk)) == 1
    with reading("HUO"), pytest.raises(AccessViolation):
        read(people[0].pk)


def test_it_is_refused_outside_a_context(people: list[Person], reading: Reading) -> None:
    read = prepared(names)
    with pytest.raises(NoAccessContext):
        read(people[0].pk)
    with reading():
        read(people[0].pk)
    with pytest.raises(NoAccessContext):
        read(people[0].pk)


def test_nothing_of_the_context_gets_into_the_statement(
    people: list[Person], reading: Reading
) -> None:
    @prepared
    def own() -> QuerySet[Person]:
        return Person.objects.filter(pk=current().actor.user_id)

    with reading("SOP") as ctx:
        with pytest.raises(NoAccessContext):
            own()
        assert current() is ctx


@pytest.mark.parametrize("constant", [DAY, timezone.now(), [DAY]])
def test_a_day_of_the_first_run_is_not_kept(
    people: list[Person], reading: Reading, constant: Any
) -> None:
    @prepared
    def since() -> QuerySet[ContactPoint]:
        return ContactPoint.objects.filter(valid_from__any_of=constant)

    with reading(), pytest.raises(NotPrepared):
        since()


def test_what_cannot_be_kept_is_told(people: list[Person], reading: Reading) -> None:
    with reading():
        with pytest.raises(NotPrepared):
            prepared(lambda: Person.objects.values("surname"))()
        with pytest.raises(NotPrepared):
            prepared(lambda: Person.objects.prefetch_related("contact_points"))()


def test_a_named_argument_makes_a_statement_of_its_own(
    people: list[Person], reading: Reading
) -> None:
    @prepared
    def fields(person_id: int, *, named: bool) -> QuerySet[Person]:
        chosen = Person.objects.filter(pk=person_id)
        return chosen.only("public_id", "surname") if named else chosen.only("public_id")

    with reading() as ctx:
        fields(people[0].pk, named=False)
        assert (PERSON, "row") not in ctx.seen or "surname" not in ctx.seen[PERSON, "row"].columns
        fields(people[0].pk, named=True)
        assert "surname" in ctx.seen[PERSON, "row"].columns


def test_a_statement_is_compiled_once(
    people: list[Person], reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    built = []

    @prepared
    def counted(person_id: int) -> QuerySet[Person]:
        built.append(person_id)
        return Person.objects.filter(pk=person_id).annotate(number=F("customer_number"))

    with reading():
        for person in people:
            (row,) = counted(person.pk)
            assert row.number == person.customer_number  # type: ignore[attr-defined]  # annotated
    assert len(built) == 1


def test_the_server_plans_it_once_for_each_connection(
    people: list[Person], reading: Reading
) -> None:
    def planned() -> set[str]:
        with raw_sql("a test"), connection.cursor() as cursor:
            cursor.execute(
                "SELECT statement FROM pg_prepared_statements WHERE name LIKE %s", [NAME]
            )
            return {row[0] for row in cursor.fetchall()}

    read = prepared(surnames)
    with reading():
        before = planned()
        assert [read(person.pk) for person in people[:2]] == [[one.surname] for one in people[:2]]
        (statement,) = planned() - before
    assert "$1" in statement and str(people[0].pk) not in statement


def test_a_value_that_stands_nowhere_is_not_sent(people: list[Person], reading: Reading) -> None:
    def named(day: Any, person_id: Any) -> QuerySet[Person, str]:
        return Person.objects.filter(pk=person_id).values_list("surname", flat=True)

    with reading():
        assert prepared(named)(DAY, people[0].pk) == [people[0].surname]
