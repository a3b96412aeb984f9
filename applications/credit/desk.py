"""Rows of the work queue: results that somebody has to weigh (SEL-T36)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.credit.queries import unweighed
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
    """Checks that wait to be weighed; one statement. What they found is told on their page."""
    for one in unweighed(today):
        yield Row(
            kind=KIND.code, key=f"luotto-{one.pk}", task=_("Arvioi luottotietojen vaikutus"),
            facts="", due=None, action=_("Arvioi"), person_id=one.person_id,
            url=reverse("credit:assess", args=[one.uuid]), since=timezone.localdate(one.made_at),
        )  # fmt: skip


def register() -> None:
    """Register the kind and its rows."""
    desk.register(KIND, rows)
