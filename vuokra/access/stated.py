"""What is done for a stated reason alone: raw SQL, reads tied to no row, writes in bulk.

The reason goes into the access event of the open context, for whoever reads the log later.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection

from vuokra.access.context import current
from vuokra.access.logcursor import log_cursor

SHORTEST_REASON = 5
"""Characters of a stated reason that can say something."""

_raw_sql: ContextVar[str] = ContextVar("vuokra_raw_sql", default="")


def raw_reason() -> str:
    """The stated reason for raw SQL, or an empty text when none was stated."""
    return _raw_sql.get()


@contextmanager
def raw_sql(reason: str) -> Iterator[None]:
    """Allow raw SQL for a stated reason; inside a context it is recorded."""
    _demand(reason)
    token = _raw_sql.set(reason)
    try:
        yield
    finally:
        _raw_sql.reset(token)


@contextmanager
def unattributed(reason: str) -> Iterator[None]:
    """Allow reads that cannot be tied to rows (sums, distinct values) for a stated reason."""
    ctx = current()
    _demand(reason)
    before, ctx.unattributed_reason = ctx.unattributed_reason, reason
    try:
        yield
    finally:
        ctx.unattributed_reason = before


@contextmanager
def bulk_write(reason: str) -> Iterator[None]:
    """Allow bulk writes on personal tables for a stated reason; the database logs every row."""
    ctx = current()
    _demand(reason)
    before, ctx.bulk_reason = ctx.bulk_reason, reason
    _tell_bulk(True)
    try:
        yield
    finally:
        ctx.bulk_reason = before
        if not connection.needs_rollback:
            _tell_bulk(bool(before))


def _tell_bulk(on: bool) -> None:
    with log_cursor() as cursor:
        cursor.execute("SELECT set_config('vuokra.bulk', %s, true)", ["on" if on else ""])


def _demand(reason: str) -> None:
    if len(reason.strip()) < SHORTEST_REASON:
        raise ValueError("State a reason.")
