"""Papers of an application: asked for, arrived, seen, not needed; a file kept, sealed."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from applications.intake.codes import AttachmentKind, AttachmentState, NeededBy, State
from applications.intake.models import NEVER_KEPT, Application, Attachment, Member
from applications.intake.rules.states import OPEN
from applications.intake.services.common import (
    TEXTS,
    acting,
    handled,
    in_state,
    plain,
    refuse_held,
    refuse_near,
    refused_at,
    require,
)
from registry.rights import papers
from vuokra.db.constraints import constraint_errors
from vuokra.policy.groups import Group
from vuokra.rules.days import refuse_future

TAKING: Final = (State.DRAFT, *OPEN)


@transaction.atomic
def ask(
    application: Application,
    kind: AttachmentKind,
    needed_by: NeededBy,
    *,
    member: Member | None = None,
    due_on: date | None = None,
    waived: bool = False,
    reason: str = "",
    today: date,
) -> Attachment:
    """Ask for a paper (liitteen pyytäminen), at the step that needs it. One that the law does not
    demand (`waived`, YMa 904/2006 2 §) is asked for with a reason. Raises ValidationError, also
    when the same paper was asked for already."""
    require(Group.NEED)
    row = handled(application, today)
    in_state(row, *TAKING)
    words = plain(reason, "reason")
    if waived and not words:
        text = _("Liitettä ei vaadita. Kirjoita, miksi sitä silti pyydetään.")
        raise refused_at("reason", text, "waived")
    if due_on is not None and due_on < today:
        raise refused_at("due_on", _("Valitse päivä, joka on vielä edessä."), "due_on")
    open_one = row.attachments.filter(kind=kind, member=member, state=AttachmentState.ASKED)
    if kind != AttachmentKind.OTHER and open_one.exists():
        raise refused_at("kind", _("Liite on jo pyydetty."), "asked")
    return _saved(
        Attachment(
            application=row, kind=kind, needed_by=needed_by, member=member, due_on=due_on,
            reason=words, asked_on=today, recorded_by_id=acting(),
        )
    )  # fmt: skip


@transaction.atomic
def arrive(
    attachment: Attachment, *, on: date, file: UploadedFile[Any] | None = None, today: date
) -> Attachment:
    """The paper has come (liitteen saapuminen), with its file when one is kept. Raises
    ValidationError for a day to come, and for a file that may not be kept."""
    require(Group.NEED)
    row = _open(attachment, today)
    refuse_future("on", on, today)
    if row.state != AttachmentState.ASKED:
        raise ValidationError(_("Liite on jo saapunut."), code="arrived")
    row.state, row.arrived_on = AttachmentState.ARRIVED, on
    return _with_file(row, file)


@transaction.atomic
def add(
    application: Application,
    kind: AttachmentKind,
    *,
    member: Member | None = None,
    on: date,
    file: UploadedFile[Any] | None = None,
    today: date,
) -> Attachment:
    """A paper that came unasked, such as the original of the application. Raises ValidationError
    for a day to come, and for a file that may not be kept."""
    require(Group.NEED)
    row = handled(application, today)
    in_state(row, *TAKING)
    refuse_future("on", on, today)
    paper = Attachment(
        application=row, kind=kind, member=member, arrived_on=on, recorded_by_id=acting(),
        state=AttachmentState.ARRIVED,
    )  # fmt: skip
    if kind == AttachmentKind.ORIGINAL:
        paper.needed_by = NeededBy.PROCESSING
    return _with_file(paper, file)


@transaction.atomic
def see(attachment: Attachment, *, denies: bool = False, today: date) -> Attachment:
    """The paper was seen and checked (liitteen tarkistus). One shown at the counter arrives and is
    seen at once. A proof of belonging to a special group may show another thing (`denies`). Raises
    ValidationError when it was seen or is not needed, and for any other paper that denies."""
    require(Group.NEED)
    row = _open(attachment, today)
    refuse_near(row.application, today)  # of a draft too
    if row.state not in (AttachmentState.ASKED, AttachmentState.ARRIVED):
        raise ValidationError(_("Liite on jo tarkistettu."), code="seen")
    row.arrived_on = row.arrived_on or today
    row.state, row.seen_on, row.seen_by_id = AttachmentState.SEEN, today, acting()
    row.denies = denies
    return _saved(row)


@transaction.atomic
def drop(attachment: Attachment, reason: str, *, today: date) -> Attachment:
    """The paper is not needed after all (liitettä ei tarvita). Raises ValidationError without a
    reason, and when its file is held."""
    require(Group.NEED)
    row = _open(attachment, today)
    if row.state not in (AttachmentState.ASKED, AttachmentState.ARRIVED):
        raise ValidationError(_("Liite on jo tarkistettu."), code="seen")
    row.reason = plain(reason, "reason")
    if not row.reason:
        raise refused_at("reason", _("Kirjoita, miksi liitettä ei tarvita."), "reason")
    row.state = AttachmentState.DROPPED
    _forget_file(row, today)
    return _saved(row)


@transaction.atomic
def remove_file(attachment: Attachment, reason: str, *, today: date) -> Attachment:
    """Remove a file that should not be kept (tiedoston poisto), such as one of the wrong person;
    that the paper came and was seen stays. Raises ValidationError without a reason, when there
    is no file and while it is held."""
    require(Group.NEED)
    row = _open(attachment, today)
    if not row.file:
        raise ValidationError(_("Tiedostoa ei ole."), code="file")
    words = plain(reason, "reason")
    if not words:
        raise refused_at("reason", _("Kirjoita, miksi tiedosto poistetaan."), "reason")
    row.reason = plain(f"{row.reason} {words}".strip(), "reason")  # why it was asked for stays
    _forget_file(row, today)
    return _saved(row)


def judged(kind: AttachmentKind, file: UploadedFile[Any]) -> papers.Paper:
    """A file as it may be kept, judged by its bytes (A25). Raises ValidationError at `file`."""
    if kind in NEVER_KEPT:
        text = _("Oleskeluluvasta ei säilytetä kopiota. Kirjaa, että se on nähty.")
        raise refused_at("file", text, "permit")
    try:
        return papers.read(file)
    except ValidationError as refused:
        raise ValidationError({"file": refused.error_list}) from None


def _open(attachment: Attachment, today: date) -> Attachment:
    in_state(handled(attachment.application, today), *TAKING)
    return Attachment.objects.select_for_update(of=("self",)).get(pk=attachment.pk)


def _with_file(row: Attachment, file: UploadedFile[Any] | None) -> Attachment:
    """Judge a file and seal it."""
    if file is not None:
        paper = judged(AttachmentKind(row.kind), file)
        row.mime, row.size = paper.mime, len(paper.content)
        row.file.save("", File(io.BytesIO(paper.content)), save=False)
    return _saved(row)


def forget_files(rows: Iterable[Attachment], today: date) -> None:
    """The files of papers that are about to go themselves. Raises ValidationError while the data of
    the household are held."""
    for row in rows:
        _forget_file(row, today)


def _forget_file(row: Attachment, today: date) -> None:
    """Nothing brings a file back, so none goes while the data of the household are held."""
    name, storage = str(row.file.name or ""), row.file.storage
    if name:
        refuse_held(row.application, today)
        row.file, row.mime, row.size = "", "", None
        transaction.on_commit(lambda: storage.delete(name))


def _saved(row: Attachment) -> Attachment:
    with constraint_errors(Attachment, TEXTS):
        row.save()
    return row
