"""What picture may be kept: judged by its bytes, drawn anew without what it hides (A25).

A picture is decoded and written again as JPEG, so that of its file nothing stays but the colours:
no place, camera, small pictures, comments, nor anything after its end.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

MOST_BYTES: Final = 15 * 1024 * 1024
MOST_PIXELS: Final = 64_000_000
"""More than any telephone's camera takes by default; a small file may claim any number."""
LONGEST_SIDE: Final = 2048
QUALITY: Final = 85
MIME: Final = "image/jpeg"
KINDS: Final[dict[bytes, str]] = {b"\xff\xd8\xff": "JPEG", b"\x89PNG\r\n\x1a\n": "PNG"}
"""Kinds of pictures by the bytes with which they begin."""
BROKEN: Final = (
    OSError, ValueError, SyntaxError, EOFError, MemoryError, UnidentifiedImageError,
    Image.DecompressionBombError, Image.DecompressionBombWarning,
)  # fmt: skip
"""What the reader of pictures raises for a file that is no whole picture."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that may be kept."""

    content: bytes
    width: int
    height: int


def read(file: UploadedFile[Any]) -> Picture:
    """The picture as it may be kept. Raises ValidationError in words when it may not."""
    if (file.size or 0) > MOST_BYTES:
        raise _refusal(_("Kuva on liian suuri. Enintään 15 Mt."))
    content = file.read(MOST_BYTES + 1)
    if not content:
        raise _refusal(_("Tiedosto on tyhjä."))
    return judged(content)


def judged(content: bytes) -> Picture:
    """What the bytes show, drawn anew. Raises ValidationError."""
    kind = next((name for start, name in KINDS.items() if content.startswith(start)), None)
    if kind is None:
        raise _refusal(_("Tiedosto ei ole kuva. Käytä muotoa JPEG tai PNG."))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=[kind]) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise _refusal(_("Kuvassa on liikaa pisteitä. Enintään 64 miljoonaa."))
                return _drawn(image)
    except BROKEN:
        raise _refusal(_("Kuvatiedosto on vioittunut.")) from None


def _drawn(image: Image.Image) -> Picture:
    """The colours of a picture, the right way up, no larger than is needed to see a fault. It is
    made small first: a huge one is never whole in memory more than once."""
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(image)
    plain = Image.new("RGB", upright.size, "white")
    if upright.mode in ("RGBA", "LA", "PA", "P"):
        layered = upright.convert("RGBA")
        plain.paste(layered, mask=layered)
    else:
        plain.paste(upright.convert("RGB"))
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=QUALITY, optimize=True)
    return Picture(out.getvalue(), *plain.size)


def _refusal(text: str) -> ValidationError:
    return ValidationError(text, code="photo")
