"""CSV: which characters, which separator, which rows."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _

from vuokra.imports.errors import FileRefused

DELIMITERS: Final = ";,\t"
LONGEST_CELL: Final = 131_072
_NAMED: Final = re.compile(r"\ufeff?sep=(.)\r?\n", re.IGNORECASE)

# ä ö å Ö of DOS and ä å of Macintosh, read as Windows-1252, stand as these amid a word; and UTF-8
# that was read as Windows-1252 and saved again leaves pairs.
_OTHER_ALPHABET: Final = re.compile(r"\w[„”†™]\w|[A-Za-z][ŠŒ][a-z]")
_TWICE: Final = re.compile("Ã[¤¶¥„–…]|\ufffd")

Cells = list[str]


def decode(content: bytes) -> str:
    """The text of a CSV file in UTF-8, UTF-16 with its mark, or Windows-1252.

    Text that is valid UTF-8 by chance while meant otherwise does not occur in Finnish: a lone å, ä
    or ö of Windows-1252 is never valid UTF-8. Raises FileRefused when no alphabet fits.
    """
    text = _decoded(content)
    if "\0" in text:
        raise FileRefused(_("Tiedosto ei ole taulukko: siinä on muuta kuin tekstiä."))
    if _TWICE.search(text):
        raise FileRefused(
            _("Tiedoston å-, ä- ja ö-kirjaimet ovat menneet rikki. Tallenna se uudelleen UTF-8:na.")
        )
    return text


def _decoded(content: bytes) -> str:
    for mark in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        if content.startswith(mark):
            return _strictly(content, "utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass  # not UTF-8: the other alphabet that Finnish files are in
    text = _strictly(content, "cp1252")
    if _OTHER_ALPHABET.search(text):
        raise _unknown_alphabet()
    return text


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise _unknown_alphabet() from None


def _unknown_alphabet() -> FileRefused:
    return FileRefused(
        _("Tiedoston merkistö ei ole UTF-8 eikä Windows-1252. Tallenna se uudelleen UTF-8:na.")
    )


def candidates(text: str) -> list[str]:
    """The separators that a file may have; one when its first line names it as Excel does."""
    named = _NAMED.match(text)
    return [named[1]] if named else list(DELIMITERS)


def records(text: str, delimiter: str) -> Iterator[tuple[int, Cells]]:
    """The rows of a CSV text with their numbers, the header's 1. Raises FileRefused."""
    body = _NAMED.sub("", text, count=1) if _NAMED.match(text) else text
    csv.field_size_limit(LONGEST_CELL)
    lines = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, cells in enumerate(lines, 1):
            yield number, [_as_typed(cell) for cell in cells]
    except csv.Error:
        raise FileRefused(
            _("Rivin %(row)s lainausmerkit tai solun pituus eivät kelpaa.")
            % {"row": lines.line_num}
        ) from None


def _as_typed(cell: str) -> str:
    """Without the apostrophe by which our own exports mark text that looks like a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@") else cell
