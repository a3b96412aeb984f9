"""What a file may be that is kept with a request: its kind by its content, cleaned of hidden data.

A file is judged by its bytes, never by its name (data-protection A25, A26).
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from registry.rights import pdfs
from registry.rights.pdfs import Fault

MOST_BYTES: Final = 10 * 1024 * 1024
KEPT_CHUNKS: Final = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT",
     b"pHYs", b"bKGD"}
)  # fmt: skip
"""Parts of a PNG that say how it looks; the rest (place, time, words) is left out."""
FILL, END_OF_PICTURE, SCAN = 0xFF, 0xD9, 0xDA
APPLICATION: Final = range(0xE0, 0xF0)
COMMENT: Final = 0xFE
COLOURS: Final = (b"ICC_PROFILE\0", b"Adobe\0")
PLAIN_HEADER: Final = 14
"""Bytes of a JFIF header without a small picture."""
_NEXT_PART: Final = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
"""Where the coded picture ends: a marker that is no restart and no coded 0xFF."""
PNG: Final = b"\x89PNG\r\n\x1a\n"
SUFFIX: Final = {
    "application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png", "text/plain": "txt",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Paper:
    """A file that may be kept."""

    mime: str
    content: bytes


def read(file: UploadedFile[Any]) -> Paper:
    """The file as it may be kept. Raises ValidationError in words when it may not."""
    if (file.size or 0) > MOST_BYTES:
        raise _refusal(_("Tiedosto on liian suuri. Enintään 10 Mt."))
    content = file.read(MOST_BYTES + 1)
    if not content:
        raise _refusal(_("Tiedosto on tyhjä."))
    return judged(content)


def judged(content: bytes) -> Paper:
    """What the bytes are, cleaned. Raises ValidationError."""
    if content.startswith(b"%PDF-"):
        return Paper("application/pdf", _clean_pdf(content))
    if content.startswith(b"\xff\xd8\xff"):
        return Paper("image/jpeg", _clean_jpeg(content))
    if content.startswith(PNG):
        return Paper("image/png", _clean_png(content))
    if _is_text(content):
        return Paper("text/plain", content)
    raise _refusal(_("Tiedostomuotoa ei tunneta. Käytä muotoa PDF, JPEG, PNG tai teksti."))


def _refusal(text: str) -> ValidationError:
    return ValidationError(text, code="file")


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return all(letter.isprintable() or letter in "\r\n\t\ufeff" for letter in text)


def _clean_pdf(content: bytes) -> bytes:
    try:
        return pdfs.cleaned(content)
    except pdfs.NotKept as refused:
        texts = {
            Fault.ACTS: _("PDF-tiedostossa on toimintoja. Pyydä se ilman niitä tai tulosteena."),
            Fault.LOCKED: _("PDF-tiedosto on lukittu salasanalla. Pyydä se ilman salasanaa."),
            Fault.BROKEN: _("PDF-tiedosto on vioittunut."),
        }
        raise _refusal(texts[refused.fault]) from None


def _clean_jpeg(content: bytes) -> bytes:
    """The picture and nothing else: no place, camera, small pictures or comments, and nothing after
    its end, where a telephone may keep a film or another picture."""
    parts, at = [content[:2]], 2
    while at + 2 <= len(content) and content[at] == FILL:
        marker = content[at + 1]
        if marker == FILL:  # fills up, and says nothing
            at += 1
            continue
        if marker == END_OF_PICTURE:
            parts.append(content[at : at + 2])
            return b"".join(parts)
        end = _end_of_part(content, at)
        if _shows(marker, content[at + 4 : end]):
            parts.append(content[at:end])
        at = end
    raise _refusal(_("Kuvatiedosto on vioittunut."))


def _end_of_part(content: bytes, at: int) -> int:
    """Where the part that begins at a marker ends; that of a scan goes on to the next marker."""
    if at + 4 > len(content):
        raise _refusal(_("Kuvatiedosto on vioittunut."))
    length: int = struct.unpack(">H", content[at + 2 : at + 4])[0]
    end = at + 2 + length
    if content[at + 1] != SCAN:
        return end
    after = _NEXT_PART.search(content, end)
    return after.start() if after else len(content)


def _shows(marker: int, body: bytes) -> bool:
    """Whether a part says how the picture looks. Of application parts: its colours and density."""
    if marker in APPLICATION:
        plain = body.startswith(b"JFIF\0") and len(body) == PLAIN_HEADER
        return plain or body.startswith(COLOURS)
    return marker != COMMENT


def _clean_png(content: bytes) -> bytes:
    parts, at = [PNG], len(PNG)
    while at + 12 <= len(content):
        (length,) = struct.unpack(">I", content[at : at + 4])
        kind, end = content[at + 4 : at + 8], at + 12 + length
        if end > len(content):
            break
        if kind in KEPT_CHUNKS:
            parts.append(content[at:end])
        if kind == b"IEND":
            return b"".join(parts)
        at = end
    raise _refusal(_("Kuvatiedosto on vioittunut."))
