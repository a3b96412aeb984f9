"""Documents on the card, the letter that asks to check contact details, and where it may go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from registry.description.papers import NOTICE
from registry.papers import demo
from registry.persons.models import Address, AddressKind, Person, Source, StaffLink, TieKind
from registry.protection.letters import letter_address
from registry.protection.queries import the_ban
from registry.protection.rules import PlainAddress
from registry.protection.services import (
    approve_ending,
    propose_ending,
    record_ban,
    set_contact_address,
)
from tests.people import make_user, sign_in, system_access
from tests.registry.persons.conftest import events, invented
from tests.registry.protection.conftest import acting
from tests.vuokra.documents.conftest import text_of
from vuokra.access.codes import Action
from vuokra.access.errors import ObjectDenied
from vuokra.demo.registry import Scale
from vuokra.documents import queries, services
from vuokra.documents.errors import Fault, NotMade
from vuokra.documents.models import Document, State
from vuokra.documents.tasks import make
from vuokra.policy.roles import Purpose, Role

pytestmark = pytest.mark.usefixtures("company")
SignedIn = Callable[[str], Client]
TODAY = dt.date(2026, 11, 22)
SECRET = "Koulukatu 5 A 2"


def ordered(client: Client, person: Person) -> Document:
    answer = client.post(f"/henkilot/{person.public_id}/asiakirjat/tarkistuskirje/")
    assert answer.status_code == 302
    with system_access():
        document = Document.objects.latest("id")
    make.func(document.pk, document.ordered_by_id, document.purpose)
    with system_access():
        return Document.objects.get(pk=document.pk)


def ban(person: Person) -> None:
    record_ban(
        person, valid_from=dt.date(2026, 10, 1), valid_until=None,
        source=Source.POPULATION_REGISTER, covers_household=False,
    )  # fmt: skip
    person.refresh_from_db()


def test_a_letter_is_ordered_made_listed_and_opened(person: Person, signed_in: SignedIn) -> None:
    client = signed_in("SOP")
    document = ordered(client, person)
    assert document.state == State.READY
    card = client.get(f"/henkilot/{person.public_id}/").content.decode()
    assert f"/asiakirjat/{document.uuid}/" in card
    tab = client.get(f"/henkilot/{person.public_id}/asiakirjat/").content.decode()
    assert "Tarkista yhteystietosi" in tab and "Valmis" in tab
    page = client.get(f"/asiakirjat/{document.uuid}/").content.decode()
    assert document.digest in page and person.public_id in page
    answer = client.get(f"/asiakirjat/{document.uuid}/lataa/")
    text = text_of(answer.content)
    assert "Marjukka Lehtovaara" in text and SECRET in text and "Koskikatu 1" in text
    name = answer["Content-Disposition"]
    assert name.startswith("attachment") and "ehtovaara" not in name
    assert str(person.customer_number) not in name
    last = events()[-1]
    assert last.action == Action.DOWNLOAD and person.pk in last.subjects


def test_the_letter_is_in_the_language_of_the_person(person: Person, signed_in: SignedIn) -> None:
    with system_access():
        person.language = "en"
        person.save()
    document = ordered(signed_in("SOP"), person)
    with system_access():
        text = text_of(services.opened(document))
    assert "Please check them" in text and "Tarkista" not in text


@pytest.mark.parametrize("role", ["JOH", "HUO", "ASN"])
def test_a_role_without_the_group_sees_no_document(
    person: Person, signed_in: SignedIn, role: str
) -> None:
    document = ordered(signed_in("SOP"), person)
    client = signed_in(role)
    for address in ("", "lataa/"):
        assert client.get(f"/asiakirjat/{document.uuid}/{address}").status_code == 404
    assert client.post(f"/asiakirjat/{document.uuid}/uudelleen/").status_code == 404
    listed = client.get(f"/henkilot/{person.public_id}/asiakirjat/").content.decode()
    assert str(document.uuid) not in listed


def test_DP_A2_nobody_opens_a_document_about_oneself(person: Person, signed_in: SignedIn) -> None:
    document = ordered(signed_in("SOP"), person)
    user = make_user(Role.SOP)
    with system_access():
        StaffLink.objects.create(
            person=person, staff=user, kind=TieKind.OWN, valid_from=dt.date(2026, 1, 1)
        )
    client = sign_in(Client(), user)
    assert client.get(f"/asiakirjat/{document.uuid}/lataa/").status_code == 403
    last = events()[-1]
    assert last.outcome == "denied" and last.alarm


def test_an_address_that_is_nobodys_is_not_found(signed_in: SignedIn) -> None:
    nobody = "00000000-0000-4000-8000-000000000000"
    assert signed_in("SOP").get(f"/asiakirjat/{nobody}/").status_code == 404


def test_a_failed_letter_says_why_and_is_made_again(person: Person, signed_in: SignedIn) -> None:
    with system_access():
        for address in person.addresses.all():
            address.delete()
    client = signed_in("SOP")
    document = ordered(client, person)
    assert (document.state, document.fault) == (State.FAILED, Fault.ADDRESS)
    page = client.get(f"/asiakirjat/{document.uuid}/").content.decode()
    assert "ei ole voimassa olevaa postiosoitetta" in page
    with system_access():
        Address.objects.create(
            person=person, kind=AddressKind.HOME, street="Hillatie 1", postal_code="97999",
            town="Hillakoski", valid_from=dt.date(2026, 1, 1),
        )  # fmt: skip
    assert client.post(f"/asiakirjat/{document.uuid}/uudelleen/").status_code == 302
    make.func(document.pk, document.ordered_by_id, document.purpose)
    assert "Lataa PDF" in client.get(f"/asiakirjat/{document.uuid}/").content.decode()


def test_while_it_is_made_the_page_asks_again(person: Person, signed_in: SignedIn) -> None:
    client = signed_in("SOP")
    client.post(f"/henkilot/{person.public_id}/asiakirjat/tarkistuskirje/")
    with system_access():
        document = Document.objects.get()
    address = f"/asiakirjat/{document.uuid}/"
    assert "Asiakirjaa tehdään" in client.get(address).content.decode()
    assert 'http-equiv="refresh"' in client.get(address).content.decode()
    part = client.get(address, headers={"HX-Request": "true"})
    assert part.content.decode().strip().startswith("<div") and "HX-Refresh" not in part
    make.func(document.pk, document.ordered_by_id, document.purpose)
    assert client.get(address, headers={"HX-Request": "true"})["HX-Refresh"] == "true"


# -- where a letter goes -------------------------------------------------------------------------


def test_a_letter_goes_to_the_postal_address_first(person: Person) -> None:
    with system_access():
        Address.objects.create(
            person=person, kind=AddressKind.POSTAL, street="PL 7", postal_code="97999",
            town="Hillakoski", country="SE", valid_from=dt.date(2026, 1, 1),
        )  # fmt: skip
        found = letter_address(person.pk, TODAY)
    assert found.lines == ("Marjukka Lehtovaara", "PL 7", "97999 Hillakoski", "SE")


@pytest.mark.parametrize("day", [dt.date(2020, 1, 1), dt.date(2026, 1, 1)])
def test_an_address_that_does_not_hold_is_not_used(person: Person, day: dt.date) -> None:
    with system_access():
        for address in person.addresses.all():
            address.valid_from, address.valid_to = dt.date(2025, 1, 1), dt.date(2025, 12, 31)
            address.save()
        found = letter_address(person.pk, day)
        assert found.fault is Fault.ADDRESS and found.lines == ()
        with pytest.raises(NotMade):
            found.required()


def test_DP_T6_under_turvakielto_only_the_contact_address_is_used(person: Person) -> None:
    with system_access():
        ban(person)
        assert letter_address(person.pk, TODAY).fault is Fault.DELIVERY
        set_contact_address(
            person, PlainAddress("PL 31", "97999", "Hillakoski"), source=Source.PERSON,
            valid_from=dt.date(2026, 10, 1),
        )  # fmt: skip
        lines = letter_address(person.pk, TODAY).lines
    assert lines == ("Marjukka Lehtovaara", "PL 31", "97999 Hillakoski")


def test_DP_A21_a_ban_that_begins_while_the_letter_waits_stops_it(
    person: Person, signed_in: SignedIn
) -> None:
    client = signed_in("SOP")
    client.post(f"/henkilot/{person.public_id}/asiakirjat/tarkistuskirje/")
    with system_access():
        document = Document.objects.get()
        ban(person)
    make.func(document.pk, document.ordered_by_id, document.purpose)
    page = client.get(f"/asiakirjat/{document.uuid}/").content.decode()
    assert "Toimitus sovittava" in page and SECRET not in page


@pytest.mark.parametrize("role", ["VAL", "TAL", "PER"])
def test_DP_T4_a_letter_of_before_a_ban_is_hidden_from_those_who_keep_none(
    person: Person, signed_in: SignedIn, role: str
) -> None:
    keeper = signed_in("SOP")
    document = ordered(keeper, person)
    client = signed_in(role)
    file, page = f"/asiakirjat/{document.uuid}/lataa/", f"/asiakirjat/{document.uuid}/"
    tabs = [f"/henkilot/{person.public_id}/{part}" for part in ("asiakirjat/", "")]
    assert SECRET in text_of(client.get(file).content)
    assert all(str(document.uuid) in client.get(tab).content.decode() for tab in tabs)
    with system_access():
        ban(person)
    for address in (file, page):
        assert client.get(address).status_code == 404
        assert events()[-1].outcome == "denied"
    assert not any(str(document.uuid) in client.get(tab).content.decode() for tab in tabs)
    asked = keeper.get(file)["Location"]
    assert SECRET not in keeper.get(asked).content.decode()
    why = {"reason": Purpose.SOPIMUS, "reason_text": "Kirje palautui postista."}
    assert keeper.post(asked, why)["Location"] == page
    assert SECRET in text_of(keeper.get(file).content)
    assert str(document.uuid) in keeper.get(tabs[0]).content.decode()


def test_DP_T4_a_letter_of_before_a_ban_stays_hidden_after_it(
    person: Person, signed_in: SignedIn
) -> None:
    document = ordered(signed_in("SOP"), person)
    with system_access():
        ban(person)
    clerk, registrar = make_user(Role.SOP, username="toinen"), make_user(Role.REK)
    with acting(clerk):
        propose_ending(the_ban(person), reason="Ilmoitus DVV:ltä")
    with acting(registrar):
        approve_ending(the_ban(person))
    assert signed_in("VAL").get(f"/asiakirjat/{document.uuid}/lataa/").status_code == 404


def test_DP_T4_a_document_of_another_kind_is_hidden_too(person: Person) -> None:
    manager = make_user(Role.JOH)
    with system_access():
        services.order(
            NOTICE.key, subjects=[person.pk], language="fi", reference="TP-2026-7", by=None,
            purpose=Purpose.OIKEUDET,
        )  # fmt: skip
    with acting(manager):
        (line,) = queries.documents_of(person.pk)
        assert queries.documents_in(NOTICE.key, "TP-2026-7") == [line]
    with system_access():
        ban(person)
    with acting(manager):
        assert queries.documents_of(person.pk) == []
        assert queries.documents_in(NOTICE.key, "TP-2026-7") == []
        with pytest.raises(ObjectDenied):
            queries.document_by_uuid(line.document.uuid)


def test_DP_T6_a_letter_made_under_a_ban_shows_the_contact_address_to_all(
    person: Person, signed_in: SignedIn
) -> None:
    with system_access():
        ban(person)
        set_contact_address(
            person, PlainAddress("PL 31", "97999", "Hillakoski"), source=Source.PERSON,
            valid_from=dt.date(2026, 10, 1),
        )  # fmt: skip
    document = ordered(signed_in("SOP"), person)
    text = text_of(signed_in("VAL").get(f"/asiakirjat/{document.uuid}/lataa/").content)
    assert "PL 31" in text and SECRET not in text


# -- lists ---------------------------------------------------------------------------------------


def test_the_list_is_read_in_two_statements(
    person: Person, signed_in: SignedIn, django_assert_num_queries: Callable[..., object]
) -> None:
    client = signed_in("SOP")
    ordered(client, person)
    with system_access():
        assert len(queries.documents_of(person.pk)) == 1
    ordered(client, person)
    with system_access(), django_assert_num_queries(2):
        assert len(queries.documents_of(person.pk)) == 2


def test_documents_move_with_a_merge() -> None:
    from registry.persons import merging

    named = {(one.model_label, one.field) for one in merging.references()}
    assert ("vuokra_documents.DocumentSubject", "subject_id") in named


def test_the_demo_company_has_a_letter() -> None:
    with system_access():
        assert demo.empty()
        invented()
        demo.fill(Scale(persons=1, today=timezone.localdate()), lambda done, total: None)
        assert not demo.empty()
        document = Document.objects.get()
    make.func(document.pk, None, document.purpose)
    with system_access():
        assert Document.objects.get().state == State.READY
