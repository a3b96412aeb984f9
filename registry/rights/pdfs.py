"""A PDF that came with a request: nothing in it may act, and what it hides is left out.

It is read object by object, so that what lies in a compressed object is found too (DP-A25).
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from enum import StrEnum
from typing import Any, Final

import pikepdf
from pikepdf.settings import set_qpdf_limits

MOST_UNPACKED: Final = 128 * 1024 * 1024
"""Bytes that one packed stream may grow to: a small file may hold a large one."""
set_qpdf_limits(flate_max_memory=MOST_UNPACKED)
MOST_OBJECTS: Final = 100_000

ACTIONS: Final = frozenset(
    {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR", "/Rendition",
     "/Movie", "/Sound", "/RichMediaExecute", "/GoTo3DView"}
)  # fmt: skip
"""What an action may not do (`/S`): run, start a program, send, open another file."""
ACTIVE: Final = frozenset(
    {"/JS", "/JavaScript", "/AA", "/EmbeddedFiles", "/EF", "/XFA", "/RichMediaContent"}
)
"""Keys of what acts by itself, or is another file within this one."""
PLAYED: Final = frozenset({"/RichMedia", "/FileAttachment", "/Movie", "/Sound", "/Screen", "/3D"})
"""Annotations (`/Subtype`) that hold a file or play one."""
HIDDEN: Final = ("/Metadata", "/PieceInfo")
"""Who wrote it, with what and when, and what programs left there for themselves."""


class Fault(StrEnum):
    """Why a PDF may not be kept."""

    ACTS = "acts"
    LOCKED = "locked"
    BROKEN = "broken"


class NotKept(Exception):
    """The PDF may not be kept; tells why, and nothing of what it holds."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


def cleaned(content: bytes) -> bytes:
    """The PDF without what it hides: metadata, earlier versions, objects that no page shows.

    One with an electronic signature stays as it is, since any change would break the signature.
    Raises NotKept.
    """
    try:
        with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as pdf:
            if len(pdf.objects) > MOST_OBJECTS:
                raise NotKept(Fault.BROKEN)
            signed = _judge(pdf)
            return content if signed else _written(pdf)
    except pikepdf.PasswordError:
        raise NotKept(Fault.LOCKED) from None
    except (pikepdf.PdfError, ValueError, RuntimeError, MemoryError):
        raise NotKept(Fault.BROKEN) from None


def _judge(pdf: pikepdf.Pdf) -> bool:
    """Whether the PDF is signed. Raises NotKept when anything in it acts."""
    signed = False
    for one in _dictionaries(pdf):
        keys = one.keys()
        if keys & ACTIVE or _name(one, "/S") in ACTIONS or _name(one, "/Subtype") in PLAYED:
            raise NotKept(Fault.ACTS)
        first = one.get("/OpenAction")
        if isinstance(first, pikepdf.Dictionary) and _name(first, "/S") != "/GoTo":
            raise NotKept(Fault.ACTS)
        signed = signed or "/ByteRange" in keys
    return signed


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every dictionary of the file, those within another too; streams by their dictionary."""
    for whole in pdf.objects:
        waiting: list[Any] = [whole]
        while waiting:
            one = waiting.pop()
            if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
                yield one
                held = [one[key] for key in one.keys()]  # noqa: SIM118  (no iterator of its own)
            elif isinstance(one, pikepdf.Array):
                held = list(one)
            else:
                continue
            waiting += [
                inner
                for inner in held
                if isinstance(inner, pikepdf.Object) and not inner.is_indirect
            ]


def _name(one: Any, key: str) -> str:
    found = one.get(key)
    return str(found) if isinstance(found, pikepdf.Name) else ""


def _written(pdf: pikepdf.Pdf) -> bytes:
    for one in _dictionaries(pdf):
        for key in HIDDEN:
            if key in one:
                del one[key]
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    out = io.BytesIO()
    pdf.save(
        out,
        compress_streams=False,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        deterministic_id=True,
    )
    return out.getvalue()
