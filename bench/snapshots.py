"""In a worker: the snapshot of a decision against its bare INSERT.

The bare tables are copies of the product's with their defaults, checks, indexes and foreign keys:
without triggers, row log, row-level security and access event, filled by one statement each.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from bench.applying import TODAY
from bench.data import context

DECISION, COMPARED = "applications_selection_decision", "applications_selection_compared"
BARE = {DECISION: "bench_decision", COMPARED: "bench_compared"}
FOREIGN = (
    ("bench_decision", "round_id", "applications_selection_round"),
    ("bench_decision", "application_id", "applications_intake_application"),
    ("bench_compared", "application_id", "applications_intake_application"),
    ("bench_compared", "decision_id", "bench_decision"),
)

Rows = dict[str, tuple[list[str], list[Any]]]
"""Columns and rows by table."""


def prepare(url: str) -> None:
    """Make the bare tables; `url` is the superuser's."""
    connection = _connected(url)
    with connection, connection.cursor() as cursor:
        for table, bare in BARE.items():
            cursor.execute(f"CREATE TABLE {bare} (LIKE {table} INCLUDING ALL)")
        for table, column, other in FOREIGN:
            cursor.execute(f"ALTER TABLE {table} ADD FOREIGN KEY ({column}) REFERENCES {other}")
    connection.close()


@dataclass
class Took:
    """Seconds of one decision: what is compared read and judged, with the event of that reading;
    the snapshot worked out and hashed; written with its log and event and committed; the same rows
    written bare."""

    compared: float = 0.0
    frozen: float = 0.0
    written: float = 0.0
    bare: float = 0.0


def deciding(round_id: int, url: str) -> tuple[dict[str, float], int]:
    """What a decision took, and how many households were compared."""
    from applications.selection.models import Decision

    took = _decided(round_id)
    with context():
        latest = Decision.objects.latest("pk").pk
    connection = _connected(url)
    try:
        rows = _rows(connection, latest)
        took.bare = _bare(connection, rows)
        _lapse(latest)
        return asdict(took), len(rows[COMPARED][1])
    finally:
        connection.close()


def _decided(round_id: int) -> Took:
    """Choose the first for a selection without what would refuse a second decision of it. Reading
    and writing have an event each."""
    from applications.intake.models import Application
    from applications.selection.queries.comparison import asked_of, comparison
    from applications.selection.queries.page import round_by_id
    from applications.selection.services import Choice, deciding

    took = Took()
    with ExitStack() as stack:
        stack.enter_context(context())
        row = round_by_id(round_id)
        asked = asked_of(row, TODAY)
        assert asked is not None
        began = time.perf_counter()
        all_ = comparison(row, asked, TODAY)
        first = all_.waiting()[0]
        chosen = Application.objects.get(pk=int(first.id))
    took.compared = time.perf_counter() - began
    with ExitStack() as stack:
        stack.enter_context(context())
        stack.enter_context(_timing(took, "_frozen"))
        stack.enter_context(_timing(took, "digest"))
        began = time.perf_counter()
        deciding._saved(row, chosen, Choice(), all_, 1, TODAY)
    took.written = time.perf_counter() - began - took.frozen
    return took


@contextmanager
def _timing(took: Took, name: str) -> Iterator[None]:
    """Count what a step of the decision takes as working the snapshot out."""
    from applications.selection.services import deciding

    step = getattr(deciding, name)

    def timed(*given: object) -> object:
        began = time.perf_counter()
        made = step(*given)
        took.frozen += time.perf_counter() - began
        return made

    setattr(deciding, name, timed)
    try:
        yield
    finally:
        setattr(deciding, name, step)


def _connected(url: str) -> Any:
    import psycopg2

    return psycopg2.connect(url)


def _lapse(decision: int) -> None:
    """Another is chosen for the flat only when nobody waits: passed over, this choice came to
    nothing, also when that is taken back."""
    from applications.selection import services
    from applications.selection.models import Decision, SkipReason

    with context():
        row = Decision.objects.select_related("round", "application").get(pk=decision)
        assert row.application is not None
        made = services.skip(
            row.round, row.application, SkipReason.OTHER, "Seuraava mittaus.", today=TODAY
        )
        services.take_back_skip(made, today=TODAY)


def _rows(connection: Any, decision: int) -> Rows:
    found: Rows = {}
    with connection, connection.cursor() as cursor:
        for table, key in ((DECISION, "id"), (COMPARED, "decision_id")):
            cursor.execute(f"SELECT * FROM {table} WHERE {key} = %s", [decision])
            columns = [f'"{one.name}"' for one in cursor.description]
            shown = ", ".join(f"{one}::text" for one in columns)  # as they are sent again
            cursor.execute(f"SELECT {shown} FROM {table} WHERE {key} = %s", [decision])
            found[table] = columns, cursor.fetchall()
    return found


def _bare(connection: Any, rows: Rows) -> float:
    """Seconds in which the same rows are written to the bare tables and committed."""
    with connection, connection.cursor() as cursor:
        cursor.execute("TRUNCATE bench_decision, bench_compared")
    began = time.perf_counter()
    with connection, connection.cursor() as cursor:
        for table, bare in BARE.items():
            columns, values = rows[table]
            one = f"({', '.join(['%s'] * len(columns))})"
            several = ", ".join([one] * len(values))
            cursor.execute(
                f"INSERT INTO {bare} ({', '.join(columns)}) VALUES {several}",
                [value for row in values for value in row],
            )
    return time.perf_counter() - began
