"""Importing permissions and prohibitions: a no beats the file, and the report lists it (A36)."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from registry.consents import queries, services
from registry.consents.codes import BY_CODE, Channel, Kind, Manner, Use
from registry.consents.imports import IMPORTER
from registry.consents.models import Decision
from registry.consents.rules import Standing
from registry.duplicates.services.merging import Choices, merge
from registry.persons import services as persons
from registry.persons.models import ContactKind, IdentityKind, Person
from registry.persons.services import Code, Names
from tests.people import make_user, system_access
from tests.registry.consents.conftest import (
    EMAIL_ADS,
    POST_ADS,
    SAID,
    TODAY,
    SignedIn,
    forbid,
    permit,
    sharing,
    withdraw,
)
from vuokra.access.codes import Action, Surface
from vuokra.access.context import Actor, open_access
from vuokra.access.errors import FunctionDenied
from vuokra.access.models import AccessEvent
from vuokra.accounts.queries import actor_for
from vuokra.imports import services as imports
from vuokra.imports.models import ImportRun, State
from vuokra.imports.registry import Report
from vuokra.imports.tasks import work
from vuokra.policy.roles import Purpose, Role

HEADERS = ("Asiakasnumero", "Sähköposti", "Käyttö", "Kanava", "Lupa", "Päivä", "Todiste")
LATER = "1.10.2026"
Line = tuple[str, ...]

pytestmark = pytest.mark.django_db


def csv_file(*lines: Line) -> io.BytesIO:
    return io.BytesIO("\r\n".join(";".join(line) for line in (HEADERS, *lines)).encode())


def row(person: Person | None = None, **changes: str) -> Line:
    """A permission of e-mail marketing, in the order of HEADERS."""
    given = {
        "number": str(person.customer_number) if person else "", "email": "",
        "use": "suoramarkkinointi", "channel": "sähköposti", "permitted": "1", "day": LATER,
        "proof": "",
    }  # fmt: skip
    return tuple((given | changes).values())


def told(*progress: object) -> None:
    """Nobody watches."""


def run(*lines: Line) -> tuple[ImportRun, Report]:
    with open_access(
        actor_of("test"), purpose=Purpose.SOPIMUS, action=Action.IMPORT, surface=Surface.SHELL
    ):
        made, result = imports.import_now(
            IMPORTER, csv_file(*lines), today=TODAY, tell=told, dry_run=False
        )
    return made, result.report


def actor_of(name: str) -> Actor:
    return Actor.system(name)


def standing(person: Person, code: str) -> Standing:
    with system_access():
        return queries.stands_of(person, today=TODAY)[BY_CODE[code]].standing


def mail_of(person: Person) -> str:
    with system_access():
        return str(person.contact_points.get(kind=ContactKind.EMAIL).value)


# -- what is written -----------------------------------------------------------------------------


def test_permissions_and_prohibitions_come_by_number_or_address(
    person: Person, other: Person
) -> None:
    made, report = run(
        row(person, proof="S-1"),
        row(person, channel="POSTI", permitted="ei"),
        row(email=mail_of(other).upper(), use="Kyselyt", channel="", permitted="0"),
        row(other, use="konserni", channel="text message", permitted="kyllä"),
    )
    assert (made.new, made.known, report.notes) == (4, 0, [])
    assert standing(person, "marketing:email") is Standing.PERMITTED
    assert standing(person, "marketing:post") is Standing.FORBIDDEN
    assert standing(other, "survey:survey") is Standing.FORBIDDEN
    assert standing(other, "partner:sms") is Standing.PERMITTED
    with system_access():
        first = Decision.objects.order_by("id")[0]
        assert (first.manner, first.decided_on, first.proof) == (
            Manner.IMPORT, date(2026, 10, 1), "S-1",
        )  # fmt: skip
        event = AccessEvent.objects.filter(action=Action.IMPORT).latest("id")
        assert set(event.subjects) == {person.pk, other.pk}


def test_the_same_file_twice_changes_nothing(person: Person) -> None:
    lines = (row(person), row(person, channel="posti", permitted="0"))
    assert run(*lines)[0].new == 2
    made, report = run(*lines)
    assert (made.new, made.known, report.notes) == (0, 2, [])
    with system_access():
        assert Decision.objects.count() == 2


def test_what_is_known_by_better_evidence_is_not_written_over(person: Person) -> None:
    with system_access():
        permit(person, Channel.EMAIL)
        forbid(person, POST_ADS)
    made, _report = run(row(person), row(person, channel="posti", permitted="0"))
    assert (made.new, made.known) == (0, 2)


# -- A36: a no beats the file --------------------------------------------------------------------


def test_DP_A36_a_prohibition_wins_and_the_report_lists_it(person: Person, other: Person) -> None:
    with system_access():
        forbid(person, EMAIL_ADS)
    made, report = run(row(person), row(other))
    assert (made.state, made.new, made.known) == (State.DONE, 1, 1)
    (note,) = report.notes
    assert (note.row, note.column, note.warning) == (2, "permitted", True)
    assert "Kielto jää voimaan" in note.text
    assert standing(person, "marketing:email") is Standing.FORBIDDEN
    assert standing(other, "marketing:email") is Standing.PERMITTED
    with system_access():
        answers = queries.may_send(
            [person.pk], purpose=Use.MARKETING, channel=Channel.EMAIL, today=TODAY
        )
        assert not answers[person.pk].allowed
        assert made.findings.get().text == note.text


def test_DP_A36_neither_does_a_consent_taken_back_come_again_by_a_file(person: Person) -> None:
    with system_access():
        permit(person, Channel.EMAIL)
        withdraw(person, EMAIL_ADS)
    _made, report = run(row(person))
    assert report.warnings == 1
    assert standing(person, "marketing:email") is Standing.WITHDRAWN


def test_DP_A36_an_objection_to_marketing_stops_permissions_of_partners(person: Person) -> None:
    with system_access():
        forbid(person, EMAIL_ADS)
    made, report = run(row(person, use="kumppanit"))
    assert (made.new, report.warnings) == (0, 1)


def test_DP_A36_a_prohibition_between_check_and_import_wins_too(
    person: Person, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    clerk = make_user(Role.SOP)
    with open_access(
        actor_for(clerk), purpose=Purpose.SOPIMUS, action=Action.IMPORT, surface=Surface.FORM
    ):
        started = imports.start(IMPORTER, csv_file(row(person)))
    work.func(started.pk)
    with system_access():
        waiting = ImportRun.objects.get(pk=started.pk)
        assert (waiting.state, waiting.new) == (State.READY, 1)
        forbid(person, EMAIL_ADS, on=TODAY)
        imports.confirm(waiting)
    work.func(started.pk)
    with system_access():
        done = ImportRun.objects.get(pk=started.pk)
        assert (done.state, done.new, done.warnings) == (State.DONE, 0, 1)
        assert not Decision.objects.filter(manner=Manner.IMPORT).exists()


def test_DP_RT12_a_suppressed_address_brings_no_permission(person: Person) -> None:
    with system_access():
        services.suppress(["poistettu@example.fi", mail_of_in(person)], [EMAIL_ADS], today=TODAY)
    made, report = run(row(email="poistettu@example.fi"), row(email=mail_of(person)))
    assert (made.new, report.errors, report.warnings) == (0, 0, 2)
    assert all("estolistalla" in note.text for note in report.notes)
    assert standing(person, "marketing:email") is Standing.NONE


def mail_of_in(person: Person) -> str:
    return str(person.contact_points.get(kind=ContactKind.EMAIL).value)


def test_DP_M5_a_minor_brings_no_permission_but_an_objection(db: None) -> None:
    with system_access():
        child = persons.register_person(
            Names("Lehtovaara", "Leo"), today=TODAY,
            identity=Code(IdentityKind.BIRTH_DATE, "", date(2015, 5, 1)),
        )  # fmt: skip
    made, report = run(row(child), row(child, channel="posti", permitted="0"))
    assert (made.new, report.warnings) == (1, 1)
    with system_access():
        assert [one.kind for one in Decision.objects.all()] == [Kind.PROHIBITION]


# -- what is wrong -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"number": "x"}, "number"),
        ({"number": "99999999"}, "number"),
        ({"number": ""}, "number"),
        ({"number": "", "email": "ei osoite"}, "email"),
        ({"number": "", "email": "tuntematon@example.fi"}, "email"),
        ({"use": ""}, "use"),
        ({"use": "sauna"}, "use"),
        ({"channel": ""}, "channel"),
        ({"channel": "savumerkki"}, "channel"),
        ({"use": "kyselyt", "permitted": "0"}, "channel"),
        ({"use": "kyselyt", "channel": ""}, "permitted"),
        ({"permitted": ""}, "permitted"),
        ({"permitted": "ehkä"}, "permitted"),
        ({"day": ""}, "decided_on"),
        ({"day": "1.1.2099"}, "decided_on"),
        ({"day": "eilen"}, "decided_on"),
        ({"proof": "150685-906N"}, "proof"),
        ({"proof": "x" * 61}, "proof"),
    ],
    ids=str,
)
def test_a_bad_row_is_told_and_nothing_of_the_file_is_imported(
    person: Person, other: Person, changes: dict[str, str], column: str
) -> None:
    made, report = run(row(person, **changes), row(other))
    assert made.state == State.REFUSED
    assert [(note.row, note.column) for note in report.notes if not note.warning] == [(2, column)]
    with system_access():
        assert not Decision.objects.exists()


def test_rows_that_name_several_or_contradict_each_other(person: Person, other: Person) -> None:
    with system_access():
        sharing(person, other)
    _made, report = run(row(email=mail_of(person)))
    assert "usealla" in report.notes[0].text
    _made, report = run(row(person), row(person, permitted="0"))
    assert [(note.row, note.warning) for note in report.notes] == [(3, False)]
    with system_access():
        strange = persons.register_person(Names("Outo", "Olli"), today=TODAY)
    _made, report = run(row(strange, email=mail_of(person)))
    assert "toiselle henkilölle" in report.notes[0].text


def test_columns_that_do_not_belong_are_refused(person: Person) -> None:
    with open_access(
        actor_of("test"), purpose=Purpose.SOPIMUS, action=Action.IMPORT, surface=Surface.SHELL
    ):
        content = io.BytesIO(b"Asiakasnumero;Henkil\xc3\xb6tunnus\r\n1;150685-906N\r\n")
        made, result = imports.import_now(IMPORTER, content, today=TODAY, tell=told, dry_run=False)
    assert made.state == State.REFUSED
    assert "henkilötunnusta ei tarvita" in result.report.notes[0].text


def test_a_number_of_a_merged_record_is_not_there(person: Person, other: Person) -> None:
    with system_access():
        merge(person, other, Choices(), reason="Sama henkilö kahdesti.", now=timezone.now())
    made, _report = run(row(other))
    assert made.state == State.REFUSED


def test_the_number_of_statements_does_not_grow_with_the_rows(
    person: Person, other: Person
) -> None:
    def statements(*lines: Line) -> int:
        with CaptureQueriesContext(connection) as captured:
            run(*lines)
        return len(captured)

    one = statements(row(person))
    assert statements(row(other), row(other, channel="posti", permitted="0")) == one


def test_without_the_right_nothing_is_imported(person: Person) -> None:
    clerk = make_user(Role.HAK)
    with (
        pytest.raises(FunctionDenied),
        open_access(
            actor_for(clerk), purpose=Purpose.HAKEMUS, action=Action.IMPORT, surface=Surface.FORM
        ),
    ):
        imports.start(IMPORTER, csv_file(row(person)))


def test_the_pages_of_the_import(
    signed_in: SignedIn, person: Person, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    with system_access():
        forbid(person, POST_ADS, on=SAID)
    client = signed_in("SOP")
    page = client.get("/suostumukset/tuonti/").content.decode()
    assert "Lupien ja kieltojen tuonti" in page
    sent = csv_file(row(person), row(person, channel="posti")).read()
    answer = client.post("/suostumukset/tuonti/", {"file": SimpleUploadedFile("x.csv", sent)})
    work.func(ImportRun.objects.get().pk)
    page = client.get(answer["Location"]).content.decode()
    assert "Tuo 1 rivi" in page and "1 rivi ei muuta mitään" in page
    assert "Kielto jää voimaan, lupaa ei tuoda." in page
    client.post(f"{answer['Location']}tuo/")
    work.func(ImportRun.objects.get().pk)
    assert "1 rivi tuotiin." in client.get(answer["Location"]).content.decode()
    assert signed_in("HAK").get("/suostumukset/tuonti/").status_code == 403
    for form in ("xlsx", "csv"):
        file = client.get(f"/suostumukset/tuonti/pohja.{form}")
        assert f"luvat-ja-kiellot.{form}" in file["Content-Disposition"]
