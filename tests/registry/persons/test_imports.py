"""Importing people: rules of the forms, the register, all or nothing, the same file again."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from registry.persons import rules
from registry.persons import services as person_services
from registry.persons.imports import COLUMNS, IMPORTER
from registry.persons.models import (
    Address,
    ContactPoint,
    ExternalId,
    Identity,
    IdentityKind,
    NoticeDuty,
    Person,
    Source,
)
from registry.persons.services import Code, Names
from tests.people import system_access
from tests.registry.persons.conftest import TODAY
from vuokra.access.codes import Action, Surface
from vuokra.access.context import Actor, open_access
from vuokra.access.errors import FunctionDenied, UnloggedWrite
from vuokra.access.models import AccessEvent, RowChange
from vuokra.access.stated import bulk_write
from vuokra.crypto.blind import blind
from vuokra.db.bulk import insert_many, update_many
from vuokra.imports import services
from vuokra.imports.models import ImportRun, State
from vuokra.imports.registry import Report, Stage
from vuokra.policy.roles import Purpose

HEADERS = ("Vanha tunnus", "Sukunimi", "Etunimet", "Henkilötunnus", "Syntymäaika", "Puhelin",
           "Sähköposti", "Katuosoite", "Postinumero", "Postitoimipaikka", "Lähde")  # fmt: skip
MERI = ("A-1", "Mallikas", "Meri Orvokki", "150685-906N", "", "049 000 0001", "meri@example.fi",
        "Koskikatu 1", "97999", "Hillakoski", "asiakas itse")  # fmt: skip
ONNI = ("A-2", "Öhrnvik", "Onni", "", "15.6.1985", "", "", "", "", "", "")
VARPU = ("", "Åkerstrand", "Varpu", "010203A911D", "", "", "", "", "", "", "")

pytestmark = pytest.mark.django_db


def csv_file(*rows: tuple[str, ...], headers: tuple[str, ...] = HEADERS) -> io.BytesIO:
    lines = [";".join(row) for row in (headers, *rows)]
    return io.BytesIO("\r\n".join(lines).encode())


def told(stage: Stage, done: int, total: int) -> None:
    assert 0 <= done <= max(total, done)


def run(*rows: tuple[str, ...], headers: tuple[str, ...] = HEADERS, dry_run: bool = False,
        actor: Actor | None = None) -> tuple[ImportRun, Report]:  # fmt: skip
    with open_access(
        actor or Actor.system("test"),
        purpose=Purpose.SOPIMUS,
        action=Action.IMPORT,
        surface=Surface.SHELL,
    ):
        made, result = services.import_now(
            IMPORTER, csv_file(*rows, headers=headers), today=TODAY, tell=told, dry_run=dry_run
        )
    return made, result.report


def one(**values: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Headers and row of a person with these columns over an ordinary one's."""
    titles = {column.code: column.finnish for column in COLUMNS}
    cells = {"external_id": "X-1", "surname": "Mallikas"} | values
    return tuple(titles[code] for code in cells), tuple(cells.values())


def faults(**values: str) -> list[tuple[int, str, str]]:
    headers, row = one(**values)
    _made, report = run(row, headers=headers)
    return [(note.row, note.column, note.text) for note in report.notes if not note.warning]


@pytest.fixture
def register() -> Iterator[None]:
    with system_access():
        yield


def test_a_file_becomes_people_with_their_details() -> None:
    made, report = run(MERI, ONNI, VARPU)
    assert (made.state, made.rows, made.new, made.known) == (State.DONE, 3, 3, 0)
    assert not report.notes
    with system_access():
        meri = Person.objects.get(surname="Mallikas")
        assert (meri.given_names, meri.language) == ("Meri Orvokki", "fi")
        identity = Identity.objects.get(person=meri)
        assert identity.hetu is not None
        assert identity.hetu.reveal() == "150685-906N"
        assert (identity.kind, identity.birth_date) == (IdentityKind.HETU, date(1985, 6, 15))
        assert Identity.objects.get(hetu_index=blind("hetu", "150685-906N")).person_id == meri.pk
        points = dict(ContactPoint.objects.filter(person=meri).values_list("kind", "value"))
        assert points == {"phone": "+358490000001", "email": "meri@example.fi"}
        address = Address.objects.get(person=meri)
        assert (address.street, address.valid_from) == ("Koskikatu 1", TODAY)
        assert address.source == Source.PERSON
        assert ExternalId.objects.get(value="A-1").person_id == meri.pk
        onni = Identity.objects.get(person__surname="Öhrnvik")
        assert (onni.kind, onni.birth_date) == (IdentityKind.BIRTH_DATE, date(1985, 6, 15))


@pytest.mark.parametrize(
    ("source", "to_inform"),
    [
        ("Digi- ja väestötietovirasto", [Source.POPULATION_REGISTER]),
        ("Muu viranomainen tai yritys", [Source.OTHER]),
        ("Asuntohakemus", []),
        ("asiakas itse", []),
        ("", []),
    ],
)
def test_who_was_told_of_by_another_is_to_be_informed(source: str, to_inform: list[Source]) -> None:
    headers, row = one(source=source)
    for _time in range(2):
        made, _report = run(row, headers=headers)
        with system_access():
            assert [duty.source for duty in NoticeDuty.objects.all()] == to_inform
    assert (made.new, made.known) == (0, 1)


def test_the_same_file_again_changes_nothing() -> None:
    run(MERI, ONNI, VARPU)
    with system_access():
        before = RowChange.objects.filter(table_name__startswith="registry_persons").count()
    made, report = run(MERI, ONNI, VARPU)
    assert (made.new, made.known, report.notes) == (0, 3, [])
    with system_access():
        after = RowChange.objects.filter(table_name__startswith="registry_persons").count()
        assert Person.objects.count() == 3
    assert after == before


def test_people_known_by_name_and_birth_date_alone_are_not_doubled() -> None:
    row = ("", "Öhrnvik", "Onni", "", "15.6.1985", *[""] * 6)
    run(row)
    made, _report = run(("", "öhrnvik ", "ONNI", "", "1985-06-15", *[""] * 6))
    assert (made.new, made.known) == (0, 1)


def test_one_bad_row_and_nothing_is_imported() -> None:
    bad = ("A-3", "Virhe", "Veera", "150685-906P", *[""] * 7)
    made, report = run(MERI, bad, VARPU)
    assert made.state == State.REFUSED
    assert [(note.row, note.column) for note in report.notes] == [(3, "hetu")]
    with system_access():
        assert not Person.objects.exists()
        finding = made.findings.get()
        assert (finding.row, finding.column) == (3, "Henkilötunnus")
        assert "906P" not in finding.text


def test_a_mended_file_brings_what_is_missing() -> None:
    run(MERI)
    made, _report = run(MERI, VARPU)
    assert (made.new, made.known) == (1, 1)


def test_a_dry_run_writes_nobody() -> None:
    made, _report = run(MERI, dry_run=True)
    assert (made.new, made.state) == (1, State.DISCARDED)
    with system_access():
        assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("values", "column"),
    [
        ({"surname": ""}, "surname"),
        ({"surname": "x" * 201}, "surname"),
        ({"surname": "150685-906N"}, "surname"),
        ({"hetu": "290200-904F"}, "hetu"),
        ({"hetu": "290201A904R"}, "hetu"),
        ({"hetu": "310403A9045"}, "hetu"),
        ({"hetu": "150685-906P"}, "hetu"),
        ({"hetu": "150685G906N"}, "hetu"),
        ({"hetu": "150685906N"}, "hetu"),
        ({"hetu": "150685 906N"}, "hetu"),
        ({"hetu": "010127A900E"}, "hetu"),
        ({"hetu": "150685-906N", "birth_date": "16.6.1985"}, "birth_date"),
        ({"hetu": "150685-906N", "identity_kind": "syntymäaika"}, "hetu"),
        ({"identity_kind": "henkilötunnus"}, "hetu"),
        ({"identity_kind": "passi"}, "identity_kind"),
        ({"identity_kind": "syntymäaika"}, "birth_date"),
        ({"birth_date": "31.2.1985"}, "birth_date"),
        ({"birth_date": "1.1.2100"}, "birth_date"),
        ({"birth_date": "1.1.1700"}, "birth_date"),
        ({"language": "venäjä"}, "language"),
        ({"customer_since": "eilen"}, "customer_since"),
        ({"phone": "040 x12", "source": "muu"}, "phone"),
        ({"email": "ei ole", "source": "muu"}, "email"),
        ({"phone": "049 000 0001"}, "source"),
        ({"phone": "049 000 0001", "source": "naapuri"}, "source"),
        ({"street": "Katu 1", "town": "Hillakoski", "source": "muu"}, "postal_code"),
        ({"street": "Katu 1", "postal_code": "97999", "source": "muu"}, "town"),
        ({"street": "K", "town": "H", "postal_code": "1", "country": "Ruotsi", "source": "muu"},
         "country"),
        ({"street": "150685-906N", "town": "H", "postal_code": "97999", "source": "muu"},
         "street"),
        ({"external_id": "150685-906N"}, "external_id"),
        ({"external_id": "x" * 65}, "external_id"),
        ({"external_id": ""}, "hetu"),
    ],
)  # fmt: skip
def test_what_the_forms_refuse_is_told_at_the_row_and_column(
    values: dict[str, str], column: str
) -> None:
    found = faults(**values)
    assert (2, column) in {(row, where) for row, where, _text in found}
    typed = [v for name, v in values.items() if len(v) > 6 and name != "identity_kind"]
    assert not any(value in text for _row, _column, text in found for value in typed)


@pytest.mark.parametrize(
    ("typed", "form"),
    [("150685–906N", "••••••-•••N"), ("150685−906n", "••••••-•••N"), ("１５０６８５-906N", "-•••N"),
     ("150685-906N\u200b", "-•••N"), ("150685y906n", "••••••Y•••N")],
)  # fmt: skip
def test_a_code_with_a_look_alike_dash_is_shown_corrected(typed: str, form: str) -> None:
    headers, row = one(hetu=typed)
    made, report = run(row, headers=headers)
    (note,) = report.notes
    assert note.warning
    assert form in note.text
    assert made.state == State.DONE
    with system_access():
        assert Identity.objects.filter(hetu_index=blind("hetu", note_code(typed))).exists()


def note_code(typed: str) -> str:
    return "150685Y906N" if "y" in typed else "150685-906N"


def test_the_separator_is_identity() -> None:
    made, report = run(
        ("1", "Mallikas", "Meri", "150685-906N", *[""] * 7),
        ("2", "Mallikas", "Meri", "150685Y906N", *[""] * 7),
    )
    assert (made.new, report.notes) == (2, [])


@pytest.mark.parametrize(
    ("second", "column"),
    [
        (("A-1", "Toinen", "Tea", "010203A911D"), "external_id"),
        (("B-1", "Toinen", "Tea", "150685-906N"), "hetu"),
    ],
)
def test_the_same_person_twice_in_a_file(second: tuple[str, ...], column: str) -> None:
    _made, report = run(MERI, (*second, *[""] * 7))
    assert [(note.row, note.column) for note in report.notes] == [(3, column)]
    assert "rivillä 2" in report.notes[0].text


def test_a_code_of_somebody_of_another_name_is_for_a_human() -> None:
    with system_access():
        person_services.register_person(
            Names("Toinen", "Tea"), today=TODAY, identity=Code(IdentityKind.HETU, "150685-906N")
        )
    made, report = run(MERI)
    assert made.state == State.REFUSED
    assert [(note.row, note.column) for note in report.notes] == [(2, "hetu")]
    assert "Toinen" not in report.notes[0].text
    with system_access():
        assert Person.objects.count() == 1


def test_an_old_id_and_a_code_of_two_people_is_an_error() -> None:
    run(MERI, VARPU)
    _made, report = run(("A-1", "Mallikas", "Meri Orvokki", "010203A911D", *[""] * 7))
    assert [(note.row, note.column) for note in report.notes] == [(2, "hetu")]


def test_a_namesake_of_the_same_birth_date_is_pointed_out_and_imported() -> None:
    run(("", "Öhrnvik", "Onni", "", "15.6.1985", *[""] * 6))
    made, report = run(("B-9", "Öhrnvik", "Onni", "", "15.6.1985", *[""] * 6))
    assert made.new == 1
    assert [(note.row, note.column, note.warning) for note in report.notes] == [
        (2, "surname", True)
    ]


def test_DP_A55_a_real_code_is_refused_in_the_demo() -> None:
    day, number = "150685", "123"
    found = faults(hetu=f"{day}-{number}{rules.hetu_check_character(day, number)}")
    assert [(row, column) for row, column, _text in found] == [(2, "hetu")]


def test_a_code_of_900_in_use_needs_its_kind(settings: Any) -> None:
    settings.DEMO = False
    assert faults(hetu="150685-906N")
    assert not faults(hetu="150685-906N", identity_kind="keinotunnus")
    with system_access():
        assert Identity.objects.get().artificial


@pytest.mark.parametrize("header", ["Turvakielto", "Markkinointilupa", "Sukupuoli", "SEX"])
def test_columns_that_must_not_be_there_are_refused_with_words(header: str) -> None:
    made, report = run(("Mallikas", "ei"), headers=("Sukunimi", header))
    assert made.state == State.REFUSED
    (note,) = report.notes
    assert note.row == 0
    assert header in note.text
    assert "Poista" in note.text


def test_the_event_names_everybody_and_the_log_every_row() -> None:
    run(MERI, VARPU)
    with system_access():
        event = AccessEvent.objects.filter(action=Action.IMPORT).latest("id")
        people = set(Person.objects.values_list("pk", flat=True))
        assert set(event.subjects) == people
        assert event.subject_count == 2
        logged = RowChange.objects.filter(table_name="registry_persons_person", operation="I")
        assert {change.row_id for change in logged} == people
        assert "150685" not in str(event.detail)
        assert "Mallikas" not in str(event.detail)


def test_without_the_rights_nothing_is_read_or_written() -> None:
    clerk = Actor(key="user:900", roles=frozenset({"TAL"}))
    with pytest.raises(FunctionDenied):
        run(MERI, actor=clerk)
    with system_access():
        assert not Person.objects.exists()


def test_rows_in_bulk_only_for_a_stated_reason() -> None:
    with system_access():
        with pytest.raises(UnloggedWrite):
            insert_many([Person(surname="Mallikas")])
        insert_many([])
        with bulk_write("a test of rows in bulk"):
            person = Person(surname="Mallikas", given_names="Meri")
            insert_many([person])
        assert Person.objects.get(pk=person.pk).sort_key == "mallikas  meri"
        assert RowChange.objects.filter(subject=person.pk, bulk=True).count() == 1


def test_fields_are_written_in_bulk_only_for_a_stated_reason_and_no_others_change() -> None:
    with system_access():
        with bulk_write("a test of rows in bulk"):
            people = [Person(surname=name, given_names="Meri") for name in ("Niitty", "Ranta")]
            insert_many(people)
        for number, person in enumerate(people):
            person.given_names, person.surname = "Salla", f"Uusi {number}"
        with pytest.raises(UnloggedWrite):
            update_many(people, ["surname"])
        with bulk_write("a test of rows in bulk"):
            update_many([], ["surname"])
            update_many(people, ["surname"])
        known = Person.objects.filter(pk__in=[one.pk for one in people]).order_by("pk")
        assert [(one.surname, one.given_names) for one in known] == [
            ("Uusi 0", "Meri"), ("Uusi 1", "Meri"),
        ]  # fmt: skip
        assert RowChange.objects.filter(subject=people[0].pk, bulk=True).count() == 2
