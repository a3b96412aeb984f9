"""Cursors that show every fetched row to the read plan, or hold raw SQL to the guard."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from django.db.backends.utils import CursorDebugWrapper, CursorWrapper

from vuokra.access.errors import RawSqlRefused
from vuokra.access.stated import raw_reason
from vuokra.db import guard

_UNCOMPILED = frozenset({"copy_expert", "copy_from", "copy_to", "callproc"})


class Plan(Protocol):
    """What a compiler found out about its statement."""

    def record(self, rows: list[tuple[Any, ...]]) -> None:
        """These rows are about to be handed over."""


class TapMixin:
    """A cursor that belongs to a plan of the compiler, is trusted, or runs raw SQL."""

    cursor: Any
    db: Any
    plan: Plan | None = None
    trusted = False

    def __getattr__(self, name: str) -> Any:
        if name in _UNCOMPILED and not self.trusted and not raw_reason():
            raise RawSqlRefused(f"{name} needs raw_sql(reason).")
        return super().__getattr__(name)  # type: ignore[misc]  # CursorWrapper has it

    def execute(self, sql: Any, params: Any = None) -> Any:
        self._guard(sql)
        return super().execute(sql, params)  # type: ignore[misc]

    def executemany(self, sql: Any, param_list: Any) -> Any:
        self._guard(sql)
        return super().executemany(sql, param_list)  # type: ignore[misc]

    def callproc(self, procname: Any, params: Any = None, kparams: Any = None) -> Any:
        self._guard(procname)
        return super().callproc(procname, params, kparams)  # type: ignore[misc]

    def fetchone(self) -> Any:
        with self.db.wrap_database_errors:
            row = self.cursor.fetchone()
        if row is not None and self.plan is not None:
            self.plan.record([row])
        return row

    def fetchmany(self, *args: Any) -> Any:
        with self.db.wrap_database_errors:
            rows = self.cursor.fetchmany(*args)
        if rows and self.plan is not None:
            self.plan.record(rows)
        return rows

    def fetchall(self) -> Any:
        with self.db.wrap_database_errors:
            rows = self.cursor.fetchall()
        if rows and self.plan is not None:
            self.plan.record(rows)
        return rows

    def __iter__(self) -> Iterator[Any]:
        while rows := self.fetchmany(100):
            yield from rows

    def _guard(self, sql: Any) -> None:
        if self.plan is None and not self.trusted:
            guard.check(sql, self.db)


class TapCursor(TapMixin, CursorWrapper):
    """The everyday cursor."""


class TapDebugCursor(TapMixin, CursorDebugWrapper):
    """The cursor that also counts statements (tests)."""
