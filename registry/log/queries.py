"""What the log viewer shows: events with names of staff, and numbers of the persons concerned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.persons.models import Person
from registry.persons.queries import refuse_own, surviving
from vuokra.access import log_queries
from vuokra.access import queries as seals
from vuokra.access.codes import Action, Outcome
from vuokra.access.context import current
from vuokra.access.log_queries import PAGE, LogRow, Place, Segment
from vuokra.accounts.queries import staff_names
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.policy.roles import Purpose, role_titles

DAYS = (7, 30, 90, 365)
SEALS_SHOWN = 10
SEAL_LATE = timedelta(minutes=5)
_ICONS = {
    Action.REVEAL: ("priv", "eye"), Action.BREAK_GLASS: ("priv", "siren"),
    Action.CREATE: ("info", "plus"), Action.CHANGE: ("info", "pencil"),
    Action.DELETE: ("info", "trash-2"), Action.EXPORT: ("warn", "file-down"),
    Action.DOWNLOAD: ("warn", "file-down"), Action.DISCLOSE: ("warn", "file-output"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the log in words."""

    at: datetime
    name: str
    role: str
    what: str
    chip: str
    icon: str
    person: Person | None
    target: str
    detail: str
    purpose: str
    denied: bool
    alarm: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events are asked for, as chosen on the screen."""

    segment: Segment = Segment.ALL
    actor_id: int | None = None
    role: str = ""
    subject: Sequence[int] | None = None
    first: date | None = None
    last: date | None = None
    alarms: bool = False
    quiet_for: int | None = None

    def rows(self, *, place: Place | None, onward: bool, limit: int) -> list[LogRow]:
        """The events from a place on; one statement."""
        return log_queries.events(
            subject=self.subject,
            actor_id=self.actor_id,
            since=_midnight(self.first),
            until=_midnight(self.last + timedelta(days=1)) if self.last else None,
            segment=self.segment,
            role=self.role,
            alarms=self.alarms,
            quiet_for=self.quiet_for,
            place=place,
            onward=onward,
            limit=limit,
        )


def _midnight(day: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time())) if day else None


@dataclass(frozen=True, slots=True)
class LogPage:
    """A page of the log, newest first; how many there are in all is not counted.

    `newer` and `older` are where the next pages begin, None where there is none.
    """

    lines: list[Line]
    newer: Place | None
    older: Place | None


@dataclass(frozen=True, slots=True)
class Integrity:
    """The state of the seals: the newest ones, and how far they are behind the log."""

    heads: list[seals.SealedHead]
    age: timedelta
    chain: seals.ChainCheck | None

    @property
    def newest(self) -> seals.SealedHead | None:
        return self.heads[0] if self.heads else None

    @property
    def late(self) -> bool:
        return self.age > SEAL_LATE


def log_page(wanted: Wanted, *, place: Place | None = None, onward: bool = False) -> LogPage:
    """A page of events beside `place`; the newest without one.

    Three statements: events, names, and customer numbers where the role may know them.
    """
    rows = wanted.rows(place=place, onward=onward, limit=PAGE + 1)
    more = len(rows) > PAGE
    shown = list(reversed(rows[:PAGE])) if onward else rows[:PAGE]
    if not shown:
        return LogPage([], None, None)
    first, last = shown[0], shown[-1]
    newer = (first.at, first.id) if (more if onward else place is not None) else None
    older = (last.at, last.id) if (onward or more) else None
    return LogPage(in_words(shown), newer, older)


def counts(wanted: Wanted) -> dict[Segment, int] | None:
    """How many events of each segment concern the chosen person; None without one."""
    if wanted.subject is None or wanted.last or wanted.role or wanted.alarms:
        return None
    return log_queries.event_counts(
        subject=wanted.subject, actor_id=wanted.actor_id, since=_midnight(wanted.first)
    )


def subject_by_number(number: int) -> Person | None:
    """The person of a customer number, as far as the log may tell of one. Raises TiedDenied for the
    user's own and the household's (A2)."""
    return _subject(Person.with_merged.filter(customer_number=number))


def subject_by_public_id(public_id: str) -> Person | None:
    """The person of an opaque reference; the same."""
    return _subject(Person.with_merged.filter(public_id=public_id))


def _subject(found: QuerySet[Person]) -> Person | None:
    """The record that lives on, unless it is the user's own: that log another one reads."""
    record = found.only("public_id", "customer_number", "merged_into").first()
    person = surviving(record) if record else None
    if person is not None:
        refuse_own(person)
    return person


def alarms_since(first: date, limit: int) -> list[LogRow]:
    """Alarms from a day on, newest first; one statement."""
    return Wanted(first=first, alarms=True).rows(place=None, onward=False, limit=limit)


def integrity() -> Integrity:
    """The newest seals, their age, and whether they hold together; three statements."""
    return Integrity(seals.latest_heads(SEALS_SHOWN), seals.seal_age(), seals.recent_chain())


def in_words(rows: Sequence[LogRow]) -> list[Line]:
    names = staff_names(row.actor_id for row in rows if row.actor_id)
    persons = _persons({row.subject for row in rows if row.subject is not None})
    purposes = dict(Purpose.choices)
    return [
        Line(
            at=row.at,
            name=names.get(row.actor_id or 0, _("Järjestelmä")),
            role=role_titles(row.role),
            what=row.words,
            chip=_chip(row)[0],
            icon=_chip(row)[1],
            person=persons.get(row.subject or 0),
            target=_target(row),
            detail=_detail(row),
            purpose=str(purposes.get(row.purpose, "")),
            denied=row.outcome == Outcome.DENIED,
            alarm=row.alarm,
        )
        for row in rows
    ]


def _detail(row: LogRow) -> str:
    if row.missing:
        groups = ", ".join(str(group.label) for group in row.missing)
        return _("puuttuva oikeus: %(groups)s") % {"groups": groups}
    if row.hits is not None:
        return ngettext("%(n)s osuma", "%(n)s osumaa", row.hits) % {"n": row.hits}
    return ", ".join(str(group.label) for group in row.groups)


def _persons(ids: set[int]) -> dict[int, Person]:
    """Customer numbers for the log; those whose rows are gone stay nameless."""
    if not ids or current().actor.level(Group.CUSTOMER) < Level.READ:
        return {}
    return Person.with_merged.only("public_id", "customer_number").in_bulk(ids)


def _chip(row: LogRow) -> tuple[str, str]:
    if row.outcome == Outcome.DENIED:
        return "bad", "ban"
    return _ICONS.get(Action(row.action), ("", "eye"))


def _target(row: LogRow) -> str:
    if row.subject_count <= 1:
        return ""
    return ngettext("%(n)s henkilö", "%(n)s henkilöä", row.subject_count) % {"n": row.subject_count}
