"""The pages: one click for each objection, a consent with its evidence, what the card shows."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from registry.consents.codes import CELLS, Channel, Kind, Manner, Use
from registry.consents.models import ConsentText, Decision
from registry.persons.models import Person, Source, StaffLink, TieKind
from registry.protection.services import record_ban
from tests.people import system_access
from tests.registry.consents.conftest import (
    EMAIL_ADS,
    POST_ADS,
    SAID,
    SURVEYS,
    SignedIn,
    forbid,
    permit,
)
from tests.registry.persons.conftest import events
from tests.vuokra.documents.conftest import company, files
from tests.vuokra.documents.conftest import text_of as text_of_pdf
from vuokra.accounts.models import User
from vuokra.company.models import NoticeVersion
from vuokra.documents.models import Document
from vuokra.documents.models import State as DocumentState
from vuokra.documents.tasks import make

__all__ = ["company", "files"]


def url(person: Person, *parts: str) -> str:
    return "/".join(["/suostumukset", person.public_id, *parts, ""])


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def rows() -> list[Decision]:
    with system_access():
        return list(Decision.objects.order_by("id"))


def consent(**changes: Any) -> dict[str, Any]:
    """What the form of a consent posts."""
    with system_access():
        text = ConsentText.objects.get(use=Use.MARKETING).pk
        notice = NoticeVersion.objects.get().pk
    return {
        "text": text, "channels": ["email"], "manner": "form", "decided_on": "2.3.2026",
        "notice": notice, "expires": "", "proof": "S-77",
    } | changes  # fmt: skip


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: cell.code)
def test_S9_08_each_objection_is_one_click(signed_in: SignedIn, person: Person, cell: Any) -> None:
    client = signed_in("SOP")
    assert f'name="kielto" value="{cell.code}"' in client.get(url(person)).content.decode()
    answer = client.post(url(person, "kiella"), {"kielto": cell.code})
    assert answer.status_code == 302
    (row,) = rows()
    assert (row.cell, row.kind, row.decided_on) == (cell, Kind.PROHIBITION, timezone.localdate())
    assert (row.source, row.manner) == (Source.PERSON, "")
    assert "Kielto on voimassa." in client.get(answer["Location"]).content.decode()


def test_S9_08_everything_is_one_click_too_and_how_it_came_is_kept(
    signed_in: SignedIn, person: Person
) -> None:
    client = signed_in("REK")
    assert "Kiellä kaikki" in text_of(client, url(person))
    client.post(url(person, "kiella"), {"kaikki": "1", "tapa": "phone"})
    assert "Kiellä" not in text_of(client, url(person)), "nothing is left to object to"
    kept = rows()
    assert {row.cell for row in kept} == set(CELLS), "partners too (S9-07)"
    assert len(kept) == len(CELLS) and {row.manner for row in kept} == {Manner.PHONE}
    client.post(url(person, "kiella"), {"kaikki": "1", "tapa": "arvaus"})
    assert len(rows()) == len(CELLS)
    assert "Ei suostumusta" not in text_of(client, url(person))


def test_a_click_of_nothing_known_changes_nothing(signed_in: SignedIn, person: Person) -> None:
    client = signed_in("SOP")
    assert client.post(url(person, "kiella"), {"kielto": "marketing:survey"}).status_code == 404
    assert client.post(url(person, "kiella"), {}).status_code == 302
    assert client.post(url(person, "peruuta"), {}).status_code == 404
    assert client.get(url(person, "kielto", "service", "post")).status_code == 404
    assert client.get(url(person, "kiella")).status_code == 405
    assert rows() == []


def test_a_consent_is_taken_back_in_one_click_of_the_page_that_shows_it(
    signed_in: SignedIn, person: Person
) -> None:
    with system_access():
        permit(person, Channel.EMAIL)
    client = signed_in("SOP")
    page = client.get(url(person)).content.decode()
    assert f'formaction="{url(person, "peruuta")}"' in page
    client.post(url(person, "peruuta"), {"suostumus": "marketing:email"})
    assert rows()[-1].kind == Kind.WITHDRAWAL
    client.post(url(person, "peruuta"), {"suostumus": "marketing:email"})
    assert len(rows()) == 2
    assert "Peruutettu" in text_of(client, url(person))


def test_a_consent_is_recorded_with_its_evidence(signed_in: SignedIn, person: Person) -> None:
    client = signed_in("SOP")
    page = client.get(url(person, "suostumus")).content.decode()
    assert "Suostumus on vapaaehtoinen" in page
    assert "checked" not in page
    answer = client.post(url(person, "suostumus"), consent(channels=["email", "sms"]))
    assert answer.status_code == 302
    page = text_of(client, url(person))
    assert "Teksti 1, seloste 1" in page and "S-77" in page
    assert len(rows()) == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": ""}, "text"),
        ({"channels": []}, "channels"),
        ({"channels": ["survey"]}, "channels"),
        ({"manner": ""}, "manner"),
        ({"manner": "import"}, "manner"),
        ({"manner": "phone"}, "repeated_back"),
        ({"decided_on": "1.1.2099"}, "decided_on"),
        ({"decided_on": "eilen"}, "decided_on"),
        ({"notice": ""}, "notice"),
        ({"expires": "1.3.2026"}, "expires"),
        ({"proof": "150685-906N"}, "proof"),
    ],
    ids=str,
)
def test_a_bad_consent_is_told_at_its_field_and_nothing_is_saved(
    signed_in: SignedIn, person: Person, changes: dict[str, Any], field: str
) -> None:
    answer = signed_in("SOP").post(url(person, "suostumus"), consent(**changes))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert rows() == []


def test_a_prohibition_of_the_population_register_is_recorded_and_lifted(
    signed_in: SignedIn, person: Person
) -> None:
    client = signed_in("SOP")
    given = {"cells": ["marketing:post"], "manner": "notice", "decided_on": "2.3.2026"}
    assert client.post(url(person, "kielto"), {**given, "cells": []}).status_code == 422
    assert client.post(url(person, "kielto"), given).status_code == 302
    (row,) = rows()
    assert (row.source, row.manner) == (Source.POPULATION_REGISTER, Manner.NOTICE)
    lift = url(person, "kielto", "marketing", "post")
    told = {"manner": "visit", "decided_on": "1.3.2026", "proof": ""}
    answer = client.post(lift, told)
    assert answer.status_code == 422
    assert "2.3.2026" in answer.content.decode()
    assert client.post(lift, told | {"manner": ""}).status_code == 422
    assert client.post(lift, told | {"decided_on": "3.3.2026"}).status_code == 302
    assert client.post(lift, told | {"decided_on": "3.3.2026"}).status_code == 422
    page = text_of(client, url(person))
    assert "Kiellon poisto" in page and "Väestö" not in page and "Digi- ja" in page


def test_a_mistake_is_corrected_and_stays_to_be_seen(signed_in: SignedIn, person: Person) -> None:
    with system_access():
        (row,) = permit(person, Channel.EMAIL)
        (no,) = forbid(person, POST_ADS)
    client = signed_in("SOP")
    assert client.post(url(person, "kirjaus", str(row.pk)), {"grounds": ""}).status_code == 422
    answer = client.post(url(person, "kirjaus", str(row.pk)), {"grounds": "Väärä henkilö"})
    assert answer.status_code == 302
    page = text_of(client, url(person))
    assert "Virhe, ei noudateta" in page and "Väärä henkilö" in page
    address = url(person, "kirjaus", str(no.pk))
    assert address not in client.get(url(person)).content.decode()
    assert client.post(address, {"grounds": "Väärä henkilö"}).status_code == 403
    registrar = signed_in("REK")
    assert address in registrar.get(url(person)).content.decode()
    assert registrar.post(address, {"grounds": "Väärä henkilö"}).status_code == 302


def test_DP_A4_another_persons_decision_is_not_there(
    signed_in: SignedIn, person: Person, other: Person
) -> None:
    with system_access():
        (row,) = permit(other, Channel.EMAIL)
    client = signed_in("SOP")
    assert client.get(url(person, "kirjaus", str(row.pk))).status_code == 404


@pytest.mark.parametrize("role", ["HAK", "VAL", "TAL", "HUO", "TAR", "PAA", "MAR"])
def test_without_the_right_there_is_neither_page_nor_badge(
    signed_in: SignedIn, person: Person, role: str
) -> None:
    with system_access():
        forbid(person, POST_ADS)
    client = signed_in(role)
    assert client.get(url(person)).status_code == 403
    assert client.post(url(person, "kiella"), {"kaikki": "1"}).status_code == 403
    assert "Markkinointikielto" not in client.get(f"/henkilot/{person.public_id}/").content.decode()


def test_the_card_shows_badge_panel_and_events(signed_in: SignedIn, person: Person) -> None:
    client, card = signed_in("SOP"), f"/henkilot/{person.public_id}/"
    page = text_of(client, card)
    assert "Markkinointikielto" not in page
    assert "Asiakaskyselyt Sallittu oikeutettu etu" in page
    assert "Kumppanin tai konsernin markkinointi Ei suostumusta" in page
    with system_access():
        forbid(person, POST_ADS, SURVEYS)
    page = text_of(client, card)
    assert "Markkinointikielto osin" in page
    assert "Suoramarkkinointi Osin kielletty 2.3.2026" in page
    assert "Kumppanin tai konsernin markkinointi Osin kielletty" in page
    assert "Asiakaskyselyt Kielletty 2.3.2026" in page
    assert "Suoramarkkinointi: posti, Asiakaskyselyt: kaikki tavat · Lähde: Asiakas itse" in page
    with system_access():
        forbid(person, *(cell for cell in CELLS if cell.use == Use.MARKETING))
    page = text_of(client, card)
    assert "Markkinointikielto" in page and "Markkinointikielto osin" not in page
    assert "Suoramarkkinointi Kielletty" in page
    assert "Kumppanin tai konsernin markkinointi Kielletty" in page
    told = text_of(client, url(person))
    assert "Ei suostumusta" not in told and "koskee myös tätä" in told


def test_the_page_says_when_nothing_is_sent_whatever_was_decided(
    signed_in: SignedIn, person: Person
) -> None:
    with system_access():
        record_ban(person, valid_from=SAID, valid_until=None, source=Source.POPULATION_REGISTER,
                   covers_household=False)  # fmt: skip
    client = signed_in("SOP")
    assert "Markkinointia ja kyselyitä ei lähetetä. Turvakielto." in text_of(client, url(person))
    assert "ei lähetetä: Turvakielto" in text_of(client, f"/henkilot/{person.public_id}/")


def test_an_expired_consent_and_who_recorded_what(signed_in: SignedIn, person: Person) -> None:
    with system_access():
        permit(person, Channel.EMAIL, expires=date(2026, 4, 1))
        forbid(person, EMAIL_ADS, on=date(2026, 2, 1))
    client = signed_in("SOP")
    page = text_of(client, url(person))
    assert "Vanhentunut" in page and "Järjestelmä" in page
    client.post(url(person, "kiella"), {"kielto": "marketing:sms"})
    assert "Kotivaara Sari" in text_of(client, url(person))


def test_an_objection_leaves_an_event_about_the_person(signed_in: SignedIn, person: Person) -> None:
    client = signed_in("SOP")
    client.post(url(person, "kiella"), {"kielto": "marketing:post"})
    event = events()[-1]
    assert event.subjects == [person.pk]
    assert event.action == "change"
    assert "forbidden" in str(event.detail)


def numbered(person: Person, **changes: Any) -> dict[str, Any]:
    return {
        "number": str(person.customer_number), "cells": ["marketing:email", "survey:survey"],
        "manner": "email", "decided_on": "2.3.2026", "proof": "",
    } | changes  # fmt: skip


@pytest.mark.parametrize("role", ["MAR", "SOP", "REK"])
def test_an_objection_by_customer_number_opens_no_record(
    signed_in: SignedIn, person: Person, role: str
) -> None:
    with system_access():
        record_ban(person, valid_from=SAID, valid_until=None, source=Source.POPULATION_REGISTER,
                   covers_household=False)  # fmt: skip
    client, address = signed_in(role), "/suostumukset/kielto/"
    assert address in client.get("/").content.decode()
    answer = client.post(address, numbered(person))
    assert (answer.status_code, answer["Location"]) == (302, address)
    assert [row.use for row in rows()] == [Use.MARKETING, Use.SURVEY]
    page = client.get(address).content.decode()
    assert "Kielto on voimassa." in page and "Lehtovaara" not in page
    for wrong, field in (({"number": "7"}, "number"), ({"cells": []}, "cells")):
        answer = client.post(address, numbered(person, **wrong))
        assert answer.status_code == 422
        assert list(answer.context["form"].errors) == [field]


def test_an_objection_by_the_number_of_a_merged_record_is_the_survivors(
    signed_in: SignedIn, person: Person, other: Person
) -> None:
    with system_access():
        other.merged_into = person
        other.save()
    signed_in("MAR").post("/suostumukset/kielto/", numbered(other))
    assert {row.person_id for row in rows()} == {person.pk}


def test_DP_A2_nobody_records_for_oneself_by_number(signed_in: SignedIn, person: Person) -> None:
    client = signed_in("MAR")
    with system_access():
        StaffLink.objects.create(
            person=person, staff=User.objects.get(username="mar"), kind=TieKind.OWN,
            valid_from=SAID,
        )  # fmt: skip
    assert client.post("/suostumukset/kielto/", numbered(person)).status_code == 403
    assert rows() == []


@pytest.mark.usefixtures("company")
def test_a_letter_confirms_what_was_recorded(signed_in: SignedIn, person: Person) -> None:
    with system_access():
        forbid(person, POST_ADS)
    client = signed_in("SOP")
    answer = client.post(url(person, "vahvistuskirje"))
    assert answer.status_code == 302
    with system_access():
        document = Document.objects.get()
    make.func(document.pk, document.ordered_by_id, document.purpose)
    with system_access():
        document.refresh_from_db()
        assert document.state == DocumentState.READY
        with document.file.open() as opened:
            words = text_of_pdf(opened.read())
    assert "Koulukatu 5 A 2" in words and "Kielletty" in words and "2.3.2026" in words
    assert signed_in("HAK").post(url(person, "vahvistuskirje")).status_code == 403
