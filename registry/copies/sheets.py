"""The documents of a copy as pages (arkit), for a copy that is handed over on paper.

What came as a picture or as plain text becomes pages too. A file that has none that can be read
(broken, locked, of an unknown kind) stays attached, and the copy says that it is given separately.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from contextlib import ExitStack

import pikepdf
from django.utils.translation import gettext_lazy
from PIL import Image

from registry.copies.packaging import ACCESS_PDF, never_ordered
from vuokra.documents import services as documents
from vuokra.documents.registry import Kind

PDF, JPEG, PNG, TEXT, UNKNOWN = "pdf", "jpg", "png", "txt", "bin"
_BEGINNINGS = ((b"%PDF", PDF), (b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG))
_PAPER_INCHES = (7.0, 10.0)
"""Breadth and height of what is printed of an A4 sheet, inside its margins."""
_COLOURS = ("L", "RGB", "CMYK")
QUALITY = 95
"""Of a picture on paper: small print stays readable."""

TEXT_PDF = Kind(
    "copies.text", gettext_lazy("Asiakirja tekstinä"), ACCESS_PDF.group, ACCESS_PDF.item,
    "registry/copies/text.typ", never_ordered, hetu=True, archive=False,
)  # fmt: skip


def suffix_of(data: bytes) -> str:
    """What a file is, by its content: the ending of its name."""
    known = next((suffix for start, suffix in _BEGINNINGS if data.startswith(start)), None)
    if known is not None:
        return known
    try:
        data.decode()
    except UnicodeDecodeError:
        return UNKNOWN
    return TEXT


def sheets_of(files: Mapping[str, bytes], language: str, reference: str) -> dict[str, bytes]:
    """Each file by its name as a PDF, those that can be: the rest is not in it.

    Raises NotMade as `documents.render`.
    """
    found = {name: _sheets(data, language, reference) for name, data in files.items()}
    return {name: pdf for name, pdf in found.items() if pdf is not None}


def _sheets(data: bytes, language: str, reference: str) -> bytes | None:
    kind = suffix_of(data)
    if kind == PDF:
        return data if _opens(data) else None
    if kind in (JPEG, PNG):
        return _picture(data)
    if kind == TEXT:
        lines = data.decode("utf-8-sig").splitlines()
        return documents.render(TEXT_PDF, {"lines": lines}, language, reference)
    return None


def _opens(pdf: bytes) -> bool:
    """Whether a PDF has pages that open without a password."""
    try:
        return documents.pages_of(pdf) > 0
    except (pikepdf.PdfError, pikepdf.PasswordError):
        return False


def _picture(data: bytes) -> bytes | None:
    """A picture on a sheet of its own, no larger than the sheet."""
    out = io.BytesIO()
    try:
        with Image.open(io.BytesIO(data)) as opened:
            picture = opened if opened.mode in _COLOURS else _on_white(opened)
            breadth, height = picture.size
            density = max(breadth / _PAPER_INCHES[0], height / _PAPER_INCHES[1], 72.0)
            picture.save(out, "PDF", resolution=density, quality=QUALITY)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    return out.getvalue()


def _on_white(picture: Image.Image) -> Image.Image:
    """A picture that may be seen through, on white paper."""
    clear = picture.convert("RGBA")
    paper = Image.new("RGB", clear.size, "white")
    paper.paste(clear, mask=clear.getchannel("A"))
    return paper


def appended(pdf: bytes, sheets: Iterable[bytes]) -> bytes:
    """The PDF with the pages of others after its own, in their order."""
    with ExitStack() as opened:  # pages are read out of their own document when all is saved
        whole = opened.enter_context(pikepdf.open(io.BytesIO(pdf)))
        own = len(whole.pages)
        for one in sheets:
            whole.pages.extend(opened.enter_context(pikepdf.open(io.BytesIO(one))).pages)
        for page in whole.pages[own:]:
            # it numbers the tags of its own document, which do not come along
            if "/StructParents" in page.obj:
                del page.obj["/StructParents"]
        out = io.BytesIO()
        whole.save(out)
        return out.getvalue()
