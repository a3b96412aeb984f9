"""No read of the ORM escapes: the matrix of every shape a query can have.

Each case runs a read in a context and says what must be recorded: kind, columns, subjects.
"""

from __future__ import annotations

import asyncio
import io
import pickle
import threading
from collections.abc import Callable
from typing import Any

import psycopg2
import pytest
from asgiref.sync import sync_to_async
from django.db import connection
from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.expressions import RawSQL
from django.db.models.functions import Concat, Lag, RowNumber
from django.db.utils import ProgrammingError

from registry.persons.models import ContactPoint, Identity, Person
from tests.vuokra.conftest import Reading
from vuokra.access.context import AccessContext
from vuokra.access.errors import (
    AccessViolation,
    FunctionDenied,
    NoAccessContext,
    RawSqlRefused,
    UnattributedRead,
    UnloggedWrite,
)
from vuokra.access.stated import bulk_write, raw_sql, unattributed

PERSON, CONTACT, IDENTITY = (
    "registry_persons_person",
    "registry_persons_contactpoint",
    "registry_persons_identity",
)
pytestmark = pytest.mark.smoke


def columns(ctx: AccessContext, table: str, kind: str = "row") -> set[str]:
    seen = ctx.seen.get((table, kind))
    return seen.columns if seen else set()


async def _first_name() -> str:
    person = await Person.objects.order_by("sort_key").afirst()
    assert person is not None
    return person.surname


async def _names() -> list[str]:
    return [p.surname async for p in Person.objects.order_by("sort_key")]


# name, read, subjects expected (index of people), table, columns that must be recorded
ATTRIBUTED: list[tuple[str, Callable[[], Any], set[int], str, set[str]]] = [
    ("all", lambda: list(Person.objects.all()), {0, 1, 2}, PERSON, {"surname", "given_names"}),
    ("get", lambda: Person.objects.get(surname="Lehtovaara"), {1}, PERSON, {"surname"}),
    ("first", lambda: Person.objects.order_by("sort_key").first(), {0}, PERSON, {"surname"}),
    ("latest", lambda: Person.objects.latest("sort_key"), {2}, PERSON, {"surname"}),
    ("in_bulk", lambda: Person.objects.in_bulk(), {0, 1, 2}, PERSON, {"surname"}),
    ("iterator", lambda: list(Person.objects.iterator(chunk_size=1)), {0, 1, 2}, PERSON,
     {"surname"}),
    ("base manager", lambda: list(Person._base_manager.all()), {0, 1, 2}, PERSON, {"surname"}),
    ("slice", lambda: list(Person.objects.order_by("sort_key")[1:2]), {1}, PERSON, {"surname"}),
    ("only", lambda: list(Person.objects.only("surname")), {0, 1, 2}, PERSON, {"surname"}),
    ("defer then load", lambda: Person.objects.defer("surname").order_by("sort_key")[0].surname,
     {0}, PERSON, {"surname", "given_names"}),
    ("refresh", lambda: Person.objects.only("id").order_by("id")[0].refresh_from_db(
        fields=["surname"]), {0}, PERSON,
     {"surname"}),
    ("select_related", lambda: list(ContactPoint.objects.select_related("person")), {0, 1, 2},
     PERSON, {"surname"}),
    ("select_related, own", lambda: list(ContactPoint.objects.select_related("person")), {0, 1, 2},
     CONTACT, {"value"}),
    ("lazy foreign key", lambda: ContactPoint.objects.order_by("id")[0].person.surname, {0},
     PERSON, {"surname"}),
    ("prefetch", lambda: list(Person.objects.prefetch_related("contact_points")), {0, 1, 2},
     CONTACT, {"value"}),
    ("values", lambda: list(Person.objects.values("surname")), {0, 1, 2}, PERSON, {"surname"}),
    ("values_list", lambda: list(Person.objects.values_list("surname", "call_name")), {0, 1, 2},
     PERSON, {"surname", "call_name"}),
    ("values_list flat", lambda: list(Person.objects.values_list("surname", flat=True)), {0, 1, 2},
     PERSON, {"surname"}),
    ("values_list named", lambda: list(Person.objects.values_list("surname", named=True)),
     {0, 1, 2}, PERSON, {"surname"}),
    ("relation path", lambda: list(ContactPoint.objects.values_list("person__surname")), {0, 1, 2},
     PERSON, {"surname"}),
    ("reverse path", lambda: list(Person.objects.values_list("contact_points__value")), {0, 1, 2},
     CONTACT, {"value"}),
    ("F annotation", lambda: list(ContactPoint.objects.annotate(n=F("person__surname"))
     .values_list("n")), {0, 1, 2}, PERSON, {"surname"}),
    ("Concat", lambda: list(Person.objects.annotate(n=Concat("surname", Value(" "), "given_names"))
     .values_list("n", flat=True)), {0, 1, 2}, PERSON, {"surname", "given_names"}),
    ("Case", lambda: list(Person.objects.annotate(n=Case(
        When(surname="Lehtovaara", then=F("call_name")), default=F("given_names"),
        output_field=CharField())).values_list("n")), {0, 1, 2}, PERSON,
     {"call_name", "given_names"}),
    ("row number", lambda: list(Person.objects.annotate(n=Window(RowNumber())).values("n",
     "surname")), {0, 1, 2}, PERSON, {"surname"}),
    ("count annotation", lambda: list(Person.objects.annotate(n=Count("contact_points"))),
     {0, 1, 2}, PERSON, {"surname"}),
    ("union of instances", lambda: list(Person.objects.filter(surname="Lehtovaara").union(
        Person.objects.filter(surname="Petäjäsuo"))), {1, 2}, PERSON, {"surname"}),
    ("union of values with key", lambda: list(Person.objects.values_list("id", "surname").union(
        Person.objects.values_list("id", "given_names"))), {0, 1, 2}, PERSON,
     {"surname", "given_names"}),
    ("for update", lambda: list(Person.objects.select_for_update()), {0, 1, 2}, PERSON,
     {"surname"}),
    ("distinct with key", lambda: list(Person.objects.distinct()), {0, 1, 2}, PERSON, {"surname"}),
    ("earliest by relation", lambda: list(Person.objects.order_by("contact_points__value")[:1]),
     {0}, PERSON, {"surname"}),
    ("dates", lambda: list(Identity.objects.values_list("birth_date")), {0, 1, 2}, IDENTITY,
     {"birth_date"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("read", "expected", "table", "needed"),
    [case[1:] for case in ATTRIBUTED],
    ids=[case[0] for case in ATTRIBUTED],
)
def test_attributed_reads(
    people: list[Person],
    reading: Reading,
    read: Callable[[], Any],
    expected: set[int],
    table: str,
    needed: set[str],
) -> None:
    with reading() as ctx:
        read()
    assert ctx.subjects == {people[index].pk for index in expected}
    assert needed <= columns(ctx, table)


@pytest.mark.parametrize(
    "read",
    [case[1] for case in ATTRIBUTED],
    ids=[case[0] for case in ATTRIBUTED],
)
def test_every_shape_is_refused_without_a_context(
    people: list[Person], read: Callable[[], Any]
) -> None:
    with pytest.raises(NoAccessContext):
        read()


def test_hidden_columns_do_not_reach_the_caller(people: list[Person], reading: Reading) -> None:
    with reading():
        assert list(Person.objects.order_by("sort_key").values_list("surname")) == [
            ("Aarnivuori",),
            ("Lehtovaara",),
            ("Petäjäsuo",),
        ]
        assert Person.objects.values("surname").order_by("sort_key").first() == {
            "surname": "Aarnivuori"
        }
        numbers = list(ContactPoint.objects.order_by("id").values_list("value", "person__surname"))
        assert numbers[0] == ("+358401234560", "Aarnivuori")


def _raw_annotation() -> Any:
    return list(Person.objects.annotate(n=RawSQL("surname || %s", [""])).values_list("n"))


UNATTRIBUTED: list[tuple[str, Callable[[], Any], str, set[str]]] = [
    ("Max", lambda: Person.objects.aggregate(Max("surname")), PERSON, {"surname"}),
    ("Max of relation", lambda: list(Person.objects.values("id").annotate(
        m=Max("contact_points__value"))), CONTACT, {"value"}),
    ("distinct values", lambda: list(Person.objects.values_list("surname").distinct()), PERSON,
     {"surname"}),
    ("group by", lambda: list(Person.objects.values("surname").annotate(n=Count("id"))), PERSON,
     {"surname"}),
    ("Subquery", lambda: list(Person.objects.annotate(n=Subquery(ContactPoint.objects.filter(
        person=OuterRef("pk")).values("value")[:1])).values_list("id", "n")), CONTACT, {"value"}),
    ("Lag window", lambda: list(Person.objects.annotate(n=Window(Lag("surname"))).values("id",
     "n")), PERSON, {"surname"}),
    ("union of values", lambda: list(Person.objects.values_list("surname").union(
        Person.objects.values_list("given_names"))), PERSON, {"surname", "given_names"}),
    ("aggregate over subquery", lambda: Person.objects.order_by("id")[:2].aggregate(
        Max("surname")), PERSON, {"surname"}),
    ("filter on a window", lambda: list(Person.objects.annotate(n=Window(RowNumber())).filter(
        n=1).values_list("surname")), PERSON, {"surname"}),
    ("dates of a column", lambda: list(Identity.objects.dates("birth_date", "year")), IDENTITY,
     {"birth_date"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("read", "table", "needed"),
    [case[1:] for case in UNATTRIBUTED],
    ids=[case[0] for case in UNATTRIBUTED],
)
def test_unattributed_reads_need_a_reason(
    people: list[Person],
    reading: Reading,
    read: Callable[[], Any],
    table: str,
    needed: set[str],
) -> None:
    with pytest.raises(UnattributedRead), reading():
        read()
    with reading() as ctx, unattributed("the test asks for it"):
        read()
    assert needed <= columns(ctx, table, "unattributed")
    assert ctx.seen[table, "unattributed"].reasons == {"the test asks for it"}


PROBES: list[tuple[str, Callable[[], Any], str, set[str]]] = [
    ("count", lambda: Person.objects.count(), PERSON, set()),
    ("count with filter", lambda: Person.objects.filter(surname="X").count(), PERSON, {"surname"}),
    ("exists", lambda: Person.objects.filter(surname="X").exists(), PERSON, {"surname"}),
    ("filter by relation", lambda: list(Identity.objects.filter(person__surname="X").values("id")),
     PERSON, {"surname"}),
    ("Exists annotation", lambda: list(Person.objects.annotate(x=Exists(ContactPoint.objects.filter(
        person=OuterRef("pk"), value="1"))).values("id", "x")), CONTACT, {"value"}),
    ("in a subquery", lambda: list(Person.objects.filter(pk__in=ContactPoint.objects.filter(
        value="1").values("person")).values("id")), CONTACT, {"value"}),
    ("negated", lambda: Person.objects.filter(~Q(surname="X")).exists(), PERSON, {"surname"}),
    ("numbers of groups", lambda: list(Person.objects.values("surname").annotate(n=Count("id"))
     .values_list("n")), PERSON, set()),
    ("keys alone", lambda: list(Person.objects.values_list("id")), PERSON, set()),
    ("count of a slice", lambda: Person.objects.filter(surname="X")[:5].count(), PERSON,
     {"surname"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("read", "table", "needed"), [case[1:] for case in PROBES], ids=[case[0] for case in PROBES]
)
def test_questions_without_values_are_probes(
    people: list[Person], reading: Reading, read: Callable[[], Any], table: str, needed: set[str]
) -> None:
    with reading() as ctx:
        read()
    assert (table, "probe") in ctx.seen
    assert needed <= columns(ctx, table, "probe")
    assert "X" not in str(ctx.detail())


def test_async_reads_are_recorded_in_the_same_thread(
    people: list[Person], reading: Reading
) -> None:
    from asgiref.sync import async_to_sync

    with reading() as ctx:
        assert async_to_sync(_first_name)() == "Aarnivuori"
        assert async_to_sync(_names)()[2] == "Petäjäsuo"
    assert ctx.subjects == {person.pk for person in people}


def test_another_thread_has_no_context(people: list[Person], reading: Reading) -> None:
    errors: list[BaseException] = []

    def read() -> None:
        try:
            list(Person.objects.all())
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    with reading():
        thread = threading.Thread(target=read)
        thread.start()
        thread.join()
    assert [type(error) for error in errors] == [NoAccessContext]


def test_a_coroutine_moved_to_another_thread_has_no_context(
    people: list[Person], reading: Reading
) -> None:
    async def read() -> None:
        await sync_to_async(lambda: list(Person.objects.all()), thread_sensitive=False)()

    with reading(), pytest.raises(NoAccessContext):
        asyncio.run(read())


def test_instances_and_querysets_refuse_pickling(people: list[Person], reading: Reading) -> None:
    with reading():
        person = Person.objects.get(pk=people[0].pk)
        with pytest.raises(TypeError, match="not pickled"):
            pickle.dumps(person)
        with pytest.raises(TypeError, match="not pickled"):
            pickle.dumps(Person.objects.all())


RAW: list[tuple[str, Callable[[], Any]]] = [
    ("raw()", lambda: list(Person.objects.raw("SELECT * FROM registry_persons_person"))),
    ("cursor", lambda: _execute("SELECT surname FROM registry_persons_person")),
    ("cursor, unrelated table", lambda: _execute("SELECT 2 + 2")),
    ("DO block", lambda: _execute("DO $$ BEGIN EXECUTE 'SELECT 1'; END $$")),
    ("executemany", lambda: _executemany("SELECT %s", [[1]])),
    ("copy", lambda: _copy()),
    ("callproc", lambda: _callproc()),
    ("RawSQL annotation", _raw_annotation),
    ("extra", lambda: list(Person.objects.extra(select={"n": "surname"}))),
    ("extra where", lambda: list(Person.objects.extra(where=["surname = 'X'"]))),
]


def _execute(sql: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def _executemany(sql: str, rows: list[list[Any]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(sql, rows)


def _copy() -> None:
    with connection.cursor() as cursor:
        cursor.copy_expert("COPY registry_persons_person TO STDOUT", None)


def _callproc() -> None:
    with connection.cursor() as cursor:
        cursor.callproc("version")


@pytest.mark.parametrize("read", [case[1] for case in RAW], ids=[case[0] for case in RAW])
def test_raw_sql_is_refused_without_a_reason(
    people: list[Person], reading: Reading, read: Callable[[], Any]
) -> None:
    with pytest.raises(RawSqlRefused):
        read()
    with reading(), pytest.raises(RawSqlRefused):
        read()


def test_raw_sql_with_a_reason_is_recorded(people: list[Person], reading: Reading) -> None:
    with reading() as ctx, raw_sql("the test asks for it"):
        assert len(_execute("SELECT surname FROM registry_persons_person")) == 3
    assert ctx.seen[PERSON, "raw"].reasons == {"the test asks for it"}


def test_raw_sql_on_people_needs_a_context_besides_the_reason(people: list[Person]) -> None:
    with raw_sql("the test asks for it"), pytest.raises(NoAccessContext):
        _execute("SELECT surname FROM registry_persons_person")


BELOW_THE_ORM = [
    "SELECT surname FROM registry_persons_person",
    "SELECT count(*) FROM registry_persons_person",
    "COPY (SELECT surname FROM registry_persons_person) TO STDOUT",
    "DO $$ BEGIN EXECUTE 'CREATE TEMP TABLE t AS SELECT surname FROM registry_'"
    " || 'persons_person'; END $$",
    'SELECT surname FROM U&"registry_persons_pers\\006fn"',
    "UPDATE registry_persons_person SET surname = 'X'",
    "DELETE FROM registry_persons_person",
    "INSERT INTO registry_persons_person SELECT * FROM registry_persons_person",
    "TRUNCATE registry_persons_person CASCADE",
]


@pytest.mark.parametrize("role", ["vuokra_app", "vuokra_owner"])
def test_the_net_under_it_raises_below_the_orm(
    committed_db: str, reading: Reading, as_role: Callable[[str], Any], role: str
) -> None:
    """Row-level security and the actor trigger stop what never passed through the application."""
    with reading():
        Person.objects.create(surname="Aarnivuori")
    for sql in BELOW_THE_ORM:
        with (
            as_role(role).cursor() as cursor,
            pytest.raises(psycopg2.Error, match=r"no access context|permission denied"),
        ):
            if sql.startswith("COPY"):
                cursor.copy_expert(sql, io.StringIO())
            else:
                cursor.execute(sql)


BULK: list[tuple[str, Callable[[], Any]]] = [
    ("update", lambda: Person.objects.update(surname="X")),
    ("update from F", lambda: Person.objects.update(call_name=F("surname"))),
    ("bulk_create", lambda: Person.objects.bulk_create(
        [Person(surname="A"), Person(surname="B")])),
    ("bulk_create of one", lambda: Person.objects.bulk_create([Person(surname="A")])),
    ("bulk_update", lambda: Person.objects.bulk_update(
        list(Person.objects.all()), ["surname"])),
    ("delete", lambda: ContactPoint.objects.all().delete()),
    ("raw delete", lambda: ContactPoint.objects.all()._raw_delete("default")),
]  # fmt: skip


@pytest.mark.parametrize("write", [case[1] for case in BULK], ids=[case[0] for case in BULK])
def test_bulk_writes_need_a_reason_and_every_row_is_logged(
    people: list[Person], reading: Reading, write: Callable[[], Any]
) -> None:
    from vuokra.access.models import RowChange

    with pytest.raises(UnloggedWrite), reading():
        write()
    with reading() as ctx:
        before = RowChange.objects.filter(bulk=True).count()
        with bulk_write("the test asks for it"):
            write()
        assert RowChange.objects.filter(bulk=True).count() > before
    assert any(kind == "bulk" for _, kind in ctx.seen)


def test_a_saved_instance_is_logged_and_leaves_no_door_open(
    people: list[Person], reading: Reading
) -> None:
    from vuokra.access.models import ChangeEntry

    with reading() as ctx:
        person = people[0]
        person.call_name = "Salli"
        person.save()
        entry = ChangeEntry.objects.latest("at") if hasattr(ChangeEntry, "at") else None
        assert ctx.saving == 0
        with pytest.raises(UnloggedWrite):
            Person.objects.filter(pk=person.pk).update(call_name="Y")
    assert entry is None or entry.object_id == person.pk


def test_a_role_that_fetches_too_much_fails_the_test_run(
    people: list[Person], reading: Reading
) -> None:
    with reading("PAA"), pytest.raises(AccessViolation, match="person"):
        list(Person.objects.only("surname"))
    with reading("SOP") as ctx:
        list(Person.objects.all())
    assert not ctx.alarm


def test_in_use_too_much_is_an_alarm_and_class_d_is_refused(
    people: list[Person], reading: Reading, settings: Any
) -> None:
    settings.ACCESS_STRICT = False
    with reading("PAA") as ctx:
        list(Person.objects.only("surname"))
    assert ctx.alarm
    assert any("surname" in value for value in ctx.notes["over"])
    with pytest.raises(FunctionDenied), reading("PAA"):
        list(Person.objects.only("protected"))


def test_sql_errors_carry_no_values(people: list[Person], reading: Reading) -> None:
    from django.db import IntegrityError, transaction

    with reading():
        first = ContactPoint.objects.order_by("id")[0]
        copy = ContactPoint(
            person_id=first.person_id, kind="phone", value=first.value, valid_from=first.valid_from
        )
        with pytest.raises(IntegrityError) as caught, transaction.atomic():
            copy.save()
    text = f"{caught.value!r} {caught.value.__cause__!r}"
    assert first.value not in text
    assert "persons_contact_once" in text
    assert caught.value.diag.constraint_name == "persons_contact_once"


def test_a_wrong_column_is_still_told(db: None, reading: Reading) -> None:
    with pytest.raises(ProgrammingError, match="nothing_like_it"), reading(), raw_sql("testing it"):
        _execute("SELECT nothing_like_it FROM registry_persons_person")
