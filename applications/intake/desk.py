"""Rows of applications in the work queue: new ones, papers that came, those that expire."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.intake.queries import listing
from applications.intake.queries.listing import ApplicationRow, View
from vuokra.access.context import Actor
from vuokra.desk import rows as desk
from vuokra.desk.rows import Kind, Row
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

KIND = Kind(
    "hakemus",
    gettext_lazy("Hakemus"),
    "inbox",
    needs=((Group.PERSON, Level.READ), (Group.NEED, Level.WRITE)),
    weight=15,
)


def rows(actor: Actor, today: date) -> Iterator[Row]:
    """What waits with applications; nine statements."""
    found = listing.waiting(today=today)
    for row in found[View.NEW]:
        yield _row(row, "uusi", _("Käsittele uusi hakemus"), None, row.application.received_on)
    for row in listing.arrived_papers(today=today):
        yield _row(row, "liite", _("Tarkista saapunut liite"), None, row.application.received_on)
    for row in found[View.EXPIRING]:
        yield _row(
            row, "vanhenee", _("Kysy, jatketaanko hakemusta"), row.application.valid_until, None
        )


def _row(row: ApplicationRow, key: str, task: str, due: date | None, since: date | None) -> Row:
    here, applicant = row.application, row.applicant
    return Row(
        kind=KIND.code, key=f"{key}-{here.pk}", task=task, facts=here.number, due=due,
        action=_("Avaa"), url=reverse("applications:application", args=[here.number]),
        person_id=applicant.pk if applicant else None, protected=row.hidden, since=since,
    )  # fmt: skip


def register() -> None:
    """Register the kind and its rows."""
    desk.register(KIND, rows)
