"""DP-A25: what is no picture is refused, and of a picture only what it shows is kept."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from leases.inspections import pictures
from tests.leases.inspections.conftest import picture


def part(kind: bytes, content: bytes) -> bytes:
    end = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + end


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims to be huge, its two pixels packed."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head)
        + part(b"IDAT", zlib.compress(b"\0" * 8)) + part(b"IEND", b"")
    )  # fmt: skip


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"MZ\x90\x00 this program cannot be run in DOS mode", "ei ole kuva"),
        (b"%PDF-1.7 ", "ei ole kuva"),
        (b"GIF89a\x02\x00\x02\x00", "ei ole kuva"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "ei ole kuva"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "ei ole kuva"),
        (b"\xff\xd8\xff\xe0 MZ an executable with the beginning of a picture", "vioittunut"),
        (b"\x89PNG\r\n\x1a\n", "vioittunut"),
        (bomb(60_000, 60_000), "vioittunut|liikaa pisteitä"),
        (bomb(9_000, 9_000), "liikaa pisteitä"),
        (bomb(2, 2) + b"MZ", "vioittunut"),
        (b"", "tyhjä"),
    ],
)
def test_what_is_no_picture_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        pictures.read(SimpleUploadedFile("kuva.jpg", content, content_type="image/jpeg"))


def test_a_picture_cut_short_is_refused() -> None:
    whole = picture(size=(400, 300))
    with pytest.raises(ValidationError, match="vioittunut"):
        pictures.judged(whole[: len(whole) // 2])


def test_too_large_is_refused_without_reading_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_BYTES", 100)
    with pytest.raises(ValidationError, match="liian suuri"):
        pictures.read(SimpleUploadedFile("kuva.jpg", picture()))


def test_what_a_telephone_hides_is_gone() -> None:
    content = picture(comment=b"Lehtovaara") + b"another picture after the end"
    kept = pictures.judged(content).content
    assert b"Kameranvalmistaja" in content and b"Lehtovaara" in content
    for hidden in (b"Kameranvalmistaja", b"Lehtovaara", b"after the end", b"Exif", b"GPS"):
        assert hidden not in kept
    with Image.open(io.BytesIO(kept)) as image:
        assert not image.getexif() and set(image.info) <= {"jfif", "jfif_version", "jfif_unit",
                                                          "jfif_density"}  # fmt: skip


def test_a_picture_taken_sideways_is_upright_and_no_larger_than_needed() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    out = io.BytesIO()
    Image.new("RGB", (4000, 1000)).save(out, "JPEG", exif=exif)
    kept = pictures.judged(out.getvalue())
    assert (kept.width, kept.height) == (512, 2048)


@pytest.mark.parametrize("mode", ["RGBA", "P", "L", "1", "I;16"])
def test_any_png_becomes_a_plain_picture(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (8, 8)).save(out, "PNG")
    kept = pictures.judged(out.getvalue())
    with Image.open(io.BytesIO(kept.content)) as image:
        assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (8, 8))
