"""Pages of supervision: the log, the report, complaints; who sees what."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from applications.selection.models import Decision
from applications.supervision import services
from applications.supervision.models import Complaint, Extract
from leases.homes.models import Flat
from registry.persons.models import Mark, MarkKind, StaffLink, TieKind
from tests.applications.supervision.conftest import (
    DAY,
    TODAY,
    complained,
    make_user,
    passed_over,
    system_access,
)
from tests.people import sign_in
from tests.registry.persons.conftest import events
from tests.registry.protection.conftest import ban
from vuokra.documents.models import Document
from vuokra.policy.roles import Role

pytestmark = pytest.mark.django_db
PERIOD = f"first=1.1.{TODAY.year}&last={TODAY:%d.%m.%Y}"
GIVEN = {
    "authority": "municipality", "authority_name": "Hillakosken kunta", "authority_number": "",
    "received_on": f"{TODAY:%d.%m.%Y}", "answer_by": f"{TODAY + 14 * DAY:%d.%m.%Y}",
    "about": "Miksi toinen valittiin.",
}  # fmt: skip
ROOM = "/valinnan-valvonta/"


@pytest.fixture
def val(db: None) -> Client:
    return sign_in(Client(), make_user(Role.VAL))


def read(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return re.sub(r"\s+", " ", answer.content.decode())


def errors(client: Client, path: str, data: dict[str, Any]) -> set[str]:
    answer = client.post(path, data)
    assert answer.status_code == 422, answer.status_code
    return set(answer.context["form"].errors)


def test_the_log_lists_choices_of_a_period_without_names(
    val: Client, decision: Decision, flat: Flat
) -> None:
    found = read(val, f"{ROOM}?{PERIOD}")
    assert flat.address in found and "2 B7" in found and "2 000,00" in found
    assert "Hakija" not in found.split("<table")[1].split("</table>")[0]
    assert "<strong>B7</strong> Ero, puutteellinen varustelu" in found, "codes are explained"
    assert events()[-1].route == "supervision:log", "reading the log is an event"
    assert "ei ole valintoja" in read(val, f"{ROOM}?first=1.1.2020&last=1.2.2020")


def test_an_odd_period_is_told_and_the_year_is_shown(val: Client, decision: Decision) -> None:
    found = read(val, f"{ROOM}?first=5.5.2026&last=1.1.2026")
    assert "Viimeinen päivä on ennen ensimmäistä." in found
    assert decision.round.flat.address in found


def test_a_complaint_of_an_applicant_begins_on_the_page_of_the_application(
    val: Client, decision: Decision
) -> None:
    with system_access():
        number = passed_over().number
    here, new = f"/hakemukset/{number}/", f"{ROOM}kantelut/uusi/hakemus/{number}/"
    assert new in read(val, here)
    assert val.post(new, GIVEN).status_code == 302
    with system_access():
        made = Complaint.objects.get()
    assert f"{ROOM}kantelut/{made.uuid}/" in read(val, here)


def test_the_log_is_ordered_as_a_paper(val: Client, decision: Decision) -> None:
    data = {"first": f"1.1.{TODAY.year}", "last": f"{TODAY:%d.%m.%Y}", "site": ""}
    assert val.post(f"{ROOM}tulosta/luettelo/", data).status_code == 302
    with system_access():
        assert Document.objects.get().kind == "supervision.log"
    assert (Extract.objects.get().first.month, Extract.objects.get().last) == (1, TODAY)


def test_a_log_that_the_user_could_not_open_is_not_ordered(decision: Decision) -> None:
    clerk = make_user(Role.VAL)
    with system_access():
        assert decision.application is not None
        StaffLink.objects.create(
            person=decision.application.members.get().person, staff=clerk,
            kind=TieKind.COLLEAGUE, valid_from=TODAY - DAY,
        )  # fmt: skip
    data = {"first": f"1.1.{TODAY.year}", "last": f"{TODAY:%d.%m.%Y}", "site": ""}
    client = sign_in(Client(), clerk)
    answer = client.post(f"{ROOM}tulosta/luettelo/", data, follow=True)
    assert "jonka tietoja et näe. Toinen tulostaa sen." in answer.content.decode()
    with system_access():
        assert not Document.objects.exists() and not Extract.objects.exists()


def test_a_complaint_from_its_choice_to_its_end(val: Client, decision: Decision) -> None:
    page = f"/valinta/{decision.round_id}/paatos/{decision.uuid}/"
    new = f"{ROOM}kantelut/uusi/valinta/{decision.uuid}/"
    assert new in read(val, page)
    assert "number" in errors(val, new, GIVEN | {"number": "H-2026-9999"})
    assert "answer_by" in errors(val, new, GIVEN | {"number": "", "answer_by": "1.1.2020"})
    assert "about" in errors(val, new, GIVEN | {"number": "", "about": ""})
    with system_access():
        number = passed_over().number
    assert val.post(new, GIVEN | {"number": number}).status_code == 302
    with system_access():
        made = Complaint.objects.get()
    path = f"{ROOM}kantelut/{made.uuid}/"
    assert path in read(val, page)
    assert "Anna selvitys kanteluun" in read(val, "/")
    assert "Selvitys antamatta" in read(val, f"{ROOM}kantelut/")
    assert "on" in errors(val, f"{path}selvitys/", {"on": "1.1.2020", "text": "Selvitys"})
    day = f"{TODAY:%d.%m.%Y}"
    assert val.post(f"{path}selvitys/", {"on": day, "text": "Muistio."}).status_code == 302
    assert "Anna selvitys kanteluun" not in read(val, "/")
    assert "outcome" in errors(val, f"{path}ratkaisu/", {"on": day, "outcome": ""})
    done = {"on": day, "outcome": "guidance", "text": "Huomautus."}
    assert val.post(f"{path}ratkaisu/", done).status_code == 302
    found = read(val, path)
    assert "Huomautus." in found and "Kirjaa ratkaisu" not in found


def test_a_number_of_somebody_hidden_is_none_to_the_user(val: Client, decision: Decision) -> None:
    with system_access():
        hidden = passed_over()
        ban(hidden.members.get().person)
        number = hidden.number
    new = f"{ROOM}kantelut/uusi/valinta/{decision.uuid}/"
    assert "number" in errors(val, new, GIVEN | {"number": number})
    with system_access():
        assert not Complaint.objects.exists()
        assert not Mark.objects.filter(kind=MarkKind.LEGAL_HOLD).exists()


def test_no_paper_is_made_of_an_odd_period(val: Client, decision: Decision) -> None:
    data = {"first": "5.5.2026", "last": "1.1.2026", "site": ""}
    assert val.post(f"{ROOM}tulosta/luettelo/", data).status_code == 302
    assert not Extract.objects.exists()


def test_a_complaint_of_whoever_was_not_chosen(val: Client, decision: Decision) -> None:
    with system_access():
        number = passed_over().number
    assert val.post(f"{ROOM}kantelut/uusi/hakemus/{number}/", GIVEN).status_code == 302
    with system_access():
        made = Complaint.objects.get()
        assert (made.decision, made.application and made.application.number) == (None, number)


def test_a_complaint_of_a_protected_person_is_told_to_few(val: Client, decision: Decision) -> None:
    with system_access():
        application = passed_over()
        made = services.record(complained(), decision=None, application=application, today=TODAY)
        ban(application.members.get().person)
    path = f"{ROOM}kantelut/{made.uuid}/"
    assert val.get(path).status_code == 404
    assert made.number not in read(val, f"{ROOM}kantelut/")
    assert made.number in read(sign_in(Client(), make_user(Role.VAL, Role.HAK)), path)


@pytest.mark.parametrize("role", [Role.SOP, Role.TAL, Role.MAR, Role.PAA])
def test_others_see_nothing_of_it(decision: Decision, role: Role) -> None:
    client = sign_in(Client(), make_user(role))
    for path in ("", "raportti/", "kantelut/"):
        assert client.get(f"{ROOM}{path}").status_code == 403


def test_leaders_read_log_and_report_and_open_no_applicant(decision: Decision) -> None:
    leader = sign_in(Client(), make_user(Role.JOH))
    with system_access():
        services.make_reports(TODAY)
    assert "Yhteensä" in read(leader, f"{ROOM}raportti/")
    found = read(leader, f"{ROOM}?{PERIOD}")
    assert decision.round.flat.address in found
    for hidden in ("2 B7", "2 000,00", str(decision.uuid), "Kantelut"):
        assert hidden not in found
    data = {"first": f"1.1.{TODAY.year}", "last": f"{TODAY:%d.%m.%Y}", "site": ""}
    assert leader.post(f"{ROOM}tulosta/luettelo/", data).status_code == 404
    assert leader.post(f"{ROOM}tulosta/raportti/", {"site": ""}).status_code == 302
    assert leader.get(f"{ROOM}kantelut/").status_code == 403
