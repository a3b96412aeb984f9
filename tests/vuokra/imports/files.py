"""Files of every shape, made for the tests of the reader."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import openpyxl

from vuokra.imports.columns import Column, Columns, RefusedColumn

COLUMNS = Columns(
    (
        Column("name", "Nimi", "Name", required=True),
        Column("code", "Postinumero", "Postal code"),
        Column("day", "Päivä", "Day", day=True),
    ),
    (RefusedColumn(("Salainen", "secret"), "poista sarake."),),
)
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"/>'
)


def csv_file(text: str, encoding: str = "utf-8") -> io.BytesIO:
    return io.BytesIO(text.encode(encoding))


def xlsx_file(rows: Sequence[Sequence[Any]], formats: Mapping[str, str] | None = None,
              hidden: bool = False) -> io.BytesIO:  # fmt: skip
    """A workbook with these rows; `formats` are number formats by cell."""
    book = openpyxl.Workbook()
    sheet = book.active
    if hidden:
        sheet.sheet_state = "hidden"
        sheet = book.create_sheet("Toinen")
    for row in rows:
        sheet.append(list(row))
    for cell, form in (formats or {}).items():
        sheet[cell].number_format = form
    return saved(book)


def saved(book: openpyxl.Workbook) -> io.BytesIO:
    content = io.BytesIO()
    book.save(content)
    return content


def archive(members: Mapping[str, bytes | str]) -> io.BytesIO:
    """A zip archive of these members."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, body in members.items():
            packed.writestr(name, body)
    return content


def with_member(file: io.BytesIO, name: str, body: bytes | str | None) -> io.BytesIO:
    """A copy of a workbook with one member put in another's place, or beside the others."""
    with zipfile.ZipFile(file) as packed:
        members = {n: packed.read(n) for n in packed.namelist()}
    if body is not None:
        members[name] = body if isinstance(body, bytes) else body.encode()
    return archive(members)


def member(file: io.BytesIO, name: str) -> str:
    with zipfile.ZipFile(file) as packed:
        return packed.read(name).decode()
