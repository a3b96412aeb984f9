"""Going through the log by the rules of 9.5, disposing of alerts, suspicions, samples."""

from __future__ import annotations

import datetime as dt
import secrets
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.disclosures.queries import mutual_approvals
from registry.disclosures.rule_rows import MUTUAL_DAYS, MUTUAL_TIMES
from registry.persons.models import Person
from registry.persons.queries.standing import one_of
from registry.rights.models import Delivery
from registry.watch import rule_rows as keys
from registry.watch import rules
from registry.watch.models import (
    Alert,
    AlertEvent,
    Disposition,
    Listed,
    Outcome,
    Passing,
    Round,
    Rule,
    Sample,
    SampleReview,
    Suspicion,
)
from registry.watch.queries import alerts as queries
from registry.watch.queries.finding import (
    Finding,
    Range,
    approvals_of,
    found,
    searched,
    week_events,
)
from registry.watch.services.words import grounds
from vuokra.access.context import current
from vuokra.access.errors import FunctionDenied
from vuokra.access.stated import bulk_write, raw_sql
from vuokra.company.queries import limits
from vuokra.db.constraints import constraint_errors
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.rules.queries import RuleValue, rule
from vuokra.rules.services import note_use

OVERLAP = dt.timedelta(hours=1)
"""How far a run looks back behind its day: an hour's pace passes midnight, and an event may have
been written a moment late."""

_NUMBERS: dict[Rule, tuple[str, str]] = {
    Rule.HOURS: (keys.HOURS_MARGIN, "margin"),
    Rule.QUIET: (keys.QUIET_MONTHS, "months"),
    Rule.DENIED: (keys.DENIED_PER_DAY, "limit"),
    Rule.EXPORT: (keys.EXPORT_PERSONS, "limit"),
}
"""Rule of the review → its number among the dated rules, and what the statement calls it."""


def go_through(now: dt.datetime) -> int:
    """Go through the log since the last time and raise alerts (tarkastusajo); how many were made.

    One alert for each rule, user and day, however often this runs: what is new of a day joins its
    alert, or a further one when that had been disposed of already. Two runs wait for each other.
    """
    with raw_sql("one review of the log at a time"), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('registry_watch_round'))")
    made = 0
    for day in _days(now):
        span = Range(queries.midnight(day) - OVERLAP, min(now, _next_midnight(day)))
        for one in searched():
            made += _raise_alerts(one, day, span)
    made += _raise_mutual(now)
    Round.objects.create(up_to=now, alerts=made)
    current().note("alerts", str(made))
    return made


def _raise_mutual(now: dt.datetime) -> int:
    """Alerts about two who approve each other's disclosures too often (A52), one for each of them,
    with the approvals that he gave; how many were made."""
    today = timezone.localdate(now)
    span = Range(now - dt.timedelta(days=rule(MUTUAL_DAYS, today).integer), now)
    value = rule(MUTUAL_TIMES, today)
    made = 0
    for pair in mutual_approvals(now=now, today=today):
        for staff_id in (pair.first, pair.second):
            last = timezone.localdate(pair.last)
            given = [replace(one, day=last) for one in approvals_of(staff_id, span)]
            new = _unknown(Rule.APPROVALS, given)
            made += _keep(Rule.APPROVALS, new, value, {"times": pair.times}) if new else 0
    return made


def _days(now: dt.datetime) -> Iterator[dt.date]:
    """The local days to go through: from that of the last run to today; at first yesterday."""
    last = queries.last_round()
    day = timezone.localdate(last.up_to - OVERLAP if last else now - dt.timedelta(days=1))
    while day <= timezone.localdate(now):
        yield day
        day += dt.timedelta(days=1)


def _next_midnight(day: dt.date) -> dt.datetime:
    return queries.midnight(day + dt.timedelta(days=1))


def _raise_alerts(one: Rule, day: dt.date, span: Range) -> int:
    values, threshold = _values(one, day)
    if values is None:
        return 0
    of_user: dict[tuple[str, dt.date], list[Finding]] = defaultdict(list)
    for event in _unknown(one, found(one, span, **values)):
        of_user[event.actor, event.day].append(event)
    return sum(_keep(one, new, threshold, values) for new in of_user.values())


def _unknown(one: Rule, events: list[Finding]) -> list[Finding]:
    """Those of the events that no alert of the rule has yet."""
    ids = [event.event_id for event in events]
    known = AlertEvent.objects.filter(rule=one, event_id__in=ids)
    held = set(known.values_list("event_id", flat=True))
    return [event for event in events if event.event_id not in held]


def _values(one: Rule, day: dt.date) -> tuple[dict[str, int] | None, RuleValue | None]:
    """The numbers of a rule on a day, None when it is out of use then."""
    if one in keys.ON and not rule(keys.ON[one], day).flag:
        return None, None
    if one is Rule.PACE:
        return {"limit": limits().cards_per_hour}, None
    if one is Rule.CODES:
        return {"limit": limits().reveals_per_day}, None
    if one not in _NUMBERS:
        return {}, None
    key, name = _NUMBERS[one]
    value = rule(key, day)
    return {name: value.integer}, value


def _keep(
    one: Rule, new: list[Finding], threshold: RuleValue | None, values: dict[str, int]
) -> int:
    """Add events to the open alert of the day, or make one; how many alerts were made."""
    first = new[0]
    same = Alert.objects.filter(rule=one, actor=first.actor, day=first.day).order_by("-part")
    last = same.select_related("disposition").first()
    alert = last
    if last is None or hasattr(last, "disposition"):
        if threshold is not None:
            note_use(threshold)
        alert = Alert.objects.create(
            rule=one,
            actor=first.actor,
            staff_id=first.staff_id,
            day=first.day,
            part=last.part + 1 if last else 1,
            threshold=str(next(iter(values.values()), "")),
            version=threshold.version if threshold else None,
        )
    with bulk_write("events of an alert"):
        AlertEvent.objects.bulk_create(
            AlertEvent(alert=alert, rule=one, event_id=e.event_id, event_at=e.event_at) for e in new
        )
    return int(alert is not last)


# -- what a person concludes -------------------------------------------------------------------


def dispose(alert: Alert, *, outcome: Outcome, text: str) -> Disposition:
    """Conclude what an alert was (hälytyksen käsittely). Suspected misuse becomes a suspected
    breach, whose clock starts.

    Raises ValidationError for an alert about oneself, one disposed of already, and no grounds.
    """
    acting = _watcher()
    if _is(acting, alert.staff_id):
        raise ValidationError(_("Hälytys koskee sinua. Toinen henkilö käsittelee sen."), code="own")
    if Disposition.objects.filter(alert=alert).exists():
        raise ValidationError(_("Hälytys on jo käsitelty."), code="twice")
    done = Disposition(alert=alert, decided_by_id=acting, outcome=outcome, text=grounds(text))
    with constraint_errors(Disposition):
        done.save(force_insert=True)
    if outcome == Outcome.SUSPECTED:
        Suspicion(alert=alert).save(force_insert=True)
    current().note("alert", f"{alert.pk} {outcome}")
    return done


def suspect_wrong_send(delivery: Delivery, **_sent: object) -> None:
    """An answer went to the wrong place: a suspected breach, whose clock starts (DP-A30).

    Hears `answer_missent` of requests; whoever reports a wrong send need not watch the log.
    """
    Suspicion(delivery_id=delivery.pk, reference=delivery.request.number).save(force_insert=True)


def pass_on(suspicion: Suspicion, *, where: str) -> Passing:
    """A suspicion was taken where breaches are dealt with (epäilyn siirto).

    Raises ValidationError when it is about oneself, was passed on already, and when it is not said
    where.
    """
    acting = _watcher()
    if _is(acting, _suspected(suspicion)):
        raise ValidationError(_("Epäily koskee sinua. Toinen henkilö käsittelee sen."), code="own")
    if Passing.objects.filter(suspicion=suspicion).exists():
        raise ValidationError(_("Epäily on jo siirretty."), code="twice")
    done = Passing(suspicion=suspicion, where=grounds(where, "where"), passed_by_id=acting)
    done.save(force_insert=True)
    current().note("suspicion", str(suspicion.pk))
    return done


def _suspected(suspicion: Suspicion) -> int | None:
    """Whom a suspicion is about, where it is about one of the staff."""
    if suspicion.alert is not None:
        return suspicion.alert.staff_id
    return suspicion.review.glass.staff_id if suspicion.review is not None else None


def _is(acting: int, staff_id: int | None) -> bool:
    """Whether the user is that member of staff, be it by another account."""
    return one_of(acting, {staff_id}, today=timezone.localdate())


def _watcher() -> int:
    """The user who acts as a watcher of the log. Raises FunctionDenied for anybody else."""
    acting = current().actor.user_id
    current().require(Group.WATCH, Level.WRITE)
    if acting is None:
        raise FunctionDenied(Group.WATCH, Level.WRITE)
    return acting


# -- samples -----------------------------------------------------------------------------------


def draw_sample(week: dt.date) -> Sample | None:
    """Draw the sample of a week that is over (viikko-otanta); None when it was drawn before.

    The seed is new and unforeseeable, and kept, so that the draw can be repeated.
    """
    if Sample.objects.filter(week=week).exists():
        return None
    ids = week_events(Range(*queries.week_span(week)))
    seed = secrets.token_hex(32)
    size = rule(keys.SAMPLE_SIZE, week)
    note_use(size)
    return Sample.objects.create(
        week=week, seed=seed, population=len(ids), event_ids=rules.draw(seed, ids, size.integer)
    )


def repeats(sample: Sample) -> bool:
    """Whether the draw, made again with the seed of the sample, gives the same events."""
    ids = week_events(Range(*queries.week_span(sample.week)))
    return rules.draw(sample.seed, ids, len(sample.event_ids)) == sample.event_ids


def review_sample(sample: Sample, *, text: str) -> SampleReview:
    """A sample was gone through (otannan läpikäynti): what was seen.

    Raises ValidationError when it was gone through already, and when nothing is said.
    """
    acting = _watcher()
    if SampleReview.objects.filter(sample=sample).exists():
        raise ValidationError(_("Otanta on jo käyty läpi."), code="twice")
    done = SampleReview(sample=sample, reviewer_id=acting, text=grounds(text))
    done.save(force_insert=True)
    current().note("sample", str(sample.pk))
    return done


def of_the_night() -> int:
    """The night's part: the log is gone through, and last week's sample drawn; alerts made."""
    now = timezone.now()
    made = go_through(now)
    draw_sample(rules.week_of(timezone.localdate(now)) - dt.timedelta(days=7))
    return made


# -- watched people ----------------------------------------------------------------------------


def list_person(person: Person, *, why: str, valid_from: dt.date) -> Listed:
    """Watch every look at a person's record (seurattavaksi merkitseminen).

    Raises ValidationError when the person is watched already, and when it is not said why.
    """
    acting = _watcher()
    row = Listed(person=person, why=grounds(why, "why"), valid_from=valid_from, set_by_id=acting)
    with constraint_errors(Listed):
        row.save(force_insert=True)
    return row


def end_listing(row: Listed, *, last_day: dt.date) -> Listed:
    """Watch a person's record no more after a day (seurannan päättäminen).

    Raises ValidationError for a day that is over: a look of that day may not be gone through yet.
    """
    _watcher()
    if last_day < timezone.localdate():
        raise ValidationError({"last_day": _("Päivä on ennen kuluvaa päivää.")}, code="over")
    row.valid_to = last_day
    with constraint_errors(Listed):
        row.save()
    return row
