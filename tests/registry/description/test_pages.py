"""Pages and papers of the register description."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from registry.description import services
from registry.description.models import DescriptionVersion
from tests.people import system_access
from tests.registry.persons.conftest import TODAY, SignedIn
from vuokra.company.models import Company, NoticeVersion
from vuokra.policy.roles import Role

START = "/rekisteriseloste/"
FORM = {"code": "2", "valid_from": "1.12.2026", "summary": "Uusi järjestelmä"}


@pytest.fixture
def version(company: Company) -> DescriptionVersion:
    with system_access():
        return services.publish(code="2", valid_from=TODAY, summary="Uusi", today=TODAY)


def text_of(answer: Any) -> str:
    pages = PdfReader(io.BytesIO(answer.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PAA])
def test_all_staff_see_the_published_notice(
    signed_in: SignedIn, version: DescriptionVersion, role: Role
) -> None:
    client = signed_in(role)
    assert client.get(START).status_code == 200
    page = client.get(f"{START}1/")
    assert page.status_code == 200
    assert "Rekisterin tietosisältö" in page.text
    assert client.get(f"{START}1/seloste-fi.pdf").status_code == 200


@pytest.mark.parametrize("role", [role for role in Role if role != Role.REK])
def test_the_record_and_drafts_are_the_registrar_s(
    signed_in: SignedIn, version: DescriptionVersion, role: Role
) -> None:
    client = signed_in(role)
    for page in ("1/kasittelytoimet/", "1/muutokset/", "1/kasittelytoimet-fi.pdf", "julkaise/"):
        assert client.get(f"{START}{page}").status_code == 403, page
    assert client.get(f"{START}luonnos/").status_code == 404
    assert client.post(f"{START}julkaise/", FORM).status_code == 403
    assert "luonnos" not in client.get(START).text


def test_the_registrar_publishes(signed_in: SignedIn, company: Company) -> None:
    client = signed_in("REK")
    assert "Selostetta ei ole julkaistu" in client.get(START).text
    assert "Henkilötietoryhmät" in client.get(f"{START}luonnos/kasittelytoimet/").text
    assert client.post(f"{START}julkaise/", FORM)["Location"] == f"{START}1/"
    index = client.get(START).text
    assert "Uusi järjestelmä" in index
    assert "Julkaise uusi versio" not in index
    again = client.post(f"{START}julkaise/", FORM | {"code": "3"})
    assert again.status_code == 422
    assert "Mikään ei ole muuttunut" in again.text


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"code": ""}, "Version tunnus"),
        ({"code": "1"}, "on jo olemassa"),
        ({"valid_from": "eilisen jälkeen"}, "Kirjoita"),
        ({"summary": ""}, "Mikä muuttui"),
    ],
)
def test_bad_input_keeps_what_was_typed(
    signed_in: SignedIn, company: Company, change: dict[str, str], message: str
) -> None:
    answer = signed_in("REK").post(f"{START}julkaise/", FORM | change)
    assert answer.status_code == 422
    assert message in answer.text
    assert "error-summary" in answer.text
    assert not DescriptionVersion.objects.exists()
    assert NoticeVersion.objects.count() == 1


def test_a_changed_register_is_told_of(
    signed_in: SignedIn, version: DescriptionVersion, company: Company
) -> None:
    client = signed_in("REK")
    assert "on muuttunut julkaisun jälkeen" not in client.get(START).text
    with system_access():
        company.phone = "+358490009999"
        company.save()
    assert "3 kohtaa eroaa julkaistusta" in client.get(START).text
    page = client.get(f"{START}luonnos/muutokset/").text
    assert "<del>Puhelin · 049\xa0000\xa00001</del>" in page
    assert "<ins>Puhelin · 049\xa0000\xa09999</ins>" in page


def test_without_the_company_the_page_says_what_is_missing(signed_in: SignedIn) -> None:
    client = signed_in("REK")
    answer = client.get(START)
    assert "Rekisterinpitäjän tiedot puuttuvat" in answer.text
    assert client.get(f"{START}luonnos/").status_code == 404
    assert client.post(f"{START}julkaise/", FORM).status_code == 422


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("seloste-fi", "5 Rekisterin tietosisältö"),
        ("seloste-en", "5 Content of the register"),
        ("kasittelytoimet-fi", "registry_persons_person.surname"),
        ("kasittelytoimet-en", "D Categories of personal data"),
    ],
)
def test_papers(signed_in: SignedIn, version: DescriptionVersion, file: str, expected: str) -> None:
    answer = signed_in("REK").get(f"{START}1/{file}.pdf")
    assert answer["Content-Type"] == "application/pdf"
    text = text_of(answer).replace("\u200b", "")
    assert expected.replace(" ", "") in text.replace(" ", "")
    assert version.digest in text.replace(" ", "")


def test_a_draft_says_that_it_is_one(signed_in: SignedIn, company: Company) -> None:
    assert "Luonnos: ei julkaistu" in text_of(
        signed_in("REK").get(f"{START}luonnos/seloste-fi.pdf")
    )


@pytest.mark.parametrize("page", ["2/", "0/", "x/", "viimeisinen/", "99999999999999/"])
def test_unknown_versions_are_not_found(
    signed_in: SignedIn, version: DescriptionVersion, page: str
) -> None:
    assert signed_in("REK").get(f"{START}{page}").status_code == 404


def test_newest_has_an_address_that_stays(signed_in: SignedIn, version: DescriptionVersion) -> None:
    assert signed_in("SOP").get(f"{START}viimeisin/").status_code == 200


def test_pages_speak_english(signed_in: SignedIn, version: DescriptionVersion) -> None:
    client: Client = signed_in("REK")
    client.cookies["django_language"] = "en"
    assert "Regular sources" in client.get(f"{START}1/").text


def test_statements_do_not_grow_with_versions(
    signed_in: SignedIn, company: Company, django_assert_max_num_queries: Any
) -> None:
    client = signed_in("REK")
    for number in range(2, 5):
        with system_access():
            company.phone = f"+35849000000{number}"
            company.save()
            services.publish(code=f"{number}", valid_from=TODAY, summary="x", today=TODAY)
    client.get(START)
    with django_assert_max_num_queries(20):
        client.get(START)
