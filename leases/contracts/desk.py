"""Rows of leases in the work queue: signatures that wait, who moves in, papers to be served."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leases.contracts import queries
from leases.contracts.queries import LeaseRow
from vuokra.access.context import Actor
from vuokra.desk import rows as desk
from vuokra.desk.rows import Kind, Row
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

KIND = Kind(
    "vuokrasopimus",
    gettext_lazy("Vuokrasopimus"),
    "file-pen-line",
    needs=((Group.PERSON, Level.READ), (Group.LEASE, Level.WRITE)),
    weight=20,
)


def rows(actor: Actor, today: date) -> Iterator[Row]:
    """What waits with leases; seven statements, one more for each request to transfer a lease."""
    found = queries.waiting(today=today)
    for row in found.unsigned:
        ready = row.lease.ready_at
        since = timezone.localdate(ready) if ready else None
        yield _row(row, f"allekirjoitus-{row.lease.pk}", _("Hanki allekirjoitukset"),
                   min(row.lease.starts_on, today) if row.lease.starts_on <= today else
                   row.lease.starts_on, _("Avaa"), since)  # fmt: skip
    for row in found.moving_in:
        yield _row(row, f"muutto-{row.lease.pk}", _("Muutto sisään: luovuta avaimet"),
                   row.lease.starts_on, _("Avaa"), row.lease.concluded_on)  # fmt: skip
    for row, notice in found.unserved:
        recorded = timezone.localdate(notice.recorded_at)
        yield _row(row, f"ilmoitus-{notice.pk}", _("Anna ilmoitus tiedoksi ja kirjaa todiste"),
                   None, _("Avaa"), recorded)  # fmt: skip
    for row, late in found.unconfirmed:
        if late.recorded_by_id != actor.user_id:
            task = _("Vahvista allekirjoituspäivä, joka valitsee lain")
            yield _row(row, f"paiva-{late.pk}", task, None, _("Avaa"), late.entered_on)
    for asked in queries.unanswered(today=today):
        change, act_by = asked.change, asked.act_by
        yield Row(
            kind=KIND.code, key=f"siirto-{change.pk}", task=_("Vastaa siirtopyyntöön"),
            facts=_("Sopimus %(number)s") % {"number": change.lease.number},
            due=act_by.task_on if act_by else None, action=_("Vastaa"),
            url=reverse("leases:answer_change", args=[change.lease_id, change.pk]),
            person_id=change.coming_id, protected=False, since=change.told_on,
        )  # fmt: skip


def _row(
    row: LeaseRow, key: str, task: str, due: date | None, action: str, since: date | None
) -> Row:
    tenant = next(iter(row.tenants), None)
    return Row(
        kind=KIND.code, key=key, task=task,
        facts=_("Sopimus %(number)s") % {"number": row.lease.number}, due=due, action=action,
        url=reverse("leases:lease", args=[row.lease.pk]),
        person_id=tenant.person_id if tenant else None, protected=row.hidden, since=since,
    )  # fmt: skip


def register() -> None:
    """Register the kind and its rows."""
    desk.register(KIND, rows)
