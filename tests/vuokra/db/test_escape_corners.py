"""Corners of the ORM through which a value or an answer could pass beside the event."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    FilteredRelation,
    Func,
    Max,
    OuterRef,
    Q,
    Subquery,
    TextField,
    Value,
    When,
    Window,
)
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Coalesce, Concat, RowNumber, Upper

from registry.persons.models import ContactPoint, Identity, Person
from tests.vuokra.conftest import Reading
from vuokra.access.errors import (
    NoAccessContext,
    RawSqlRefused,
    UnattributedRead,
    UnloggedWrite,
)

PERSON, CONTACT = "registry_persons_person", "registry_persons_contactpoint"
NUMBER = "+358401234561"


def _phones() -> Any:
    return ContactPoint.objects.filter(person=OuterRef("pk")).values("value")[:1]


def _of_all(**annotation: Any) -> list[Any]:
    return list(Person.objects.annotate(**annotation).values_list("n", flat=True))


def _of_plain(**annotation: Any) -> list[Any]:
    return list(ContentType.objects.annotate(**annotation).values_list("n", flat=True)[:1])


def _surname() -> Subquery:
    return Subquery(Person.objects.order_by("id").values("surname")[:1])


UNTIED: list[tuple[str, Callable[[], Any]]] = [
    ("outer value in a subquery", lambda: _of_all(n=Subquery(
        ContentType.objects.annotate(s=OuterRef("surname")).values("s")[:1]))),
    ("queryset as annotation", lambda: _of_all(n=_phones())),
    ("queryset in a function", lambda: _of_all(n=Coalesce(_phones(), Value("")))),
    ("value beside a count", lambda: _of_all(
        n=Concat(F("surname"), Cast(Count("contact_points"), CharField())))),
    ("value beside a row number", lambda: _of_all(
        n=Concat(F("surname"), Cast(Window(RowNumber()), CharField())))),
    ("union in a subquery", lambda: _of_plain(n=Subquery(
        Person.objects.order_by().values("public_id").union(
            ContactPoint.objects.order_by().values("value"))[:1]))),
    ("aggregate of a subquery over a slice", lambda: Person.objects.order_by("id")[:2].aggregate(
        n=Max(Subquery(ContactPoint.objects.values("value")[:1])))),
    ("distinct without the subject", lambda: list(
        Identity.objects.values_list("id", "birth_date").distinct())),
    ("union without the subject", lambda: list(
        ContactPoint.objects.order_by().values_list("id", "value").union(
            ContactPoint.objects.order_by().values_list("id", "value")))),
    ("copied by an update", lambda: ContentType.objects.update(model=_surname())),
    ("copied by an insert", lambda: ContentType.objects.create(model="x", app_label=_surname())),
]  # fmt: skip


@pytest.mark.parametrize("read", [case[1] for case in UNTIED], ids=[case[0] for case in UNTIED])
def test_values_that_no_row_owns_are_refused(
    people: list[Person], reading: Reading, read: Callable[[], Any]
) -> None:
    with pytest.raises(UnattributedRead), reading():
        read()


NAMES = "(SELECT string_agg(surname, ',') FROM registry_persons_person)"
RAW: list[tuple[str, Callable[[], Any]]] = [
    ("function by name", lambda: _of_plain(n=Func(
        Value(["aar"]), Value(9), function="registry_persons_find", output_field=TextField()))),
    ("template", lambda: _of_plain(n=Upper("model", template=NAMES))),
    ("template of a subquery", lambda: _of_plain(
        n=Subquery(ContentType.objects.values("model")[:1], template=NAMES))),
    ("in the order", lambda: list(
        Person.objects.order_by(RawSQL(NAMES, [])).values_list("id"))),
    ("in a filtered relation", lambda: list(Person.objects.annotate(c=FilteredRelation(
        "contact_points", condition=Q(contact_points__id=RawSQL("(SELECT 1)", []))))
        .filter(c__isnull=False).values_list("id"))),
    ("explain", lambda: Person.objects.filter(surname="X").explain(analyze=True)),
]  # fmt: skip


@pytest.mark.parametrize("read", [case[1] for case in RAW], ids=[case[0] for case in RAW])
def test_sql_inside_an_expression_needs_a_reason(
    people: list[Person], reading: Reading, read: Callable[[], Any]
) -> None:
    with pytest.raises(RawSqlRefused), reading():
        read()


ASKED: list[tuple[str, Callable[[], Any], str, str]] = [
    ("order by a condition", lambda: list(Person.objects.order_by(
        Case(When(surname="X", then=0), default=1)).values_list("id")), PERSON, "surname"),
    ("filtered relation", lambda: list(Person.objects.annotate(c=FilteredRelation(
        "contact_points", condition=Q(contact_points__value=NUMBER)))
        .filter(c__isnull=False).values_list("id")), CONTACT, "value"),
    ("subquery in a shown condition", lambda: list(Person.objects.annotate(n=Case(When(
        pk__in=ContactPoint.objects.filter(value=NUMBER).values("person"), then=1), default=0))
        .values_list("id", "n")), CONTACT, "value"),
    ("compared with values", lambda: list(ContentType.objects.filter(
        model__in=Person.objects.values("surname"))), PERSON, "surname"),
    ("outer value in a condition", lambda: list(Person.objects.filter(Exists(
        ContentType.objects.filter(model=OuterRef("surname")))).values_list("id")),
     PERSON, "surname"),
    ("condition of an update", lambda: ContentType.objects.filter(Exists(
        Person.objects.filter(surname="X"))).update(model="x"), PERSON, "surname"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("read", "table", "column"), [case[1:] for case in ASKED], ids=[case[0] for case in ASKED]
)
def test_every_question_is_a_probe(
    people: list[Person], reading: Reading, read: Callable[[], Any], table: str, column: str
) -> None:
    with reading() as ctx:
        read()
    assert column in ctx.seen[table, "probe"].columns


def test_a_count_over_a_union_is_a_probe_of_every_part(
    people: list[Person], reading: Reading
) -> None:
    with reading() as ctx:
        ContentType.objects.values("model").union(Person.objects.values("surname")).count()
    assert (PERSON, "probe") in ctx.seen


def test_rows_are_not_handed_over_after_the_context(people: list[Person], reading: Reading) -> None:
    with transaction.atomic():
        with reading():
            rows = Person.objects.iterator(chunk_size=1)
            next(rows)
        with pytest.raises(NoAccessContext):
            next(rows)


@pytest.mark.django_db
def test_models_without_the_base_class_are_seen_too(people: list[Person], reading: Reading) -> None:
    """The tap is keyed by table: a historical or stray model of the same table is recorded."""

    class Stray(models.Model):
        surname = models.CharField(max_length=200)

        class Meta:
            app_label = "tests_stray"
            managed = False
            db_table = PERSON

        def __str__(self) -> str:
            return str(self.pk)

    with reading() as ctx:
        list(Stray.objects.values_list("surname"))
    assert ctx.subjects == {person.pk for person in people}
    with pytest.raises(UnloggedWrite), reading():
        Stray(id=people[0].pk, surname="X").save()
