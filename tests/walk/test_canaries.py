"""The walk's own eyes: canaries are found in every shape and file, and a leak is told."""

from __future__ import annotations

import datetime as dt
import io
import json
import zlib

import pytest
from openpyxl import Workbook

from tests.walk import canaries
from tests.walk.canaries import CANARIES, Canary, find
from tests.walk.reading import XLSX, UnreadableAnswer, read
from tests.walk.walker import HEADERS, Answer, canaries_of, events_of, headers_of
from vuokra.access.models import AccessEvent
from vuokra.policy.catalogue import ColumnRole, TableKind, tables
from vuokra.policy.groups import Group

NAME = canaries.PERSON.surname


def canary(pattern: str) -> list[Canary]:
    return [Canary(Group.PERSON, "shape", pattern)]


@pytest.mark.parametrize(
    "written",
    [
        "040 123 4567", "+358401234567", "0401234567", "+358 40 123 4567", "040-1234567",
        "(040) 123 4567", "00358 40 1234567", "+358\u00a040\u00a01234567", "tel:+358-40-123-4567",
        "+358 (0)40 1234567",
    ],
)  # fmt: skip
def test_shapes_of_a_telephone_number(written: str) -> None:
    assert find(canary(canaries.phone("+358401234567")), f"puh. {written}, koti")


@pytest.mark.parametrize(
    "written", ["150685-906N", "150685906n", "150685 - 906N", "150685A906N", "150685–906N"]
)
def test_shapes_of_an_identity_code(written: str) -> None:
    assert find(canary(canaries.hetu("150685-906N")), f"tunnus {written}.")


@pytest.mark.parametrize(
    "written", ["FI2112345600000785", "FI21 1234 5600 0007 85", "fi21-1234-5600-0007-85"]
)
def test_shapes_of_a_bank_account(written: str) -> None:
    assert find(canary(canaries.iban("FI2112345600000785")), written)


@pytest.mark.parametrize(
    "written",
    ["14.3.1957", "14.03.1957", "14. maaliskuuta 1957", "1957-03-14", "14 March 1957", "140357"],
)
def test_shapes_of_a_birth_date(written: str) -> None:
    assert find(canary(canaries.day(dt.date(1957, 3, 14))), f"syntynyt {written}")


def test_what_only_resembles_is_left_alone() -> None:
    quiet = "040 123 4568, 150685-907P, 15.3.1957x, 183746251, FI2112345600000786"
    shapes = [
        *canary(canaries.phone("+358401234567")),
        *canary(canaries.hetu("150685-906N")),
        *canary(canaries.number("83746251")),
        *canary(canaries.iban("FI2112345600000785")),
    ]
    assert not find(shapes, quiet)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"<p>&#75;anariasalo</p>", "text/html; charset=utf-8"),
        (b"<p>Kanaria<b>salo</b></p>", "text/html"),
        (b'<p title="KANARIASALO">x</p>', "text/html"),
        (b"<script>const a = 'Kanariasalo'</script>", "text/html"),
        ("\ufeffnimi;puhelin\r\nKanariasalo;x\r\n".encode(), "text/csv"),
        (json.dumps({"nimi": "Kanariasalo"}).encode(), "application/json"),
    ],
)
def test_text_is_read_out_of(body: bytes, kind: str) -> None:
    assert find(canary(canaries.text(NAME)), read(body, kind).text)


def test_json_escapes_hide_nothing() -> None:
    body = json.dumps({"kunta": canaries.PERSON.town}).encode()
    assert b"\\u00e4" in body
    assert find(canary(canaries.text(canaries.PERSON.town)), read(body, "application/json").text)


def test_text_is_read_out_of_a_spreadsheet() -> None:
    book, file = Workbook(), io.BytesIO()
    book.active.append(["nimi", NAME])
    book.save(file)
    assert find(canary(canaries.text(NAME)), read(file.getvalue(), XLSX).text)


def test_text_is_read_out_of_a_pdf() -> None:
    body = pdf(NAME)
    assert NAME.encode() not in body
    assert find(canary(canaries.text(NAME)), read(body, "application/pdf").text)


def test_an_unknown_kind_of_answer_is_refused() -> None:
    with pytest.raises(UnreadableAnswer):
        read(b"\x89PNG", "image/png")


def pdf(text: str) -> bytes:
    """A page with one line of text, its content compressed."""
    content = zlib.compress(f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode("latin-1"))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    body, offsets = b"%PDF-1.4\n", []
    for number, text_of_object in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, text_of_object)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return body + (
        b"xref\n0 6\n0000000000 65535 f \n%strailer\n<< /Size 6 /Root 1 0 R >>\n"
        b"startxref\n%d\n%%%%EOF\n" % (table, len(body))
    )


# -- what the walk complains of --------------------------------------------------------------


def answer(body: str, **changes: object) -> Answer:
    made = Answer(200, HEADERS | {"Content-Type": "text/html"}, body.encode())
    for name, value in changes.items():
        setattr(made, name, value)
    return made


def test_a_group_that_the_role_may_not_see() -> None:
    page = answer("<p>040 123 4567</p>")
    assert "telephone" in " ".join(canaries_of(page, {Group.PERSON}))
    assert not list(canaries_of(page, {Group.CONTACT}))


def test_a_title_an_address_a_header_and_the_log_hold_nothing_even_for_those_who_may_read() -> None:
    everything = set(Group)
    for leak in (
        answer(f"<title>{NAME}</title>"),
        answer(f'<a href="/henkilot/?q={NAME}">x</a>'),
        answer("", headers=HEADERS | {"Location": f"/?n={NAME}"}),
        answer("", log=f"saved {NAME}"),
        answer("", events=[AccessEvent(detail=[{"kind": "note", "text": NAME}])]),
    ):
        assert "surname" in " ".join(canaries_of(leak, everything))


def test_a_look_that_no_event_tells_of() -> None:
    ids = {"person": 1, "other": 2}
    page = answer(f"<p>{NAME}</p>")
    assert list(events_of(page, ids, alone="person")) == ["person is shown, and no event says so"]
    page.events = [AccessEvent(subjects=[1])]
    assert not list(events_of(page, ids, alone="person"))
    page.events = [AccessEvent(subjects=[1, 2])]
    assert "alone" in " ".join(events_of(page, ids, alone="person"))
    assert not list(events_of(page, ids, alone=""))


def test_weak_headers() -> None:
    weak = HEADERS | {"Content-Security-Policy": "default-src 'self' 'unsafe-inline'"}
    assert list(headers_of(answer("", headers=weak)))
    assert not list(headers_of(answer("")))


def test_every_group_of_the_built_tables_has_a_canary() -> None:
    """A room that brings a field group plants its values in tests/walk/canaries.py."""
    groups = {
        column.group or table.group
        for table in tables(TableKind.PERSONAL)
        if not table.name.startswith("prototype_")
        for column in table.columns.values()
        if column.role is ColumnRole.ITEM
    }
    assert Group.CONTACT in groups
    assert groups <= {canary.group for canary in CANARIES}, groups
