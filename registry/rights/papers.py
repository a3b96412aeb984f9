"""What a file may be that is kept with a request: its kind by its content, cleaned of hidden data.

A file is judged by its bytes, never by its name (data-protection A25, A26).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

MOST_BYTES: Final = 10 * 1024 * 1024
ACTIVE: Final = (b"/JavaScript", b"/JS", b"/Launch", b"/EmbeddedFile", b"/RichMedia", b"/XFA")
"""What a PDF may not carry: it would act when it is opened."""
KEPT_CHUNKS: Final = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT",
     b"pHYs", b"bKGD"}
)  # fmt: skip
"""Parts of a PNG that say how it looks; the rest (place, time, words) is left out."""
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
        if any(word in content for word in ACTIVE):
            raise _refusal(_("PDF-tiedostossa on toimintoja. Pyydä se ilman niitä tai tulosteena."))
        return Paper("application/pdf", content)
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


def _clean_jpeg(content: bytes) -> bytes:
    """Without comments and application parts (place, camera), but with those that give colours."""
    parts, at = [content[:2]], 2
    while at + 4 <= len(content):
        if content[at] != 0xFF:
            raise _refusal(_("Kuvatiedosto on vioittunut."))
        marker = content[at + 1]
        if marker == 0xDA:  # the picture itself begins
            parts.append(content[at:])
            return b"".join(parts)
        end = at + 2 + int(struct.unpack(">H", content[at + 2 : at + 4])[0])
        if marker not in _HIDDEN:
            parts.append(content[at:end])
        at = end
    raise _refusal(_("Kuvatiedosto on vioittunut."))


_HIDDEN = frozenset({0xFE, 0xE1, *range(0xE3, 0xEE), 0xEF})


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
