"""Writing the access event: the last statement of a transaction.

The insert is one round trip together with the check of deferred constraints. It goes to the
database as text because a context that cannot write its event must fail before anything is saved,
whatever the state of the models.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import DatabaseError, transaction
from django.db.transaction import TransactionManagementError

from vuokra.access.codes import Action, Kind, Outcome, Surface
from vuokra.access.logcursor import log_cursor
from vuokra.access.payloads import make_payload
from vuokra.policy import rights
from vuokra.policy.catalogue import OWN, lookup

if TYPE_CHECKING:
    from vuokra.access.context import AccessContext


class EventNotWritten(RuntimeError):
    """The access event could not be written, so the transaction must not be saved."""


COLUMNS = (
    "access_id", "kind", "actor_id", "actor", "role", "purpose", "case_kind", "case_id", "action",
    "surface", "route", "method", "outcome", "status", "address", "session", "subjects",
    "subject_count", "detail", "alarm", "payload_digest",
)  # fmt: skip
_CASTS = {"subjects": "%s::bigint[]", "detail": "%s::jsonb", "address": "%s::inet"}
INSERT_EVENT = (
    f"INSERT INTO vuokra_access_event ({', '.join(COLUMNS)}) "
    f"VALUES ({', '.join(_CASTS.get(name, '%s') for name in COLUMNS)})"
)
INSERT_PAYLOAD = (
    "INSERT INTO vuokra_access_payload (digest, salt, body, subject) VALUES (%s, %s, %s, %s)"
)


def write(ctx: AccessContext) -> None:
    """Write the event of a context inside the open transaction.

    Raises EventNotWritten when the database refuses the event; a broken deferred constraint
    raises its own error, as it would at commit.
    """
    with log_cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        if not ctx.worth_recording:
            return
        try:
            _resolve_subjects(ctx, cursor)
            _insert(ctx, cursor)
        except (DatabaseError, TransactionManagementError) as error:
            raise EventNotWritten("The access event could not be written.") from error


def _insert(ctx: AccessContext, cursor: Any) -> None:
    statement, digest, parameters = INSERT_EVENT, None, []
    if ctx.reason:
        digest, salt, body = make_payload({"reason": ctx.reason})
        statement = f"{INSERT_PAYLOAD}; {INSERT_EVENT}"
        parameters = [digest, salt, body, None]
    cursor.execute(statement, [*parameters, *_values(ctx, digest)])
    if cursor.rowcount != 1:  # a trigger that swallows the row must not pass for an event
        raise EventNotWritten("The access event was not kept.")


def _values(ctx: AccessContext, digest: bytes | None) -> list[Any]:
    subjects = sorted(ctx.subjects)
    purpose = ctx.purpose.value if ctx.purpose else ""
    role = rights.role_for(ctx.actor.roles, ctx.purpose) if ctx.purpose else ""
    detail: list[dict[str, Any]] = ctx.detail()
    if ctx.notes:
        detail.append({"kind": "note", **ctx.notes})
    return [
        str(ctx.id),
        ctx.kind.value,
        ctx.actor.user_id,
        ctx.actor.key,
        role,
        purpose,
        ctx.case.kind if ctx.case else "",
        ctx.case.id if ctx.case else None,
        ctx.action.value,
        ctx.surface.value,
        ctx.route,
        ctx.method,
        ctx.outcome.value,
        ctx.status,
        ctx.address,
        ctx.session,
        "{" + ",".join(map(str, subjects)) + "}",
        len(subjects),
        json.dumps(detail, separators=(",", ":"), default=str),
        ctx.alarm,
        digest,
    ]


def _resolve_subjects(ctx: AccessContext, cursor: Any) -> None:
    """Find the persons of rows whose table names them only by a longer path."""
    for (name, kind), seen in ctx.seen.items():
        table = lookup(name)
        if table is None or table.subject is None or kind not in ("row", "reveal"):
            continue
        if table.subject == OWN:
            seen.rows.clear()  # they are the subjects themselves
        elif table.subject.sql and seen.rows:
            cursor.execute(table.subject.sql, [list(seen.rows)])
            ctx.subjects.update(row[0] for row in cursor.fetchall() if row[0] is not None)


def record_sign_in(
    action: Action,
    *,
    user_id: int | None,
    username_hash: str = "",
    address: str | None,
    session_hash: str = "",
    outcome: Outcome = Outcome.OK,
    notes: Iterable[tuple[str, str]] = (),
    alarm: bool = False,
) -> None:
    """Record a sign-in, a failed one, or a sign-out in the access log.

    `username_hash` is a keyed hash of what was typed, never the text: people type passwords there.
    """
    from vuokra.access.context import AccessContext, Actor, peek

    open_ctx = peek()
    ctx = AccessContext(
        Actor(key=f"user:{user_id}" if user_id else "anonymous", user_id=user_id),
        purpose=None,
        action=action,
        surface=Surface.SIGN_IN,
        kind=Kind.SIGN_IN,
        route=open_ctx.route if open_ctx else "",
        method=open_ctx.method if open_ctx else "",
    )
    ctx.address, ctx.session, ctx.outcome = address, session_hash, outcome
    ctx.alarm = alarm
    for key, value in notes:
        ctx.note(key, value)
    if username_hash:
        ctx.note("username", username_hash)
    with transaction.atomic(), log_cursor() as cursor:
        try:
            _insert(ctx, cursor)
        except DatabaseError as error:
            raise EventNotWritten("The sign-in could not be recorded.") from error
