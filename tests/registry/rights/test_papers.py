"""Files with a request: judged by their bytes, cleaned of what they hide (DP-A25, DP-A26)."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image

from registry.rights import papers, pdfs

TAIL = b"\xff\xd8\xff\xe1 another picture, or a film"


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


# -- pictures --------------------------------------------------------------------------------------

HEADER = b"JFIF\x00\x01\x02\x01\x00\x48\x00\x48\x00\x00"


def test_a_picture_keeps_what_shows_it_and_nothing_else() -> None:
    shown = [(0xE0, HEADER), (0xE2, b"ICC_PROFILE\x00p"), (0xEE, b"Adobe\x00d"), (0xDB, b"q")]
    hidden = [
        (0xE0, b"JFXX\x00\x10 small"), (0xE0, HEADER + b"small"), (0xE1, b"Exif GPS 65.8"),
        (0xE2, b"MPF\x00 where the other picture is"), (0xEB, b"rights"), (0xED, b"words"),
        (0xFE, b"sana"),
    ]  # fmt: skip
    cleaned = papers.judged(jpeg(*hidden, *shown, *hidden) + TAIL)
    assert cleaned == papers.Paper("image/jpeg", jpeg(*shown))


@pytest.mark.parametrize("progressive", [False, True])
def test_a_photograph_looks_the_same_afterwards(progressive: bool) -> None:
    """A progressive picture has several scans, with tables between them; both have restarts."""
    picture = Image.effect_noise((64, 48), 80).convert("RGB")
    about = Image.Exif()
    about[0x010F] = "Kameran nimi"
    out = io.BytesIO()
    picture.save(
        out, "JPEG", progressive=progressive, exif=about, comment=b"sana", restart_marker_blocks=2
    )
    content = out.getvalue()
    assert b"Kameran nimi" in content and b"sana" in content
    cleaned = papers.judged(content + TAIL).content
    for hidden in (b"Kameran nimi", b"sana", b"another picture"):
        assert hidden not in cleaned
    with Image.open(io.BytesIO(content)) as before, Image.open(io.BytesIO(cleaned)) as after:
        assert before.tobytes() == after.tobytes()


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xd8\xff\xe1",
        b"\xff\xd8\xff\xe1\x00",
        b"\xff\xd8\xff\xe1\xff\xff short",
        b"\xff\xd8\xff\xdb\x00\x03q not a marker",
        jpeg((0xDB, b"q"))[:-2],  # the end was cut off
        papers.PNG + b"\x00\x00\xff\xff",
        png((b"IHDR", b"1"), (b"IDAT", b"2")),
    ],
)
def test_a_broken_picture_is_refused(content: bytes) -> None:
    with pytest.raises(ValidationError, match="vioittunut"):
        papers.judged(content)


def test_a_png_loses_what_is_not_the_picture() -> None:
    content = png(
        (b"IHDR", b"1"), (b"eXIf", b"GPS"), (b"tEXt", b"sana"), (b"IDAT", b"2"), (b"IEND", b"")
    )
    cleaned = papers.judged(content + b"tail")
    assert cleaned.content == png((b"IHDR", b"1"), (b"IDAT", b"2"), (b"IEND", b""))


# -- PDF -------------------------------------------------------------------------------------------

Change = Callable[[Pdf], Any]
SCRIPT = {"S": Name.JavaScript, "JS": "app.alert(1)"}


def pdf(change: Change = lambda _pdf: None, **kwargs: Any) -> bytes:
    """A page with a line; by default everything that can be lies in compressed objects."""
    one = pikepdf.new()
    one.add_blank_page(page_size=(200, 200))
    one.pages[0].Contents = one.make_stream(b"BT (Lausunto) Tj ET")
    change(one)
    out = io.BytesIO()
    one.save(out, **{"object_stream_mode": pikepdf.ObjectStreamMode.generate} | kwargs)
    return out.getvalue()


def annotated(one: Pdf, **annotation: Any) -> None:
    made = one.make_indirect(Dictionary(Type=Name.Annot, Rect=[0, 0, 9, 9], **annotation))
    one.pages[0].Annots = Array([made])
    if annotation["Subtype"] == Name.Widget:
        one.Root.AcroForm = Dictionary(Fields=Array([made]))


ACTIVE: dict[str, Change] = {
    "script at opening": lambda one: setattr(one.Root, "OpenAction", Dictionary(**SCRIPT)),
    "script by name": lambda one: setattr(
        one.Root, "Names", Dictionary(JavaScript=Dictionary(Names=["a", Dictionary(**SCRIPT)]))
    ),
    "another file within": lambda one: setattr(
        one.Root, "Names",
        Dictionary(EmbeddedFiles=Dictionary(Names=["a", Dictionary(Type=Name.Filespec)])),
    ),
    "a program is started": lambda one: annotated(
        one, Subtype=Name.Link, A=Dictionary(S=Name.Launch, F="cmd.exe")
    ),
    "a form is sent": lambda one: annotated(
        one, Subtype=Name.Widget, A=Dictionary(S=Name.SubmitForm, F="https://x.example")
    ),
    "a page is opened on the web at opening": lambda one: setattr(
        one.Root, "OpenAction", Dictionary(S=Name.URI, URI="https://x.example")
    ),
    "an action in an action": lambda one: annotated(
        one, Subtype=Name.Link,
        A=Dictionary(S=Name.GoTo, D=[0], Next=Array([Dictionary(S=Name.ImportData, F="a.fdf")])),
    ),
    "an action of a page": lambda one: setattr(
        one.pages[0].obj, "AA", Dictionary(O=Dictionary(S=Name.URI, URI="https://x.example"))
    ),
    "a form in XML": lambda one: setattr(one.Root, "AcroForm", Dictionary(Fields=[], XFA="x")),
    "a file on the page": lambda one: annotated(one, Subtype=Name.FileAttachment),
    "a film": lambda one: annotated(one, Subtype=Name.RichMedia),
    "no page shows it": lambda one: one.make_indirect(Dictionary(**SCRIPT)),
}  # fmt: skip


@pytest.mark.parametrize("what", ACTIVE)
@pytest.mark.parametrize("compressed", [True, False])
def test_DP_A25_a_pdf_that_would_act_is_refused(what: str, compressed: bool) -> None:
    mode = pikepdf.ObjectStreamMode.generate if compressed else pikepdf.ObjectStreamMode.disable
    content = pdf(ACTIVE[what], object_stream_mode=mode, preserve_pdfa=False)
    if what == "no page shows it":
        content = unreferenced()
    with pytest.raises(ValidationError, match="toimintoja") as refused:
        papers.judged(content)
    assert refused.value.code == "file"


def unreferenced() -> bytes:
    """A PDF with an action that nothing refers to: writing would have dropped it."""
    content = pdf(object_stream_mode=pikepdf.ObjectStreamMode.disable)
    added = b"99 0 obj\n<< /S /JavaScript /JS (app.alert) >>\nendobj\n"
    start, at = content.rindex(b"startxref"), len(content)
    table = int(content[start:].split()[1])
    update = b"xref\n99 1\n%010d 00000 n \ntrailer\n<< /Size 100 /Root 1 0 R /Prev %d >>\n" % (
        at, table,
    )  # fmt: skip
    return content + added + update + b"startxref\n%d\n%%%%EOF\n" % (at + len(added))


def written_by(one: Pdf) -> None:
    one.docinfo["/Author"] = "Taina Tekijä"
    one.Root.Metadata = one.make_stream(b"<x>Taina Tekij\xc3\xa4</x>", Type=Name.Metadata)
    one.pages[0].obj.PieceInfo = Dictionary(Private="Taina")
    one.pages[0].obj.Metadata = one.make_stream(b"Taina")


def test_a_pdf_loses_who_wrote_it_and_keeps_its_page() -> None:
    cleaned = papers.judged(pdf(written_by))
    with pikepdf.open(io.BytesIO(cleaned.content)) as found:
        assert found.pages[0].Contents.read_bytes() == b"BT (Lausunto) Tj ET"
        assert not found.docinfo and "/Metadata" not in found.Root
        assert not {"/PieceInfo", "/Metadata"} & set(found.pages[0].keys())
        streams = [one.read_bytes() for one in found.objects if isinstance(one, pikepdf.Stream)]
    assert cleaned.mime == "application/pdf" and b"Taina" not in cleaned.content
    assert not any(b"Taina" in one for one in streams)


def test_a_signed_pdf_stays_as_it_is_signed() -> None:
    def sign(one: Pdf) -> None:
        written_by(one)
        seal = Dictionary(Type=Name.Sig, ByteRange=[0, 1, 2, 3], Contents=pikepdf.String(b"seal"))
        annotated(one, Subtype=Name.Widget, FT=Name.Sig, V=seal)

    content = pdf(sign)
    assert papers.judged(content).content == content


def test_a_locked_and_a_broken_pdf_are_refused_in_words() -> None:
    locked = pdf(encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(ValidationError, match="salasanalla"):
        papers.judged(locked)
    for broken in (b"%PDF-1.7 plain", b"%PDF-", pdf()[:60]):
        with pytest.raises(ValidationError, match="vioittunut"):
            papers.judged(broken)


def test_DP_A25_a_small_file_that_grows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Packed objects are opened up to a limit, and so many of them."""
    bomb = pdf(lambda one: one.make_indirect(Array([0])), object_stream_mode=GENERATE)
    monkeypatch.setattr(pdfs, "MOST_OBJECTS", 2)
    with pytest.raises(ValidationError, match="vioittunut"):
        papers.judged(bomb)


GENERATE = pikepdf.ObjectStreamMode.generate


def packed(size: int) -> bytes:
    """A PDF whose catalogue lies in a packed stream of so many bytes."""
    inner = b"1 0 " + b"<< /Type /Catalog /Pages 2 0 R >>" + b" " * size
    body = zlib.compress(inner, 9)
    parts = [
        b"%PDF-1.5\n",
        b"2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n",
        b"3 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n"
        % len(body) + body + b"\nendstream\nendobj\n",
    ]  # fmt: skip
    at = [0, 0]
    for part in parts:
        at.append(at[-1] + len(part))
    table = b"".join(
        struct.pack(">BIB", kind, where, more)
        for kind, where, more in ((0, 0, 0), (2, 3, 0), (1, at[2], 0), (1, at[3], 0), (1, at[4], 0))
    )
    entry = b"4 0 obj\n<< /Type /XRef /Size 5 /W [1 4 1] /Root 1 0 R /Length %d >>\nstream\n"
    return (
        b"".join(parts) + entry % len(table) + table + b"\nendstream\nendobj\n"
        b"startxref\n%d\n%%%%EOF\n" % at[4]
    )  # fmt: skip


def test_DP_A25_a_packed_stream_grows_to_a_limit() -> None:
    assert papers.judged(packed(1000)).mime == "application/pdf"
    bomb = packed(pdfs.MOST_UNPACKED + 1)
    assert len(bomb) < 1024 * 1024
    with pytest.raises(ValidationError, match="vioittunut"):
        papers.judged(bomb)


# -- any file --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [b"MZ\x90\x00", b"PK\x03\x04zip", b"\x00\x00\x00\x18ftypheic", b"teksti\x00", b""],
)
def test_DP_A25_what_may_not_be_kept_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(ValidationError) as refused:
        papers.read(SimpleUploadedFile("lausunto.pdf", content))
    assert refused.value.code == "file" and refused.value.messages[0]


def test_a_file_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(papers, "MOST_BYTES", 10)
    with pytest.raises(ValidationError, match="liian suuri"):
        papers.read(SimpleUploadedFile("x.txt", b"01234567890"))


def test_text_is_kept_as_it_is_and_every_kind_has_a_suffix() -> None:
    text = "Ääni, öljy\r\n".encode()
    assert papers.judged(text) == papers.Paper("text/plain", text)
    assert papers.SUFFIX.keys() == {"application/pdf", "image/jpeg", "image/png", "text/plain"}
