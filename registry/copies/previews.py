"""The copy as it would be handed over, on the screen: for whoever approves it (four eyes)."""

from __future__ import annotations

import base64
from dataclasses import dataclass

from django.utils import translation

from registry.copies import packaging, queries, services
from registry.copies.content import CopyContent
from registry.copies.models import Copy, State
from registry.copies.services.working import locked
from vuokra.access.errors import ObjectDenied


@dataclass(frozen=True, slots=True)
class Preview:
    """The decided content, why something was left out, and the consultations as a table."""

    content: CopyContent
    left_out: list[list[str]]
    looks_head: list[str]
    looks: list[list[str]]
    opened: set[str]


def preview(copy: Copy, *, opened: bool = True) -> Preview:
    """What `services.shown` gives, with what stands beside it in the PDF; nine statements.

    The copy is locked, and when it is `opened` on a screen a row says that the user has opened this
    very version: whoever approves it must have. `Preview.opened` are the digests of the documents
    that he has opened. Raises ValidationError while something is
    undecided or unread.
    """
    copy = locked(copy, *State)
    content = services.shown(copy)
    if opened:
        services.note_opened(copy)
    names = services.names_told(copy, content)
    with translation.override(copy.language):
        return Preview(
            content,
            packaging.left_out(queries.findings(copy)),
            packaging.looks_head(named=bool(names)),
            packaging.looks_table(content, names),
            queries.opened_documents(copy),
        )


def attachment_of(copy: Copy, name: str, *, opened: bool = True) -> bytes:
    """A document of the copy by its name there; recorded as a reveal, and when it is `opened` on a
    screen a row says that the user has: whoever approves the copy must have. Raises ObjectDenied.
    """
    for one in queries.content_of(copy).attachments:
        if one.name == name:
            if opened:
                services.note_document_opened(copy, one.digest)
            return base64.b64decode(one.data)
    raise ObjectDenied(queries.TABLE, copy.pk)
