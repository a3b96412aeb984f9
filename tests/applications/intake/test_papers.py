"""Papers of an application: asked for, arrived, seen; what file is refused."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from applications.intake import services
from applications.intake.codes import (
    AttachmentKind,
    AttachmentState,
    NeededBy,
)
from applications.intake.forms.acts import PaperForm
from applications.intake.models import (
    Attachment,
)
from applications.intake.services import (
    papers,
)
from registry.persons.models import (
    Ground,
    Person,
)
from registry.persons.services.marks import hold_for_matter
from tests.applications.intake.conftest import (
    DAY,
    TODAY,
    acting,
    make_user,
    system_access,
    told,
)
from tests.applications.intake.living import (
    begun,
    member_of,
    received,
)
from vuokra.policy.roles import Role

pytestmark = pytest.mark.django_db


# -- papers --------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def files_apart(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


def pdf() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as one:
        one.add_blank_page()
        one.save(out)
    return out.getvalue()


def paper(content: bytes = b"Palkka 2100 euroa\n", name: str = "palkka.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_paper_is_asked_for_comes_and_is_seen(person: Person) -> None:
    clerk = make_user(Role.HAK)
    with acting(clerk):
        made = received(person)
        asked = papers.ask(
            made, AttachmentKind.WAGE, NeededBy.CONTRACT, member=member_of(made),
            due_on=TODAY + DAY, today=TODAY,
        )  # fmt: skip
        with pytest.raises(ValidationError) as refused:
            papers.ask(
                made, AttachmentKind.WAGE, NeededBy.CONTRACT, member=member_of(made), today=TODAY
            )
        assert told(refused) == {"kind", "asked"}
        came = papers.arrive(asked, on=TODAY, file=paper(), today=TODAY)
        with came.file.open() as kept:
            assert kept.read() == b"Palkka 2100 euroa\n"
        seen = papers.see(came, today=TODAY)
        assert (seen.state, seen.seen_by_id, bool(seen.file)) == (
            AttachmentState.SEEN, clerk.pk, True,
        )  # fmt: skip
        with pytest.raises(ValidationError) as refused:
            papers.see(seen, today=TODAY)
        assert told(refused) == {"seen"}
        with pytest.raises(ValidationError) as refused:
            papers.remove_file(seen, " ", today=TODAY)
        assert told(refused) == {"reason"}
        removed = papers.remove_file(seen, "Väärän henkilön", today=TODAY)
        assert (bool(removed.file), removed.state) == (False, AttachmentState.SEEN)
        assert removed.reason == "Väärän henkilön"
        with pytest.raises(ValidationError) as refused:
            papers.remove_file(removed, "Väärän henkilön", today=TODAY)
        assert told(refused) == {"file"}


def test_no_file_goes_while_the_data_of_the_household_are_held(person: Person) -> None:
    with system_access():
        made = received(person)
        kept = papers.add(made, AttachmentKind.WAGE, on=TODAY, file=paper(), today=TODAY)
        hold_for_matter(person, Ground.SUPERVISION, "K-1", today=TODAY)
        for remove in (papers.remove_file, papers.drop):
            with pytest.raises(ValidationError) as refused:
                remove(kept, "Väärän henkilön", today=TODAY)
            assert told(refused) == {"held"}
        kept.refresh_from_db()
        assert (kept.state, bool(kept.file)) == (AttachmentState.ARRIVED, True)


def test_a_draft_that_goes_takes_its_files_along_unless_they_are_held(
    person: Person, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    with system_access():
        made = begun(person)
        papers.add(made, AttachmentKind.WAGE, on=TODAY, file=paper(), today=TODAY)
        assert [one for one in tmp_path.rglob("*") if one.is_file()]
        with django_capture_on_commit_callbacks(execute=True):
            services.discard(made, today=TODAY)
        assert not [one for one in tmp_path.rglob("*") if one.is_file()]
        again = begun(person)
        hold_for_matter(person, Ground.SUPERVISION, "K-1", today=TODAY)
        with pytest.raises(ValidationError) as refused:
            services.discard(again, today=TODAY)
        assert told(refused) == {"held"}


def test_SEL_T37_a_paper_that_is_not_demanded_is_asked_for_with_a_reason(person: Person) -> None:
    with system_access():
        made = received(person)
        with pytest.raises(ValidationError) as refused:
            papers.ask(made, AttachmentKind.TAX, NeededBy.CONTRACT, waived=True, today=TODAY)
        assert told(refused) == {"reason", "waived"}
        asked = papers.ask(
            made, AttachmentKind.TAX, NeededBy.CONTRACT, waived=True,
            reason="Tulot ovat ristiriidassa", today=TODAY,
        )  # fmt: skip
        assert asked.reason == "Tulot ovat ristiriidassa"


class Huge(SimpleUploadedFile):
    """A file that says it is of 2 GB; nobody reads it."""

    def __init__(self) -> None:
        super().__init__("pommi.pdf", b"%PDF-1.4")
        self.size = 2 * 1024**3

    def read(self, *sizes: int) -> bytes:
        raise AssertionError("read")


@pytest.mark.parametrize(
    "file",
    [
        Huge(),
        paper(b"MZ\x90\x00\x03" + b"\0" * 90, "palkka.pdf"),
        paper(b"", "tyhja.pdf"),
        paper(b"%PDF-1.4\n1 0 obj<</JS(app.alert(1))/S/JavaScript>>endobj\n", "palkka.pdf"),
        paper(b"PK\x03\x04" + b"\0" * 90, "palkka.zip"),
    ],
)
def test_DP_A25_a_file_that_may_not_be_kept_is_refused_and_nothing_is_lost(
    person: Person, file: SimpleUploadedFile
) -> None:
    with system_access():
        made = received(person)
        asked = papers.ask(made, AttachmentKind.WAGE, NeededBy.CONTRACT, today=TODAY)
        with pytest.raises(ValidationError) as refused:
            papers.arrive(asked, on=TODAY, file=file, today=TODAY)
        assert told(refused) == {"file"}
        assert Attachment.objects.get().state == AttachmentState.ASKED


def test_DP_A48_a_credit_report_is_no_paper_of_an_application(person: Person) -> None:
    kind = "luottotie"
    given = {"kind": kind, "needed_by": NeededBy.OFFER.value}
    form = PaperForm(given, members=[])
    assert not form.is_valid() and set(form.errors) == {"kind"}
    assert PaperForm(given | {"kind": "wage"}, members=[]).is_valid()
    with system_access():
        made = received(person)
        asked = papers.ask(made, AttachmentKind.WAGE, NeededBy.OFFER, today=TODAY)
        asked.kind = kind
        with pytest.raises(IntegrityError, match="intake_attachment_known"), transaction.atomic():
            asked.save()


def test_of_a_permit_it_is_recorded_that_it_was_seen(person: Person) -> None:
    with system_access():
        made = received(person)
        asked = papers.ask(made, AttachmentKind.RESIDENCE, NeededBy.OFFER, today=TODAY)
        with pytest.raises(ValidationError) as refused:
            papers.arrive(asked, on=TODAY, file=paper(), today=TODAY)
        assert told(refused) == {"file", "permit"}
        assert papers.see(asked, today=TODAY).state == AttachmentState.SEEN


def test_a_paper_that_is_not_needed_says_why(person: Person) -> None:
    with system_access():
        made = received(person)
        asked = papers.ask(made, AttachmentKind.WAGE, NeededBy.CONTRACT, today=TODAY)
        with pytest.raises(ValidationError) as refused:
            papers.drop(asked, "", today=TODAY)
        assert told(refused) == {"reason"}
        dropped = papers.drop(asked, "Työ päättyi", today=TODAY)
        assert dropped.state == AttachmentState.DROPPED


def test_the_original_comes_unasked(person: Person) -> None:
    with system_access():
        made = begun(person)
        original = papers.add(
            made, AttachmentKind.ORIGINAL, on=TODAY, file=paper(pdf(), "hakemus.pdf"),
            today=TODAY,
        )  # fmt: skip
        assert (original.mime, original.needed_by) == ("application/pdf", NeededBy.PROCESSING)


def test_a_proof_of_a_special_group_may_show_another_thing(person: Person) -> None:
    with system_access():
        made = begun(person)
        proof = papers.add(made, AttachmentKind.GROUP, on=TODAY, today=TODAY)
        assert papers.see(proof, denies=True, today=TODAY).denies
        wage = papers.add(made, AttachmentKind.WAGE, on=TODAY, today=TODAY)
        with pytest.raises(ValidationError, match="Vain selvitys") as refused:
            papers.see(wage, denies=True, today=TODAY)
        assert refused.value.error_list[0].code == "intake_attachment_denies"
        wage.refresh_from_db()
        assert (wage.state, wage.denies) == (AttachmentState.ARRIVED, False)
        wage.kind, wage.denies = AttachmentKind.GROUP, True  # before anybody has seen it
        with pytest.raises(IntegrityError, match="intake_attachment_denies"), transaction.atomic():
            wage.save()
