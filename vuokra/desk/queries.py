"""The work queue as one user sees it, grouped and in order; reminders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from vuokra.access.context import Actor, current
from vuokra.access.errors import ObjectDenied
from vuokra.accounts.queries import staff_names
from vuokra.desk import rows as registry
from vuokra.desk.models import Handling, Reminder
from vuokra.desk.rows import Kind, Row, Text
from vuokra.desk.rules import Band, band, days_late, order
from vuokra.desk.subjects import Subject, subjects
from vuokra.policy.roles import Role

REMINDER = "muistutus"
COUNTERS = 8
NO_HANDLING = Handling()


@dataclass(frozen=True, slots=True)
class Line:
    """A row with what the desk adds: its group, who answers for it, the name beside the facts."""

    kind: Kind
    row: Row
    band: Band
    due: dt.date | dt.datetime | None
    late: int
    owner: int | None
    owner_name: str
    put_off: bool
    subject: Subject | None = None  # read for what is shown: see `named`

    @property
    def clock(self) -> bool:
        """Whether the time of day matters."""
        return isinstance(self.due, dt.datetime)

    @property
    def owner_short(self) -> str:
        """The owner as in a narrow column: `Sari K.`"""
        first, _space, rest = self.owner_name.partition(" ")
        return f"{first} {rest.rpartition(' ')[2][0]}." if rest else first

    @property
    def opens(self) -> str:
        """The page that tells more."""
        return self.row.open_url or self.row.url

    @property
    def who(self) -> str:
        """Whom it concerns, as it may be printed in a queue; empty for nobody."""
        if self.row.person_id is None:
            return ""
        if self.row.protected or self.subject is None or self.subject.protected:
            return _("1 asiakas")
        return " ".join(filter(None, (self.subject.name, self.subject.number))) or _("1 asiakas")

    @property
    def in_sight(self) -> bool:
        """Whether it stands in the queue without asking: nothing after this week."""
        return self.band is not Band.LATER


@dataclass(frozen=True, slots=True)
class Group:
    """One group of the queue: its first lines, and how many it has in all."""

    band: Band
    lines: list[Line]
    count: int

    @property
    def title(self) -> str:
        return _TITLES[self.band]()


_TITLES: dict[Band, Callable[[], str]] = {
    Band.LATE: lambda: _("Myöhässä"),
    Band.TODAY: lambda: _("Tänään"),
    Band.WEEK: lambda: _("Tällä viikolla"),
    Band.SOON: lambda: _("Aloita jo nyt"),
    Band.UNDATED: lambda: _("Ei määräaikaa"),
    Band.LATER: lambda: _("Myöhemmin"),
}


@dataclass(frozen=True, slots=True)
class Counter:
    """How many rows of a kind wait, how many of them are late, and the next deadline."""

    kind: Kind
    count: int
    late: int
    next_due: dt.date | dt.datetime | None

    @property
    def label(self) -> Text:
        return self.kind.label


@dataclass(frozen=True, slots=True)
class Queue:
    """The whole queue of one user, in order."""

    actor: Actor
    lines: list[Line]

    @property
    def own(self) -> Queue:
        """The rows that are one's own or everybody's."""
        mine = (None, self.actor.user_id)
        return Queue(self.actor, [line for line in self.lines if line.owner in mine])

    def of(self, kind: str) -> Queue:
        """The rows of one kind."""
        return Queue(self.actor, [line for line in self.lines if line.kind.code == kind])

    @property
    def waiting(self) -> int:
        """How many rows stand in the queue without asking for later ones."""
        return sum(line.in_sight for line in self.lines)

    @property
    def later(self) -> int:
        """How many rows come after this week."""
        return len(self.lines) - self.waiting

    def groups(self, *, later: bool, most: int | None = None) -> list[Group]:
        """The groups that have lines; those after this week only when asked for. With `most` no
        more lines than that in all, the first of them."""
        found, left = [], len(self.lines) if most is None else most
        for one in Band:
            lines = [line for line in self.lines if line.band is one]
            if lines and left and (later or one is not Band.LATER):
                found.append(Group(one, lines[:left], len(lines)))
                left -= len(found[-1].lines)
        return found

    @property
    def next_due(self) -> dt.date | dt.datetime | None:
        """The first deadline there is."""
        return next((line.due for line in self.lines if line.due is not None), None)

    @property
    def counters(self) -> list[Counter]:
        """One for each kind that the actor sees, at most eight."""
        found = []
        for kind in registry.kinds(self.actor):
            of_kind = self.of(kind.code)
            late = sum(line.band is Band.LATE for line in of_kind.lines)
            found.append(Counter(kind, len(of_kind.lines), late, of_kind.next_due))
        return found[:COUNTERS]


def queue(actor: Actor, now: dt.datetime, *, kind: str = "") -> Queue:
    """The queue of an actor at a moment; of one kind when it is named.

    What the kinds need, and at most two statements more: handling and staff. People are `named`
    when their lines are shown.
    """
    found = registry.rows_for(actor, timezone.localdate(now), kind)
    handled = _handling({row.kind for _kind, row in found})
    owners = {row.owner for _kind, row in found} | {one.taken_by_id for one in handled.values()}
    names = staff_names(owner for owner in owners if owner is not None and owner != actor.user_id)
    names[actor.user_id or 0] = actor.name
    lines = [
        _line(k, row, handled.get((row.kind, row.key), NO_HANDLING), names, now) for k, row in found
    ]
    return Queue(actor, sorted(lines, key=_order))


def line_of(actor: Actor, now: dt.datetime, kind: str, key: str) -> Line:
    """The row of a kind and key. Raises ObjectDenied when the actor has no such row (any more)."""
    lines = queue(actor, now, kind=kind).lines
    found = next((line for line in lines if line.row.key == key), None)
    if found is None:
        raise ObjectDenied("vuokra_desk_handling")
    return _named([found])[0]


def named(groups: Sequence[Group]) -> list[Group]:
    """The groups with whom their lines concern; one statement. The access event tells of those
    alone whose lines are shown."""
    lines = iter(_named([line for group in groups for line in group.lines]))
    return [replace(group, lines=list(islice(lines, len(group.lines)))) for group in groups]


def _named(lines: Sequence[Line]) -> list[Line]:
    known = subjects({one.row.person_id for one in lines if one.row.person_id is not None})
    return [replace(one, subject=known.get(one.row.person_id or 0)) for one in lines]


def _handling(kinds: set[str]) -> Mapping[tuple[str, str], Handling]:
    if not kinds:
        return {}
    return {(one.kind, one.key): one for one in Handling.objects.filter(kind__in=kinds)}


def _line(
    kind: Kind,
    row: Row,
    handling: Handling,
    names: Mapping[int, str],
    now: dt.datetime,
) -> Line:
    due, today = row.due, timezone.localdate(now)
    put_off = handling.put_off_until is not None and handling.put_off_until >= today
    if put_off and not row.statutory:
        due = handling.put_off_until
    owner = handling.taken_by_id or row.owner
    stands = band(due, now)
    return Line(
        kind=kind,
        row=row,
        band=Band.SOON if row.soon and stands is Band.LATER else stands,
        due=due,
        late=days_late(due, today) if due is not None else 0,
        owner=owner,
        owner_name=names.get(owner, "") if owner is not None else "",
        put_off=put_off,
    )


def _order(line: Line) -> tuple[Band, tuple[bool, float, int, dt.date, str]]:
    return line.band, order(line.due, line.kind.weight, line.row.since, line.row.key)


# -- reminders -------------------------------------------------------------------------------


def _reminders_of(actor: Actor) -> QuerySet[Reminder]:
    """Reminders that concern the actor: for him or his roles, taken by him, or written by him."""
    taken = Handling.objects.filter(kind=REMINDER, taken_by_id=actor.user_id)
    handed = [int(key) for key in taken.values_list("key", flat=True) if key.isdecimal()]
    return Reminder.objects.filter(
        Q(user_id=actor.user_id)
        | Q(role__in=actor.roles)
        | Q(created_by_id=actor.user_id)
        | Q(pk__in=handed)
    )


def reminder_rows(actor: Actor, today: dt.date) -> Iterable[Row]:
    """Open reminders as rows of the queue; two statements."""
    for reminder in _reminders_of(actor).filter(done_at=None):
        yield Row(
            kind=REMINDER,
            key=str(reminder.pk),
            task=reminder.text,
            facts=_recipient(reminder),
            due=reminder.due,
            action=_("Kuittaa"),
            url=reverse("desk:reminder_done", args=[reminder.pk]),
            post=True,
            open_url=reverse("desk:reminder", args=[reminder.pk]),
            person_id=reminder.subject_id,
            since=timezone.localdate(reminder.created_at),
            owner=reminder.user_id,
        )


def _recipient(reminder: Reminder) -> str:
    if reminder.role:
        return _("Kaikille: %(role)s") % {"role": Role(reminder.role).label}
    return _("Itselle") if reminder.user_id == reminder.created_by_id else _("Työtoverilta")


def reminder_of(pk: int) -> Reminder:
    """A reminder that concerns the actor. Raises ObjectDenied for another's or none."""
    found = _reminders_of(current().actor).filter(pk=pk).first()
    if found is None:
        raise ObjectDenied("vuokra_desk_reminder", pk)
    return found
