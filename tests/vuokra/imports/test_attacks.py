"""Files that are meant to do harm, or were damaged on the way."""

from __future__ import annotations

import io
import time
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.vuokra.imports.files import (
    COLUMNS,
    TYPES,
    archive,
    csv_file,
    member,
    saved,
    with_member,
    xlsx_file,
)
from vuokra.imports import reader
from vuokra.imports.errors import FileRefused
from vuokra.imports.reader import read_table
from vuokra.ui.spreadsheet import csv_text

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
SHEET = "xl/worksheets/sheet1.xml"
GOOD = [["Nimi", "Postinumero"], ["Mäki", "00100"]]
WORKBOOK = xlsx_file(GOOD).getvalue()


def refusal(file: io.BytesIO) -> str:
    with pytest.raises(FileRefused) as caught:
        read_table(file, COLUMNS)
    return " ".join(caught.value.messages)


def test_a_gigabyte_folded_into_a_megabyte_is_not_unfolded() -> None:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        packed.writestr("[Content_Types].xml", TYPES)
        packed.writestr("xl/workbook.xml", "<workbook/>")
        with packed.open(SHEET, "w", force_zip64=True) as sheet:
            block = bytes(2**20)
            for _ in range(1024):
                sheet.write(block)
    began = time.monotonic()
    assert "liian suuri" in refusal(body)
    assert time.monotonic() - began < 1


def test_an_archive_that_lies_about_its_size_is_not_read_past_it() -> None:
    file = xlsx_file(GOOD)
    content = bytearray(with_member(file, "xl/padding.xml", b"<a>" + b"x" * 10_000_000).getvalue())
    declared = (10_000_003).to_bytes(4, "little")
    while (at := content.find(declared)) >= 0:
        content[at : at + 4] = (10).to_bytes(4, "little")
    try:
        rows = read_table(io.BytesIO(bytes(content)), COLUMNS)
    except FileRefused as refused:
        assert refused.messages
    else:
        assert [row.values["name"] for row in rows] == ["Mäki"]


def test_too_many_parts() -> None:
    parts = {f"xl/{number}.bin": b"" for number in range(1100)}
    assert "liian suuri" in refusal(archive({"[Content_Types].xml": TYPES, **parts}))


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd">',
        '<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;&b;&b;">]>',
    ],
)
@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/_rels/workbook.xml.rels"])
def test_entities_are_not_read(declaration: str, part: str) -> None:
    file = xlsx_file(GOOD)
    body = member(file, part)
    start = body.index("?>") + 2 if body.startswith("<?xml") else 0
    assert "määrittelyjä" in refusal(
        with_member(file, part, body[:start] + declaration + body[start:])
    )


def test_an_entity_behind_a_long_comment_stays_unread() -> None:
    file = xlsx_file(GOOD)
    hidden = f'<!--{"x" * 9000}--><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    body = member(file, SHEET).replace("Mäki", "&x;")
    try:
        rows = read_table(with_member(file, SHEET, hidden + body), COLUMNS)
    except FileRefused as refused:
        assert refused.messages
    else:
        assert all(row.values.get("name") == "Mäki" for row in rows)


def test_a_formula_gives_its_saved_value_and_never_runs() -> None:
    book = openpyxl.Workbook()
    book.active.append(["Nimi", "Postinumero"])
    book.active.append(['=HYPERLINK("http://127.0.0.1/","Mäki")', "=1+1"])
    file = saved(book)
    (row,) = read_table(file, COLUMNS)
    assert set(row.problems) == {"name", "code"}
    counted = member(file, SHEET).replace("<f>1+1</f><v></v>", "<f>1+1</f><v>2</v>")
    counted = counted.replace("<f>1+1</f><v />", "<f>1+1</f><v>2</v>")
    (row,) = read_table(with_member(file, SHEET, counted), COLUMNS)
    assert row.values == {"code": "2"}
    assert set(row.problems) == {"name"}


def test_DP_A23_a_formula_as_text_is_kept_and_goes_out_as_text() -> None:
    (row,) = read_table(csv_file("Nimi\n=HYPERLINK(1)\n"), COLUMNS)
    assert row.values["name"] == "=HYPERLINK(1)"
    exported = csv_text([["Nimi"], [row.values["name"]]])
    assert exported.splitlines()[1] == "'=HYPERLINK(1)"
    (again,) = read_table(csv_file(exported), COLUMNS)
    assert again.values == row.values


def test_a_calculation_error_is_told() -> None:
    file = xlsx_file([["Nimi"], ["#N/A"]])
    (row,) = read_table(file, COLUMNS)
    assert "laskentavirhe" in row.problems["name"]


def test_a_macro_file_is_refused() -> None:
    file = with_member(xlsx_file(GOOD), "xl/vbaProject.bin", b"macro")
    assert "makroja" in refusal(file)


def test_a_password_is_told() -> None:
    protected = OLE + "EncryptedPackage".encode("utf-16-le")
    assert "salasanalla" in refusal(io.BytesIO(protected))
    assert "XLS-muotoa" in refusal(io.BytesIO(OLE))


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.7\n%\0\0", b"\x89PNG\r\n\x1a\n\0\0", bytes(range(256)), b"\0" * 50, b"\xff\xfea"],
)
def test_what_is_no_spreadsheet_is_refused(content: bytes) -> None:
    assert refusal(io.BytesIO(content))


def test_another_kind_of_archive_is_refused() -> None:
    assert "ei ole XLSX" in refusal(archive({"mimetype": "application/vnd.oasis.opendocument"}))


def test_ten_thousand_columns() -> None:
    wide = ["Nimi"] + [f"S{number}" for number in range(10_000)]
    assert "liian monta saraketta" in refusal(xlsx_file([wide, ["x"] * 10_001]))


def test_a_row_far_down_and_false_dimensions() -> None:
    book = openpyxl.Workbook()
    book.active.append(["Nimi"])
    book.active["A5000"] = "Mäki"
    file = saved(book)
    lying = member(file, SHEET).replace("A1:A5000", "A1:A2")
    (row,) = read_table(with_member(file, SHEET, lying), COLUMNS)
    assert (row.number, row.values) == (5000, {"name": "Mäki"})


def test_too_many_rows_and_too_large_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MOST_ROWS", 3)
    assert "yli 3 riviä" in refusal(csv_file("Nimi\n" + "x\n" * 4))
    monkeypatch.setattr(reader, "LARGEST", 10)
    assert "liian suuri" in refusal(csv_file("Nimi\n" + "x\n" * 10))


def test_headers_are_never_more_than_text() -> None:
    said = refusal(csv_file('Nimi;"<script>alert(1)</script>\r\nSet-Cookie: a=b"\nx;y\n'))
    assert "\r" not in said
    assert "\n" not in said
    assert len(said) < 120


@given(data=st.data())
@settings(max_examples=60)
def test_a_damaged_workbook_gives_rows_or_words(data: st.DataObject) -> None:
    content = bytearray(WORKBOOK)
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(4, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        assert read_table(io.BytesIO(bytes(content)), COLUMNS)
    except FileRefused as refused:
        assert refused.messages


@given(sheet=st.text(alphabet='<>/rowcvtif "=sn0A1', max_size=80))
@settings(max_examples=60)
def test_an_odd_sheet_gives_rows_or_words(sheet: str) -> None:
    file = xlsx_file(GOOD)
    body = member(file, SHEET).replace("<sheetData>", f"<sheetData>{sheet}")
    try:
        assert read_table(with_member(file, SHEET, body), COLUMNS)
    except FileRefused as refused:
        assert refused.messages
