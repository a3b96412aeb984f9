"""Files with a request: judged by their bytes, cleaned of what they hide (DP-A25, DP-A26)."""

from __future__ import annotations

import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from registry.rights import papers


def jpeg(*segments: tuple[int, bytes]) -> bytes:
    parts = b"".join(
        bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body for marker, body in segments
    )
    return b"\xff\xd8" + parts + b"\xff\xda\x00\x02picture\xff\xd9"


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    return papers.PNG + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )


def test_a_picture_loses_place_camera_and_words() -> None:
    content = jpeg(
        (0xE0, b"JFIF"), (0xE1, b"Exif GPS 65.8"), (0xE2, b"ICC"), (0xFE, b"sana"), (0xDB, b"q")
    )
    cleaned = papers.judged(content)
    assert cleaned.mime == "image/jpeg"
    assert b"GPS" not in cleaned.content and b"sana" not in cleaned.content
    assert b"JFIF" in cleaned.content and b"ICC" in cleaned.content
    assert cleaned.content.endswith(b"picture\xff\xd9")


def test_a_png_loses_what_is_not_the_picture() -> None:
    content = png(
        (b"IHDR", b"1"), (b"eXIf", b"GPS"), (b"tEXt", b"sana"), (b"IDAT", b"2"), (b"IEND", b"")
    )
    cleaned = papers.judged(content + b"tail")
    assert cleaned.content == png((b"IHDR", b"1"), (b"IDAT", b"2"), (b"IEND", b""))


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7 /OpenAction << /S /JavaScript /JS (app.alert) >>",
        b"%PDF-1.7 /EmbeddedFile",
        b"MZ\x90\x00",
        b"PK\x03\x04zip",
        b"\x00\x00\x00\x18ftypheic",
        b"\xff\xd8\xff\xe1",
        papers.PNG + b"\x00\x00\xff\xff",
        b"teksti\x00",
        b"",
    ],
)
def test_DP_A25_what_may_not_be_kept_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(ValidationError) as refused:
        papers.read(SimpleUploadedFile("lausunto.pdf", content))
    assert refused.value.code == "file" and refused.value.messages[0]


def test_a_file_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(papers, "MOST_BYTES", 10)
    with pytest.raises(ValidationError, match="liian suuri"):
        papers.read(SimpleUploadedFile("x.txt", b"01234567890"))


def test_plain_papers_are_kept_as_they_are() -> None:
    pdf = b"%PDF-1.7 plain"
    assert papers.judged(pdf) == papers.Paper("application/pdf", pdf)
    assert papers.judged("Ääni, öljy\r\n".encode()).mime == "text/plain"
    assert papers.SUFFIX.keys() == {"application/pdf", "image/jpeg", "image/png", "text/plain"}
