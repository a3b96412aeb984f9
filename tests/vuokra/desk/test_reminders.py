"""Reminders and the handling of rows: who sees, takes, hands over and puts off."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from registry.persons.models import Person, StaffLink, TieKind
from tests.people import make_user, sign_in, system_access
from tests.registry.persons.conftest import CODE, SignedIn
from tests.vuokra.desk.test_queue import always, row
from vuokra.accounts.models import User
from vuokra.desk import rows, subjects
from vuokra.desk.models import Handling, Reminder
from vuokra.desk.rows import Kind
from vuokra.desk.subjects import Directory, Subject
from vuokra.policy.roles import Role

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
KIND = Kind("lasku", "Lasku", "receipt", roles=frozenset({Role.SOP, Role.TAL}))
NEW = "/tyojono/muistutukset/uusi/"


def text_of(client: Client, address: str = "/") -> str:
    return client.get(address).content.decode()


def user(name: str) -> User:
    return User.objects.get(username=name)


def remind(client: Client, **values: str) -> Any:
    me = client.session["_auth_user_id"]
    data = {"text": "Soita isännöitsijälle", "due": "+0", "recipient": me} | values
    return client.post(data.pop("to", NEW), data)


def reminders() -> list[Reminder]:
    with system_access():
        return list(Reminder.objects.order_by("pk"))


@pytest.mark.parametrize(
    ("typed", "day"),
    [("1.12.2031", dt.date(2031, 12, 1)), ("01122031", dt.date(2031, 12, 1)), ("+7", None)],
)
def test_a_day_is_understood_as_it_is_typed(
    signed_in: SignedIn, typed: str, day: dt.date | None
) -> None:
    assert remind(signed_in("SOP"), due=typed).status_code == 302
    assert reminders()[0].due == day or TODAY() + dt.timedelta(days=7)


def test_own_reminder_is_for_oneself_alone(signed_in: SignedIn) -> None:
    clerk = signed_in("SOP")
    remind(clerk)
    assert "Soita isännöitsijälle" in text_of(clerk)
    assert "Soita isännöitsijälle" not in text_of(signed_in("REK"), "/?nakyma=kaikki")
    other = sign_in(Client(), make_user(Role.SOP, username="toinen"))
    assert "Soita isännöitsijälle" not in text_of(other, "/?nakyma=kaikki")
    pk = reminders()[0].pk
    assert other.get(f"/tyojono/muistutukset/{pk}/").status_code == 404
    assert other.post(f"/tyojono/muistutukset/{pk}/tehty/").status_code == 404


def test_a_reminder_for_a_role_is_shared_by_its_holders(signed_in: SignedIn) -> None:
    remind(signed_in("SOP"), recipient="rooli:TAL")
    shown = text_of(signed_in("TAL"))
    assert "Soita isännöitsijälle" in shown
    assert "Jaettu" in shown


def test_a_colleague_gets_a_reminder_and_its_writer_sees_it_among_all(signed_in: SignedIn) -> None:
    clerk, other = signed_in("SOP"), signed_in("TAL")
    remind(clerk, recipient=str(user("tal").pk))
    assert "Soita isännöitsijälle" in text_of(other)
    assert "Soita isännöitsijälle" not in text_of(clerk)
    assert "Soita isännöitsijälle" in text_of(clerk, "/?nakyma=kaikki")


@pytest.mark.parametrize("recipient", ["rooli:PAA", "rooli:XXX", "999999", ""])
def test_nobody_is_reminded_who_could_not_see_it(signed_in: SignedIn, recipient: str) -> None:
    assert remind(signed_in("SOP"), recipient=recipient).status_code == 422
    assert reminders() == []


@pytest.mark.parametrize("text", [f"Tarkista {CODE}", "", "   ", "x" * 201])
def test_DP_A12_a_text_with_a_code_or_without_words_is_refused(
    signed_in: SignedIn, text: str
) -> None:
    answer = remind(signed_in("SOP"), text=text)
    assert answer.status_code == 422
    assert reminders() == []


def test_done_and_undone(signed_in: SignedIn) -> None:
    clerk = signed_in("SOP")
    remind(clerk)
    pk = reminders()[0].pk
    clerk.post(f"/tyojono/muistutukset/{pk}/tehty/")
    shown = text_of(clerk)
    assert "Soita isännöitsijälle" not in shown
    assert "Kumoa" in shown
    assert "Kumoa" not in text_of(clerk)  # told once
    clerk.post(f"/tyojono/muistutukset/{pk}/avaa/")
    assert "Soita isännöitsijälle" in text_of(clerk)


def test_a_reminder_about_a_person_names_her_in_the_queue(
    signed_in: SignedIn, person: Person
) -> None:
    clerk = signed_in("SOP")
    address = f"{NEW}{person.public_id}/"
    assert address in text_of(clerk, f"/henkilot/{person.public_id}/")
    assert remind(clerk, to=address).url == f"/henkilot/{person.public_id}/"
    assert f"Lehtovaara Marjukka {person.customer_number}" in text_of(clerk)


def test_DP_A2_the_queue_does_not_name_whom_one_is_tied_to(
    signed_in: SignedIn, person: Person
) -> None:
    clerk = signed_in("SOP")
    remind(clerk, to=f"{NEW}{person.public_id}/")
    with system_access():
        StaffLink.objects.create(
            person=person, staff=user("sop"), kind=TieKind.HOUSEHOLD, valid_from=TODAY()
        )
    shown = text_of(clerk)
    assert "Soita isännöitsijälle" in shown
    assert "1 asiakas" in shown
    assert "Lehtovaara" not in shown
    assert str(person.customer_number) not in shown


@pytest.mark.parametrize("by", ["the row", "the person"])
def test_a_protected_person_is_not_named_in_the_queue(
    signed_in: SignedIn, empty_desk: None, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    known = Subject(7, "Lehtovaara Marjukka", "10311", "/x/", protected=by == "the person")
    directory = Directory(lambda ids: {7: known}, lambda reference: known, lambda text: None)
    monkeypatch.setattr(subjects, "_directory", [directory])
    rows.register(KIND, always(row("lasku", person_id=7, protected=by == "the row")))
    clerk = signed_in("SOP")
    for address in ("/", "/tyojono/rivi/lasku/1/"):
        shown = text_of(clerk, address)
        assert "1 asiakas" in shown
        assert "Lehtovaara" not in shown
        assert "10311" not in shown


def test_the_database_keeps_reminders_whole(db: None) -> None:
    me = make_user(Role.SOP)
    for wrong in ({"user": me, "role": "SOP"}, {}, {"user": me, "done_at": timezone.now()},
                  {"user": me, "text": " "}):  # fmt: skip
        values: dict[str, Any] = {"text": "Soita", "due": TODAY(), "created_by": me} | wrong
        with system_access(), pytest.raises(IntegrityError), transaction.atomic():
            Reminder.objects.create(**values)


# -- handling --------------------------------------------------------------------------------


@pytest.fixture
def invoice(empty_desk: None) -> None:
    rows.register(
        KIND, always(row("lasku", "7"), row("lasku", "8", task="Palauta", statutory=True))
    )


@pytest.mark.usefixtures("invoice")
def test_a_row_is_taken_given_back_and_handed_over(signed_in: SignedIn) -> None:
    clerk, other = signed_in("SOP"), signed_in("TAL")
    clerk.post("/tyojono/ota/", {"row": "lasku:7"})
    assert "Toinen maksumuistutus" not in text_of(other)
    assert "Toinen maksumuistutus" in text_of(other, "/?nakyma=kaikki")
    clerk.post("/tyojono/rivi/lasku/7/", {"toimi": "vapauta"})
    assert "Toinen maksumuistutus" in text_of(other)
    receiver = str(user("tal").pk)
    clerk.post("/tyojono/rivi/lasku/7/", {"toimi": "luovuta", "user": receiver})
    assert "Toinen maksumuistutus" not in text_of(clerk)
    assert "Toinen maksumuistutus" in text_of(other)


@pytest.mark.usefixtures("invoice")
def test_a_row_goes_to_a_colleague_with_the_right_only(signed_in: SignedIn) -> None:
    clerk, _auditor = signed_in("SOP"), signed_in("TAR")
    answer = clerk.post("/tyojono/rivi/lasku/7/", {"toimi": "luovuta", "user": str(user("tar").pk)})
    assert answer.status_code == 422
    assert not Handling.objects.exists()


@pytest.mark.usefixtures("invoice")
@pytest.mark.parametrize("address", ["/tyojono/rivi/lasku/9/", "/tyojono/rivi/muu/7/"])
def test_a_row_that_is_not_there_is_not_found(signed_in: SignedIn, address: str) -> None:
    assert signed_in("SOP").get(address).status_code == 404
    assert signed_in("TAR").get("/tyojono/rivi/lasku/7/").status_code == 404


@pytest.mark.usefixtures("invoice")
def test_a_row_is_put_off_for_a_reason_and_out_of_sight_for_a_week(signed_in: SignedIn) -> None:
    clerk = signed_in("SOP")
    assert clerk.post("/tyojono/rivi/lasku/7/", {"toimi": "lykkaa"}).status_code == 422
    clerk.post("/tyojono/rivi/lasku/7/", {"toimi": "lykkaa", "reason": "answer"})
    assert "Toinen maksumuistutus" not in text_of(clerk)
    later = text_of(clerk, "/?myohemmin=1")
    assert "Toinen maksumuistutus" in later
    assert "Siirretty" in later
    with system_access():
        assert Handling.objects.get().put_off_until == TODAY() + dt.timedelta(days=7)


@pytest.mark.usefixtures("invoice")
def test_a_deadline_of_law_is_not_put_off(signed_in: SignedIn) -> None:
    clerk = signed_in("SOP")
    answer = clerk.post("/tyojono/rivi/lasku/8/", {"toimi": "lykkaa", "reason": "busy"})
    assert answer.status_code == 422
    assert "perustuu lakiin" in answer.content.decode()
    assert not Handling.objects.exists()


@pytest.mark.usefixtures("invoice")
def test_the_navigation_counts_what_waits_for_oneself(signed_in: SignedIn) -> None:
    clerk = signed_in("SOP")
    assert '<span class="nav-count">2<' in text_of(clerk)
    assert '<span class="nav-count">2<' in text_of(clerk, "/ohje/")


def test_a_queue_costs_the_same_with_many_rows(signed_in: SignedIn, person: Person) -> None:
    clerk = signed_in("SOP")
    remind(clerk, to=f"{NEW}{person.public_id}/")
    text_of(clerk)
    few = _statements(clerk)
    me = user("sop")
    with system_access():
        for number in range(40):
            Reminder.objects.create(
                text=f"Asia {number}", due=TODAY(), user=me, created_by=me, subject_id=person.pk
            )
    text_of(clerk)  # the count in the session changes once
    assert _statements(clerk) == few


def _statements(client: Client) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get("/")
    return len(captured)
