"""Rows of the paper archive in the work queue: loans, papers to destroy, witnesses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.archive import queries
from registry.archive.models import PaperFile
from vuokra.access.context import Actor
from vuokra.desk import rows as desk
from vuokra.desk.rows import Kind, Row
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

KIND = Kind(
    "paperiarkisto",
    gettext_lazy("Paperiarkisto"),
    "archive",
    needs=((Group.PERSON, Level.READ), (Group.ARCHIVE, Level.READ)),
    weight=30,
    violet=True,
)


def rows(actor: Actor, today: date) -> Iterator[Row]:
    """What waits in the archive; three statements."""
    for loan in queries.overdue_loans(today):
        yield _row(
            loan.file, f"laina-{loan.pk}", _("Palauta lainattu aineisto"), loan.due, _("Palauta"),
            since=timezone.localdate(loan.taken_at), owner=loan.borrower_id,
        )  # fmt: skip
    for done in queries.waiting_for_witness(today):
        recorded = timezone.localdate(done.recorded_at)
        yield _row(
            done.file, f"todistaja-{done.pk}", _("Vahvista, että näit aineiston tuhottavan"),
            recorded, _("Vahvista"), since=recorded, owner=actor.user_id,
        )  # fmt: skip
    if actor.level(Group.ARCHIVE) < Level.WRITE:
        return
    for file in queries.to_destroy(today):
        over = file.keep_until + timedelta(days=1) if file.keep_until else file.scanned_on
        yield _row(
            file, f"tuhoa-{file.pk}", _("Tuhoa paperiaineisto todistajan läsnä ollessa"), over,
            _("Tuhoa"), since=over, page="archive:destroy",
        )  # fmt: skip


def _row(
    file: PaperFile,
    key: str,
    task: str,
    due: date | None,
    action: str,
    *,
    since: date | None,
    owner: int | None = None,
    page: str = "archive:file",
) -> Row:
    return Row(
        kind=KIND.code, key=key, task=task, facts=file.get_kind_display(), due=due, action=action,
        url=reverse(page, args=[file.person.public_id, file.pk]), person_id=file.person_id,
        statutory=True, since=since, owner=owner,
    )  # fmt: skip


def register() -> None:
    """Register the rows of this room."""
    desk.register(KIND, rows)
