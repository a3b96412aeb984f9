"""Rows of the work queue: exports, requests of authorities, recipients to tell, agreements."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registry.disclosures import queries, rule_rows, rules
from registry.disclosures.models import RequestState
from registry.persons.views.common import EXPORTERS
from vuokra.access.context import Actor
from vuokra.desk import rows as desk
from vuokra.desk.rows import Kind, Row
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.rules.queries import rule
from vuokra.ui import formatting

KEEP = ((Group.DISCLOSURE, Level.WRITE), (Group.PERSON, Level.READ))
AGREEMENTS = Kind(
    "sopimus-paattyy", gettext_lazy("Sopimus"), "file-clock",
    needs=((Group.DISCLOSURE, Level.WRITE),), weight=30, violet=True,
)  # fmt: skip
EXPORTS = Kind(
    "vienti", gettext_lazy("Vienti"), "file-down", needs=((Group.PERSON, Level.READ),),
    roles=frozenset(EXPORTERS), weight=50, violet=True,
)  # fmt: skip
CORRECTIONS = Kind(
    "luovutuksen-oikaisu", gettext_lazy("Oikaisu"), "pencil",
    needs=((Group.DISCLOSURE, Level.READ), (Group.PERSON, Level.READ)), roles=rules.APPROVERS,
    weight=45, violet=True,
)  # fmt: skip
REQUESTS = Kind(
    "viranomaispyynto", gettext_lazy("Viranomainen"), "landmark",
    needs=((Group.DISCLOSURE, Level.READ), (Group.PERSON, Level.READ)), weight=70, violet=True,
)  # fmt: skip
TELLING = Kind(
    "ilmoitus-vastaanottajalle", gettext_lazy("Ilmoitus"), "megaphone",
    needs=KEEP, weight=60, violet=True,
)  # fmt: skip


def agreement_rows(actor: Actor, today: date) -> Iterator[Row]:
    """Agreements and other bases that end soon, or have ended lately (A60); one statement."""
    for basis in queries.ending_bases(today):
        day: date = basis.valid_to  # type: ignore[assignment]  # the query asks for it
        over = day < today
        yield Row(
            kind=AGREEMENTS.code,
            key=str(basis.pk),
            task=_("Sopimus on päättynyt: luovuttaminen on estetty")
            if over
            else _("Sopimus päättyy: uusi se tai lopeta luovuttaminen"),
            facts=f"{basis.recipient.name}, {basis.reference}, {formatting.date(day)}",
            due=day,
            action=_("Avaa"),
            url=reverse("disclosures:recipient", args=[basis.recipient_id]),
        )


def export_rows(actor: Actor, today: date) -> Iterator[Row]:
    """Exports of others to approve, and one's own to take out; at most two statements."""
    if actor.roles & rules.APPROVERS:
        for asked in queries.exports_to_decide(actor.user_id):
            yield Row(
                kind=EXPORTS.code, key=f"hyvaksy-{asked.pk}", task=_("Hyväksy tai hylkää vienti"),
                facts=_people(asked.person_count), due=None, action=_("Käsittele"),
                url=reverse("disclosures:export", args=[asked.pk]),
                since=timezone.localdate(asked.asked_at),
            )  # fmt: skip
    for asked in queries.exports_to_take(actor.user_id, now=timezone.now()):
        yield Row(
            kind=EXPORTS.code, key=f"lataa-{asked.pk}", task=_("Lataa hyväksytty vienti"),
            facts=_people(asked.person_count), due=asked.expires_at, action=_("Avaa"),
            url=reverse("disclosures:export", args=[asked.pk]), owner=actor.user_id,
            since=timezone.localdate(asked.asked_at),
            soon=True,  # it is asked for, and waits some days only, also over a week's end
        )  # fmt: skip


def correction_rows(actor: Actor, today: date) -> Iterator[Row]:
    """Corrections of disclosures that others propose; one statement."""
    for row in queries.corrections_to_decide(actor.user_id):
        proposed = timezone.localdate(row.proposed_at)
        yield Row(
            kind=CORRECTIONS.code, key=str(row.pk),
            task=_("Hyväksy tai hylkää luovutuksen oikaisu"),
            facts=_("ehdotettu %(date)s") % {"date": formatting.date(proposed)}, due=None,
            action=_("Käsittele"), url=reverse("disclosures:disclosure", args=[row.wrong_id]),
            since=proposed,
        )  # fmt: skip


def _people(count: int) -> str:
    return ngettext("%(count)s henkilö", "%(count)s henkilöä", count) % {"count": count}


def request_rows(actor: Actor, today: date) -> Iterator[Row]:
    """Requests of authorities with their next step; one statement.

    One's own decision is not there to be approved; who only approves sees what waits for that.
    """
    keeps = actor.level(Group.DISCLOSURE) >= Level.WRITE
    steps = {
        RequestState.RECEIVED: _("Varmista, kuka pyytää: soita takaisin vaihteeseen"),
        RequestState.VERIFIED: _("Päätä viranomaisen pyynnöstä"),
        RequestState.GRANTED: _("Hyväksy toisen päätös viranomaispyynnöstä"),
        RequestState.APPROVED: _("Vastaa viranomaiselle"),
    }
    for asked in queries.open_requests():
        granted = asked.state == RequestState.GRANTED
        if (granted and asked.decided_by_id == actor.user_id) or not (granted or keeps):
            continue
        yield Row(
            kind=REQUESTS.code, key=f"{asked.pk}-{asked.state}",
            task=steps[RequestState(asked.state)], facts=asked.number, due=None,
            action=_("Käsittele"), url=reverse("disclosures:request", args=[asked.pk]),
            since=timezone.localdate(asked.received_at), protected=True,
        )  # fmt: skip


def telling_rows(actor: Actor, today: date) -> Iterator[Row]:
    """Recipients still to be told of a correction, an erasure or a restriction; one statement."""
    for task in queries.open_notifications():
        made = timezone.localdate(task.made_at)
        yield Row(
            kind=TELLING.code, key=str(task.pk),
            task=_("Kerro vastaanottajalle muuttuneesta tiedosta"),
            facts=f"{task.recipient.name}, {task.get_reason_display()}",
            due=made + timedelta(days=rule(rule_rows.NOTIFY_DAYS, made).integer),
            action=_("Kirjaa"), statutory=True, since=made, person_id=task.person_id,
            protected=task.person.protected,
            url=reverse("disclosures:notified", args=[task.person.public_id, task.pk]),
        )  # fmt: skip


def register() -> None:
    """Register the rows of this room."""
    desk.register(AGREEMENTS, agreement_rows)
    desk.register(EXPORTS, export_rows)
    desk.register(CORRECTIONS, correction_rows)
    desk.register(REQUESTS, request_rows)
    desk.register(TELLING, telling_rows)
