"""Pages: the list and its filters, recording by hand, one person's disclosures, who may what."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.disclosures import queries, services
from registry.disclosures.models import Category, Disclosure, DisclosureBasis, Recipient
from registry.persons.models import Person
from tests.people import system_access
from tests.registry.disclosures.conftest import (
    CODE,
    SignedIn,
    acting,
    basis,
    company,
    given,
    someone,
    today,
)
from tests.registry.persons.conftest import events
from tests.registry.protection.conftest import ban
from vuokra.access.codes import Action
from vuokra.accounts.models import User
from vuokra.policy.roles import Purpose

LIST = "/luovutukset/"
FORM = f"{LIST}kirjaa/"


def record(recipient: Recipient | None, *people: Person, **changes: object) -> Disclosure:
    with system_access():
        return services.record_disclosure(given(recipient, *people, **changes), today=today())


def form_of(to: Recipient, about: Person, **changes: object) -> dict[str, object]:
    return {
        "recipient": to.pk, "asked_by": "Päivystäjä Salo", "call_back": "049 000 0000",
        "numbers": str(about.customer_number), "codes": ["PT-NIMI", "PT-PUH"], "purpose": "P6",
        "reference": "TM 12", "channel": "phone", "day": "1.11.2026", "clock": "10.04",
    } | changes  # fmt: skip


# -- by hand -----------------------------------------------------------------------------------


def test_what_was_told_by_telephone_is_recorded(
    signed_in: SignedIn, doors: Recipient, person: Person
) -> None:
    client, url = signed_in("SOP"), f"{FORM}{person.public_id}/"
    page = client.get(url).content.decode()
    assert f">\n{person.customer_number}</textarea>" in page
    copy = SimpleUploadedFile("muistio.txt", b"Nimi ja puhelin")
    answer = client.post(url, form_of(doors, person, copy=copy))
    assert answer["Location"] == f"/henkilot/{person.public_id}/", answer.content.decode()
    with system_access():
        row = Disclosure.objects.get()
        assert (row.asked_by, row.call_back) == ("Päivystäjä Salo", "049 000 0000")
        assert f"{row.at:%d.%m.%Y}" == "01.11.2026"
        assert row.copy.sha256 == hashlib.sha256(b"Nimi ja puhelin").hexdigest()
    told = [event for event in events() if event.action == Action.DISCLOSE and event.subjects]
    assert told[-1].subjects == [person.pk]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"call_back": ""}, "call_back"),
        ({"numbers": "1, 2"}, "numbers"),
        ({"codes": ["PT-NIMI", "PT-EMAIL"]}, "codes"),
        ({"codes": ["PT-HETU"]}, "codes"),
        ({"codes": []}, "codes"),
        ({"purpose": "P5"}, "recipient"),
        ({"reference": ""}, "reference"),
        ({"day": "1.1.2099"}, "day"),
        ({"clock": "25.99"}, "clock"),
        ({"note": f"Asiakas {CODE}"}, "note"),
        ({"recipient": ""}, "recipient"),
    ],
)
def test_what_may_not_be_given_is_told_at_its_field_and_nothing_is_lost(
    signed_in: SignedIn, doors: Recipient, person: Person, changes: dict[str, object], field: str
) -> None:
    page = signed_in("SOP").post(FORM, form_of(doors, person, **changes))
    text = page.content.decode()
    assert page.status_code == 422
    assert f'id="id_{field}_error"' in text
    assert 'value="Päivystäjä Salo"' in text
    with system_access():
        assert not Disclosure.objects.exists()


def test_what_was_given_without_a_basis_is_recorded_as_that(
    signed_in: SignedIn, person: Person
) -> None:
    with system_access():
        nobody = company()
    data = form_of(nobody, person)
    client = signed_in("SOP")
    assert client.post(FORM, data).status_code == 422
    assert client.post(FORM, data | {"already": "on"}).status_code == 302
    text = signed_in("REK").get(LIST, {"poikkeama": "on"}).content.decode()
    assert "ilman perustetta" in text


def test_DP_A19_a_number_of_neighbours_is_no_order(
    signed_in: SignedIn, doors: Recipient, person: Person
) -> None:
    with system_access():
        neighbour = someone("Naapuri")
    numbers = f"{person.customer_number} {neighbour.customer_number}"
    page = signed_in("SOP").post(FORM, form_of(doors, person, numbers=numbers))
    assert page.status_code == 422
    assert "Asukasluetteloa ei anneta" in page.content.decode()


# -- lists -------------------------------------------------------------------------------------


def test_filters_stand_in_the_address(
    signed_in: SignedIn, doors: Recipient, agency: Recipient, person: Person
) -> None:
    record(doors, person)
    record(agency, person, purpose=Purpose.PERINTA, reference="Perintä 1")
    record(None, person, reference="Oma lista", purpose=Purpose.SOPIMUS)
    client = signed_in("REK")

    def found(**query: object) -> set[str]:
        text = client.get(LIST, query).content.decode()
        return {one for one in ("TM 12", "Perintä 1", "Oma lista") if one in text}

    assert found() == {"TM 12", "Perintä 1", "Oma lista"}
    assert found(vastaanottaja=agency.pk) == {"Perintä 1"}
    assert found(ryhma="LUO-AVAUS") == {"TM 12"}
    assert found(minne="oma") == {"Oma lista"}
    assert found(minne="ulos") == {"TM 12", "Perintä 1"}
    assert found(tarkoitus="P5") == {"Perintä 1"}
    assert found(alku="1.1.2099") == set()
    assert found(loppu="1.1.2020") == set()
    assert found(vastaanottaja="x", ryhma="y", alku="z", sivu="99999999999") == {
        "TM 12", "Perintä 1", "Oma lista",
    }  # fmt: skip


def test_the_list_as_a_file_names_nobody(
    signed_in: SignedIn, doors: Recipient, person: Person
) -> None:
    record(doors, person)
    client = signed_in("REK")
    page = client.post(f"{LIST}vie/", {"ryhma": "LUO-AVAUS"})
    text = b"".join(page.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert text.count("\r\n") == 2
    assert "Avain ja Vartio Oy" in text
    assert "Lehtovaara" not in text
    assert str(person.customer_number) not in text
    assert signed_in("JOH").post(f"{LIST}vie/").status_code == 403


@pytest.mark.parametrize("role", ["SOP", "HAK", "TAL", "HUO", "MAR", "TAR", "PAA"])
def test_who_was_given_what_is_for_registrar_and_director(
    signed_in: SignedIn, doors: Recipient, person: Person, role: str
) -> None:
    row = record(doors, person)
    client = signed_in(role)
    for path in ("", f"{row.pk}/", "vastaanottajat/", f"henkilo/{person.public_id}/",
                 f"vastaanottajat/{doors.pk}/", "viranomaiset/"):  # fmt: skip
        assert client.get(f"{LIST}{path}").status_code == 403, path
    assert "Luovutukset" not in client.get("/").content.decode()


def test_the_tab_of_one_person_tells_of_nobody_else(
    signed_in: SignedIn, agency: Recipient, person: Person
) -> None:
    with system_access():
        other = someone("Toinen")
    record(agency, person, other, purpose=Purpose.PERINTA)
    client = signed_in("REK")
    text = client.get(f"{LIST}henkilo/{person.public_id}/").content.decode()
    assert "Kuuran Perintä Oy" in text
    assert "Toinen" not in text
    last = events()[-1]
    assert last.subjects == [person.pk]
    page = client.get(f"{LIST}{_only().pk}/")
    assert "Toinen" in page.content.decode()
    assert set(events()[-1].subjects) == {person.pk, other.pk}


def _only() -> Disclosure:
    with system_access():
        return Disclosure.objects.get()


def test_who_may_not_know_of_turvakielto_does_not_see_who_is_under_it(
    signed_in: SignedIn, agency: Recipient, person: Person
) -> None:
    record(agency, person, purpose=Purpose.PERINTA)
    with system_access():
        ban(person)
    page = f"{LIST}{_only().pk}/"
    assert "Lehtovaara" in signed_in("REK").get(page).content.decode()
    assert "Lehtovaara" not in signed_in("JOH").get(page).content.decode()


def test_statements_do_not_grow_with_the_rows(
    signed_in: SignedIn, doors: Recipient, person: Person, registrar: User
) -> None:
    def count(size: int) -> int:
        for _ in range(size):
            record(doors, person)
        with acting(registrar), CaptureQueriesContext(connection) as captured:
            queries.disclosure_page(queries.Wanted(), 1)
            queries.lines_of(person, 1)
            queries.recipients_of(person)
            queries.recipient_list(today=today())
        return len(captured)

    count(1)  # the limit is in use from now on: rules are read anew once
    assert count(1) == count(30)


# -- recipients --------------------------------------------------------------------------------


def test_a_recipient_and_its_basis(signed_in: SignedIn) -> None:
    client = signed_in("REK")
    room = f"{LIST}vastaanottajat/"
    entered = {"name": "Lukko Oy", "category": "LUO-KÄSITT", "country": "us", "contact": ""}
    abroad = client.post(f"{room}uusi/", entered)
    assert abroad.status_code == 422
    assert "Maa ja ryhmä eivät sovi yhteen" in abroad.content.decode()
    assert client.post(f"{room}uusi/", entered | {"country": "fi"}).status_code == 302
    again = client.post(f"{room}uusi/", entered | {"country": "fi", "name": "LUKKO OY"})
    assert "on jo luettelossa" in again.content.decode()
    with system_access():
        recipient = Recipient.objects.get()
    url = f"{room}{recipient.pk}/"
    assert "Perustetta ei ole kirjattu" in client.get(url).content.decode()
    terms = {
        "kind": "art28", "reference": "L-1", "valid_from": "1.10.2026", "valid_to": "",
        "purposes": ["P5"], "codes": ["PT-NIMI", "PT-OSOITE"],
    }  # fmt: skip
    endless = client.post(f"{url}peruste/", terms)
    assert "Sopimuksella on oltava päättymispäivä" in endless.content.decode()
    assert client.post(f"{url}peruste/", terms | {"kind": "note"}).status_code == 422
    assert client.post(f"{url}peruste/", terms | {"valid_to": "1.10.2027"}).status_code == 302
    with system_access():
        row = DisclosureBasis.objects.get()
        assert row.approved_by.username == "rek"
    ending = f"{LIST}perusteet/{row.pk}/paata/"
    assert client.post(ending, {"last_day": "1.12.2030"}).status_code == 422
    assert client.post(ending, {"last_day": "1.11.2026"})["Location"] == url
    assert "Ei voimassa" in client.get(url).content.decode()


def test_an_ending_agreement_is_marked(signed_in: SignedIn) -> None:
    with system_access():
        soon = company("Pian Päättyvä Oy")
        basis(soon, valid_to=today() + timedelta(days=59))
        company("Perusteeton Oy", Category.MAINTENANCE)
    text = signed_in("JOH").get(f"{LIST}vastaanottajat/").content.decode()
    assert "Päättyy pian" in text
    assert "Ei perustetta" in text
    assert "Uusi vastaanottaja" not in text
