"""Alerts with their events and what was concluded of them; suspicions; samples; watched people."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db import models
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.log.queries import Line, alarms_since, in_words
from registry.persons.models import Person
from registry.watch.models import (
    Alert,
    AlertEvent,
    Disposition,
    Listed,
    Passing,
    Round,
    Sample,
    SampleReview,
    Suspicion,
)
from registry.watch.rule_rows import BREACH_HOURS, DISPOSE_DAYS
from vuokra.access.codes import Action
from vuokra.access.context import current
from vuokra.access.errors import ObjectDenied
from vuokra.access.log_queries import events_among
from vuokra.accounts.queries import staff_names
from vuokra.rules.queries import rule, working_day_after

PAGE = 50
MOST_LISTED = 200
SAMPLES_SHOWN = 60
OTHERS_DAYS = 30
"""Over how many days the page of an alert counts other alerts about the same user."""
FIRST_DAYS = 7
"""How far back alarms wait in a log that nobody has gone through yet."""
_LISTED = (
    "why", "valid_from", "valid_to", "set_by_id", "person__public_id", "person__customer_number",
)  # fmt: skip


class View(models.TextChoices):
    """Views of the list of alerts, as they stand in an address."""

    OPEN = "avoimet", _("Käsittelemättä")
    DONE = "kasitellyt", _("Käsitellyt")
    ALL = "kaikki", _("Kaikki")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which alerts are asked for."""

    view: View = View.OPEN
    rule: str = ""
    staff_id: int | None = None

    @property
    def condition(self) -> Q:
        found = Q(rule=self.rule) if self.rule else Q()
        if self.staff_id is not None:
            found &= Q(staff_id=self.staff_id)
        if self.view is View.ALL:
            return found
        return found & Q(disposition__isnull=self.view is View.OPEN)


@dataclass(frozen=True, slots=True)
class AlertRow:
    """An alert as a list shows it."""

    alert: Alert
    staff: str
    events: int
    disposition: Disposition | None
    due: dt.date

    @property
    def own(self) -> bool:
        """Whether it is about the signed-in user: then another disposes of it."""
        return self.alert.staff_id is not None and self.alert.staff_id == current().actor.user_id


@dataclass(frozen=True, slots=True)
class AlertPage:
    """An alert with its events, as far as the log tells: codes and numbers, no content (L6)."""

    row: AlertRow
    lines: list[Line]
    decided_by: str
    others: int
    others_days: int = OTHERS_DAYS


def alert_list(wanted: Wanted, number: int = 1) -> Page[AlertRow]:
    """A page of alerts, newest first; four statements."""
    found = Alert.objects.filter(wanted.condition).select_related("disposition")
    found = found.annotate(number=Count("events")).order_by("-day", "-id")
    page: Page[AlertRow] = Paginator(found, PAGE).get_page(number)  # type: ignore[assignment]  # rows follow
    page.object_list = _rows(list(page.object_list))  # type: ignore[arg-type]  # alerts still
    return page


def _rows(found: list[Alert]) -> list[AlertRow]:
    names = staff_names({alert.staff_id for alert in found if alert.staff_id})
    return [
        AlertRow(
            alert,
            names.get(alert.staff_id or 0, "") or alert.actor,
            alert.number,  # type: ignore[attr-defined]  # annotated
            getattr(alert, "disposition", None),
            disposal_due(alert.raised_at),
        )
        for alert in found
    ]


def alert_page(pk: int) -> AlertPage:
    """An alert with its events; at most nine statements. Raises ObjectDenied when there is none."""
    row = _rows([alert_of(pk)])[0]
    events = dict(AlertEvent.objects.filter(alert_id=pk).values_list("event_id", "event_at"))
    at = sorted(events.values()) or [row.alert.raised_at]
    done = row.disposition
    names = staff_names([done.decided_by_id]) if done else {}
    since = row.alert.day - dt.timedelta(days=OTHERS_DAYS)
    lately = Q(actor=row.alert.actor, day__gte=since, day__lte=row.alert.day)
    return AlertPage(
        row,
        in_words(events_among(events, at[0], at[-1])),
        names.get(done.decided_by_id, "") if done else "",
        Alert.objects.filter(lately).exclude(pk=pk).count(),
    )


def alert_of(pk: int) -> Alert:
    """An alert. Raises ObjectDenied when there is none."""
    found = Alert.objects.select_related("disposition").annotate(number=Count("events"))
    alert = found.filter(pk=pk).first()
    if alert is None:
        raise ObjectDenied("registry_watch_alert", pk)
    return alert


def open_alerts() -> QuerySet[Alert]:
    """Alerts that another than the user is about and nobody has disposed of yet."""
    waits = Alert.objects.filter(disposition=None)
    return waits.exclude(staff_id=current().actor.user_id).order_by("day", "id")


def disposal_due(arisen: dt.datetime) -> dt.date:
    """The last working day for disposing of an alert, and for going through a sample."""
    day = timezone.localdate(arisen)
    days = rule(DISPOSE_DAYS, day).integer
    return working_day_after(day, days)


def last_round() -> Round | None:
    """The last time the log was gone through; one statement."""
    return Round.objects.order_by("-up_to").first()


def unseen_alarms(now: dt.datetime, limit: int = 100) -> int:
    """Alarms of the log since it was last gone through; at most two statements. A break-glass
    becomes no alert: it has a review of its own."""
    done = last_round()
    since = done.up_to if done else now - dt.timedelta(days=FIRST_DAYS)
    found = alarms_since(timezone.localdate(since), limit)
    return sum(row.at > since and row.action != Action.BREAK_GLASS for row in found)


# -- suspicions --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SuspicionRow:
    """A suspected breach, when it must be notified at the latest, and who took it on."""

    row: Suspicion
    due: dt.datetime
    passing: Passing | None
    passed_by: str


def suspicions() -> list[SuspicionRow]:
    """Suspicions, those that wait first; two statements."""
    whole = Suspicion.objects.select_related("review", "passing")
    found = list(whole.order_by("-passing__passed_at", "-aware_at")[:MOST_LISTED])
    done = {one.pk: getattr(one, "passing", None) for one in found}
    names = staff_names({passing.passed_by_id for passing in done.values() if passing})
    return [
        SuspicionRow(one, notify_by(one), done[one.pk], _passer(done[one.pk], names))
        for one in found
    ]


def _passer(passing: Passing | None, names: dict[int, str]) -> str:
    return names.get(passing.passed_by_id, "") if passing else ""


def suspicion_of(pk: int) -> Suspicion:
    """A suspicion. Raises ObjectDenied when there is none."""
    found = Suspicion.objects.select_related("review", "passing").filter(pk=pk).first()
    if found is None:
        raise ObjectDenied("registry_watch_suspicion", pk)
    return found


def open_suspicions() -> QuerySet[Suspicion]:
    """Suspicions that nobody has taken on."""
    return Suspicion.objects.filter(passing=None).order_by("aware_at")


def notify_by(suspicion: Suspicion) -> dt.datetime:
    """When a breach must be notified, counted in hours on end from awareness (article 33)."""
    hours = rule(BREACH_HOURS, timezone.localdate(suspicion.aware_at)).integer
    return suspicion.aware_at.astimezone(dt.UTC) + dt.timedelta(hours=hours)


# -- samples -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SampleRow:
    """A week's sample and who went through it."""

    sample: Sample
    review: SampleReview | None
    reviewer: str
    due: dt.date


@dataclass(frozen=True, slots=True)
class SamplePage:
    """A sample with its events."""

    row: SampleRow
    lines: list[Line]


def samples() -> list[SampleRow]:
    """The last samples, newest first; two statements."""
    return _samples(list(Sample.objects.select_related("review")[:SAMPLES_SHOWN]))


def sample_page(pk: int) -> SamplePage:
    """A sample with its events; at most five statements. Raises ObjectDenied when there is none."""
    sample = sample_of(pk)
    span = week_span(sample.week)
    return SamplePage(_samples([sample])[0], in_words(events_among(sample.event_ids, *span)))


def sample_of(pk: int) -> Sample:
    """A sample. Raises ObjectDenied when there is none."""
    found = Sample.objects.select_related("review").filter(pk=pk).first()
    if found is None:
        raise ObjectDenied("registry_watch_sample", pk)
    return found


def _samples(found: list[Sample]) -> list[SampleRow]:
    done = {one.pk: getattr(one, "review", None) for one in found}
    names = staff_names({review.reviewer_id for review in done.values() if review})
    return [
        SampleRow(one, done[one.pk], _reviewer(done[one.pk], names), disposal_due(one.drawn_at))
        for one in found
    ]


def _reviewer(review: SampleReview | None, names: dict[int, str]) -> str:
    return names.get(review.reviewer_id, "") if review else ""


def open_samples() -> QuerySet[Sample]:
    """Samples that nobody has gone through."""
    return Sample.objects.filter(review=None).order_by("week")


def week_span(week: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """The first moment of a week and that of the next one, in the office's time."""
    return midnight(week), midnight(week + dt.timedelta(days=7))


def midnight(day: dt.date) -> dt.datetime:
    """The first moment of a local day."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


# -- watched people ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ListedRow:
    """A watched person by customer number, and who listed him."""

    row: Listed
    set_by: str


def listed(today: dt.date) -> list[ListedRow]:
    """People whose record is watched now or later; two statements. By number, without names."""
    not_over = Q(valid_to__isnull=True) | Q(valid_to__gte=today)
    found = list(
        Listed.objects.filter(not_over).select_related("person").only(*_LISTED)[:MOST_LISTED]
    )
    names = staff_names({one.set_by_id for one in found if one.set_by_id})
    return [ListedRow(one, names.get(one.set_by_id or 0, "")) for one in found]


def listed_of(pk: int) -> Listed:
    """A watched person's row. Raises ObjectDenied when there is none."""
    named = Listed.objects.select_related("person").only(*_LISTED)
    found = named.filter(pk=pk).first()
    if found is None:
        raise ObjectDenied("registry_watch_listed", pk)
    return found


def person_of_number(number: int) -> Person | None:
    """The person of a customer number, without a name; one statement."""
    return (
        Person.objects.only("public_id", "customer_number").filter(customer_number=number).first()
    )
