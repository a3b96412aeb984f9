"""Writing many rows of a personal table: one JSON parameter instead of a literal for each value.

Django's `bulk_create` and `bulk_update` compile every value by itself, which takes longer than the
database does with its triggers. The rows are the same, and so are the row log, the triggers and the
constraints.
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, TypeVar

from django.db import connection, models

from vuokra.access.context import current
from vuokra.access.errors import UnloggedWrite
from vuokra.access.stated import raw_sql
from vuokra.policy.catalogue import lookup

Item = TypeVar("Item")


def batches(rows: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    """Slices of `size`, the last one shorter."""
    return (rows[start : start + size] for start in range(0, len(rows), size))


def insert_many(rows: Sequence[models.Model]) -> None:
    """Insert new rows of one model, at most a few thousand at a time; those with a `uuid` get
    their keys.

    Only inside `bulk_write(reason)`: raises UnloggedWrite elsewhere.
    """
    if not rows:
        return
    meta = type(rows[0])._meta
    _note(meta.db_table)
    fields = [f for f in meta.concrete_fields if not f.primary_key and not f.has_db_default()]
    content = json.dumps([{f.column: _plain(f, row) for f in fields} for row in rows])
    keyed = any(field.name == "uuid" for field in fields)
    with raw_sql("rows in bulk"), connection.cursor() as cursor:
        cursor.execute(_statement(meta.db_table, fields, keyed=keyed), [content])
        keys = dict(cursor.fetchall()) if keyed else {}
    for row in rows if keyed else ():
        row.pk = keys[row.uuid]  # type: ignore[attr-defined]  # it is one of the fields


def update_many(rows: Sequence[models.Model], names: Sequence[str]) -> None:
    """Write these fields of rows of one model that are in the database, at most a few thousand at a
    time.

    Only inside `bulk_write(reason)`: raises UnloggedWrite elsewhere.
    """
    if not rows:
        return
    meta = type(rows[0])._meta
    _note(meta.db_table)
    fields: list[Any] = [meta.pk, *(meta.get_field(name) for name in names)]
    content = json.dumps([{f.column: _plain(f, row, add=False) for f in fields} for row in rows])
    quote = connection.ops.quote_name
    key, *columns = (quote(str(field.column)) for field in fields)
    table, written = quote(meta.db_table), ", ".join(f"{one} = r.{one}" for one in columns)
    statement = (
        f"UPDATE {table} AS t SET {written} "  # noqa: S608  (names are the model's own)
        f"FROM jsonb_to_recordset(%s::jsonb) AS r ({_typed(fields)}) WHERE t.{key} = r.{key}"
    )
    with raw_sql("rows in bulk"), connection.cursor() as cursor:
        cursor.execute(statement, [content])


def _note(name: str) -> None:
    """The access event tells that rows of the table were written in bulk."""
    ctx, table = current(), lookup(name)
    if table is None or not ctx.bulk_reason:
        raise UnloggedWrite(f"Bulk writes on {name} need bulk_write(reason).")
    ctx.note_write(table, "bulk")


def _typed(fields: Sequence[Any]) -> str:
    """Names and types of columns."""
    quote = connection.ops.quote_name
    return ", ".join(f"{quote(str(f.column))} {f.db_type(connection)}" for f in fields)


def _statement(table: str, fields: Sequence[models.Field[Any, Any]], *, keyed: bool) -> str:
    """Names and types are the model's own; every value is in the one parameter."""
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    return (
        f"INSERT INTO {quote(table)} ({columns}) SELECT {columns} "  # noqa: S608  (see above)
        f"FROM jsonb_to_recordset(%s::jsonb) AS r ({_typed(fields)})"
        + (" RETURNING uuid, id" if keyed else "")
    )


def _plain(field: models.Field[Any, Any], row: models.Model, *, add: bool = True) -> object:
    """A value as JSON has it and PostgreSQL reads it."""
    value = field.pre_save(row, add=add)
    if isinstance(value, dt.date | uuid.UUID | Decimal):
        return str(value)
    if value is None or field.get_internal_type() != "BinaryField":
        return value
    return f"\\x{field.get_db_prep_save(value, connection).adapted.hex()}"
