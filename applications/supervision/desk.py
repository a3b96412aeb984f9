"""Rows of the work queue: explanations that the supervisor waits for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.supervision.queries import unanswered
from vuokra.access.context import Actor
from vuokra.desk import rows as desk
from vuokra.desk.rows import Kind, Row
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

KIND = Kind(
    "kantelu", gettext_lazy("Kantelu"), "scale",
    needs=((Group.PERSON, Level.READ), (Group.NEED, Level.READ), (Group.SELECTION, Level.WRITE)),
    weight=60,
)  # fmt: skip


def rows(actor: Actor, today: date) -> Iterator[Row]:
    """Complaints without an explanation; one statement."""
    for one in unanswered(today):
        yield Row(
            kind=KIND.code, key=f"kantelu-{one.pk}", task=_("Anna selvitys kanteluun"),
            facts=one.number, due=one.answer_by, action=_("Avaa"), statutory=True, soon=True,
            url=reverse("supervision:complaint", args=[one.uuid]), since=one.received_on,
        )  # fmt: skip


def register() -> None:
    """Register the kind and its rows."""
    desk.register(KIND, rows)
