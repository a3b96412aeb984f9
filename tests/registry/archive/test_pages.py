"""Pages of the archive, its rows in the work queue, and its panel on the card."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from registry.archive.models import Destruction, Loan, PaperFile, PaperKind, Store
from registry.persons.models import Person, TieKind
from registry.persons.services.standing import record_tie
from tests.people import make_user, sign_in, system_access
from tests.registry.archive.conftest import TODAY, SignedIn, papers
from tests.registry.persons.conftest import events, invented
from vuokra.access.codes import Action
from vuokra.accounts.models import User
from vuokra.policy.roles import Purpose, Role

NEW = {
    "kind": "application", "label": "3", "covers_from": "1.3.2022", "covers_to": "31.5.2022",
    "keep_until": "1.9.2026", "origin": "found", "scanned_on": "", "after_scan": "",
}  # fmt: skip


def page_of(person: Person, file: PaperFile, rest: str = "") -> str:
    return f"/arkisto/{person.public_id}/{file.pk}/{rest}"


def test_recording_and_finding_papers_by_customer_number(
    signed_in: SignedIn, person: Person, store: Store
) -> None:
    browser = signed_in("HAK")
    wrong = browser.post(f"/arkisto/{person.public_id}/uusi/", NEW | {"store": "", "label": "9"})
    assert wrong.status_code == 422
    assert 'value="9"' in wrong.content.decode(), "nothing typed is lost"
    saved = browser.post(f"/arkisto/{person.public_id}/uusi/", NEW | {"store": str(store.pk)})
    assert saved["Location"] == f"/arkisto/{person.public_id}/"
    found = browser.post("/arkisto/haku/", {"number": str(person.customer_number)})
    assert found["Location"] == f"/arkisto/{person.public_id}/"
    text = browser.get(found["Location"]).content.decode()
    assert "Asuntohakemus" in text and "A-12" in text and "säilytysaika päättynyt" in text
    assert browser.post("/arkisto/haku/", {"number": "99999999"})["Location"] == "/arkisto/"


def test_the_list_names_nobody_and_narrows_by_place_and_state(
    signed_in: SignedIn, application: PaperFile, person: Person, store: Store
) -> None:
    browser = signed_in("HAK")
    for query in ("", f"?paikka={store.pk}", "?rajaus=tuhottavat", "?rajaus=paikalla"):
        text = browser.get(f"/arkisto/{query}").content.decode()
        assert str(person.customer_number) in text, query
        assert "Lehtovaara" not in text
    for query in ("?rajaus=lainassa", "?rajaus=tuhotut", "?rajaus=outo&paikka=x&sivu=9"):
        text = browser.get(f"/arkisto/{query}").content.decode()
        assert (str(person.customer_number) in text) is query.startswith("?rajaus=outo"), query


def test_S8_03_a_role_that_may_not_read_applications_does_not_see_that_there_are_papers(
    signed_in: SignedIn, application: PaperFile, person: Person
) -> None:
    browser = signed_in("SOP")
    assert str(person.customer_number) not in browser.get("/arkisto/").content.decode()
    assert browser.get(page_of(person, application)).status_code == 404
    assert "Paperit" not in _panel(browser, person)
    assert "Asuntohakemus" in _panel(signed_in("HAK"), person)


def test_the_page_of_papers_tells_how_long_they_are_kept_in_words(
    signed_in: SignedIn, application: PaperFile, person: Person
) -> None:
    text = signed_in("HAK").get(page_of(person, application)).text
    assert "R2: hakemuksen voimassaolon päättyminen (R1)" in text
    assert "myöhempi + 24 kuukautta" in text and "+ L" not in text


def _panel(browser: Client, person: Person) -> str:
    text = browser.get(f"/henkilot/{person.public_id}/").content.decode()
    return text[text.index("side") :] if "A-12" in text else ""


@pytest.mark.parametrize("role", ["HUO", "MAR", "TAR", "JOH", "PAA"])
def test_who_has_no_business_in_the_archive(signed_in: SignedIn, role: str) -> None:
    assert signed_in(role).get("/arkisto/").status_code == 403


def test_DP_A2_the_archive_tells_nothing_of_ones_own_papers(
    application: PaperFile, person: Person, clerk: User
) -> None:
    with system_access():
        record_tie(person, clerk.pk, TieKind.OWN, valid_from=TODAY)
    browser = sign_in(Client(), clerk)
    assert str(person.customer_number) not in browser.get("/arkisto/").content.decode()
    for address in (f"/arkisto/{person.public_id}/", page_of(person, application)):
        assert browser.get(address).status_code == 403


def test_another_persons_papers_are_not_reached_by_number(
    signed_in: SignedIn, application: PaperFile
) -> None:
    with system_access():
        other = invented("Aarnivuori", "Saimi", "311299-903B")
    assert signed_in("HAK").get(page_of(other, application)).status_code == 404


def test_a_loan_from_the_page_and_back(
    signed_in: SignedIn, application: PaperFile, person: Person
) -> None:
    browser = signed_in("HAK")
    late = browser.post(
        page_of(person, application, "lainaa/"), {"purpose": "P1", "due": "1.1.2020"}
    )
    assert late.status_code == 422
    assert "Palautuspäivä on mennyt" in late.content.decode()
    browser.post(page_of(person, application, "lainaa/"), {"purpose": "P2", "due": "+7"})
    event = events()[-1]
    assert (event.action, event.purpose, event.subjects) == (Action.CREATE, "P2", [person.pk])
    text = browser.get(page_of(person, application)).content.decode()
    assert "Lainassa" in text and "Kotivaara Sari" in text and "Asukasvalinta" in text
    assert browser.post(page_of(person, application, "palauta/")).status_code == 302
    assert browser.post(page_of(person, application, "palauta/")).status_code == 404


def test_DP_A56_the_task_leads_to_destruction_and_the_witness_to_its_end(
    application: PaperFile, person: Person, clerk: User, colleague: User
) -> None:
    mine, theirs = sign_in(Client(), clerk), sign_in(Client(), colleague)
    assert "Tuhoa paperiaineisto" in mine.get("/").content.decode()
    answer = mine.post(
        page_of(person, application, "tuhoa/"),
        {"ground": "retention", "method": "shredded", "destroyed_on": f"{TODAY:%d.%m.%Y}",
         "witness": str(colleague.pk)},
    )  # fmt: skip
    assert answer["Location"] == page_of(person, application)
    assert "Tuhoa paperiaineisto" not in mine.get("/").content.decode()
    assert "Vahvista, että näit" not in mine.get("/").content.decode()
    assert "Vahvista, että näit" in theirs.get("/").content.decode()
    refused = mine.post(page_of(person, application, "todista/"), follow=True)
    assert "Vain nimetty todistaja" in refused.content.decode()
    assert "Näin tuhoamisen" in theirs.get(page_of(person, application)).content.decode().replace(
        "Vahvistan, näin", "Näin"
    )
    theirs.post(page_of(person, application, "todista/"), {"nahty": "on"})
    with system_access():
        assert Destruction.objects.get().confirmed_at is not None
    assert "Vahvista, että näit" not in theirs.get("/").content.decode()
    assert "Tuhottu" in mine.get(page_of(person, application)).content.decode()


def test_an_overdue_loan_stands_in_the_queue_of_its_borrower(
    application: PaperFile, clerk: User, colleague: User
) -> None:
    with system_access():
        Loan.objects.create(
            file=application, borrower=clerk, purpose=Purpose.HAKEMUS,
            due=TODAY - timedelta(days=1),
        )  # fmt: skip
    assert "Palauta lainattu" in sign_in(Client(), clerk).get("/").content.decode()
    assert "Palauta lainattu" not in sign_in(Client(), colleague).get("/").content.decode()
    everybody = sign_in(Client(), colleague).get("/?nakyma=kaikki").content.decode()
    assert "Palauta lainattu" in everybody
    other = sign_in(Client(), make_user(Role.SOP, username="sopimus"))
    assert "Palauta lainattu" not in other.get("/?nakyma=kaikki").content.decode()


def test_places_are_kept_and_their_codes_are_one_of_a_kind(
    signed_in: SignedIn, store: Store
) -> None:
    browser = signed_in("REK")
    given = {"code": "a-12", "kind": "box", "room": "Kellari", "lock": "room", "closed_on": ""}
    twice = browser.post("/arkisto/paikat/uusi/", given)
    assert twice.status_code == 422
    assert browser.post("/arkisto/paikat/uusi/", given | {"code": "b-1"}).status_code == 302
    assert browser.post(f"/arkisto/paikat/{store.pk}/", given).status_code == 302
    text = browser.get("/arkisto/paikat/").content.decode()
    assert "B-1" in text and "Kellari" in text


def test_the_list_costs_the_same_with_many_papers(
    signed_in: SignedIn, application: PaperFile, person: Person, store: Store
) -> None:
    browser = signed_in("HAK")
    browser.get("/arkisto/")
    with CaptureQueriesContext(connection) as few:
        browser.get("/arkisto/")
    with system_access():
        for _ in range(20):
            papers(person, store, kind=PaperKind.APPLICATION)
    with CaptureQueriesContext(connection) as many:
        browser.get("/arkisto/")
    assert len(many) == len(few)
