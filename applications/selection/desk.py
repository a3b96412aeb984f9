"""Rows of selection in the work queue: to approve, to offer, offers whose time runs out, flats that
nobody asks for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.selection.models import OfferState
from applications.selection.queries.rounds import RoundRow, waiting
from vuokra.access.context import Actor
from vuokra.desk import rows as desk
from vuokra.desk.rows import Kind, Row
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

KIND = Kind(
    "valinta", gettext_lazy("Asukasvalinta"), "list-checks",
    needs=((Group.PERSON, Level.READ), (Group.NEED, Level.READ), (Group.SELECTION, Level.WRITE)),
    weight=20,
)  # fmt: skip


def rows(actor: Actor, today: date) -> Iterator[Row]:
    """What waits with selections; a fixed number of statements."""
    found = waiting(today=today)
    for one in found.open:
        decision, offer = one.decision, one.offer
        if offer is not None and offer.state == OfferState.OPEN:
            task = (
                _("Merkitse tarjous vastaamattomaksi, tai kirjaa vastaus")
                if offer.answer_by < today
                else _("Kirjaa vastaus tarjoukseen")
            )
            yield _row(one, "tarjous", task, offer.answer_by, offer.offered_on)
        elif offer is None and decision is not None and decision.waits:
            if decision.decided_by_id != actor.user_id:
                since = timezone.localdate(decision.decided_at)
                yield _row(one, "hyvaksynta", _("Hyväksy valinta"), None, since)
        elif offer is None and decision is not None:
            yield _row(one, "tarjottava", _("Tarjoa asunto valitulle"), None, decision.on)
    for one in found.alone:
        yield _row(one, "hakijaton", _("Asuntoon ei ole sopivia hakijoita"), None, None)


def _row(one: RoundRow, key: str, task: str, due: date | None, since: date | None) -> Row:
    pk = one.round.pk if one.round else 0
    return Row(
        kind=KIND.code, key=f"{key}-{pk}", task=task, facts=one.flat.flat.address, due=due,
        action=_("Avaa"), url=reverse("selection:round", args=[pk]), since=since,
    )  # fmt: skip


def register() -> None:
    """Register the kind and its rows."""
    desk.register(KIND, rows)
