"""Rows of the room in the work queue: alerts, samples, suspicions, wrong sends, break-glasses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registry.watch import rules
from registry.watch.models import Suspicion
from registry.watch.queries import alerts as queries
from registry.watch.queries import glass
from vuokra.access.context import Actor
from vuokra.desk import rows as desk
from vuokra.desk.rows import Kind, Row
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.policy.roles import Role

WATCH = ((Group.WATCH, Level.WRITE), (Group.LOG, Level.READ))

ALERTS = Kind(
    "halytys", gettext_lazy("Hälytys"), "siren", needs=WATCH, roles=frozenset({Role.TAR}),
    weight=50, violet=True,
)  # fmt: skip
GLASSES = Kind(
    "hatakatselu", gettext_lazy("Hätäkatselu"), "siren", needs=WATCH, weight=95, violet=True
)
APPROVALS = Kind(
    "hatahyvaksynta", gettext_lazy("Hätäkatselun hyväksyntä"), "user-check",
    needs=((Group.WATCH, Level.READ),), roles=frozenset(rules.APPROVERS), weight=99, violet=True,
)  # fmt: skip
SUSPICIONS = Kind(
    "loukkausepaily", gettext_lazy("Loukkausepäily"), "shield-alert", needs=WATCH,
    roles=frozenset({Role.REK}), weight=97, violet=True,
)  # fmt: skip
MISSENT = Kind(
    "vaara-lahetys", gettext_lazy("Väärä lähetys"), "mail", roles=frozenset({Role.JOH}),
    needs=((Group.WATCH, Level.READ), (Group.RIGHTS, Level.READ)), weight=97, violet=True,
)  # fmt: skip


def alert_rows(actor: Actor, today: date) -> Iterator[Row]:
    """Alerts to dispose of, alarms that no alert holds yet, samples to go through; at most six
    statements."""
    if waiting := queries.unseen_alarms(timezone.now()):
        text = ngettext("%(n)s uusi hälytys lokissa", "%(n)s uutta hälytystä lokissa", waiting)
        yield Row(
            kind=ALERTS.code, key="uudet", task=text % {"n": waiting},
            facts=_("Käy loki läpi, niin hälytykset jaetaan käsiteltäviksi."), due=today,
            action=_("Avaa"), url=reverse("watch:alerts"), statutory=True, since=today,
        )  # fmt: skip
    for alert in queries.open_alerts():
        yield Row(
            kind=ALERTS.code, key=str(alert.pk), task=_("Käsittele hälytys"),
            facts=alert.get_rule_display(), due=queries.disposal_due(alert.raised_at),
            action=_("Käsittele"), url=reverse("watch:alert", args=[alert.pk]), statutory=True,
            since=timezone.localdate(alert.raised_at), soon=True,
        )  # fmt: skip
    for sample in queries.open_samples():
        yield Row(
            kind=ALERTS.code, key=f"otanta-{sample.pk}", task=_("Käy viikko-otanta läpi"),
            facts=_("Viikko %(n)s") % {"n": sample.week.isocalendar().week},
            due=queries.disposal_due(sample.drawn_at), action=_("Käy läpi"),
            url=reverse("watch:sample", args=[sample.pk]), statutory=True,
            since=timezone.localdate(sample.drawn_at), soon=True,
        )  # fmt: skip


def glass_rows(actor: Actor, today: date) -> Iterator[Row]:
    """Break-glasses to review; two statements."""
    for one in glass.waiting_for_review():
        yield Row(
            kind=GLASSES.code, key=str(one.pk), task=_("Katselmoi hätäkatselu"),
            facts=_("Katselmoimaton estää käyttäjän seuraavan."),
            due=glass.review_due(one.opened_at), action=_("Katselmoi"),
            url=reverse("watch:glass", args=[one.pk]), person_id=one.subject_id, statutory=True,
            since=timezone.localdate(one.opened_at), soon=True,
        )  # fmt: skip


def approval_rows(actor: Actor, today: date) -> Iterator[Row]:
    """Break-glasses that ask for class D now; one statement, and one for each."""
    for one in glass.waiting_for_approval(timezone.now()):
        yield Row(
            kind=APPROVALS.code, key=str(one.pk), task=_("Hyväksy erityisten tietojen avaaminen"),
            facts=_("Hätäkatselu on käynnissä."), due=one.ends_at, action=_("Käsittele"),
            url=reverse("watch:approve", args=[one.pk]), person_id=one.subject_id, statutory=True,
            since=today,
        )  # fmt: skip


def suspicion_rows(actor: Actor, today: date) -> Iterator[Row]:
    """Suspected breaches that nobody has taken on; the clock runs in hours. Two statements."""
    for one in queries.open_suspicions():
        yield Row(
            kind=SUSPICIONS.code, key=str(one.pk), task=_("Arvioi loukkausepäily"),
            facts=_what_happened(one), due=queries.notify_by(one), soon=True, action=_("Arvioi"),
            url=reverse("watch:suspicion", args=[one.pk]), statutory=True,
            since=timezone.localdate(one.aware_at),
        )  # fmt: skip


def _what_happened(one: Suspicion) -> str:
    if one.reference:
        return _("Vastaus meni väärään paikkaan: %(number)s") % {"number": one.reference}
    return _("Luvaton katselu on tietoturvaloukkaus.")


def missent_rows(actor: Actor, today: date) -> Iterator[Row]:
    """Answers that went to the wrong place, until somebody has taken the breach on: the leader, who
    decides with the registrar whether it is notified, hears of it. Two statements."""
    for one in queries.open_suspicions().exclude(reference=""):
        yield Row(
            kind=MISSENT.code, key=str(one.pk),
            task=_("Tietopyynnön vastaus meni väärään paikkaan"),
            facts=one.reference, due=queries.notify_by(one), soon=True, action=_("Avaa"),
            url=reverse("rights:request", args=[one.reference.lower()]), statutory=True,
            since=timezone.localdate(one.aware_at),
        )  # fmt: skip


def register() -> None:
    """Register the rows of this room."""
    desk.register(ALERTS, alert_rows)
    desk.register(GLASSES, glass_rows)
    desk.register(APPROVALS, approval_rows)
    desk.register(SUSPICIONS, suspicion_rows)
    desk.register(MISSENT, missent_rows)
