"""The review rules of section 9.5 as questions to the log: one statement a rule, over a range of
time, giving the events that a rule is about. Events only: what was seen is not read.

Each statement begins with `opened`: what members of staff opened of people, one object at a time,
or `done`: whatever they did. Days are those of the office.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection

from registry.persons import activity
from registry.watch.models import Rule
from registry.watch.queries.glass import CASE
from vuokra.access.pace import reveal_patterns
from vuokra.access.stated import raw_sql
from vuokra.policy.catalogue import Protection
from vuokra.policy.groups import Group


@dataclass(frozen=True, slots=True)
class Finding:
    """An event that a rule is about: whose, on which local day, which event and when."""

    rule: Rule
    actor: str
    staff_id: int | None
    day: dt.date
    event_id: int
    event_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Range:
    """From when to when the log is gone through; the end is left out."""

    since: dt.datetime
    until: dt.datetime


EVENTS = "public.vuokra_access_event"
APPROVALS = ("disclosures:approve_export", "disclosures:approve")
"""Pages where another's disclosure is approved."""

_DONE = """
WITH done AS (
    SELECT e.id, e.at, e.actor_id, e.actor, e.action, e.surface, e.outcome, e.subjects,
           e.subject_count, e.case_kind, e.detail, e.alarm,
           (e.at AT TIME ZONE %(zone)s) AS clock, (e.at AT TIME ZONE %(zone)s)::date AS day
    FROM {events} e
    WHERE e.at >= %(since)s AND e.at < %(until)s
), opened AS (
    SELECT * FROM done
    WHERE actor_id IS NOT NULL AND outcome = 'ok' AND subject_count > 0
        AND (action IN ('reveal', 'break_glass') OR surface = 'detail')
)
"""
_GIVE = "SELECT o.actor, o.actor_id, o.day, o.id, o.at FROM opened o WHERE "

_OWN = """
    SELECT l.person_id FROM public.registry_persons_stafflink l
    WHERE l.staff_id = o.actor_id AND l.kind = 'own' AND l.valid_from <= o.day
        AND (l.valid_to IS NULL OR l.valid_to >= o.day)
"""
# the user's name in the accounts is written as spoken; in his own record it has a field of its own
_SAME_NAME = f"""{_GIVE} EXISTS (
    SELECT FROM public.registry_persons_person p
    WHERE p.id = ANY (o.subjects) AND p.surname <> '' AND p.id NOT IN ({_OWN}) AND (
        lower(p.surname) = (SELECT lower(regexp_replace(u.full_name, '^.* ', ''))
                            FROM public.vuokra_accounts_user u WHERE u.id = o.actor_id)
        OR lower(p.surname) IN (SELECT lower(own.surname) FROM public.registry_persons_person own
                                WHERE own.id IN ({_OWN}))))"""
_SAME_STREET = f"""{_GIVE} EXISTS ({_OWN}) AND EXISTS (
    SELECT FROM unnest(o.subjects) s WHERE s NOT IN ({_OWN})
        AND public.registry_persons_neighbours(s, ARRAY({_OWN}), o.day))"""
_COLLEAGUE = f"""{_GIVE} EXISTS (
    SELECT FROM public.registry_persons_stafflink l
    WHERE l.person_id = ANY (o.subjects) AND l.valid_from <= o.day
        AND (l.valid_to IS NULL OR l.valid_to >= o.day)
        AND ((l.kind = 'own' AND l.staff_id <> o.actor_id)
             OR (l.kind = 'colleague' AND l.staff_id = o.actor_id)))"""
_LISTED = f"""{_GIVE} EXISTS (
    SELECT FROM public.registry_watch_listed w
    WHERE w.person_id = ANY (o.subjects) AND w.valid_from <= o.day
        AND (w.valid_to IS NULL OR w.valid_to >= o.day))"""
_PACE = f"""{_GIVE} o.actor_id IN (
        SELECT b.actor_id FROM opened b GROUP BY b.actor_id HAVING count(*) > %(limit)s)
    AND (SELECT count(DISTINCT (h.action = 'reveal', h.subjects)) FROM opened h
         WHERE h.actor_id = o.actor_id AND h.at > o.at - interval '1 hour' AND h.at <= o.at)
        > %(limit)s"""
_HOURS = f"""{_GIVE} EXISTS (SELECT FROM public.vuokra_company_office_hours)
    AND (EXISTS (SELECT FROM public.vuokra_rules_holiday f WHERE f.day = o.day AND f.rolls)
         OR NOT EXISTS (
            SELECT FROM public.vuokra_company_office_hours w
            WHERE w.weekday = extract(isodow FROM o.clock)
                AND o.clock >= o.day + w.opens - %(margin)s * interval '1 minute'
                AND o.clock < o.day + w.closes + %(margin)s * interval '1 minute'))
    AND NOT EXISTS (
        SELECT FROM public.registry_watch_duty d
        WHERE d.staff_id = o.actor_id AND d.starts_at <= o.at AND d.ends_at > o.at)"""
_SPECIAL = f"""{_GIVE} o.case_kind = '' AND EXISTS (
    SELECT FROM jsonb_array_elements(%(patterns)s::jsonb) p WHERE o.detail @> p)"""
_QUIET = """{give} NOT EXISTS (
    SELECT FROM unnest(o.subjects) s
    WHERE {active})"""
_DENIED = """SELECT o.actor, o.actor_id, o.day, o.id, o.at FROM done o
    WHERE o.actor_id IS NOT NULL AND o.outcome = 'denied'
        AND NOT o.detail @> '[{"kind": "note", "asked": ["neighbour"]}]'
        AND (SELECT count(*) FROM done n
             WHERE n.actor_id = o.actor_id AND n.day = o.day AND n.outcome = 'denied'
                AND NOT n.detail @> '[{"kind": "note", "asked": ["neighbour"]}]') > %(limit)s"""
_EXPORT = """SELECT o.actor, o.actor_id, o.day, o.id, o.at FROM done o
    WHERE o.actor_id IS NOT NULL AND o.action = 'export' AND o.subject_count > 0
        AND (SELECT count(DISTINCT s) FROM done n, unnest(n.subjects) s
             WHERE n.actor_id = o.actor_id AND n.day = o.day AND n.action = 'export') > %(limit)s"""
_CODES = f"""{_GIVE} o.action = 'reveal'
    AND EXISTS (SELECT FROM jsonb_array_elements(%(patterns)s::jsonb) p WHERE o.detail @> p)
    AND (SELECT count(*) FROM opened n
         WHERE n.actor_id = o.actor_id AND n.day = o.day AND n.action = 'reveal'
            AND EXISTS (SELECT FROM jsonb_array_elements(%(patterns)s::jsonb) p
                        WHERE n.detail @> p)) > %(limit)s"""
_ALARM = """SELECT o.actor, o.actor_id, o.day, o.id, o.at FROM done o
    WHERE o.alarm AND o.action <> 'break_glass'"""


def searched() -> list[Rule]:
    """The rules that are a question to the log."""
    return [*_STATEMENTS, Rule.QUIET]


def found(rule: Rule, span: Range, **values: int) -> list[Finding]:
    """The events of the range that a rule is about; one statement."""
    given: dict[str, Any] = {
        "since": span.since, "until": span.until, "zone": settings.TIME_ZONE, **values,
    }  # fmt: skip
    if rule is Rule.SPECIAL:
        given["patterns"] = reveal_patterns(lambda t, name: t.protection(name) is Protection.D)
    if rule is Rule.CODES:
        given["patterns"] = reveal_patterns(lambda t, name: t.column_group(name) is Group.HETU)
    with raw_sql("review of the log: ids of events"), connection.cursor() as cursor:
        cursor.execute(_DONE.format(events=EVENTS) + _statement(rule), given)
        return [Finding(rule, *row) for row in cursor.fetchall()]


def _statement(rule: Rule) -> str:
    if rule is Rule.QUIET:
        since = "o.at - %(months)s * interval '1 month'"
        return _QUIET.format(give=_GIVE, active=activity.condition("s", since, "o.at"))
    return _STATEMENTS[rule]


_STATEMENTS: Mapping[Rule, str] = {
    Rule.SAME_NAME: _SAME_NAME,
    Rule.SAME_STREET: _SAME_STREET,
    Rule.COLLEAGUE: _COLLEAGUE,
    Rule.LISTED: _LISTED,
    Rule.PACE: _PACE,
    Rule.HOURS: _HOURS,
    Rule.SPECIAL: _SPECIAL,
    Rule.DENIED: _DENIED,
    Rule.EXPORT: _EXPORT,
    Rule.CODES: _CODES,
    Rule.ALARM: _ALARM,
}


def approvals_of(staff_id: int, span: Range) -> list[Finding]:
    """Approvals of exports and of answers to authorities that a member of staff gave in the range,
    for the alert about two who approve each other's (A52); one statement."""
    with raw_sql("review of the log: ids of events"), connection.cursor() as cursor:
        cursor.execute(
            f"SELECT e.actor, e.actor_id, (e.at AT TIME ZONE %s)::date, e.id, e.at "
            f"FROM {EVENTS} e WHERE e.actor_id = %s AND e.at >= %s AND e.at < %s "
            "AND e.outcome = 'ok' AND e.route = ANY (%s) ORDER BY e.at",
            [settings.TIME_ZONE, staff_id, span.since, span.until, [*APPROVALS]],
        )
        return [Finding(Rule.APPROVALS, *row) for row in cursor.fetchall()]


def week_events(span: Range) -> list[int]:
    """Ids of the events in which staff saw people in the range, from which a sample is drawn.

    What a break-glass opened is reviewed as a whole and not sampled. One statement.
    """
    with raw_sql("review of the log: ids of events"), connection.cursor() as cursor:
        cursor.execute(
            f"SELECT e.id FROM {EVENTS} e WHERE e.at >= %s AND e.at < %s "
            "AND e.actor_id IS NOT NULL AND e.subject_count > 0 AND e.case_kind <> %s "
            "ORDER BY e.id",
            [span.since, span.until, CASE],
        )
        return [row[0] for row in cursor.fetchall()]
