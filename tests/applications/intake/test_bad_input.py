"""Bad input of an application: told in plain words at its field, nothing lost, nothing saved."""

from __future__ import annotations

import io
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from applications.intake import services
from applications.intake.codes import (
    AttachmentKind,
    AttachmentState,
    Channel,
    Corrected,
    IncomeKind,
    NeededBy,
    State,
)
from applications.intake.models import (
    Application,
    Asset,
    Attachment,
    Income,
    Member,
    PresentHome,
    Work,
)
from applications.intake.services import Details, papers
from registry.persons.models import Mark, MarkKind, Person, Source, TieKind
from registry.persons.services.standing import record_tie
from tests.applications.intake.conftest import (
    DAY,
    TODAY,
    SignedIn,
    ban,
    row,
    system_access,
)
from tests.applications.intake.living import again
from vuokra.accounts.models import User

pytestmark = pytest.mark.django_db
GIGABYTES = 2 * 1024**3
PIECE = bytes(2**16)
EDGE = "piiri"


@pytest.fixture(autouse=True)
def files_apart(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def came(person: Person) -> Application:
    """A received application of which a wage certificate was asked for."""
    with system_access():
        made = services.begin(
            person, Details(channel=Channel.PAPER, received_on=TODAY), today=TODAY
        )
        services.receive(made, today=TODAY)
        papers.ask(
            made, AttachmentKind.WAGE, NeededBy.CONTRACT, member=made.members.get(), today=TODAY
        )
    return made


def at(name: str, application: Application, *more: object) -> str:
    return reverse(f"applications:{name}", args=[application.number, *more])


def part_at(application: Application, kind: str) -> str:
    with system_access():
        return at("add_part", application, application.members.get().pk, kind)


def refused(answer: HttpResponse, field: str, words: str, *typed: str) -> None:
    """The page says it once, at the field alone, and shows again what was typed."""
    assert answer.status_code == 422
    told: Any = answer
    assert set(told.context["form"].errors) == {field}
    page = answer.content.decode()
    assert words in page and f'href="#id_{field}"' in page
    assert all(one in page for one in typed)


INCOME = {
    "kind": "wage", "euros": "2 450,50", "period": "month", "since": "", "until": "",
    "proof": "told", "whose": "clerk",
}  # fmt: skip


def test_income_that_begins_later_is_confirmed(signed_in: SignedIn, came: Application) -> None:
    client, url = signed_in("HAK"), part_at(came, "tulo")
    day = f"{TODAY.replace(year=TODAY.year + 5):%d.%m.%Y}"
    given = INCOME | {"since": day}
    refused(client.post(url, given), "since", "Tulo alkaa vasta myöhemmin", day, "2 450,50")
    with system_access():
        assert not Income.objects.exists()
    assert client.post(url, given | {"confirmed": "on"}).status_code == 302
    with system_access():
        assert Income.objects.count() == 1


def test_negative_wealth_is_told_to_be_a_debt(signed_in: SignedIn, came: Application) -> None:
    given = {
        "kind": "savings", "euros": "-5 000", "share": "100", "place": "Suvanto",
        "given_up_on": "", "left_out": "", "left_out_reason": "", "proof": "told",
        "whose": "clerk",
    }  # fmt: skip
    answer = signed_in("HAK").post(part_at(came, "varallisuus"), given)
    words = "Varallisuus ei voi olla alle nolla. Kirjaa velka omalle rivilleen."
    refused(answer, "euros", words, "-5 000", "Suvanto")
    with system_access():
        assert not Asset.objects.exists()


def test_a_household_of_zero_is_refused(signed_in: SignedIn, came: Application) -> None:
    client = signed_in("HAK")
    given = {"tenure": "rented", "municipality": "Suvanto", "residents": "0", "whose": "clerk"}
    answer = client.post(at("change_home", came), given)
    refused(answer, "residents", "vähintään 1", "Suvanto", 'value="0"')
    with system_access():
        assert not PresentHome.objects.exists()
        applicant = came.members.get()
    answer = client.post(at("drop_member", came, applicant.pk), {"whose": "clerk"})
    assert answer.status_code == 422 and "hakemuksella on aina hakija" in answer.content.decode()
    with system_access():
        assert Member.objects.get() == applicant


def test_a_missing_income_proof_is_told_and_refuses_nothing(
    signed_in: SignedIn, came: Application
) -> None:
    with system_access():
        member, more = came.members.get(), {"whose": Corrected.APPLICANT, "today": TODAY}
        Attachment.objects.get().delete()
        services.put(Work(member=member, employment="permanent"), **more)
        services.put(Income(member=member, kind=IncomeKind.WAGE, euros=2100), **more)
        services.put(Income(member=member, kind=IncomeKind.PENSION, euros=400), **more)
    client = signed_in("HAK")
    page = client.get(at("application", came)).content.decode()
    for kind in (AttachmentKind.WAGE, AttachmentKind.PENSION):
        assert str(kind.label) in page
    assert "2 500,00" in page.replace("\xa0", " ")
    answer = client.post(at("admit", came), follow=True)
    assert "Hakemus on hyväksytty valintaan." in answer.content.decode()
    assert "Palkkatodistus" in answer.content.decode(), "asked for until it is seen"
    with system_access():
        assert again(came).state == State.VALID and Income.objects.count() == 2


@pytest.mark.parametrize("kind", [TieKind.OWN, TieKind.HOUSEHOLD, TieKind.CONFLICT])
def test_A3_an_application_of_the_clerks_household_is_for_another_to_decide(
    signed_in: SignedIn, came: Application, kind: TieKind
) -> None:
    client = signed_in("HAK")
    with system_access():
        user = User.objects.get(username="hak")
        record_tie(came.members.get().person, user.pk, kind, valid_from=TODAY)
    answer = client.post(at("admit", came), follow=True)
    if kind is TieKind.CONFLICT:
        assert "Olet esteellinen" in answer.content.decode()
        assert "Toinen käsittelee sen" in answer.content.decode()
    else:
        assert answer.status_code == 403
    with system_access():
        assert again(came).state == State.RECEIVED


# -- files ---------------------------------------------------------------------------------------


class Endless(io.RawIOBase):
    """A request with a file of 2 GB that is made up while it is read."""

    def __init__(self, fields: dict[str, str]) -> None:
        parts = [
            f'--{EDGE}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in fields.items()
        ]
        parts.append(
            f'--{EDGE}\r\nContent-Disposition: form-data; name="file"; filename="palkka.pdf"\r\n'
            "Content-Type: application/pdf\r\n\r\n%PDF-1.7"
        )
        self.head, self.tail = "".join(parts).encode(), f"\r\n--{EDGE}--\r\n".encode()
        self.left = GIGABYTES
        self.length = len(self.head) + GIGABYTES + len(self.tail)

    def read(self, size: int = -1) -> bytes:
        assert 0 <= size <= len(PIECE), "nobody asks for it as a whole"
        if self.head:
            piece, self.head = self.head[:size], self.head[size:]
        elif self.left:
            piece = PIECE[: min(size, self.left)]
            self.left -= len(piece)
        else:
            piece, self.tail = self.tail[:size], self.tail[size:]
        return piece


@pytest.mark.parametrize("name", ["paper_arrives", "add_original"])
def test_an_attachment_of_2_gb_is_refused_without_taking_it_into_memory(
    signed_in: SignedIn, came: Application, name: str
) -> None:
    with system_access():
        asked = Attachment.objects.get()
    url = at(name, came, asked.uuid) if name == "paper_arrives" else at(name, came)
    client, day = signed_in("HAK"), f"{TODAY - DAY:%d.%m.%Y}"
    sent = Endless({"on": day})
    tracemalloc.start()
    try:
        answer = client.generic(
            "POST", url, CONTENT_TYPE=f"multipart/form-data; boundary={EDGE}",
            **{"wsgi.input": sent, "CONTENT_LENGTH": str(sent.length)},
        )  # fmt: skip
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    refused(answer, "file", "Tiedosto on liian suuri. Enintään 10 Mt.", day)
    assert most < 2**25
    with system_access():
        assert [one.state for one in Attachment.objects.all()] == [AttachmentState.ASKED]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"MZ\x90\x00\x03" + bytes(90), "Tiedostomuotoa ei tunneta"),
        (b"\x7fELF\x02\x01\x01" + bytes(90), "Tiedostomuotoa ei tunneta"),
        (b"PK\x03\x04" + bytes(90), "Tiedostomuotoa ei tunneta"),
        (b"%PDF-1.4\n1 0 obj<</JS(app.alert(1))/S/JavaScript>>endobj\n", "PDF-tiedosto"),
    ],
    ids=["exe", "elf", "zip", "script"],
)
def test_an_attachment_with_a_program_inside_is_refused(
    signed_in: SignedIn, came: Application, settings: Any, content: bytes, words: str
) -> None:
    client: Client = signed_in("HAK")
    with system_access():
        asked = Attachment.objects.get()
    day = f"{TODAY - DAY:%d.%m.%Y}"
    given = {"on": day, "file": SimpleUploadedFile("palkka.pdf", content, "application/pdf")}
    refused(client.post(at("paper_arrives", came, asked.uuid), given), "file", words, day)
    with system_access():
        assert Attachment.objects.get().state == AttachmentState.ASKED
    assert not [one for one in Path(settings.MEDIA_ROOT).rglob("*") if one.is_file()]


def test_where_a_protected_member_works_is_refused_at_its_field(
    signed_in: SignedIn, came: Application
) -> None:
    with system_access():
        member = came.members.get()
        ban(member.person)
    given = {"employment": "permanent", "employer": "Tehdas Oy",
             "place": "Hillakoski", "whose": "clerk"}  # fmt: skip
    answer = signed_in("HAK").post(at("add_part", came, member.pk, "tyo"), given)
    assert answer.status_code == 422
    assert "Turvakiellon vuoksi" in str(answer.context["form"].errors["place"])


def test_one_that_is_refused_bars_no_other(
    signed_in: SignedIn, came: Application, other: Person
) -> None:
    with system_access():
        barred = row(other, State.VALID)
        Mark.objects.create(
            person=other, kind=MarkKind.DECEASED, valid_from=TODAY, source=Source.PERSON
        )
    chosen = {"do": "renew", "chosen": [came.number, barred.number], "confirmed": "1"}
    answer = signed_in("HAK").post(reverse("applications:bulk"), chosen, follow=True)
    with system_access():
        assert again(came).renewed_on == TODAY
        assert again(barred).renewed_on is None
    assert barred.number in answer.content.decode().split("Näille sitä ei voitu tehdä")[1][:200]
