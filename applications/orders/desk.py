"""Rows of the work queue: leases to be drawn up, drafts whose offer was taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.orders.models import OrderState
from applications.orders.queries import waiting
from vuokra.access.context import Actor
from vuokra.desk import rows as desk
from vuokra.desk.rows import Kind, Row
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

KIND = Kind(
    "sopimustilaus", gettext_lazy("Sopimustilaus"), "file-plus",
    needs=((Group.PERSON, Level.READ), (Group.LEASE, Level.WRITE), (Group.HOMES, Level.READ)),
    weight=20,
)  # fmt: skip


def rows(actor: Actor, today: date) -> Iterator[Row]:
    """What waits with orders; two statements."""
    for one in waiting(today):
        order = one.order
        open_ = order.state == OrderState.OPEN
        task = _("Laadi vuokrasopimus") if open_ else _("Peru sopimusluonnos: tarjous on peruttu")
        yield Row(
            kind=KIND.code, key=f"tilaus-{order.pk}", task=task,
            facts="" if one.hidden else order.flat.address, due=order.free_from if open_ else None,
            action=_("Laadi") if open_ else _("Avaa"),
            url=reverse("orders:draw_up", args=[order.uuid]), protected=one.hidden,
            person_id=one.persons[0].person_id, since=timezone.localdate(order.placed_at),
            soon=True,  # the household waits for its lease
        )  # fmt: skip


def register() -> None:
    """Register the kind and its rows."""
    desk.register(KIND, rows)
