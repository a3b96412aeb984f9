"""Text out of an answer, whatever it is made of: HTML, CSV, XLSX, PDF, JSON, plain text."""

from __future__ import annotations

import html
import io
import json
from dataclasses import dataclass, field
from html.parser import HTMLParser

from openpyxl import load_workbook
from pypdf import PdfReader

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
VOID = frozenset({"script", "style"})
ADDRESSES = frozenset(
    {"href", "src", "action", "formaction", "hx-get", "hx-post", "hx-push-url", "data-url"}
)


class UnreadableAnswer(ValueError):
    """A content type that the walk cannot read: teach it."""


@dataclass
class Reading:
    """What an answer says."""

    text: str
    title: str = ""
    addresses: list[str] = field(default_factory=list)


def read(body: bytes, content_type: str) -> Reading:
    """The text of an answer. Raises UnreadableAnswer for an unknown content type."""
    kind = content_type.split(";")[0].strip()
    if not body:
        return Reading("")
    if kind == "text/html":
        return _html(body.decode())
    if kind == XLSX:
        return Reading(_xlsx(body))
    if kind == "application/pdf":
        return Reading("\n".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages))
    if kind == "application/json":
        return Reading(json.dumps(json.loads(body), ensure_ascii=False))
    if kind == "image/jpeg":  # what it hides would stand in it as it is
        return Reading(body.decode("latin-1"))
    if kind.startswith("text/"):
        return Reading(body.decode("utf-8-sig"))
    raise UnreadableAnswer(kind)


def _html(source: str) -> Reading:
    parser = _Parser()
    parser.feed(source)
    # The source finds what stands in attributes and comments, the bare text what tags cut in two.
    return Reading(
        f"{html.unescape(source)}\n{''.join(parser.pieces)}",
        "".join(parser.title),
        parser.addresses,
    )


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.title: list[str] = []
        self.addresses: list[str] = []
        self._in: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.addresses += [value for name, value in attrs if name in ADDRESSES and value]
        if tag == "title" or tag in VOID:
            self._in.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._in and self._in[-1] == tag:
            self._in.pop()

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)
        if self._in == ["title"]:
            self.title.append(data)


def _xlsx(body: bytes) -> str:
    book = load_workbook(io.BytesIO(body), read_only=True)
    lines = [*book.sheetnames, str(book.properties.title), str(book.properties.creator)]
    for sheet in book:
        lines += [
            "\t".join("" if value is None else str(value) for value in row)
            for row in sheet.iter_rows(values_only=True)
        ]
    return "\n".join(lines)
