"""Rows of the work queue for copies that wait: to be gone through, started again, handed over.

That an answer waits for the second person is a row of its request (`registry.rights.desk`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registry.copies.codes import Decision
from registry.copies.models import Copy
from registry.copies.models import State as Stage
from registry.persons.queries.people import may_know_of_protection
from registry.persons.queries.standing import closed
from registry.rights.models import WORKED_ON, DataRequest, State
from vuokra.access.context import Actor
from vuokra.desk import rows as desk
from vuokra.desk.rows import Kind, Row
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

KIND: Final = Kind(
    "jaljennos",
    gettext_lazy("Jäljennös tiedoista"),
    "file-lock",
    needs=((Group.RIGHTS, Level.WRITE), (Group.PERSON, Level.READ)),
    weight=95,
    violet=True,
)
REQUEST = (
    "number", "state", "received_on", "target", "deadline", "last_target", "last_deadline",
    "handler", "person", "version",
)  # fmt: skip
WAITING = (Stage.REVIEW, Stage.FAILED, Stage.PACKED)


def rows(actor: Actor, today: date) -> Iterator[Row]:
    """Copies of open requests that wait for their handler; two statements."""
    live = Q(state__in=(*WORKED_ON, State.APPROVED))
    found = DataRequest.objects.filter(~closed(today), live, person__isnull=False).only(*REQUEST)
    requests = {row.number: row for row in found}
    if not requests:
        return
    copies = Copy.objects.filter(reference__in=requests, state__in=WAITING)
    if not may_know_of_protection():
        copies = copies.filter(person__protected=False)
    still = Count("findings", filter=Q(findings__decision=Decision.OPEN), distinct=True)
    read = Count("readings", distinct=True)
    for copy in copies.annotate(open=still, read=read).only(
        "uuid", "kind", "reference", "state", "texts", "person", "fault", "approved_digest"
    ):
        row = requests[copy.reference]
        if copy.person_id == row.person_id and (shown := _row(copy, row)):
            yield shown


def _row(copy: Copy, row: DataRequest) -> Row | None:
    words = _words(copy, row)
    if words is None:
        return None
    task, fact, action, url = words
    return Row(
        kind=KIND.code, key=f"copy-{copy.pk}", task=task,
        facts=" · ".join(filter(None, [row.number, str(copy.get_kind_display()), fact])),
        due=row.due_target, action=action, url=url, person_id=row.person_id, statutory=True,
        since=row.received_on, owner=row.handler_id, soon=True,
    )  # fmt: skip


def _words(copy: Copy, row: DataRequest) -> tuple[str, str, str, str] | None:
    page = reverse("copies:copy", args=[copy.uuid])
    if copy.state == Stage.FAILED:
        return _("Tietojen kokoaminen keskeytyi"), copy.fault, _("Avaa"), page
    if row.state == State.APPROVED:
        if copy.state == Stage.PACKED:
            return None  # the request's own row tells to deliver it
        return (
            _("Tee jäljennös annettavaksi"),
            str(copy.told).lower(),
            _("Avaa"),
            reverse("rights:request", args=[row.slug]),
        )
    still: int = copy.open  # type: ignore[attr-defined]  # annotated
    unread = copy.texts - copy.read  # type: ignore[attr-defined]  # annotated
    if not still and unread <= 0:
        return None
    places = ngettext("%(n)s kohta ratkaisematta", "%(n)s kohtaa ratkaisematta", still)
    return _("Tarkista kootut tiedot"), places % {"n": still}, _("Tarkista"), page


def register() -> None:
    """Register the rows."""
    desk.register(KIND, rows)
