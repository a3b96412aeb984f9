"""Micro-benchmarks of the encryption: opening many values, and rotating keys.

Each function gives one round as (baseline seconds, measured seconds); the two alternate, so that a
busy machine slows both. They take the model, so that they run on any table with encrypted columns.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import connection, models

from vuokra.access.codes import Action, Surface
from vuokra.access.context import Actor, open_access
from vuokra.access.stated import bulk_write, raw_sql
from vuokra.crypto import keyring, rotation
from vuokra.crypto.fields import SealedField
from vuokra.crypto.values import reveal_many
from vuokra.policy.roles import Purpose

REASON = "benchmark of the encryption"
REPEATED = 4  # readings timed together: not each one meets a full collection of garbage


def context() -> Any:
    """An access context of the benchmark."""
    return open_access(
        Actor.system("bench"), purpose=Purpose.VALVONTA, action=Action.EXPORT, surface=Surface.JOB
    )


def timed(work: Callable[[], object]) -> float:
    """Seconds that `work` takes.

    The garbage collector looks at what `work` makes and not at what was there before: a search
    through the whole process falls now into one round, now into another.
    """
    gc.collect()
    gc.freeze()
    start = time.perf_counter()
    work()
    took = time.perf_counter() - start
    gc.unfreeze()
    return took


def opening(
    model: type[models.Model], sealed: str, plain: str, rows: int = 10_000, turn: int = 0
) -> tuple[float, float]:
    """Reading a plain column of `rows` instances against reading and opening an encrypted one.

    An odd `turn` measures the second first.
    """
    columns = ["uuid", *filter(None, [_field(model, sealed).subject_attribute])]
    manager = model._default_manager.order_by("pk")

    def read() -> list[object]:
        return [getattr(row, plain) for row in manager.only(*columns, plain)[:rows]]

    def read_and_open() -> list[str | None]:
        return reveal_many(manager.only(*columns, sealed)[:rows], sealed)

    took: dict[object, float] = {}
    for work in (read_and_open, read) if turn % 2 else (read, read_and_open):
        with context():
            took[work] = timed(partial(_repeat, work)) / REPEATED
    return took[read], took[read_and_open]


def _repeat(work: Callable[[], object]) -> None:
    for _ in range(REPEATED):
        work()


def rotating(model: type[models.Model]) -> tuple[float, float]:
    """One plain UPDATE of the encrypted columns of all rows against rotating their key.

    The ring gets a new generation in memory only: what the round moved is moved back untimed.
    """
    table = next(t for t in rotation.sealed_tables() if t.model is model)
    ring = keyring.ring()
    with context():
        baseline = timed(lambda: _plain_update(table))
    with keyring.using(ring.next_generation()) as grown:
        measured = timed(lambda: rotation.rotate_table(table, lambda place, done: None))
        with keyring.using(keyring.KeyRing(grown.generations, ring.current, bytes(32))):
            rotation.rotate_table(table, lambda place, done: None)
    return baseline, measured


def _plain_update(table: rotation.SealedTable) -> None:
    assigned = ", ".join(f'"{f.column}" = "{f.column}" || \'\'::bytea' for f in table.fields)
    with raw_sql(REASON), bulk_write(REASON), connection.cursor() as cursor:
        cursor.execute(f'UPDATE "{table.name}" SET {assigned}')


def _field(model: type[models.Model], name: str) -> SealedField:
    field = model._meta.get_field(name)
    assert isinstance(field, SealedField)
    return field
