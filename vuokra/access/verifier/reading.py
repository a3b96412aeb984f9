"""Reads the log, its seals and its queue from the database."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Any

import psycopg2
import psycopg2.extensions

from .heads import Seal
from .rows import FORMS, utc

FETCH = 5_000


SEALS = f"""
    SELECT number, kind, origin, {utc("at")}, coalesce(to_char(month, 'YYYY-MM-DD'), ''),
           tables, versions, counts,
           ARRAY(SELECT {utc("s.t")} FROM unnest(starts) WITH ORDINALITY AS s(t, n) ORDER BY s.n),
           row_ids, leaves, total, root, previous, head, note, signature
    FROM public.vuokra_access_seal"""
RAW_TEXT = psycopg2.extensions.new_type((25,), "RAW_TEXT", psycopg2.extensions.BYTES)


def seal_from(row: Sequence[Any]) -> Seal:
    """A row of SEALS as a Seal."""
    values: list[Any] = [bytes(x) if isinstance(x, memoryview) else x for x in row]
    return Seal(*values)


def rows_query(table: str) -> str:
    """All rows of a log table by id: the id, then the canonical text in every version there is."""
    forms = [form.sql for (name, _), form in sorted(FORMS.items()) if name == table]
    return f"SELECT r.id, {', '.join(forms)} FROM public.{table} r ORDER BY r.id"


def open_cursor(connection: Any, name: str, query: str, size: int = FETCH) -> Any:
    """A server-side cursor that gives text as the bytes that came."""
    cursor = connection.cursor(name)
    cursor.itersize = size
    psycopg2.extensions.register_type(RAW_TEXT, cursor)
    cursor.execute(query)
    return cursor


def connect(database: str | None = None, **parameters: Any) -> Any:
    """A read-only connection that sees one moment of the database throughout."""
    connection = psycopg2.connect(database, **parameters)
    connection.set_session(isolation_level="REPEATABLE READ", readonly=True)
    connection.set_client_encoding("UTF8")
    with connection.cursor() as cursor:
        cursor.execute("SET search_path TO pg_catalog")
    return connection


def row_time(data: bytes) -> str:
    """A row's own time, as it stands in its canonical bytes."""
    return str(json.loads(data)[3])


class RowStream:
    """The rows of one table in the order of their ids; those not matched to a seal yet wait."""

    def __init__(self, connection: Any, table: str) -> None:
        self.table = table
        self.cursor = open_cursor(connection, f"rows_{table}", rows_query(table))
        self.ahead: list[tuple[Any, ...]] = []
        self.unmatched: dict[int, list[tuple[Any, ...]]] = {}
        self.count = 0

    def until(self, last: int) -> list[tuple[Any, ...]]:
        """The rows not given yet whose id is at most `last`."""
        taken: list[tuple[Any, ...]] = []
        while True:
            end = bisect_right(self.ahead, last, key=itemgetter(0))
            taken += self.ahead[:end]
            self.ahead = self.ahead[end:]
            if self.ahead or not self._fetch():
                self.count += len(taken)
                return taken

    def rest(self) -> Iterator[tuple[Any, ...]]:
        """Rows that no seal names: those passed by, then those after the last seal."""
        for rows in self.unmatched.values():
            yield from rows
        while self.ahead or self._fetch():
            self.count += len(self.ahead)
            yield from self.ahead
            self.ahead = []

    def _fetch(self) -> bool:
        self.ahead = self.cursor.fetchmany(FETCH)
        return bool(self.ahead)
