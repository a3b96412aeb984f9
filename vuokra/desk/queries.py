"""The work queue as one user sees it, grouped and in order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from vuokra.access.context import Actor
from vuokra.desk import rows as registry
from vuokra.desk.rows import Kind, Row, Text
from vuokra.desk.rules import Band, band, days_late, order
from vuokra.desk.subjects import Subject, subjects


@dataclass(frozen=True, slots=True)
class Line:
    """A row with what the desk adds to it: its group and the name beside the facts."""

    kind: Kind
    row: Row
    band: Band
    due: dt.date | dt.datetime | None
    late: int
    subject: Subject | None

    @property
    def clock(self) -> bool:
        """Whether the time of day matters."""
        return isinstance(self.due, dt.datetime)

    @property
    def who(self) -> str:
        """Whom it concerns, as it may be printed in a queue; empty for nobody."""
        if self.row.person_id is None:
            return ""
        if self.row.protected or self.subject is None or self.subject.protected:
            return _("1 asiakas")
        return " ".join(filter(None, (self.subject.name, self.subject.number)))


@dataclass(frozen=True, slots=True)
class Group:
    """One group of the queue."""

    band: Band
    lines: list[Line]

    @property
    def title(self) -> str:
        return _TITLES[self.band]()


_TITLES = {
    Band.LATE: lambda: _("Myöhässä"),
    Band.TODAY: lambda: _("Tänään"),
    Band.WEEK: lambda: _("Tällä viikolla"),
    Band.UNDATED: lambda: _("Ei määräaikaa"),
    Band.LATER: lambda: _("Myöhemmin"),
}


@dataclass(frozen=True, slots=True)
class Counter:
    """How many rows of a kind wait, and where its list is."""

    code: str
    label: Text
    count: int
    late: int


@dataclass(frozen=True, slots=True)
class Queue:
    """The whole queue of one user."""

    lines: list[Line]

    def groups(self, *, later: bool) -> list[Group]:
        """The groups that have lines; those after this week only when asked for."""
        shown = [b for b in Band if later or b is not Band.LATER]
        found = [Group(b, [line for line in self.lines if line.band is b]) for b in shown]
        return [group for group in found if group.lines]

    @property
    def next_due(self) -> dt.date | dt.datetime | None:
        """The first deadline there is."""
        return next((line.due for line in self.lines if line.due is not None), None)


def queue(actor: Actor, now: dt.datetime, kind: str = "") -> Queue:
    """The queue of an actor at a moment; of one kind when it is named."""
    found = [
        (k, row)
        for k, row in registry.rows_for(actor, timezone.localdate(now))
        if not kind or k.code == kind
    ]
    known = subjects({row.person_id for _k, row in found if row.person_id is not None})
    lines = [_line(k, row, known, now) for k, row in found]
    return Queue(
        sorted(
            lines,
            key=lambda line: (
                line.band,
                order(line.due, line.kind.weight, line.row.since, line.row.key),
            ),
        )
    )


def _line(kind: Kind, row: Row, known: Mapping[int, Subject], now: dt.datetime) -> Line:
    late = days_late(row.due, timezone.localdate(now)) if row.due is not None else 0
    subject = known.get(row.person_id) if row.person_id is not None else None
    return Line(kind, row, band(row.due, now), row.due, late, subject)
