"""What the log viewer shows: events with names of staff, and numbers of the persons concerned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.persons.models import Person
from vuokra.access import log_queries
from vuokra.access import queries as seals
from vuokra.access.codes import Action, Outcome
from vuokra.access.context import current
from vuokra.access.log_queries import PAGE, LogRow, Segment
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
class LogPage:
    """A page of the log, newest first; how many there are in all is not counted."""

    lines: list[Line]
    number: int
    more: bool

    @property
    def previous(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.more else None


@dataclass(frozen=True, slots=True)
class Integrity:
    """The state of the seals: the newest ones, and how far they are behind the log."""

    heads: list[seals.SealedHead]
    age: timedelta

    @property
    def late(self) -> bool:
        return self.age > SEAL_LATE


def log_page(
    *,
    segment: Segment,
    page: int,
    days: int,
    subject: int | None = None,
    actor_id: int | None = None,
) -> LogPage:
    """A page of events of the last days: of all, of a person, or of a member of staff.

    Three statements: events, names, and customer numbers where the role may know them.
    """
    rows = log_queries.events(
        subject=subject,
        actor_id=actor_id,
        since=timezone.now() - timedelta(days=days),
        segment=segment,
        skip=(page - 1) * PAGE,
        limit=PAGE + 1,
    )
    return LogPage(_in_words(rows[:PAGE]), page, more=len(rows) > PAGE)


def counts(*, subject: int, days: int) -> dict[Segment, int]:
    """How many events of each segment concern a person in the last days; one statement."""
    return log_queries.event_counts(subject=subject, since=timezone.now() - timedelta(days=days))


def integrity() -> Integrity:
    """The newest seals and their age; two statements."""
    return Integrity(seals.latest_heads(SEALS_SHOWN), seals.seal_age())


def _in_words(rows: Sequence[LogRow]) -> list[Line]:
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
    return ", ".join(str(group.label) for group in row.groups)


def _persons(ids: set[int]) -> dict[int, Person]:
    """Customer numbers for the log; those whose rows are gone stay nameless."""
    if not ids or current().actor.level(Group.CUSTOMER) < Level.READ:
        return {}
    return Person.objects.only("public_id", "customer_number").in_bulk(ids)


def _chip(row: LogRow) -> tuple[str, str]:
    if row.outcome == Outcome.DENIED:
        return "bad", "ban"
    return _ICONS.get(Action(row.action), ("", "eye"))


def _target(row: LogRow) -> str:
    if row.subject_count <= 1:
        return ""
    return ngettext("%(n)s henkilö", "%(n)s henkilöä", row.subject_count) % {"n": row.subject_count}
