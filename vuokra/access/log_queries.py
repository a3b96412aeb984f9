"""What staff ask of the event log: who has looked at a person, what one has looked at oneself.

Anybody who may open a person's card may know who else has opened it, and everybody his own events;
the log at large is for roles with the right to it. Each function runs one statement, by a database
function that checks the access context; views decide who may ask, and note the person concerned.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import connection, models
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vuokra.access.actor import Case
from vuokra.access.codes import Action, Outcome, Surface
from vuokra.access.context import current
from vuokra.access.models import AccessEvent
from vuokra.access.stated import raw_sql
from vuokra.policy.catalogue import lookup
from vuokra.policy.groups import Group

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

PAGE = 50
MOST = 1000


class Segment(models.TextChoices):
    """Views of the log (lokin rajaus), as they stand in an address."""

    ALL = "kaikki", _("Kaikki")
    VIEWS = "katselut", _("Katselut")
    REVEALS = "paljastukset", _("Paljastukset")
    CHANGES = "muutokset", _("Muutokset")
    DISCLOSURES = "luovutukset", _("Luovutukset")
    DENIED = "estetyt", _("Estetyt")

    @property
    def actions(self) -> list[str] | None:
        """The actions of the segment, or None when it is not about actions."""
        chosen = _ACTIONS.get(self)
        return None if chosen is None else [action.value for action in chosen]

    @property
    def outcomes(self) -> list[str] | None:
        """The outcomes of the segment, or None when any will do."""
        return [Outcome.DENIED.value] if self is Segment.DENIED else None

    def holds(self, action: str, outcome: str) -> bool:
        """Whether an event belongs to the segment."""
        return (self.actions is None or action in self.actions) and (
            self.outcomes is None or outcome in self.outcomes
        )


_ACTIONS: dict[Segment, Collection[Action]] = {
    Segment.VIEWS: (Action.VIEW, Action.LIST, Action.SEARCH, Action.PRINT, Action.VIEW_LOG),
    Segment.REVEALS: (Action.REVEAL, Action.BREAK_GLASS),
    Segment.CHANGES: (Action.CREATE, Action.CHANGE, Action.DELETE),
    Segment.DISCLOSURES: (Action.EXPORT, Action.DOWNLOAD, Action.DISCLOSE),
}


_WORDS: dict[tuple[str, str], StrPromise] = {
    (Action.VIEW, Surface.DETAIL): _("Kortti avattu"),
    (Action.LIST, Surface.LIST): _("Näkyi luettelossa"),
    (Action.SEARCH, Surface.SEARCH): _("Näkyi haussa"),
    (Action.CHANGE, Surface.FORM): _("Tietoja muokattu"),
    (Action.CHANGE, Surface.DETAIL): _("Tietoja muokattu"),
    (Action.CREATE, Surface.FORM): _("Tietoja lisätty"),
    (Action.EXPORT, Surface.EXPORT): _("Viety tiedostoon"),
}
_WORDS_BY_ROUTE: dict[tuple[str, str], StrPromise] = {
    ("home", Action.LIST): _("Työjono avattu"),
    ("desk:new_reminder", Action.CREATE): _("Muistutus lisätty"),
    ("desk:reminder_about", Action.CREATE): _("Muistutus lisätty"),
    ("desk:reminder", Action.CHANGE): _("Muistutusta muutettu"),
    ("desk:reminder_done", Action.CHANGE): _("Muistutus tehty"),
    ("desk:reminder_undone", Action.CHANGE): _("Muistutus avattu uudelleen"),
    ("desk:take", Action.CHANGE): _("Tehtävä otettu"),
    ("desk:handle", Action.CHANGE): _("Tehtävän vastuu muuttui"),
}


@dataclass(frozen=True, slots=True)
class LogRow:
    """One access event as the screen shows it; `subject` is set when it concerns one person."""

    id: int
    at: datetime
    actor_id: int | None
    actor: str
    role: str
    purpose: str
    case_kind: str
    case_id: int | None
    action: str
    surface: str
    route: str
    outcome: str
    subject: int | None
    subject_count: int
    detail: list[dict[str, Any]]
    alarm: bool

    @property
    def words(self) -> str:
        """What was done, in plain words."""
        if self.outcome == Outcome.DENIED:
            return gettext("Estetty")
        if self.action == Action.REVEAL:
            what = ", ".join(str(group.label) for group in self.revealed)
            return gettext("Paljastus: %(what)s") % {"what": what} if what else gettext("Paljastus")
        if told := _WORDS_BY_ROUTE.get((self.route, self.action)):
            return str(told)
        if self.action == Action.VIEW and not self.subject_count:
            return gettext("Sivu avattu")  # of nobody: the report of an import, an instruction
        told = None if self.hits == 0 else _WORDS.get((self.action, self.surface))
        return str(told or Action(self.action).label)

    @property
    def missing(self) -> list[Group]:
        """The field groups whose right was missing, when the attempt was refused for that."""
        codes = [code for part in self.detail for code in part.get("missing", ())]
        return [Group(code.partition(":")[0]) for code in codes]

    @property
    def hits(self) -> int | None:
        """How many a search found, when it was one."""
        found = next((part["hits"] for part in self.detail if "hits" in part), None)
        return int(found[-1]) if found else None

    @property
    def revealed(self) -> list[Group]:
        """The field groups of encrypted values that were opened."""
        parts = [part for part in self.detail if part.get("kind") == "reveal"]
        found = {group for part in parts for group in _groups(part)}
        return [group for group in Group if group in found]

    @property
    def groups(self) -> list[Group]:
        """The field groups that were seen, revealed or written, in the order of the table."""
        found = {group for part in self.detail for group in _groups(part)}
        return [group for group in Group if group in found]


def _groups(part: dict[str, Any]) -> Iterable[Group]:
    """The field groups of what was seen of one table; a sealed value only when it was opened."""
    table = lookup(part.get("table", ""))
    if table is None or table.group is None:
        return ()
    opened = part.get("kind") == "reveal"
    columns: list[str] = [name for name in part.get("columns", []) if name in table.columns]
    shown = [name for name in columns if opened or not table.columns[name].encrypted]
    groups = {table.column_group(name) for name in shown if table.protection(name) is not None}
    return [group for group in groups or {table.group} if group is not None]


Subjects = int | Sequence[int]
"""A person, or the records of one whose records were merged."""


def _ids(subject: Subjects | None) -> list[int] | None:
    if subject is None:
        return None
    return [subject] if isinstance(subject, int) else list(subject)


Place = tuple[datetime, int]
"""Where a page begins: the moment and the id of the event beside it."""


def events(
    *,
    subject: Subjects | None = None,
    actor_id: int | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    segment: Segment = Segment.ALL,
    role: str = "",
    alarms: bool = False,
    quiet_for: int | None = None,
    place: Place | None = None,
    onward: bool = False,
    limit: int = PAGE,
) -> list[LogRow]:
    """Access events of a person, of a member of staff, or all.

    `until` is the first moment left out, `role` one that the event was made in, `quiet_for` the
    member of staff whose own looks at the log are left out. From `place` on older ones come,
    newest first; `onward` gives newer ones, oldest first. At most 1000.
    """
    at, row_id = place or (None, None)
    rows = _ask(
        "SELECT * FROM vuokra_access_events("
        "%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
        [
            _ids(subject), actor_id, since, until, segment.actions, segment is Segment.DENIED,
            role or None, alarms, quiet_for, at, row_id, onward, limit,
        ],
    )  # fmt: skip
    return [_log_row(row) for row in rows]


def _log_row(row: tuple[Any, ...]) -> LogRow:
    values = dict(zip(LogRow.__slots__, row, strict=True))
    return LogRow(**{**values, "detail": json.loads(values["detail"])})


def events_among(ids: Collection[int], since: datetime, until: datetime) -> list[LogRow]:
    """The events of these ids, which happened from `since` to `until`, newest first; one statement.

    The times find the partitions that hold them.
    """
    return _found(AccessEvent.objects.filter(id__in=ids, at__gte=since, at__lte=until))


def events_of_case(case: Case, since: datetime, until: datetime) -> list[LogRow]:
    """The events made for a case from `since` to `until`, newest first; one statement."""
    of_case = AccessEvent.objects.filter(case_kind=case.kind, case_id=case.id)
    return _found(of_case.filter(at__gte=since, at__lte=until))


def _found(events: QuerySet[AccessEvent]) -> list[LogRow]:
    named = [name for name in LogRow.__slots__ if name != "subject"]
    rows = []
    for event in events.order_by("-at", "-id").only(*named, "subjects")[:MOST]:
        values = {name: getattr(event, name) for name in named}
        subject = event.subjects[0] if event.subject_count == 1 else None
        rows.append(LogRow(**values, subject=subject))
    return rows


def event_counts(
    *, subject: Subjects, actor_id: int | None = None, since: datetime | None = None
) -> dict[Segment, int]:
    """How many events of each segment concern a person."""
    call = "SELECT * FROM vuokra_access_event_counts(%s, %s, %s)"
    rows = _ask(call, [_ids(subject), actor_id, since])
    return {
        segment: sum(count for action, outcome, count in rows if segment.holds(action, outcome))
        for segment in Segment
    }


def who_has_looked(subject: Subjects, limit: int = 6) -> list[LogRow]:
    """The last events that concern a person (kuka on katsonut), without one's own looks at them.

    What was seen in detail is told of opened values alone.
    """
    parameters = [_ids(subject), current().actor.user_id, limit]
    rows = _ask("SELECT * FROM vuokra_access_lookers(%s, %s, %s)", parameters)
    return [_log_row(row) for row in rows]


def _ask(statement: str, parameters: list[Any]) -> list[Any]:
    with raw_sql("access log: a function that checks the context"), connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()
