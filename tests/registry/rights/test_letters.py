"""What requesters are told in writing: required contents of each letter, both languages (6.4)."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from registry.persons.models import Person
from registry.protection.models import Source
from registry.protection.services import record_ban
from registry.rights import letters, services
from registry.rights.models import (
    DataRequest,
    ExtensionGround,
    Letter,
    LetterKind,
    Outcome,
    RefusalGround,
    Right,
    Way,
)
from registry.rights.services import Ruling
from registry.rights.services.identity import write_letter
from tests.people import system_access
from tests.registry.rights.conftest import (
    REFUSE,
    SignedIn,
    acting,
    approved,
    decided,
    fresh,
    handed,
    in_progress,
    take_in,
)
from tests.vuokra.documents.conftest import company, reader, text_of
from vuokra.accounts.models import User
from vuokra.documents.errors import Fault, NotMade
from vuokra.documents.models import Document, State
from vuokra.documents.services import proceed
from vuokra.documents.services import render as render_pdf

__all__ = ["company"]

PARTLY = Ruling(
    Outcome.PARTLY, RefusalGround.NATIONAL, "Tieto haittaisi lapsen hoitoa.",
    facts="Yksi merkintä jätettiin pois.", to_supervisor=True, fee=Decimal("12.50"),
)  # fmt: skip


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


def written_by(user: User, row: DataRequest, kind: LetterKind, way: Way = Way.LETTER) -> str:
    with acting(user), translation.override(row.language):
        contents = letters.contents(fresh(row), kind, way)
        pdf = render_pdf(f"{letters.PREFIX}{kind}", contents, row.language, row.number)
    return text_of(pdf)


@pytest.mark.parametrize("kind", LetterKind)
@pytest.mark.parametrize("language", ["fi", "en"])
def test_every_letter_is_an_accessible_document_that_names_its_request(
    company: None, registrar: User, person: Person, kind: LetterKind, language: str
) -> None:
    row = decided(registrar, person, Right.ACCESS, language=language)
    with acting(registrar), translation.override(language):
        contents = letters.contents(fresh(row), kind, Way.LETTER)
        pdf = render_pdf(f"{letters.PREFIX}{kind}", contents, language, row.number)
        title = str(letters.TITLES[kind])
    text = text_of(pdf)
    assert row.number in text and "Koulukatu 5 A 2" in text and "Marjukka Lehtovaara" in text
    assert title.replace("-", "") in text.replace("-", "")
    assert "/StructTreeRoot" in reader(pdf).trailer["/Root"]


def test_a_refusal_tells_reasons_the_supervisor_and_the_courts(
    company: None, registrar: User, person: Person
) -> None:
    """6.4: kieltäytymisessä perusteet, valitusoikeus ja oikeussuojakeinot (12 artikla 4)."""
    row = decided(registrar, person, Right.RESTRICTION, ruling=REFUSE)
    text = written_by(registrar, row, LetterKind.ANSWER)
    for words in ("Edellytykset eivät täyty.", "tietosuojavaltuutetulle", "tuomioistuimeen"):
        assert words in text
    wholly = decided(registrar, person, Right.RESTRICTION)
    assert "tuomioistuimeen" not in written_by(registrar, wholly, LetterKind.ANSWER)


def test_a_restricted_answer_names_what_was_left_out_the_law_and_the_fee(
    company: None, registrar: User, person: Person
) -> None:
    row = decided(registrar, person, Right.ACCESS, ruling=PARTLY)
    text = written_by(registrar, row, LetterKind.ANSWER)
    for words in ("Yksi merkintä jätettiin pois.", "34\u00a0§", "12,50", "tietosuojavaltuutetulle"):
        assert words in text


def test_an_extension_tells_the_new_day_the_reason_and_where_to_complain(
    company: None, registrar: User, person: Person
) -> None:
    row = in_progress(registrar, person)
    with acting(registrar):
        services.extend(
            row, ExtensionGround.COMPLEX, reason="Asiakirjoja on paljon.", way=Way.LETTER,
            version=row.version,
        )  # fmt: skip
        row = fresh(row)
    text = written_by(registrar, row, LetterKind.EXTENSION)
    due = f"{row.due_target.day}.{row.due_target.month}.{row.due_target.year}"
    for words in (due, "Asiakirjoja on paljon.", "tietosuojavaltuutetulle"):
        assert words in text


def test_asking_for_identity_asks_for_no_identity_code_and_no_copy(
    company: None, registrar: User, person: Person
) -> None:
    with acting(registrar):
        row = take_in(person)
    text = written_by(registrar, row, LetterKind.IDENTITY)
    assert "Älä lähetä henkilötunnustasi" in text and "ei oteta kopiota" in text


def test_somebody_of_whom_nothing_is_held_is_told_so(company: None, registrar: User) -> None:
    row = decided(registrar, None, Right.ACCESS)
    text = written_by(registrar, row, LetterKind.ANSWER, Way.HANDED)
    assert "ei ole sinua koskevia tietoja" in text and "Tuntematon Kirjoittaja" in text


def test_a_letter_to_one_under_turvakielto_is_not_posted_without_a_contact_address(
    company: None, registrar: User, person: Person
) -> None:
    """7.3: ilman yhteysosoitetta toimitus sovitaan henkilön kanssa."""
    row = decided(registrar, person, Right.ACCESS)
    with system_access():
        record_ban(
            person, valid_from=row.received_on, valid_until=None, source=Source.PERSON,
            covers_household=False,
        )  # fmt: skip
    with acting(registrar):
        with pytest.raises(NotMade, check=lambda error: error.fault == Fault.DELIVERY):
            letters.contents(fresh(row), LetterKind.ANSWER, Way.LETTER)
        assert letters.contents(fresh(row), LetterKind.ANSWER, Way.HANDED)["receiver"] == [
            "Marjukka Lehtovaara"
        ]


def test_a_letter_is_ordered_with_its_request_and_made_by_the_worker(
    company: None, registrar: User, person: Person
) -> None:
    row = decided(registrar, person, Right.ACCESS)
    with acting(registrar):
        letter = write_letter(fresh(row), LetterKind.RECEIPT, Way.LETTER)
        document = letters.papers_of(row)[letter.pk]
        assert (document.reference, document.subject_id) == (row.number, person.pk)
        proceed(document.pk)
        document.refresh_from_db()
        assert document.state == State.READY


def test_what_is_said_by_telephone_is_no_document(registrar: User, person: Person) -> None:
    row = decided(registrar, person, Right.ACCESS)
    with acting(registrar):
        write_letter(fresh(row), LetterKind.RECEIPT, Way.PHONE)
        assert Letter.objects.filter(request=row, kind=LetterKind.RECEIPT).exists()
        assert not Document.objects.exists()


def test_an_answer_by_letter_is_made_when_it_is_delivered(
    company: None, registrar: User, second: User, person: Person
) -> None:
    row = approved(registrar, second, person, Right.RESTRICTION, ruling=REFUSE)
    with acting(registrar):
        services.deliver(row, handed(), version=row.version)
        made = Document.objects.get()
        assert made.kind == f"{letters.PREFIX}{LetterKind.ANSWER}"
        proceed(made.pk)


def test_the_second_person_reads_the_answer_before_approving(
    company: None, signed_in: SignedIn, registrar: User, person: Person
) -> None:
    row = decided(registrar, person, Right.RESTRICTION, ruling=REFUSE)
    response = signed_in("JOH").get(reverse("rights:preview", args=[row.slug]))
    assert response.status_code == 200 and response["Content-Type"] == "application/pdf"
    assert "Edellytykset eivät täyty." in text_of(response.content)


def test_only_the_right_to_requests_opens_the_answer(
    signed_in: SignedIn, registrar: User, person: Person
) -> None:
    row = decided(registrar, person, Right.RESTRICTION, ruling=REFUSE)
    assert signed_in("SOP").get(reverse("rights:preview", args=[row.slug])).status_code == 403
