"""The access context: who reads, in which role, for what purpose, and what was read so far.

A context is one database transaction with one access event at its end. Nothing personal can be
read without one: the tap in `vuokra.db` asks for it before a query runs, and row-level security
refuses in the database. A context belongs to the thread that opened it, so a new thread, or a
coroutine that moved to one, has none.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.conf import settings
from django.db import connection, transaction

from vuokra.access.actor import Actor, Case
from vuokra.access.codes import Action, Kind, Outcome, Surface
from vuokra.access.errors import (
    AccessViolation,
    CaseDemanded,
    FunctionDenied,
    NestedAccess,
    NoAccessContext,
    ObjectDenied,
)
from vuokra.access.logcursor import log_cursor
from vuokra.policy import rights
from vuokra.policy.catalogue import ColumnRole, Protection, Table, TableKind, lookup
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.policy.roles import Purpose


@dataclass(slots=True)
class Seen:
    """What one context has seen of one table in one way."""

    columns: set[str] = field(default_factory=set)
    rows: set[int | str] = field(default_factory=set)
    reasons: set[str] = field(default_factory=set)


class AccessContext:
    """Collects what is read and becomes one access event."""

    def __init__(
        self,
        actor: Actor,
        *,
        purpose: Purpose | None,
        action: Action,
        surface: Surface,
        kind: Kind = Kind.COMMAND,
        case: Case | None = None,
        route: str = "",
        method: str = "",
        reason: str = "",
    ) -> None:
        self.id = uuid.uuid4()
        self.actor = actor
        self.purpose = purpose
        self.purpose_stated = (
            False  # by the user, for this person or case; else it is the usual one
        )
        self.action = action
        self.surface = surface
        self.kind = kind
        self.case = case
        self.route = route
        self.method = method
        self.reason = reason
        self.address: str | None = None
        self.session = ""
        self.outcome = Outcome.OK
        self.status: int | None = None
        self.alarm = False
        self.armed = False
        self.seen: dict[tuple[str, str], Seen] = {}
        self.subjects: set[int] = set()
        self.notes: dict[str, list[str]] = {}
        self.unattributed_reason = ""
        self.bulk_reason = ""
        self.saving = 0
        self.memo: dict[str, object] = {}  # what a room asks once in a context
        self._thread = threading.get_ident()
        self._checked: set[tuple[str, Level, frozenset[str]]] = set()

    # -- opening -----------------------------------------------------------------------------

    def arm(self) -> None:
        """Tell the database who acts; from here on personal tables can be read.

        Raises NoAccessContext when nobody acts.
        """
        if not self.actor.key:
            raise NoAccessContext("Nobody is signed in.")
        _tell_database(str(self.id), self.actor.key)
        self.armed = True

    def identify(self, actor: Actor) -> None:
        """The actor has become known (after the web session was read)."""
        self.actor = actor
        self.arm()

    @property
    def usable(self) -> bool:
        """Whether personal data may be read now, in this thread."""
        return self.armed and self._thread == threading.get_ident()

    def continued(self, kind: Kind) -> AccessContext:
        """A context for the next batch of the same work: same actor, purpose, case and route."""
        ctx = AccessContext(
            self.actor,
            purpose=self.purpose,
            action=self.action,
            surface=self.surface,
            kind=kind,
            case=self.case,
            route=self.route,
            method=self.method,
        )
        ctx.address, ctx.session = self.address, self.session
        return ctx

    # -- what is read ------------------------------------------------------------------------

    def note_rows(
        self,
        table: Table,
        columns: frozenset[str],
        rows: Iterable[int | str],
        subjects: Iterable[int] = (),
    ) -> None:
        """Rows of a table were fetched with these columns."""
        seen = self._seen(table.name, "row")
        seen.columns |= columns
        seen.rows.update(rows)
        self.subjects.update(subjects)

    def note_probe(self, table: Table, columns: frozenset[str]) -> None:
        """A question was answered without values: counted, tested or filtered by these columns."""
        self.check(table, columns, Level.MASKED)
        self._seen(table.name, "probe").columns |= columns

    def note_unattributed(self, table: Table, columns: frozenset[str], reason: str) -> None:
        """Values were read that cannot be tied to rows; the code stated why."""
        self.check(table, columns, Level.READ)
        seen = self._seen(table.name, "unattributed")
        seen.columns |= columns
        seen.reasons.add(reason)

    def note_raw(self, tables: Iterable[str], reason: str) -> None:
        """Raw SQL ran on these tables; the code stated why."""
        for name in tables:
            self._seen(name, "raw").reasons.add(reason)

    def note_write(self, table: Table, kind: str) -> None:
        """Rows of a table were written (`write`), or in bulk for a stated reason (`bulk`)."""
        self._require_case(table.group)
        seen = self._seen(table.name, kind)
        if kind == "bulk":
            seen.reasons.add(self.bulk_reason)

    def note_reveal(self, table: str, column: str, row_id: int | str, subject: int | None) -> None:
        """An encrypted value is about to be opened.

        Raises FunctionDenied when the role may not reveal this field group.
        """
        self.note_reveals(table, column, [row_id], [] if subject is None else [subject])

    def note_reveals(
        self,
        table: str,
        column: str,
        rows: Iterable[int | str],
        subjects: Iterable[int],
    ) -> None:
        """Encrypted values of many rows are about to be opened; as `note_reveal`."""
        described = lookup(table)
        if described is not None and (group := described.column_group(column)):
            self._require_case(group)
            self.require(group, Level.MASKED)
            if described.protection(column) is Protection.D:
                self._require_special(group)
        seen = self._seen(table, "reveal")
        seen.columns.add(column)
        seen.rows.update(rows)
        self.subjects.update(subjects)

    def note_subjects(self, subjects: Iterable[int]) -> None:
        """The read concerns these persons though no row of theirs was fetched (log viewer)."""
        self.subjects.update(subjects)

    def note_denied(self, target: str = "", row_id: int | str | None = None) -> None:
        """An attempt was refused; only the id of its target is kept."""
        self.outcome = Outcome.DENIED
        if target:
            seen = self._seen(target, "denied")
            if row_id is not None:
                seen.rows.add(row_id)

    def note_extra_fields(self, names: Iterable[str]) -> None:
        """A form was posted with fields that it does not have; their names are kept, cut short."""
        known = self.notes.setdefault("extra_fields", [])
        known.extend(sorted(name[:40] for name in names)[:20])

    def note(self, key: str, value: str) -> None:
        """Keep a code beside the event; never a value of personal data."""
        self.notes.setdefault(key, []).append(value)

    # -- what is allowed ---------------------------------------------------------------------

    def require(self, group: Group, level: Level) -> None:
        """Raise FunctionDenied unless the actor reaches the level of the field group."""
        if self.actor.level(group) < level:
            self.note_denied()
            self.note("missing", f"{group.value}:{level.name}")
            raise FunctionDenied(group, level)

    def _require_case(self, group: Group | None) -> None:
        """What is handled for a case alone takes one: credit data of somebody who neither applies
        nor guarantees are none of our business (A47)."""
        if group is None or self.case is not None or not rights.needs_case(group, self.purpose):
            return
        self.note_denied()
        self.note("missing", f"{group.value}:case")
        raise CaseDemanded(group)

    def _require_special(self, group: Group) -> None:
        """Class D under break-glass takes a second person."""
        if self.actor.opened is not None and not self.actor.opened.special:
            self.note_denied()
            self.note("missing", f"{group.value}:{Level.MASKED.name}")
            raise FunctionDenied(group, Level.MASKED)

    def check(self, table: Table, columns: frozenset[str], level: Level = Level.READ) -> None:
        """Compare fetched columns with the actor's rights.

        Class D is always refused, and what is handled for a case alone without one; the rest raises
        in tests and is an alarm in use, so that a slip in the code does not stop the office.
        """
        asked = (table.name, level, columns)
        if asked in self._checked:
            return
        for name in columns:
            column = table.columns.get(name)
            if column is None or column.role is not ColumnRole.ITEM:
                continue
            needed = Level.MASKED if column.encrypted else level
            group = column.group or table.group
            self._require_case(group)
            if group is None or self.actor.level(group) >= needed:
                continue
            if column.protection is Protection.D:
                self.note_denied(table.name)
                raise FunctionDenied(group, needed)
            if settings.ACCESS_STRICT:
                raise AccessViolation(
                    f"{self.actor.roles or 'nobody'} may not see {group} "
                    f"({table.name}.{name}) in {self.route or self.action}."
                )
            self.alarm = True
            self.note("over", f"{table.name}.{name}")
        self._checked.add(asked)

    # -- what the event tells ----------------------------------------------------------------

    @property
    def worth_recording(self) -> bool:
        """Whether anything happened that the log must tell."""
        return bool(
            self.seen
            or self.subjects
            or self.notes
            or self.outcome is Outcome.DENIED
            or self.action in _ALWAYS
        )

    def detail(self) -> list[dict[str, object]]:
        """Tables, columns and row ids seen, as the event stores them: codes and ids, no values."""
        entries: list[dict[str, object]] = []
        for (table, kind), seen in self.seen.items():
            entry: dict[str, object] = {"table": table, "kind": kind}
            entry["columns"] = sorted(seen.columns)
            if seen.rows:
                entry["rows"] = sorted(seen.rows, key=str)
            if seen.reasons:
                entry["reasons"] = sorted(seen.reasons)
            entries.append(entry)
        return entries

    def _seen(self, table: str, kind: str) -> Seen:
        key = (table, kind)
        if key not in self.seen:
            self.seen[key] = Seen()
        return self.seen[key]


_ALWAYS = frozenset(
    {Action.EXPORT, Action.DISCLOSE, Action.REVEAL, Action.BREAK_GLASS, Action.VIEW_LOG}
)
_current: ContextVar[AccessContext | None] = ContextVar("vuokra_access", default=None)


def _tell_database(access_id: str, actor: str) -> None:
    with log_cursor() as cursor:
        cursor.execute(
            "SELECT set_config('vuokra.access_id', %s, true), set_config('vuokra.actor', %s, true)",
            [access_id, actor],
        )


def _forget_in_database() -> None:
    """Inside a longer transaction (tests) the settings would outlive the context."""
    with log_cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(
            "SELECT set_config('vuokra.access_id', '', true), set_config('vuokra.actor', '', true),"
            " set_config('vuokra.bulk', '', true)"
        )


def peek() -> AccessContext | None:
    """The open context of this thread, or None; for code that must work on both sides."""
    ctx = _current.get()
    return ctx if ctx is not None and ctx._thread == threading.get_ident() else None


def current() -> AccessContext:
    """The open access context. Raises NoAccessContext when there is none in this thread."""
    ctx = peek()
    if ctx is None:
        raise NoAccessContext("Personal data may be read only inside an access context.")
    return ctx


@contextmanager
def outside() -> Iterator[None]:
    """Hide the open context: what is made inside, and kept, can hold nothing of it."""
    token = _current.set(None)
    try:
        yield
    finally:
        _current.reset(token)


@contextmanager
def running(ctx: AccessContext) -> Iterator[AccessContext]:
    """Make `ctx` the open context, run its transaction, and write its event.

    The event is the last statement of the transaction, after deferred constraints were checked;
    when the transaction is rolled back the event is written in one of its own. Raises
    EventNotWritten when the log cannot be written: then nothing is saved.
    """
    from vuokra.access import events

    if peek() is not None:
        raise NestedAccess("An access context is open already.")
    token = _current.set(ctx)
    try:
        try:
            with transaction.atomic():
                if ctx.actor.key:
                    ctx.arm()
                yield ctx
                if transaction.get_rollback():
                    raise _RolledBack
                events.write(ctx)
        except events.EventNotWritten:
            raise
        except _RolledBack:
            _write_alone(ctx)
        except BaseException as error:
            ctx.outcome = _outcome(error, ctx.outcome)
            _write_alone(ctx)
            raise
    finally:
        if connection.in_atomic_block and not connection.needs_rollback:
            _forget_in_database()
        ctx.armed = False
        _current.reset(token)


class _RolledBack(Exception):
    """The transaction was marked for rollback; leave it, and write the event in its own."""


def _outcome(error: BaseException, so_far: Outcome) -> Outcome:
    denied = isinstance(error, FunctionDenied | ObjectDenied) or so_far is Outcome.DENIED
    return Outcome.DENIED if denied else Outcome.ERROR


def _write_alone(ctx: AccessContext) -> None:
    from vuokra.access import events

    if not ctx.worth_recording:
        return
    with transaction.atomic():
        if ctx.actor.key:
            ctx.arm()
        events.write(ctx)


@contextmanager
def open_access(
    actor: Actor,
    *,
    purpose: Purpose,
    action: Action,
    surface: Surface,
    kind: Kind = Kind.COMMAND,
    case: Case | None = None,
    route: str = "",
    reason: str = "",
) -> Iterator[AccessContext]:
    """Open an access context for a command, a task or one batch of a stream."""
    ctx = AccessContext(
        actor,
        purpose=purpose,
        action=action,
        surface=surface,
        kind=kind,
        case=case,
        route=route,
        reason=reason,
    )
    with running(ctx):
        yield ctx


def needs_context(table: Table) -> bool:
    """Whether a table can be read only inside an access context."""
    return table.kind in (TableKind.PERSONAL, TableKind.LOG)
