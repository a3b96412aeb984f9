"""The import of applications: JSON or a table, checked by row, taken in whole or not at all."""

from __future__ import annotations

import copy
import io
import json
import tracemalloc
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from applications.intake.codes import (
    AssetKind,
    Channel,
    DebtKind,
    Employment,
    IncomeKind,
    Part,
    Residence,
    Situation,
    State,
)
from applications.intake.imports import IMPORTER
from applications.intake.imports.document import fields_of
from applications.intake.models import (
    Application,
    Asset,
    Income,
    Member,
    MemberCode,
    Need,
    Permit,
    PresentHome,
    Work,
)
from leases.homes.models import Site
from registry.persons.models import ContactPoint, Identity, Mark, MarkKind, NoticeDuty, Person
from registry.persons.models import Ground as MarkGround
from tests.applications.intake.conftest import TODAY, ban, refused_by, row, system_access
from tests.registry.copies.test_services import ROOT, faults
from vuokra.imports import services
from vuokra.imports.models import ImportRun
from vuokra.imports.registry import Report
from vuokra.rules.rules import add_months

pytestmark = pytest.mark.django_db
CHECKS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
NEW_SIGN = 2000
ARRIVED = TODAY - timedelta(days=3)


def applicant(number: int = 1, **given: Any) -> dict[str, Any]:
    """The applicant of an application, as a web form tells it."""
    told = {
        "part": "applicant", "surname": "Mallikas", "given_names": f"Meri {'I' * number}",
        "hetu": hetu(1985, number), "phone": "049 000 0001", "residence": "citizen",
        "employment": "permanent", "employer": "Koskivoima Oy", "work_place": "Hillakoski",
        "incomes": [{"kind": "wage", "euros": 2450.0, "period": "month", "since": "2024-03-01"}],
        "income_told": True,
        "assets": [{"kind": "savings", "euros": 3500}],
        "debts": [{"kind": "study", "euros": 1200}], "wealth_told": True,
    }  # fmt: skip
    return told | given


def hetu(year: int, number: int) -> str:
    """An invented identity code."""
    born, letter = date(year, 6, 15), "A" if year >= NEW_SIGN else "-"
    digits = f"{born:%d%m%y}{900 + number % 100}"
    return f"{digits[:6]}{letter}{digits[6:]}{CHECKS[int(digits) % len(CHECKS)]}"


def child(**given: Any) -> dict[str, Any]:
    """A child of the household."""
    told = {
        "part": "resident", "relation": "child", "surname": "Mallikas", "given_names": "Aava",
        "birth_date": "2018-02-03", "residence": "citizen",
    }  # fmt: skip
    return told | given


def application(number: int = 1, **given: Any) -> dict[str, Any]:
    told = {
        "source_id": f"2026-{number}", "received_on": ARRIVED.isoformat(),
        "assured_on": ARRIVED.isoformat(), "grounds": [{"situation": "B6"}],
        "home": {"tenure": "rented", "municipality": "Hillakoski", "landlord": "Asunto Oy",
                 "rooms": 2, "area_m2": 48.5, "residents": 3, "cost_eur": 690},
        "wish": {"rooms_from": 3, "rent_most_eur": 950, "equipment": ["balcony"]},
        "members": [applicant(number)],
    }  # fmt: skip
    return told | given


def document(*applications: dict[str, Any]) -> bytes:
    told = {
        "schema": "vuokra-applications/1", "source": "verkkolomake",
        "applications": applications or [application()],
    }  # fmt: skip
    return json.dumps(told).encode()


def bring(content: bytes, *, dry_run: bool = False) -> tuple[Report, ImportRun]:
    with system_access():
        run, result = services.import_now(
            IMPORTER, io.BytesIO(content), today=TODAY, tell=lambda *_: None, dry_run=dry_run
        )
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return result.report, run


def errors(report: Report) -> set[tuple[int, str]]:
    return {(note.row, note.column) for note in report.notes if not note.warning}


def test_an_application_comes_in_received_with_all_that_it_tells() -> None:
    code = hetu(2018, 5)
    report, run = bring(
        document(application(members=[applicant(), child(hetu=code, birth_date=None)]))
    )
    assert (report.errors, run.new) == (0, 1), report.notes
    with system_access():
        made = Application.objects.get()
        assert (made.source, made.source_id) == ("verkkolomake", "2026-1")
        assert (made.state, made.channel) == (State.RECEIVED, Channel.FILE)
        assert made.valid_until == add_months(ARRIVED, 3) and made.rule_versions
        assert [(step.before, step.after) for step in made.steps.all()] == [("draft", "received")]
        first, second = made.members.order_by("id")
        assert first.is_open and first.income_told and first.wealth_told
        assert second.person.given_names == "Aava" and second.relation == "child"
        assert Identity.objects.get(person=first.person).hetu_index is not None
        assert Identity.objects.get(person=second.person).hetu_index is None, "R4"
        assert MemberCode.objects.get().member == second
        assert Income.objects.get().euros == Decimal("2450.00")
        assert Asset.objects.get().share == Decimal(100)
        assert made.home.municipality == "Hillakoski"
        assert made.wish.equipment == ["balcony"]
        assert NoticeDuty.objects.get().person == second.person, "article 14"
        assert ContactPoint.objects.filter(person=first.person).exists()


def test_the_same_file_again_changes_nothing() -> None:
    bring(document(application(1), application(2)))
    report, run = bring(document(application(1), application(2), application(3)))
    assert (report.errors, run.new, run.known) == (0, 1, 2)
    with system_access():
        assert Application.objects.count() == 3 and Person.objects.count() == 3


def test_guardians_consent_to_the_lease_of_a_child_in_a_document_and_a_table() -> None:
    born = ARRIVED.replace(year=ARRIVED.year - 17)
    young = {"hetu": None, "birth_date": born.isoformat(), "relation": "child"}
    co = applicant(2, part="co_applicant", consent_on=ARRIVED.isoformat(), **young)
    report, _run = bring(document(application(members=[applicant(), co])))
    assert not report.errors, report.notes
    head = (
        "Järjestelmä;Tunnus järjestelmässä;Asema;Suhde hakijaan;Sukunimi;Etunimet;Syntymäaika;"
        "Saapunut;Huoltajan suostumus"
    )
    first = f"vanha;1;hakija;;Koskela;Meri;15.6.1985;{ARRIVED:%d.%m.%Y};"
    second = f"vanha;1;kanssahakija;lapsi;Koskela;Veli;{born:%d.%m.%Y};;{ARRIVED:%d.%m.%Y}"
    report, _run = bring("\n".join([head, first, second]).encode())
    assert not report.errors, report.notes
    with system_access():
        told = Member.objects.order_by("id").values_list("part", "consent_on")
        assert list(told) == [("applicant", None), ("co_applicant", ARRIVED)] * 2


def test_own_words_come_in_as_they_were_written() -> None:
    bring(document(application(need={"own_words": "Kaksi | kolme huonetta"})))
    with system_access():
        assert Need.objects.get().own_words.reveal() == "Kaksi | kolme huonetta"


def test_a_dry_run_saves_nothing() -> None:
    report, run = bring(document(), dry_run=True)
    assert (report.errors, run.new) == (0, 1)
    with system_access():
        assert not Application.objects.exists() and not Person.objects.exists()


def altered(**given: Any) -> dict[str, Any]:
    return application(**given)


BAD: list[tuple[dict[str, Any], str]] = [
    (altered(members=[]), "part"),
    (altered(members=[child()]), "part"),
    (altered(members=[applicant(), applicant(2)]), "part"),
    (altered(received_on="2030-01-01"), "received_on"),
    (altered(received_on="2026-02-30"), "received_on"),
    (altered(members=[applicant(assets=[{"kind": "savings", "euros": -1}])]), "assets"),
    (altered(members=[applicant(assets=[{"kind": "outo", "euros": 1}])]), "assets"),
    (altered(members=[applicant(incomes=[{"kind": "wage", "euros": -1}])]), "incomes"),
    (altered(members=[applicant(incomes="wage: 100")]), "incomes"),
    (altered(members=[applicant(incomes=[{"kind": "wage", "euros": 1, "x": 1}])]), "incomes"),
    (altered(members=[applicant(debts=[{"kind": "study", "euros": -1}])]), "debts"),
    (altered(members=[applicant(hetu="150685-9060")]), "hetu"),
    (altered(members=[applicant(hetu=hetu(2016, 1))]), "hetu"),
    (altered(members=[applicant(hetu=None)]), "birth_date"),
    (altered(members=[applicant(residence="permit")]), "permit_from"),
    (altered(members=[applicant(customer_number="99999")]), "customer_number"),
    (altered(members=[applicant(consent_on=ARRIVED.isoformat())]), "consent_on"),
    (altered(members=[applicant(), child(consent_on="2030-01-01")]), "consent_on"),
    (altered(members=[applicant(), child(consent_on="eilen")]), "consent_on"),
    (altered(members=[applicant(), child(relation=None)]), "relation"),
    (altered(members=[applicant(), child(birth_date=None)]), "birth_date"),
    (altered(members=[applicant(), child(part="away", birth_date="1990-01-01")]), "part"),
    (altered(members=[applicant(), child(), child()]), "birth_date"),
    (
        altered(
            subsidised=False, members=[applicant(), child(hetu=hetu(2018, 7), birth_date=None)]
        ),
        "hetu",
    ),
    (altered(grounds=[{"situation": "B6"}, {"situation": "B6"}]), "grounds"),
    (altered(grounds=[{"situation": "X1"}]), "grounds"),
    (altered(home={"tenure": "rented", "residents": 0}), "residents"),
    (altered(home={"municipality": "Hillakoski"}), "tenure"),
    (altered(wish={"sites": ["Olematon"]}), "sites"),
    (altered(wish={"rooms_from": 4, "rooms_to": 2}), "rooms_to"),
    (altered(wish={"rooms_from": 99}), "rooms_from"),
    (altered(turvakielto=True), ""),
    (altered(need={"own_words": f"Tunnukseni on {hetu(1985, 9)}"}), "own_words"),
]


@pytest.mark.parametrize(("bad", "column"), BAD)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_saved(
    bad: dict[str, Any], column: str
) -> None:
    good = application(50)
    report, _run = bring(document(good, copy.deepcopy(bad)))
    assert errors(report) == {(2, column)}, report.notes
    told = " ".join(note.text for note in report.notes)
    assert "Mallikas" not in told and hetu(1985, 1) not in told
    with system_access():
        assert not Application.objects.exists() and not Person.objects.exists()


def test_one_bad_application_among_a_thousand_keeps_all_of_them_out() -> None:
    many = [
        application(n, members=[applicant(hetu=None, birth_date="1985-06-15", given_names=f"N{n}")])
        for n in range(1000)
    ]
    many[776]["members"][0]["assets"] = [{"kind": "savings", "euros": -5}]
    report, _run = bring(document(*many))
    assert errors(report) == {(777, "assets")}
    [note] = [note for note in report.notes if not note.warning]
    assert note.text == "Varallisuus ei voi olla alle nolla. Kirjaa velka omalle rivilleen."
    with system_access():
        assert not Application.objects.exists() and not Person.objects.exists()


def test_income_that_begins_later_is_remarked_and_not_refused() -> None:
    """What is unlikely is confirmed: the remark is read before the import is confirmed."""
    later = [{"kind": "wage", "euros": 2450, "since": "2030-01-01"}]
    report, run = bring(document(application(members=[applicant(incomes=later)])))
    assert (report.errors, run.new) == (0, 1)
    assert [(one.column, one.text) for one in report.notes] == [
        ("incomes", "Tulo alkaa vasta myöhemmin.")
    ]


def test_somebody_of_the_register_is_matched_and_a_second_application_is_told(
    person: Person,
) -> None:
    number = str(person.customer_number)
    known = {"part": "applicant", "customer_number": number}
    report, _run = bring(document(application(members=[known])))
    assert not report.errors, report.notes
    with system_access():
        assert Member.objects.get().person == person
        first = Application.objects.get()
    report, _run = bring(document(application(2, members=[known])))
    assert errors(report) == {(1, "customer_number")}
    assert first.number in report.notes[0].text
    assert "Tuonti ei uusi eikä korvaa sitä." in report.notes[0].text
    report, _run = bring(document(application(3), application(4, members=[applicant(3)])))
    assert errors(report) == {(2, "hetu")}, "twice in one file"


def test_nobody_restricted_comes_in_by_a_file(person: Person) -> None:
    with system_access():
        Mark.objects.create(
            person=person, kind=MarkKind.RESTRICTION, ground=MarkGround.ACCURACY, valid_from=TODAY
        )
    known = {"part": "applicant", "customer_number": str(person.customer_number)}
    report, _run = bring(document(application(members=[known])))
    assert errors(report) == {(1, "customer_number")}


def test_where_somebody_under_turvakielto_lives_and_works_stays_out_of_the_open(
    person: Person,
) -> None:
    with system_access():
        ban(person)
    known = {
        "part": "applicant", "customer_number": str(person.customer_number),
        "employment": "permanent", "work_place": "Hillakoski",
    }  # fmt: skip
    report, _run = bring(document(application(members=[known])))
    assert not report.errors, report.notes
    with system_access():
        home = PresentHome.objects.get()
        assert (home.municipality, home.landlord) == ("", "") and home.place
        assert Work.objects.get().place == ""


def test_a_permit_lies_sealed() -> None:
    days = {"residence": "permit", "permit_from": "2025-01-01", "permit_to": "2029-01-01"}
    report, _run = bring(document(application(members=[applicant(**days)])))
    assert not report.errors, report.notes
    with system_access():
        assert Member.objects.get().residence == "" and Permit.objects.count() == 1


def test_a_spreadsheet_tells_the_same_row_by_row(site: Site) -> None:
    head = (
        "Järjestelmä;Tunnus järjestelmässä;Asema;Suhde hakijaan;Sukunimi;Etunimet;Henkilötunnus;"
        "Syntymäaika;Saapunut;Tulot;Kaikki tulot ilmoitettu;Varallisuus;Tarpeen perusteet;"
        "Toivotut kohteet"
    )
    first = (
        f"vanha;1;hakija;;Mallikas;Meri;{hetu(1985, 1)};;{ARRIVED:%d.%m.%Y};"
        f"palkka: 2 450,50 € /kk alkaen 1.3.2024 | asumistuki: 120 /kk;kyllä;asunto: 90000 50 %;"
        f"B6 1.9.2026;{site.number}"
    )
    second = "vanha;1;muu asukas;lapsi;Mallikas;Aava;;3.2.2018;;;;;;"
    report, run = bring("\n".join([head, first, second]).encode())
    assert (report.errors, run.new, run.rows) == (0, 1, 2), report.notes
    with system_access():
        made = Application.objects.get()
        assert made.members.count() == 2 and made.wish.sites == [site.pk]
        assert sorted(Income.objects.values_list("kind", "euros")) == [
            ("housing_allowance", Decimal("120.00")), ("wage", Decimal("2450.50")),
        ]  # fmt: skip
        assert Asset.objects.get().share == Decimal(50)
    wrong = second.replace(";;3.2.2018;;", ";;3.2.2018;1.12.2026;").replace("vanha;1", "vanha;2")
    report, _run = bring("\n".join([head, first.replace("vanha;1", "vanha;2"), wrong]).encode())
    assert (3, "received_on") in errors(report)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", "ehyttä"),
        (b'{"schema": "muu"}', "schema"),
        (b'{"schema": "vuokra-applications/1", "source": "x", "applications": []}', "applications"),
        (b'{"a": 1, "a": 2}', "kahteen kertaan"),
        (b'{"a": "\xff"}', "UTF-8"),
    ],
)
def test_a_document_that_is_none_is_refused_in_words(content: bytes, words: str) -> None:
    report, _run = bring(content)
    assert words in report.notes[0].text and report.errors == 1


def test_the_command_tells_what_it_did(tmp_path: Any, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "hakemukset.json"
    file.write_bytes(document())
    call_command("import_applications", str(file))
    assert "1 uutta tuotiin" in capsys.readouterr().out


def test_an_application_stays_that_of_its_source(person: Person) -> None:
    with system_access():
        made = row(person, State.RECEIVED)
    with refused_by("intake_application_source_kept"), system_access():
        made.source, made.source_id = "muu", "1"
        made.save()


def test_the_published_schema_tells_what_is_read() -> None:
    """Every field and code of the schema is one that the import knows, and the other way round."""
    schema = json.loads((ROOT / "docs" / "applications.schema.json").read_text("utf-8"))
    told = json.loads(
        document(application(members=[applicant(), child()], need={"own_words": "Ahdasta on."}))
    )
    assert list(faults(told, schema, schema)) == []
    assert list(faults(told | {"extra": 1}, schema, schema))
    fields = document_fields()
    whole, member = (schema["$defs"][name]["properties"] for name in ("application", "member"))
    assert set(whole) == fields[""] | {"need", "home", "wish", "members"}
    assert set(member) == fields["member"]
    for part in ("need", "home", "wish"):
        assert set(whole[part]["properties"]) == fields[part], part
    for name, kind in (("part", Part), ("residence", Residence), ("employment", Employment)):
        assert member[name]["enum"] == kind.values
    for name, kind in (("incomes", IncomeKind), ("assets", AssetKind), ("debts", DebtKind)):
        assert member[name]["items"]["properties"]["kind"]["enum"] == kind.values
    assert whole["grounds"]["items"]["properties"]["situation"]["enum"] == Situation.values


@pytest.mark.parametrize("number", ["1e60000000", "-1e-60000000", "2." + "0" * 40])
def test_a_number_out_of_all_reach_is_told_at_its_field_and_fills_no_memory(number: str) -> None:
    content = document(application()).replace(b'"area_m2": 48.5', f'"area_m2": {number}'.encode())
    tracemalloc.start()
    report, run = bring(content)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 20_000_000
    if number.startswith("2."):  # zeros behind the point say nothing more
        assert run.new == 1
    else:
        assert {column for _row, column in errors(report)} == {"area_m2"}, report.notes


def document_fields() -> dict[str, set[str]]:
    """The fields that a JSON document may have, by its parts."""
    return {part: set(columns) for part, columns in fields_of().items()}
