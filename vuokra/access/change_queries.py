"""What was changed of a person (muutostiedot, S5-00b), by the change log.

Anybody with the right to the history may ask; views decide who that is, and what of a value the
role may see. One statement, by a database function that checks the access context.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import connection

from vuokra.access.context import current
from vuokra.access.stated import raw_sql

Values = Mapping[str, tuple[str | None, str | None]]


@dataclass(frozen=True, slots=True)
class Change:
    """One changed row: the table, what was done (I, U, D), old and new by field or column name.

    `values` is None when they have been erased; `masked` are columns that changed and whose values
    the log does not hold.
    """

    id: int
    at: datetime
    actor_id: int | None
    actor: str
    table: str
    row_id: int | None
    operation: str
    values: Values | None
    masked: tuple[str, ...] = ()


def changes_of(subject: int, *, skip: int = 0, limit: int = 50) -> list[Change]:
    """The changes of a person, newest first; the read is recorded as concerning the person."""
    ctx = current()
    ctx.note_subjects([subject])
    with (
        raw_sql("change log: a function that checks the context"),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT * FROM vuokra_access_changes(%s, %s, %s)", [subject, skip, limit])
        rows = cursor.fetchall()
    ctx.note("history", str(len(rows)))
    return [_change(row) for row in rows]


def _change(row: tuple[Any, ...]) -> Change:
    id_, at, actor_id, actor, model, table, row_id, operation, body = row
    if actor_id is None and actor.startswith("user:"):  # of a row written in bulk
        actor_id = int(actor.removeprefix("user:"))
    kept: dict[str, Any] | None = None if body is None else json.loads(body)
    return Change(
        id_, at, actor_id, actor, table or _table_of(model), row_id, operation,
        None if kept is None else {name: tuple(pair) for name, pair in kept["changes"].items()},
        tuple(kept.get("masked", ())) if kept else (),
    )  # fmt: skip


def _table_of(model: str | None) -> str:
    """The table of a model by its label; empty for one that is no more."""
    try:
        return apps.get_model(model or "")._meta.db_table
    except (LookupError, ValueError):
        return ""
