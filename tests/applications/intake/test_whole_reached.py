"""What the long form tells besides: how the applicant is reached, and the papers that came."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from applications.intake.codes import AttachmentKind, AttachmentState
from applications.intake.models import Application, Attachment
from registry.persons.models import Address, AddressKind, ContactPoint, Person, Source
from registry.protection.models import ProtectedDetail
from tests.applications.intake.conftest import DAY, TODAY, SignedIn, ban, system_access
from tests.applications.intake.paper_form import Paper
from tests.registry.persons.conftest import events

pytestmark = pytest.mark.django_db

PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00"
TOLD = {
    "applicant__phone": "040 900 1122", "applicant__email": "uuno@example.fi",
    "applicant__street": "Hillakuja 3 B 12", "applicant__postal_code": "99999",
    "applicant__town": "Suvanto",
}  # fmt: skip


@pytest.fixture(autouse=True)
def kept_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "MEDIA_ROOT", str(tmp_path))
    return tmp_path


def begun(client: Any) -> Paper:
    return Paper(client).type(
        applicant__surname="Uusikivi", applicant__given_names="Uuno",
        applicant__birth_date="3.4.1980",
    )  # fmt: skip


def enclose(paper: Paper, row: int, content: bytes, **told: str) -> Paper:
    paper.type(**{f"paper_{row}__{name}": value for name, value in told.items()})
    paper.sent[f"paper-{row}-file"] = [SimpleUploadedFile("liite", content)]
    return paper


def test_how_the_applicant_is_reached_is_kept_with_the_person(signed_in: SignedIn) -> None:
    assert begun(signed_in("HAK")).type(**TOLD).press().answer.status_code == 302
    with system_access():
        person = Application.objects.get().members.get().person
        points = ContactPoint.objects.filter(person=person).order_by("kind")
        assert [(one.value, one.source, one.valid_from) for one in points] == [
            ("uuno@example.fi", Source.APPLICATION, TODAY),
            ("+358409001122", Source.APPLICATION, TODAY),
        ]
        home = Address.objects.get(person=person)
        assert (home.kind, home.street, home.town) == (
            AddressKind.HOME, "Hillakuja 3 B 12", "Suvanto",
        )  # fmt: skip
    assert events()[-1].subjects == [person.pk]


def test_what_the_register_knows_is_not_written_again(signed_in: SignedIn) -> None:
    client = signed_in("HAK")
    begun(client).type(**TOLD).press()
    with system_access():
        known = Person.objects.get(surname="Uusikivi")
        before = (
            set(ContactPoint.objects.values_list("pk")),
            set(Address.objects.values_list("pk")),
        )
    again = Paper(client).type(applicant__q=str(known.customer_number), **TOLD)
    assert again.type(applicant__phone="+358 40 9001122").press().answer.status_code == 302
    with system_access():
        assert Application.objects.count() == 2
        assert before == (
            set(ContactPoint.objects.values_list("pk")), set(Address.objects.values_list("pk")),
        )  # fmt: skip


def test_of_somebody_under_turvakielto_they_are_sealed(signed_in: SignedIn) -> None:
    paper = begun(signed_in("HAK")).type(applicant__protected="on", **TOLD)
    assert paper.press().answer.status_code == 302
    with system_access():
        assert not ContactPoint.objects.exists() and not Address.objects.exists()
        kept = {one.kind: one.content.reveal() for one in ProtectedDetail.objects.all()}
    assert kept["phone"] == "+358409001122" and "Hillakuja" in kept["home"]


def test_somebody_known_to_be_protected_has_them_sealed_too(signed_in: SignedIn) -> None:
    client = signed_in("HAK")
    begun(client).type(applicant__protected="on").press()
    with system_access():
        known = Person.objects.get(surname="Uusikivi")
    paper = Paper(client).type(applicant__q=str(known.customer_number), **TOLD)
    assert paper.press().answer.status_code == 302
    with system_access():
        assert not ContactPoint.objects.exists() and not Address.objects.exists()
        assert ProtectedDetail.objects.filter(person=known).count() == 3


def test_a_detail_of_somebody_protected_is_not_doubled(signed_in: SignedIn) -> None:
    client = signed_in("HAK")
    begun(client).type(applicant__protected="on", **TOLD).press()
    with system_access():
        known = Person.objects.get(surname="Uusikivi")
    wrong = Paper(client).type(applicant__q=str(known.customer_number), **TOLD).press().wrong()
    assert set(wrong) == {f"id_applicant-{one}" for one in ("phone", "email", "street")}
    with system_access():
        assert ProtectedDetail.objects.filter(person=known).count() == 3


def test_an_older_paper_ends_no_newer_address(signed_in: SignedIn) -> None:
    client = signed_in("HAK")
    begun(client).type(**TOLD).press()
    with system_access():
        known = Person.objects.get(surname="Uusikivi")
    late = Paper(client).type(
        applicant__q=str(known.customer_number),
        applicant__received_on=f"{TODAY - 3 * DAY:%d.%m.%Y}", **TOLD,
    ).type(applicant__street="Vanhakuja 1")  # fmt: skip
    wrong = late.press().wrong()
    assert "uudempi osoite" in wrong["id_applicant-street"]
    with system_access():
        assert Address.objects.get().valid_to is None


def test_beside_somebody_protected_no_address_is_kept_in_the_open(
    signed_in: SignedIn, other: Person
) -> None:
    with system_access():
        ban(other)
    paper = begun(signed_in("HAK")).type(**TOLD).press("add", "member").type(
        member_1__q=str(other.customer_number), member_1__part="co_applicant",
        member_1__relation="spouse",
    )  # fmt: skip
    assert set(paper.press().wrong()) == {"id_applicant-street"}
    street = {f"applicant__{one}": "" for one in ("street", "postal_code", "town")}
    assert paper.type(**street).press().answer.status_code == 302
    with system_access():
        assert not Address.objects.exists() and ContactPoint.objects.count() == 2


def test_half_an_address_and_odd_numbers_are_told_at_their_fields(signed_in: SignedIn) -> None:
    paper = begun(signed_in("HAK")).type(
        applicant__phone="040 x", applicant__email="uuno", applicant__street="Hillakuja 3"
    )
    wrong = paper.press().wrong()
    assert set(wrong) == {"id_applicant-phone", "id_applicant-email", "id_applicant-town"}
    assert "Hillakuja 3" in paper.page
    wrong = paper.type(
        applicant__phone="", applicant__email="", applicant__town="Suvanto",
        applicant__postal_code="12", applicant__street="Kuja 010190-903T",
    ).press().wrong()  # fmt: skip
    assert set(wrong) == {"id_applicant-street"}
    wrong = paper.type(applicant__street="Kuja 1").press().wrong()
    assert set(wrong) == {"id_applicant-postal_code"}
    wrong = paper.type(applicant__country="F1").press().wrong()
    assert set(wrong) == {"id_applicant-country"}
    with system_access():
        assert not Application.objects.exists() and not Address.objects.exists()


def test_papers_come_with_the_application(signed_in: SignedIn, kept_in: Path) -> None:
    paper = begun(signed_in("HAK"))
    assert 'enctype="multipart/form-data"' in paper.page
    paper.press("add", "paper").press("add", "paper")
    enclose(paper, 1, b"Hakemus\n")
    enclose(paper, 2, b"Palkka 2100\n", kind="wage", of="applicant")
    paper.type(paper_3__kind="student").press()  # seen without a file
    assert paper.answer.status_code == 302
    with system_access():
        made = Application.objects.get()
        original, wage, student = made.attachments.order_by("pk")
        assert (original.kind, original.member, original.state) == (
            AttachmentKind.ORIGINAL, None, AttachmentState.ARRIVED,
        )  # fmt: skip
        assert (wage.kind, wage.member) == ("wage", made.members.get())
        assert (student.kind, bool(student.file), student.arrived_on) == (
            "student", False, made.received_on,
        )  # fmt: skip
        with wage.file.open() as kept:
            assert kept.read() == b"Palkka 2100\n"
    for stored in kept_in.rglob("*"):
        assert stored.is_dir() or b"Palkka" not in stored.read_bytes()


def test_a_file_that_is_refused_is_told_at_its_row_and_nothing_is_stored(
    signed_in: SignedIn, kept_in: Path
) -> None:
    paper = begun(signed_in("HAK")).press("add", "paper").press("add", "paper")
    enclose(paper, 1, b"Hakemus\n")
    enclose(paper, 2, PROGRAM, kind="wage")
    enclose(paper, 3, b"Lupa\n", kind="residence")
    wrong = paper.press().wrong()
    assert set(wrong) == {"id_paper-2-file", "id_paper-3-file", "liitteet"}
    assert "Valitse tiedostot uudelleen" in wrong["liitteet"]
    assert 'value="Uusikivi"' in paper.page
    with system_access():
        assert not Application.objects.exists() and not Attachment.objects.exists()
    assert [one for one in kept_in.rglob("*") if one.is_file()] == []


def test_an_error_elsewhere_says_that_files_are_chosen_again(signed_in: SignedIn) -> None:
    paper = enclose(begun(signed_in("HAK")), 1, b"Hakemus\n").type(applicant__phone="x")
    wrong = paper.press().wrong()
    assert set(wrong) == {"id_applicant-phone", "liitteet"}
    paper.sent["paper-1-file"] = [""]  # as the browser forgets it
    wrong = paper.type(applicant__phone="").press().wrong()
    assert "uudelleen" in wrong["id_paper-1-file"]
    assert enclose(paper, 1, b"Hakemus\n").press().answer.status_code == 302


def test_a_button_of_the_form_does_not_forget_that_a_file_was_chosen(signed_in: SignedIn) -> None:
    paper = enclose(begun(signed_in("HAK")), 1, b"Hakemus\n").press("add", "income")
    assert "valitse se uudelleen" in paper.page
    paper.sent["paper-1-file"] = [""]
    assert set(paper.press().wrong()) == {"id_paper-1-file"}
    assert paper.press("drop", "paper-1").press().answer.status_code == 302


def test_files_too_large_together_are_told_so(signed_in: SignedIn) -> None:
    paper = begun(signed_in("HAK")).press("add", "paper").press("add", "paper")
    for row, kind in ((1, "original"), (2, "wage"), (3, "tax")):
        enclose(paper, row, b"x" * (9 * 2**20), kind=kind)
    wrong = paper.press().wrong()
    assert any("yhteensä enintään 25 Mt" in text for text in wrong.values())


def test_a_paper_of_somebody_of_whom_nothing_is_told(signed_in: SignedIn) -> None:
    paper = begun(signed_in("HAK")).press("add", "member")
    enclose(paper, 1, b"Palkka\n", kind="wage", of="member-1")
    assert set(paper.press().wrong()) == {"id_paper-1-of", "liitteet"}
