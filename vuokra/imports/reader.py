"""A file as rows: what kind it is, its headers, its cells."""

from __future__ import annotations

import codecs
import datetime as dt
import io
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import IO, Final

from django.utils.translation import gettext as _

from vuokra.imports import book, text
from vuokra.imports.book import Cell, Unread
from vuokra.imports.columns import (
    Column,
    Columns,
    RefusedColumn,
    Row,
    Value,
    column_letter,
    header_key,
)
from vuokra.imports.errors import FileRefused
from vuokra.rules.days import WRONG_YEAR, YEARS
from vuokra.ui.fields import WRONG_DAY

LARGEST: Final = 25 * 2**20
"""Bytes of a file; 50,000 people are about 8 MiB."""

MOST_ROWS: Final = 100_000
MOST_COLUMNS: Final = 200
LONGEST: Final = 1000
"""Characters of one cell."""

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_DAY: Final = re.compile(r"([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?([0-9]{4})")
_ISO_DAY: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")

Lines = Iterator[tuple[int, Sequence[Cell]]]


@dataclass(slots=True)
class Table:
    """A file whose headers are in order. `rows` reads on, once."""

    columns: Columns
    placed: list[Column | None]
    lines: Lines

    def rows(self) -> Iterator[Row]:
        """Rows that are not empty, as they stand in the file. Raises FileRefused."""
        count = 0
        for number, cells in self.lines:
            row = self._row(number, cells)
            if row.values or row.problems:
                count += 1
                if count > MOST_ROWS:
                    raise FileRefused(
                        _("Tiedostossa on yli %(limit)s riviä. Jaa se osiin.")
                        % {"limit": MOST_ROWS}
                    )
                yield row
        if not count:
            raise FileRefused(_("Tiedostossa on otsikot mutta ei yhtään riviä."))

    def _row(self, number: int, cells: Sequence[Cell]) -> Row:
        row = Row(number)
        for column, cell in zip(self.placed, cells, strict=False):
            if cell == "" or cell is None:
                continue
            if column is None:
                if not isinstance(cell, str) or cell.strip():
                    row.problems[""] = _("Rivillä on tietoa sarakkeessa, jolla ei ole otsikkoa.")
                continue
            put_cell(row, column, cell)
        if any(not isinstance(cell, str) or cell.strip() for cell in cells[len(self.placed) :]):
            row.problems[""] = _("Rivillä on enemmän soluja kuin otsikoita.")
        return row


@dataclass(slots=True)
class Document:
    """A JSON document whose outermost parts are in order. `rows` reads on, once."""

    found: Iterator[Row]

    def rows(self) -> Iterator[Row]:
        """The rows that it stands for. Raises FileRefused."""
        for count, row in enumerate(self.found, 1):
            if count > MOST_ROWS:
                raise FileRefused(
                    _("Tiedostossa on yli %(limit)s riviä. Jaa se osiin.") % {"limit": MOST_ROWS}
                )
            yield row


def read_table(file: IO[bytes], columns: Columns) -> list[Row]:
    """All rows of a file. Raises FileRefused."""
    return list(open_table(file, columns).rows())


def open_table(file: IO[bytes], columns: Columns) -> Table | Document:
    """Look at a file and its headers. Raises FileRefused with everything that is wrong with them.

    The content decides what a file is, never its name.
    """
    file.seek(0)
    head = file.read(8)
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    if not size:
        raise FileRefused(_("Tiedosto on tyhjä."))
    if size > LARGEST:
        raise too_large()
    if head == _OLE:
        raise _old_workbook(file.read())
    if head.startswith(b"PK\x03\x04"):
        book.refuse_dangerous(file)
        file.seek(0)
        return _placed(columns, book.cells(file, columns=MOST_COLUMNS + 1))
    content = file.read()
    if columns.nested is not None and content.removeprefix(codecs.BOM_UTF8).lstrip()[:1] == b"{":
        return Document(columns.nested(_parsed(content)))
    return _text_table(content, columns)


def _parsed(content: bytes) -> object:
    """A JSON text as values. Raises FileRefused; a name that stands twice is refused too."""
    try:
        return json.loads(content.decode("utf-8-sig"), object_pairs_hook=_once, parse_float=Decimal)
    except UnicodeDecodeError:
        raise FileRefused(_("JSON-tiedoston merkistö on UTF-8.")) from None
    except json.JSONDecodeError as wrong:
        raise FileRefused(
            _("Tiedosto ei ole ehyttä JSONia: rivi %(row)s, merkki %(column)s.")
            % {"row": wrong.lineno, "column": wrong.colno}
        ) from None
    except (RecursionError, ValueError):
        raise FileRefused(_("JSON-tiedoston rakennetta ei voi lukea.")) from None


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise FileRefused(_("JSON-tiedostossa on sama kenttä kahteen kertaan."))
    return found


def too_large() -> FileRefused:
    """What is said of a file beyond the limit."""
    return FileRefused(
        _("Tiedosto on liian suuri: enintään %(limit)s Mt. Jaa se osiin.")
        % {"limit": LARGEST // 2**20}
    )


def _old_workbook(content: bytes) -> FileRefused:
    if _ENCRYPTED in content:
        return FileRefused(_("Tiedosto on suojattu salasanalla. Poista suojaus."))
    return FileRefused(_("Tiedosto on vanhaa XLS-muotoa. Tallenna se XLSX- tai CSV-muotoon."))


def _text_table(content: bytes, columns: Columns) -> Table:
    """The separator is the one with which most headers are known."""
    decoded = text.decode(content)
    known = columns.by_header()

    def recognised(delimiter: str) -> int:
        first = next(_filled(text.records(decoded, delimiter)), (0, []))[1]
        return sum(isinstance(c, str) and header_key(c) in known for c in first)

    best = max(text.candidates(decoded), key=recognised)
    return _placed(columns, _filled(text.records(decoded, best)))


def _filled(lines: Iterator[tuple[int, list[str]]]) -> Lines:
    return ((number, cells) for number, cells in lines if any(map(str.strip, cells)))


def _placed(columns: Columns, lines: Lines) -> Table:
    headers: list[str] = []
    for _number, cells in islice(lines, MOST_ROWS):
        headers = [_header(cell) for cell in cells]
        while headers and not headers[-1]:
            headers.pop()
        if headers:
            break
    if not headers:
        raise FileRefused(_("Tiedosto on tyhjä."))
    return Table(columns, _columns_of(headers, columns), lines)


def _header(cell: Cell) -> str:
    return cell.strip() if isinstance(cell, str) else "?"


def _columns_of(headers: list[str], columns: Columns) -> list[Column | None]:
    """The column of each header. Raises FileRefused for headers that do not fit, all at once."""
    known = columns.by_header()
    if len(headers) > MOST_COLUMNS:
        raise FileRefused(_("Tiedostossa on liian monta saraketta."))
    found = [known.get(header_key(header)) for header in headers]
    if not any(found):  # then what stands there may be somebody's data: it is not repeated
        raise FileRefused(_("Ensimmäisellä rivillä ei ole yhtään tuttua sarakeotsikkoa."))
    messages = [*_odd_headers(headers, found), *_doubled(found)]
    given = {column.code for column in found if isinstance(column, Column)}
    messages += [
        _("Sarake %(name)s puuttuu.") % {"name": column.title}
        for column in columns
        if column.required and column.code not in given
    ]
    if messages:
        raise FileRefused(messages)
    return [column if isinstance(column, Column) else None for column in found]


def _odd_headers(
    headers: list[str], found: Sequence[Column | RefusedColumn | None]
) -> Iterator[str]:
    for index, (header, column) in enumerate(zip(headers, found, strict=True)):
        place = {"letter": column_letter(index), "name": shown_header(header)}
        if isinstance(column, RefusedColumn):
            yield f"{_('Sarake %(letter)s (%(name)s):') % place} {column.why}"
        elif column is None and header:
            yield _("Sarake %(letter)s (%(name)s): otsikko on tuntematon.") % place


def shown_header(header: str) -> str:
    """A header as it may be repeated: short, and without anything that could be a number."""
    clean = "".join(c for c in header if c.isprintable())
    return re.sub(r"[0-9@+]", "·", clean)[:30]


def _doubled(found: Sequence[Column | RefusedColumn | None]) -> Iterator[str]:
    times = Counter(column for column in found if isinstance(column, Column))
    for column, count in times.items():
        if count > 1:
            yield _("Sarake %(name)s on tiedostossa kahteen kertaan.") % {"name": column.title}


def put_cell(row: Row, column: Column, cell: Cell) -> None:
    """One cell into its row, or what is wrong with it."""
    if isinstance(cell, Unread):
        row.problems[column.code] = cell.why
        return
    value: Value = cell if isinstance(cell, dt.date) else cell.strip()
    if value == "":
        return
    if isinstance(value, str) and len(value) > LONGEST:
        row.problems[column.code] = _("Solussa on yli %(limit)s merkkiä.") % {"limit": LONGEST}
    elif column.day and isinstance(value, str):
        if (day := parse_day(value)) is None:
            row.problems[column.code] = str(WRONG_DAY)
        else:
            _put_day(row, column, day)
    elif isinstance(value, dt.date):
        _put_day(row, column, value)
    else:
        row.values[column.code] = value


def _put_day(row: Row, column: Column, day: dt.date) -> None:
    if day.year in YEARS:
        row.values[column.code] = day
    else:
        row.problems[column.code] = str(WRONG_YEAR)


def parse_day(typed: str) -> dt.date | None:
    """A day written as 1.12.2026 or 2026-12-01; None when it is no day."""
    if match := _DAY.fullmatch(typed):
        day, month, year = match.groups()
    elif match := _ISO_DAY.fullmatch(typed):
        year, month, day = match.groups()
    else:
        return None
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None
