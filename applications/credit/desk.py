"""Rows of the work queue: results that somebody has to weigh (SEL-T36), notices to be given."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.credit.queries import waiting
from vuokra.access.context import Actor
from vuokra.desk import rows as desk
from vuokra.desk.rows import Kind, Row
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

KIND = Kind(
    "luottotiedot", gettext_lazy("Luottotiedot"), "badge-check",
    needs=((Group.PERSON, Level.READ), (Group.CREDIT, Level.WRITE)), weight=20,
)  # fmt: skip


def rows(actor: Actor, today: date) -> Iterator[Row]:
    """Checks that wait to be weighed, and notices that are to be given; one statement. What was
    found is told on the page."""
    for one in waiting(today):
        task, action, page, key = (
            (_("Arvioi luottotietojen vaikutus"), _("Arvioi"), "assess", "luotto")
            if one.assessed_at is None
            else (_("Ilmoita luottotietojen käytöstä"), _("Kirjaa"), "noticed", "ilmoitus")
        )
        yield Row(
            kind=KIND.code, key=f"{key}-{one.pk}", task=task, facts="", due=None, action=action,
            person_id=one.person_id, url=reverse(f"credit:{page}", args=[one.uuid]),
            since=timezone.localdate(one.assessed_at or one.made_at),
        )  # fmt: skip


def register() -> None:
    """Register the kind and its rows."""
    desk.register(KIND, rows)
