"""The database backend: Django's PostgreSQL backend with the access tap.

There is no switch that turns it off; a system check refuses any other backend. The one exception
is the baseline of the benchmark, which start-up accepts only for a database named `bench_*`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db.backends.postgresql import base, operations
from psycopg2 import BINARY
from psycopg2.extensions import new_type, register_type

from vuokra.db.cursor import Plan, TapCursor, TapDebugCursor
from vuokra.db.scrub import ScrubbingErrorWrapper


def _bytes(text: str | None, cursor: Any) -> bytes | None:
    if text is None:
        return None
    return bytes.fromhex(text[2:]) if text.startswith("\\x") else bytes(BINARY(text, cursor))


# psycopg2 gives a memoryview for each value: two objects that the garbage collector follows, which
# made reading 10,000 encrypted columns take half as long again.
BYTES = new_type(BINARY.values, "BYTES", _bytes)
AnyTapCursor = TypeVar("AnyTapCursor", TapCursor, TapDebugCursor)


class DatabaseOperations(operations.DatabaseOperations):
    """PostgreSQL operations whose SQL compilers are ours."""

    compiler_module = "vuokra.db.compiler"


class DatabaseWrapper(base.DatabaseWrapper):
    """A PostgreSQL connection that sees every read of the ORM."""

    ops_class = DatabaseOperations

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._plan: Plan | None = None
        self._trusted = False

    @property
    def wrap_database_errors(self) -> ScrubbingErrorWrapper:
        return ScrubbingErrorWrapper(self)

    @contextmanager
    def following(self, plan: Plan) -> Iterator[None]:
        """Cursors opened inside show their rows to `plan`; for the compilers only."""
        before, self._plan = self._plan, plan
        try:
            yield
        finally:
            self._plan = before

    @contextmanager
    def trusted_cursor(self) -> Iterator[Any]:
        """A cursor for the log's own statements; for `vuokra.access` only (a test sees to it)."""
        before, self._trusted = self._trusted, True
        try:
            with self.cursor() as cursor:
                self._trusted = before
                yield cursor
        finally:
            self._trusted = before

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        register_type(BYTES, connection)
        return connection

    def make_cursor(self, cursor: Any) -> TapCursor:
        return self._marked(TapCursor(cursor, self))

    def make_debug_cursor(self, cursor: Any) -> TapDebugCursor:
        return self._marked(TapDebugCursor(cursor, self))

    def _marked(self, cursor: AnyTapCursor) -> AnyTapCursor:
        cursor.plan = self._plan
        cursor.trusted = self._trusted
        return cursor
