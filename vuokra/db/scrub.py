"""Database errors without values.

PostgreSQL puts the offending values into its messages ("Key (email)=(…) already exists"), and from
there they would reach logs and error reports. Both the Django error and its cause are rebuilt from
the parts that name only the schema. Our own triggers' texts, and messages that quote nothing but
identifiers, are kept.
"""

from __future__ import annotations

from types import TracebackType
from typing import Any

import django.db.utils
import psycopg2
from django.db.utils import DatabaseErrorWrapper

# sqlstates, or classes of them, whose primary message holds identifiers or our own text
_PLAIN = ("P0001", "42501", "42P01", "42703", "42883", "40", "53", "55", "57", "58", "08", "0A")
_SCHEMA_PARTS = ("table_name", "column_name", "constraint_name")
_CLASSES = (
    "DataError", "OperationalError", "IntegrityError", "InternalError", "ProgrammingError",
    "NotSupportedError", "DatabaseError", "InterfaceError", "Error",
)  # fmt: skip


class Diagnostics:
    """The schema part of an error: sqlstate, table, column, constraint."""

    def __init__(self, error: psycopg2.Error) -> None:
        self.sqlstate: str = error.pgcode or ""
        self.table_name: str | None = getattr(error.diag, "table_name", None)
        self.column_name: str | None = getattr(error.diag, "column_name", None)
        self.constraint_name: str | None = getattr(error.diag, "constraint_name", None)


def scrubbed_text(error: psycopg2.Error) -> str:
    """What may be said of an error: its kind and the names of the schema, never a value."""
    code = error.pgcode or ""
    if not code:  # raised by the driver: no statement, no row
        return str(error).split("\n")[0]
    if code.startswith(_PLAIN):
        return f"{error.diag.message_primary} ({code})"
    parts = [
        f"{part.split('_')[0]} {v}" for part in _SCHEMA_PARTS if (v := getattr(error.diag, part))
    ]
    return " ".join([f"{type(error).__name__} ({code})", *parts])


class ScrubbingErrorWrapper(DatabaseErrorWrapper):
    """Raises Django's error classes with scrubbed texts, and a scrubbed cause behind them."""

    wrapper: Any

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc_value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if exc_type is None or not isinstance(exc_value, psycopg2.Error):
            return
        text, diagnostics = scrubbed_text(exc_value), Diagnostics(exc_value)
        name = next(n for n in _CLASSES if issubclass(exc_type, getattr(psycopg2, n)))
        if name not in ("DataError", "IntegrityError"):
            self.wrapper.errors_occurred = True
        error = getattr(django.db.utils, name)(text)
        error.diag = diagnostics
        raise error from exc_type(text)
