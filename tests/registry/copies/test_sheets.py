"""A copy on paper: its documents are pages, since paper has no attachments."""

from __future__ import annotations

import io

import pikepdf
import pytest
from PIL import Image

from registry.copies import services, sheets
from registry.copies.models import Copy
from registry.papers import details
from registry.persons.models import Person
from registry.rights.papers import Paper
from registry.rights.services.attaching import keep
from tests.people import system_access
from tests.registry.copies.conftest import Gathered, acting, approve, places, settle
from tests.registry.copies.test_services import opened
from tests.registry.rights.conftest import take_in
from tests.vuokra.documents.conftest import text_of
from vuokra.accounts.models import User
from vuokra.documents.services import pages_of
from vuokra.documents.tasks import make

A4 = (595.0, 842.0)


def picture(form: str, mode: str = "RGB", size: tuple[int, int] = (300, 200)) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, form)
    return out.getvalue()


def locked() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(out, encryption=pikepdf.Encryption(user="salasana", owner="toinen"))
    return out.getvalue()


def letter(person: Person, registrar: User) -> None:
    """A letter about the person, made by the worker."""
    with acting(registrar):
        document = details.order(person, by=registrar)
    make.func(document.pk, registrar.pk, document.purpose)


def paper(copy: Copy, registrar: User) -> bytes:
    approve(copy)
    with acting(registrar):
        return services.printed(copy)


def pages(pdf: bytes) -> list[str]:
    from tests.vuokra.documents.conftest import reader

    return [page.extract_text() for page in reader(pdf).pages]


# -- files as pages ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        (b"%PDF-1.7 ...", "pdf"),
        (picture("JPEG"), "jpg"),
        (picture("PNG"), "png"),
        ("Hyvä yhtiö,\npyydän tietoni.".encode(), "txt"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "bin"),
    ],
)
def test_a_file_is_known_by_its_content(data: bytes, suffix: str) -> None:
    assert sheets.suffix_of(data) == suffix


@pytest.mark.parametrize(
    "data",
    [
        picture("PNG", "RGBA"), picture("PNG", "P"), picture("PNG", "1"), picture("PNG", "LA"),
        picture("JPEG", "L"), picture("JPEG", size=(4000, 3000)), picture("PNG", size=(200, 6000)),
    ],
)  # fmt: skip
def test_a_picture_fits_on_one_sheet(data: bytes) -> None:
    (pdf,) = sheets.sheets_of({"liite-1.png": data}, "fi", "TP-2026-7").values()
    with pikepdf.open(io.BytesIO(pdf)) as whole:
        (page,) = whole.pages
        breadth, height = (float(side) for side in page.mediabox[2:])
    assert breadth <= A4[0] and height <= A4[1]


def test_what_is_seen_through_is_white_on_paper() -> None:
    (pdf,) = sheets.sheets_of({"x": picture("PNG", "RGBA")}, "fi", "").values()
    with pikepdf.open(io.BytesIO(pdf)) as whole:
        (image,) = whole.pages[0].get_images().values()
        seen = pikepdf.PdfImage(image).as_pil_image().convert("RGB").getpixel((5, 5))
    assert min(seen) > 250


def test_a_text_is_typeset_line_by_line(company: None) -> None:
    text = "\ufeffPyyntö\n\nVoisitteko #set page lähettää *tietoni*?\n"
    (pdf,) = sheets.sheets_of({"x": text.encode()}, "fi", "TP-2026-7").values()
    told = text_of(pdf)
    assert "Pyyntö" in told and "#set page lähettää *tietoni*?" in told and "U+FEFF" not in told


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7 broken", locked(), b"\x89PNG\r\n\x1a\nbroken", b"\xff\xd8\xffx", b"\xd0\xcf"],
)
def test_what_cannot_be_read_has_no_pages(data: bytes) -> None:
    assert sheets.sheets_of({"x": data}, "fi", "") == {}


# -- the printed copy ----------------------------------------------------------------------------


def test_the_documents_are_the_last_pages(
    person: Person, registrar: User, gathered: Gathered
) -> None:
    for _twice in range(2):
        letter(person, registrar)
    copy = settle(gathered(person), registrar)
    files = opened(paper(copy, registrar), "")
    told = pages(files["pdf"])
    own = [number for number, text in enumerate(told) if "Tarkista yhteystietosi" in text]
    assert own[-2:] == [len(told) - 2, len(told) - 1]
    first = told[0].replace("\n", " ")
    assert "lopussa tässä järjestyksessä" in first and first.count("1 sivu") == 2
    assert "Tämä jäljennös on annettu paperilla" in first
    assert not any(name.startswith("liite-") for name in files)


def test_the_package_has_them_attached_as_before(
    person: Person, registrar: User, gathered: Gathered
) -> None:
    letter(person, registrar)
    copy = approve(settle(gathered(person), registrar))
    with acting(registrar):
        files = opened(*services.build_package(copy, by=registrar))
        on_paper = services.printed(copy)
    assert files["liite-1.pdf"].startswith(b"%PDF") and "liite-1.pdf" in text_of(files["pdf"])
    assert pages_of(on_paper) > pages_of(files["pdf"])


def test_what_came_with_a_request_is_printed_or_given_separately(
    person: Person, registrar: User, gathered: Gathered
) -> None:
    with acting(registrar):
        row = take_in(person)
        for mime, data in (
            ("image/png", picture("PNG")), ("text/plain", b"Terveisin Marjukka"),
            ("application/pdf", locked()),
        ):  # fmt: skip
            keep(row, Paper(mime, data), "liite")
    copy = settle(gathered(person), registrar)
    files = opened(paper(copy, registrar), "")
    told = pages(files["pdf"])
    assert "Terveisin Marjukka" in told[-1] and told[-2].strip() == ""  # the picture before it
    assert told[0].replace("\n", " ").count("annetaan erikseen") == 1
    assert [name for name in files if name.startswith("liite-")] == ["liite-3.pdf"]


def test_a_document_that_is_left_out_is_not_printed(
    person: Person, spouse: Person, registrar: User, gathered: Gathered
) -> None:
    from vuokra.documents.models import Document, DocumentSubject

    letter(person, registrar)
    with system_access():
        DocumentSubject(document=Document.objects.get(), subject_id=spouse.pk).save()
    copy = gathered(person)
    assert "liite/0" in {one.place for one in places(copy, registrar).values()}
    copy = settle(copy, registrar)  # left out
    told = pages(paper(copy, registrar))
    assert not any("Tarkista yhteystietosi" in text for text in told[-1:])
    assert "lopussa tässä järjestyksessä" not in told[0]


def test_an_extract_on_paper_is_as_before(
    person: Person, registrar: User, gathered: Gathered
) -> None:
    copy = settle(gathered(person, kind="portability"), registrar)
    assert set(opened(paper(copy, registrar), "")) == {"pdf", "tiedot.json", "tiedot.csv"}
