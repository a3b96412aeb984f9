"""Rows of inspections in the work queue: to be agreed, of the day, to be signed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leases.inspections import queries
from leases.inspections.queries import InspectionRow, ToAgree
from leases.inspections.rules import Kind as Which
from leases.inspections.rules import State
from vuokra.access.context import Actor
from vuokra.desk import rows as desk
from vuokra.desk.rows import Kind, Row
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

INSPECT = ((Group.PERSON, Level.READ), (Group.MAINTENANCE, Level.WRITE))
KIND = Kind("tarkastus", gettext_lazy("Tarkastus"), "clipboard-check", needs=INSPECT, weight=15)
TO_AGREE = Kind(
    "tarkastus-sovittava", gettext_lazy("Tarkastus sopimatta"), "calendar-plus",
    needs=(*INSPECT, (Group.LEASE, Level.WRITE)), weight=16,
)  # fmt: skip


def rows(actor: Actor, today: date) -> Iterator[Row]:
    """Inspections of the day, left undone, or waiting for signatures; two statements."""
    for found in queries.due(today=today):
        yield _inspection(found)


def _inspection(found: InspectionRow) -> Row:
    one = found.inspection
    done = found.state is State.DONE
    day = timezone.localdate(one.agreed_at)
    return Row(
        kind=KIND.code, key=f"tarkastus-{one.pk}",
        task=_("Hanki tarkastuksen allekirjoitukset") if done else _("Tee tarkastus"),
        facts="" if found.hidden else one.flat.address,
        due=None if done else one.agreed_at, action=_("Avaa"),
        url=reverse("inspections:inspection", args=[one.pk]), person_id=None,
        protected=found.hidden, since=one.done_on if done else day, owner=one.inspector_id,
    )  # fmt: skip


def to_agree(actor: Actor, today: date) -> Iterator[Row]:
    """Leases that begin soon or end without an inspection agreed; three statements."""
    for found in queries.to_agree(today=today):
        yield _uninspected(found)


def _uninspected(found: ToAgree) -> Row:
    out = found.kind is Which.MOVE_OUT
    lease = found.lease
    address = reverse("inspections:agree", args=[lease.pk])
    return Row(
        kind=TO_AGREE.code, key=f"{found.kind}-{lease.pk}",
        task=_("Sovi lopputarkastus") if out else _("Sovi alkutarkastus"),
        facts=_("Sopimus %(number)s") % {"number": lease.number},
        due=lease.ends_on if out else lease.starts_on, action=_("Sovi"),
        url=f"{address}?laji={found.kind}", person_id=found.person_id, protected=found.hidden,
        since=None if out else lease.concluded_on, soon=True,
    )  # fmt: skip


def register() -> None:
    """Register the kinds and their rows."""
    desk.register(KIND, rows)
    desk.register(TO_AGREE, to_agree)
