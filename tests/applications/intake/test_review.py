"""Where an application is checked: its original beside, the next one, what is found of it."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from applications.intake import services
from applications.intake.codes import AttachmentKind, IncomeKind, State
from applications.intake.forms import PARTS
from applications.intake.models import Application, Attachment, Income
from applications.intake.queries import review
from applications.intake.queries.listing import View, application_list
from applications.intake.services import papers
from leases.deposits import services as deposits
from leases.deposits.models import Deposit
from leases.deposits.rules.deposit import Reason
from leases.homes.models import Flat
from registry.households.services import Newcomer
from registry.persons.models import Person, Source
from registry.persons.services import Names
from registry.protection.services import record_ban
from tests.applications.intake.conftest import (
    TODAY,
    SignedIn,
    acting,
    make_user,
    row,
    stepped,
    system_access,
)
from tests.applications.intake.living import CHILD, MINORS, begun, born_on
from tests.leases.deposits.conftest import NOW, Staff, concluded, end, ended, ready, staff
from tests.registry.persons.conftest import events
from tests.registry.protection.conftest import ban
from vuokra.documents import drawn
from vuokra.policy.roles import Role

pytestmark = pytest.mark.django_db
__all__ = ["ended", "ready", "staff"]


@pytest.fixture(autouse=True)
def files_apart(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


def pdf(pages: int = 2) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as one:
        for _page in range(pages):
            one.add_blank_page(page_size=(595, 842))
        one.save(out)
    return out.getvalue()


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 60), "white").save(out, "PNG")
    return out.getvalue()


def brought(person: Person, content: bytes) -> tuple[Application, Attachment]:
    with system_access():
        made = services.receive(begun(person), today=TODAY)
        file = SimpleUploadedFile("hakemus.pdf", content)
        paper = papers.add(made, AttachmentKind.ORIGINAL, on=TODAY, file=file, today=TODAY)
    return made, paper


def at(name: str, application: Application, *more: object) -> str:
    return reverse(f"applications:{name}", args=[application.number, *more])


def body(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_no_choice_of_a_part_is_a_row_of_dashes(signed_in: SignedIn, person: Person) -> None:
    client = signed_in("HAK")
    with system_access():
        made = services.receive(begun(person), today=TODAY)
        member = made.members.get()
    paths = [at(name, made) for name in ("add_ground", "change_wish")]
    for path in paths + [at("add_part", made, member.pk, kind) for kind in PARTS]:
        found = body(client, path)
        assert "<select" in found and "---" not in found, path


def test_without_an_original_what_was_told_stands_beside_the_checks(
    signed_in: SignedIn, person: Person
) -> None:
    client = signed_in("HAK")
    with system_access():
        made = services.receive(begun(person), today=TODAY)
    found = body(client, at("review", made))
    assert found.index("Ruokakunta") < found.index("Tarkistettavaa")
    with system_access():
        other = born_on(TODAY - timedelta(days=9999))
    drawn_of, _paper = brought(other, pdf())
    pictured = body(client, at("review", drawn_of))
    assert pictured.index("Tarkistettavaa") < pictured.index("Ruokakunta")


# -- the original ----------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [pdf(), picture()], ids=["pdf", "png"])
def test_the_original_is_shown_as_a_picture_with_its_own_event(
    signed_in: SignedIn, person: Person, content: bytes
) -> None:
    made, paper = brought(person, content)
    client = signed_in("HAK")
    address = at("paper_picture", made, paper.uuid)
    assert f'src="{address}"' in body(client, at("review", made))
    before = len(events())
    for _time in range(2):
        answer = client.get(address)
        assert answer["Content-Type"] == "image/jpeg" and answer.content[:3] == b"\xff\xd8\xff"
        assert "Lehtovaara" not in answer["Content-Disposition"]
    opened = events()[before:]
    assert [one.surface for one in opened] == ["file", "file"]
    assert all(person.pk in one.subjects for one in opened)
    with system_access():
        other = services.receive(begun(born_on(TODAY - timedelta(days=9999))), today=TODAY)
    assert client.get(at("paper_picture", other, paper.uuid)).status_code == 404
    assert signed_in("SOP").get(address).status_code == 403


def test_whoever_may_open_no_identity_code_opens_no_paper(
    signed_in: SignedIn, person: Person
) -> None:
    made, paper = brought(person, pdf())
    client = signed_in("VAL")
    found = body(client, at("review", made))
    assert "<img" not in found and at("paper_file", made, paper.uuid) not in found
    assert "Alkuperäisessä on henkilötunnuksia" in found
    for page in ("paper_picture", "paper_file"):
        assert client.get(at(page, made, paper.uuid)).status_code == 403


def test_papers_of_a_protected_household_open_for_a_reason(
    signed_in: SignedIn, person: Person
) -> None:
    made, paper = brought(person, pdf())
    client, file = signed_in("HAK"), at("paper_file", made, paper.uuid)
    assert client.get(file).status_code == 200
    assert client.get(at("reason", made)).status_code == 404
    with system_access():
        ban(person)
    assert client.get(file)["Location"] == at("reason", made)
    asked = body(client, at("reason", made))
    assert person.surname not in asked
    why = {"reason": "P1", "reason_text": "Hakemuksen tarkistus"}
    assert client.post(at("reason", made), why | {"reason_text": ""}).status_code == 422
    assert client.get(file).status_code == 302
    assert client.post(at("reason", made), why).status_code == 302
    assert client.get(file).status_code == 200
    revealed = [one for one in events() if one.action == "reveal"]
    assert [bool(one.payload_digest) for one in revealed] == [True]
    assert person.pk in revealed[0].subjects


def test_pages_are_drawn_under_one_another_and_no_more_than_the_most() -> None:
    one, many = (Image.open(io.BytesIO(drawn.drawn(pdf(n)))) for n in (1, drawn.MOST_PAGES + 5))
    assert many.height == drawn.MOST_PAGES * one.height and many.width == one.width


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\nrikki", b"MZ\x90\x00"])
def test_what_is_no_whole_pdf_is_not_drawn(content: bytes) -> None:
    with pytest.raises(drawn.NotDrawn):
        drawn.drawn(content)


def test_an_original_that_cannot_be_drawn_is_said_to_be_so(
    signed_in: SignedIn, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, paper = brought(person, pdf())

    def fail(_content: bytes) -> bytes:
        raise drawn.NotDrawn

    monkeypatch.setattr(drawn, "drawn", fail)
    answer = signed_in("HAK").get(at("paper_picture", made, paper.uuid))
    assert answer.status_code == 422 and "Avaa tiedosto" in answer.content.decode()


def test_under_turvakielto_and_of_a_text_the_original_is_not_shown_unasked(
    signed_in: SignedIn, person: Person
) -> None:
    made, paper = brought(person, b"Hakemus kirjeitse\n")
    client = signed_in("HAK")
    page = body(client, at("review", made))
    assert "Alkuperäistä ei voi näyttää tässä" in page and "<img" not in page
    assert client.get(at("paper_picture", made, paper.uuid)).status_code == 404
    with system_access():
        papers.add(
            made, AttachmentKind.ORIGINAL, on=TODAY, today=TODAY,
            file=SimpleUploadedFile("hakemus.pdf", pdf()),
        )  # fmt: skip
    assert "/kuva/" in body(client, at("review", made))
    with system_access():
        record_ban(
            person, valid_from=TODAY, valid_until=None, source=Source.PERSON,
            covers_household=True,
        )  # fmt: skip
    page = body(client, at("review", made))
    assert "Hakemuksella on turvakielto" in page and "/kuva/" not in page


# -- the next one ----------------------------------------------------------------------------------


def test_the_next_one_is_that_of_the_list_in_every_view(person: Person) -> None:
    with acting(make_user(Role.HAK)):
        people = [person, *(born_on(TODAY - timedelta(days=9000 + n)) for n in range(4))]
        for n, one in enumerate(people):
            day = TODAY - timedelta(days=80 - n // 2)
            made = row(one, State.RECEIVED, received_on=day)
            stepped(made, State.VALID, valid_until=TODAY + timedelta(days=3 + n % 2))
        row(born_on(TODAY - timedelta(days=8000)), State.RECEIVED)
        for view in (None, View.VALID, View.EXPIRING, View.NEW):
            rows = list(application_list(view, 1, today=TODAY))
            numbers = [None, *(one.application.number for one in rows), None]
            for n, one in enumerate(rows, 1):
                found = review.neighbours(one, view, today=TODAY)
                assert (found.before, found.after) == (numbers[n - 1], numbers[n + 1]), view


def test_going_through_keeps_the_view_and_comes_back_after_an_act(
    signed_in: SignedIn, person: Person, other: Person
) -> None:
    with system_access():
        first = row(person, State.RECEIVED, received_on=TODAY - timedelta(days=3))
        second = row(other, State.RECEIVED)
    client = signed_in("HAK")
    here = at("review", first) + "?rajaus=uudet"
    assert here in body(client, reverse("applications:list") + "?rajaus=uudet")
    page = body(client, here)
    assert at("review", second) + "?rajaus=uudet" in page
    for name in ("change_home", "ask_paper", "change_details"):
        assert f'href="{at(name, first)}?tarkistus=uudet"' in page
        assert f'href="{at(name, first)}"' in body(client, at("application", first))
    answer = client.post(at("admit", first) + "?tarkistus=uudet")
    assert (answer.status_code, answer["Location"]) == (302, here)
    assert at("review", second) in body(client, here), "the view has lost it, not the way on"
    asked = client.get(at("ask_to_complete", second) + "?tarkistus=uudet").content.decode()
    assert at("review", second) + "?rajaus=uudet" in asked
    answer = client.post(at("ask_to_complete", second) + "?tarkistus=x", {"due_on": "1.1.2020"})
    assert answer.status_code == 422


def test_who_only_chooses_checks_and_does_nothing(signed_in: SignedIn, person: Person) -> None:
    with system_access():
        made = row(person, State.RECEIVED)
    page = body(signed_in("VAL"), at("review", made))
    assert "Hyväksy valintaan" not in page
    assert signed_in("SOP").get(at("review", made)).status_code == 403


# -- what is found ---------------------------------------------------------------------------------


def test_how_long_it_is_kept_is_told(signed_in: SignedIn, person: Person) -> None:
    with system_access():
        made = row(person, State.RECEIVED)
        kept = review.kept_until(made, today=TODAY)
    assert kept.code == "R2" and kept.until
    client = signed_in("HAK")
    for name in ("review", "application"):
        assert f"{kept.until:%-d.%-m.%Y}" in body(client, at(name, made))


def test_a_tenancy_is_told_and_the_lease_only_to_who_reads_leases(
    signed_in: SignedIn, person: Person, flat: Flat
) -> None:
    with system_access():
        made = row(person, State.RECEIVED)
    client = signed_in("HAK")
    assert "Kukaan ruokakunnasta ei ole ollut vuokralainen" in body(client, at("review", made))
    with system_access():
        lease = concluded(flat, person, starts_on=TODAY - timedelta(days=400))
    page = body(client, at("review", made))
    assert "on vuokralainen" in page and str(lease.number) not in page
    with system_access():
        end(lease, TODAY - timedelta(days=9))
    page = body(client, at("review", made))
    assert "on ollut vuokralainen" in page and str(lease.number) not in page
    with system_access():
        [found] = review.tenancies_of(
            review.ApplicationRow(made, TODAY, list(made.members.select_related("person"))),
            today=TODAY,
        )
    assert [one.number for one in found.leases] == [lease.number]


def test_what_a_settled_deposit_left_unpaid_is_told_to_who_may_know_of_debts(
    signed_in: SignedIn, ready: Deposit, staff: Staff, person: Person
) -> None:
    with system_access():
        made = row(person, State.RECEIVED)
    chooser, clerk = signed_in("VAL"), signed_in("HAK")
    told = "Vakuuden selvityksessä jäi velaksi 250,00 €"
    assert "ei jäänyt velkaa" in body(chooser, at("review", made))
    with acting(staff.clerk):
        deposits.deduct(ready, Reason.DAMAGE, Decimal(1550), "Lasku 17")
        settlement = deposits.prepare(ready, [], today=TODAY)
    assert told not in body(chooser, at("review", made)), "it is not approved"
    with acting(staff.payer):
        deposits.approve(settlement, today=TODAY, now=NOW)
    assert told in body(chooser, at("review", made)).replace("\xa0", " ")
    page = body(clerk, at("review", made)).replace("\xa0", " ")
    assert told not in page and "Velat yhtiölle näkee asukasvalitsija" in page


def test_a_code_that_is_kept_lacks_to_nobody(signed_in: SignedIn, person: Person) -> None:
    with system_access():
        made = begun(person)
        services.register_member(
            made, Newcomer(Names("Lehtovaara", "Nea")), replace(CHILD, hetu=MINORS), today=TODAY
        )
        services.receive(made, today=TODAY)
    lacking = {
        role: body(signed_in(role), at("application", made)).count("Henkilötunnus puuttuu")
        for role in ("HAK", "VAL")
    }
    assert lacking["HAK"] == lacking["VAL"]


def test_a_file_that_should_not_be_kept_is_removed_for_a_reason(
    signed_in: SignedIn, person: Person
) -> None:
    with system_access():
        made = row(person, State.RECEIVED)
        file = SimpleUploadedFile("palkka.txt", b"Palkka 2100 euroa\n")
        paper = papers.add(made, AttachmentKind.WAGE, on=TODAY, file=file, today=TODAY)
    here, client = at("remove_file", made, paper.uuid), signed_in("HAK")
    assert here in body(client, at("application", made))
    assert client.post(here, {"reason": ""}).status_code == 422
    assert client.post(here, {"reason": "Väärän henkilön"}).status_code == 302
    assert here not in body(client, at("application", made))
    with system_access():
        kept = Attachment.objects.get()
        assert (bool(kept.file), kept.reason) == (False, "Väärän henkilön")


def test_what_was_entered_by_mistake_is_taken_out(signed_in: SignedIn, person: Person) -> None:
    with system_access():
        made = row(person, State.RECEIVED)
        mistake = Income.objects.create(
            member=made.members.get(), kind=IncomeKind.WAGE, euros=Decimal(100)
        )
    drop = at("drop_part", made, "tulo", mistake.pk)
    client = signed_in("HAK")
    assert drop in body(client, at("application", made))
    assert drop not in body(signed_in("VAL"), at("application", made))
    assert 'name="whose"' in body(client, drop)
    refused = client.post(drop)
    assert refused.status_code == 422 and 'id="id_whose_error"' in refused.content.decode()
    with system_access():
        assert Income.objects.exists()
    assert client.post(drop, {"whose": "applicant"}).status_code == 302
    with system_access():
        assert not Income.objects.exists()
    told = events()[-1]
    assert {"kind": "note", "corrected": ["applicant"]} in told.detail
