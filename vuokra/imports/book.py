"""XLSX: what is refused before anything is read, and the cells of the first sheet."""

from __future__ import annotations

import datetime as dt
import re
import warnings
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any, Final

import openpyxl
from django.utils.translation import gettext as _

from vuokra.imports.errors import FileRefused

UNPACKED: Final = 150 * 2**20
"""Bytes that a workbook may unfold to; 50,000 rows of 20 columns need about 60 MiB."""

MEMBERS: Final = 1000
HEAD: Final = 4096
_ZEROS: Final = re.compile(r"0+")
_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_COORDINATE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell without a usable value, and why."""

    why: str


Cell = str | dt.date | Unread


def refuse_dangerous(file: IO[bytes]) -> None:
    """Raise FileRefused for an archive that is no plain workbook, or unfolds beyond reason.

    The sizes are those that the archive declares: `zipfile` does not read past them.
    """
    with _readable(), zipfile.ZipFile(file) as archive:
        members = archive.infolist()
        names = {member.filename.lower() for member in members}
        if len(members) > MEMBERS or sum(member.file_size for member in members) > UNPACKED:
            raise FileRefused(_("Tiedosto on purettuna liian suuri. Jaa se osiin."))
        if any(member.flag_bits & 1 for member in members):
            raise FileRefused(_("Tiedosto on suojattu salasanalla. Poista suojaus."))
        if any("vbaproject" in name or "macrosheets/" in name for name in names):
            raise FileRefused(_("Tiedostossa on makroja. Tallenna se XLSX-muotoon."))
        if "[content_types].xml" not in names or "xl/workbook.xml" not in names:
            raise FileRefused(_("Tiedosto ei ole XLSX-taulukko eikä CSV."))
        for member in members:
            _refuse_document_type(archive, member)


def _refuse_document_type(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """No part of a workbook has a document type; entities are declared in one (XXE)."""
    if member.filename.lower().endswith((".xml", ".rels")):
        with archive.open(member) as part:
            if b"<!" in part.read(HEAD).replace(b"\0", b"").replace(b"<!--", b""):
                raise FileRefused(_("Tiedoston rakenteessa on määrittelyjä, joita ei lueta."))


def cells(file: IO[bytes], *, columns: int) -> Iterator[tuple[int, list[Cell]]]:
    """Rows of the first visible sheet with their numbers; at most `columns` cells of each.

    Formulas give the value that was saved with them. Raises FileRefused.
    """
    with _readable():
        book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        try:
            sheet: Any = next((s for s in book.worksheets if s.sheet_state == "visible"), None)
            if sheet is None:
                raise FileRefused(_("Tiedostossa ei ole taulukkoa."))
            sheet.reset_dimensions()
            valueless = _formulas_without_value(book, sheet)
            for number, row in enumerate(sheet.iter_rows(max_col=columns), 1):
                yield (
                    number,
                    [
                        _cell(cell, (number, place) in valueless)
                        for place, cell in enumerate(row, 1)
                    ],
                )
        finally:
            book.close()


def _cell(cell: Any, valueless: bool) -> Cell:
    value = cell.value
    if value is None:
        return Unread(_("Solun kaavalla ei ole tallennettua arvoa.")) if valueless else ""
    if isinstance(value, str):
        return Unread(_("Solussa on laskentavirhe.")) if cell.data_type == "e" else value
    if isinstance(value, dt.datetime):
        return value.date() if value.time() == dt.time() else value.isoformat(" ")
    if isinstance(value, dt.date):
        return value
    if isinstance(value, bool):
        return _("kyllä") if value else _("ei")
    return _number(value, cell) if isinstance(value, int | float) else str(value)


def _number(value: float, cell: Any) -> str:
    """A number as its reader saw it: whole ones without decimals, with the zeros of its format."""
    if not float(value).is_integer():
        return f"{value:.15g}"
    shown = str(int(value))
    form = cell.number_format
    return shown.zfill(len(form)) if form and _ZEROS.fullmatch(form) else shown


def _formulas_without_value(book: Any, sheet: Any) -> frozenset[tuple[int, int]]:
    """Cells whose formula was never worked out, as a program other than a spreadsheet writes them.

    They would pass for empty ones.
    """
    part = sheet._worksheet_path.lstrip("/")
    if not _mentions_formulas(book._archive, part):
        return frozenset()
    found = set()
    with book._archive.open(part) as source:
        for _event, element in ET.iterparse(source):  # noqa: S314  (document types are refused)
            if element.tag == f"{_MAIN}c":
                value = element.findtext(f"{_MAIN}v", "")
                if element.find(f"{_MAIN}f") is not None and not value:
                    found.add(_coordinate(element.get("r", "")))
                element.clear()
            elif element.tag == f"{_MAIN}row":
                element.clear()
    return frozenset(found)


def _mentions_formulas(archive: zipfile.ZipFile, part: str) -> bool:
    with archive.open(part) as source:
        before = b""
        while chunk := source.read(2**20):
            if b"<f>" in (known := before + chunk) or b"<f " in known or b"<f/" in known:
                return True
            before = chunk[-2:]
    return False


def _coordinate(name: str) -> tuple[int, int]:
    match = _COORDINATE.fullmatch(name)
    if match is None:
        return 0, 0
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column


@contextmanager
def _readable() -> Iterator[None]:
    """A damaged workbook breaks openpyxl, zipfile and the XML parser in more ways than have names;
    each of them means the same to whoever sent it. Warnings are about looks, which are not read.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except (FileRefused, GeneratorExit):
        raise
    except Exception:
        raise FileRefused(
            _("Tiedostoa ei voi lukea. Avaa se taulukkolaskennassa ja tallenna XLSX-muotoon.")
        ) from None
