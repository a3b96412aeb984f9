"""Letters to who asks for a home: what is still needed, and until when it is valid."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from applications.intake import letters
from applications.intake.codes import AttachmentKind, NeededBy, State
from applications.intake.models import Application
from applications.intake.services import ask_to_complete, papers
from registry.persons.models import Person
from tests.applications.intake.conftest import (
    DAY,
    TODAY,
    make_user,
    other,
    person,
    row,
    system_access,
)
from tests.leases.contracts.paperwork import lacking, made, text
from tests.people import sign_in
from tests.registry.protection.conftest import acting, ban
from tests.vuokra.documents.conftest import company, files
from vuokra.accounts.models import User
from vuokra.documents.errors import Fault
from vuokra.documents.models import Document
from vuokra.policy.roles import Role
from vuokra.ui import formatting

__all__ = ["company", "files", "other", "person"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company", "files")]


@pytest.fixture
def clerk(db: None) -> User:
    return make_user(Role.HAK)


@pytest.fixture
def application(person: Person) -> Application:
    with system_access():
        return row(person, State.RECEIVED)


def ordered(clerk: User, application: Application, kind: str) -> Document:
    with acting(clerk):
        return letters.order(application, letters.LETTERS[kind])


@pytest.mark.parametrize(
    ("language", "wanted"),
    [("fi", ["Täydennyspyyntö", "Palkkatodistus", "ei hylkää"]),
     ("en", ["does not refuse your application"])],
)  # fmt: skip
def test_a_request_to_complete_tells_what_is_missing_and_by_when(
    clerk: User, application: Application, person: Person, language: str, wanted: list[str]
) -> None:
    due = TODAY + 14 * DAY
    with system_access():
        person.language = language
        person.save()
        papers.ask(application, AttachmentKind.WAGE, NeededBy.CONTRACT, due_on=due, today=TODAY)
        ask_to_complete(application, due, today=TODAY)
        application.refresh_from_db()
    found = text(clerk, made(ordered(clerk, application, "taydennyspyynto")))
    with system_access():
        home = person.addresses.get()
    common = [application.number, formatting.date(due), home.street]
    assert lacking(found, common + wanted) == []
    assert "Henkilötunnus puuttuu" not in found


def test_a_confirmation_tells_until_when_it_is_valid(clerk: User, application: Application) -> None:
    found = text(clerk, made(ordered(clerk, application, "vahvistus")))
    assert application.valid_until is not None
    last = formatting.date(application.valid_until)
    assert lacking(found, [application.number, last, "jonoa ei ole"]) == []


@pytest.fixture
def expiring(application: Application) -> Application:
    with system_access():
        application.valid_until = TODAY + 5 * DAY
        application.save()
    return application


@pytest.mark.parametrize(("language", "wanted"), [("fi", "vanhenee pian"), ("en", "expires soon")])
def test_a_reminder_tells_by_when_to_renew(
    clerk: User, expiring: Application, person: Person, language: str, wanted: str
) -> None:
    with system_access():
        person.language = language
        person.save()
    assert expiring.valid_until is not None
    found = text(clerk, made(ordered(clerk, expiring, "muistutus")))
    last = formatting.date(expiring.valid_until)
    assert lacking(found, [expiring.number, last, wanted]) == []


def test_nobody_is_reminded_too_early(clerk: User, application: Application) -> None:
    with pytest.raises(ValidationError) as raised:
        ordered(clerk, application, "muistutus")
    assert raised.value.code == "early"


def test_those_that_expire_are_reminded_together(
    clerk: User, expiring: Application, other: Person
) -> None:
    with system_access():
        later = row(other, State.RECEIVED)
    browser = sign_in(Client(), clerk)
    page = browser.get(f"/hakemukset/{expiring.number}/").content.decode()
    assert f"/hakemukset/{expiring.number}/kirje/muistutus/" in page
    chosen = {"do": "remind", "chosen": [expiring.number, later.number]}
    preview = browser.post("/hakemukset/joukko/", chosen).content.decode()
    assert "Tee 1 kirje" in preview and "Nämä jäävät pois" in preview
    with system_access():
        assert not Document.objects.exists()
    done = browser.post("/hakemukset/joukko/", chosen | {"confirmed": "1"}, follow=True)
    assert "1 kirje on tilattu." in done.content.decode()
    with system_access():
        assert Document.objects.get().kind == "applications.reminder"


def test_nothing_asked_for_is_no_letter(clerk: User, application: Application) -> None:
    with pytest.raises(ValidationError) as raised:
        ordered(clerk, application, "taydennyspyynto")
    assert raised.value.code == "nothing"


def test_under_turvakielto_a_letter_without_a_contact_address_is_not_made(
    clerk: User, application: Application, person: Person
) -> None:
    with system_access():
        ban(person)
    document = made(ordered(clerk, application, "vahvistus"))
    assert document.fault in Fault.values
    assert document.fault


def test_letters_are_ordered_on_the_page_by_who_takes_applications_in(
    clerk: User, application: Application
) -> None:
    browser, page = sign_in(Client(), clerk), f"/hakemukset/{application.number}/"
    assert f"{page}kirje/vahvistus/" in browser.get(page).content.decode()
    assert browser.post(f"{page}kirje/vahvistus/")["Location"].startswith("/asiakirjat/")
    assert "Asuntohakemuksesi" in browser.get(page).content.decode()
    assert browser.post(f"{page}kirje/muu/").status_code == 404
    refused = browser.post(f"{page}kirje/taydennyspyynto/", follow=True).content.decode()
    assert "ei ole pyydetty mitään" in refused


def test_who_reads_no_applications_orders_none(application: Application) -> None:
    browser = sign_in(Client(), make_user(Role.TAL))
    answer = browser.post(f"/hakemukset/{application.number}/kirje/vahvistus/")
    assert answer.status_code == 403
    with system_access():
        assert not Document.objects.exists()
