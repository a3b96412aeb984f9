"""Files that came with a request: sealed, under random names, and removed when misplaced."""

from __future__ import annotations

import io
from typing import Any

from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from registry.persons.queries.marks import on_hold
from registry.rights import clock, papers
from registry.rights.models import OPEN, SHORT, Act, Attachment, DataRequest
from registry.rights.services.working import changing, refuse, require_keeper
from vuokra.access.context import current


def attach(known: DataRequest, file: UploadedFile[Any], *, version: int) -> Attachment:
    """Keep a file with an open request (liite). Raises ValidationError for what may not be kept."""
    require_keeper()
    paper = papers.read(file)
    with changing(known, Act.FILED, version=version) as row:
        if row.state not in OPEN:
            raise refuse("rights_over")
        return keep(row, paper, file.name or "")


def keep(row: DataRequest, paper: papers.Paper, name: str) -> Attachment:
    """Seal a file that was judged; its name is sealed too, for it may tell who it is about."""
    attachment = Attachment(
        request=row, mime=paper.mime, size=len(paper.content), added_by_id=current().actor.user_id
    )
    attachment.name = name[:SHORT] or None
    attachment.file.save("", File(io.BytesIO(paper.content)), save=False)
    attachment.save(force_insert=True)
    return attachment


def remove(attachment: Attachment, *, version: int) -> None:
    """Remove a file that should not be kept, such as a picture of a document (DP-A27)."""
    require_keeper()
    name, storage = str(attachment.file.name), attachment.file.storage
    with changing(attachment.request, Act.FILED, version=version, note="–") as row:
        if row.state not in OPEN:
            raise refuse("rights_over")
        if row.person is not None and on_hold(row.person, today=clock.today()):
            raise refuse("rights_attachment_stays")
        attachment.delete()
    transaction.on_commit(lambda: storage.delete(name))


def attach_at_intake(row: DataRequest, file: UploadedFile[Any]) -> Attachment:
    """Keep the file that came with a request just recorded, by whoever recorded it."""
    return keep(row, papers.read(file), file.name or "")
