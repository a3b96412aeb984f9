"""Telling how far a run is while its own transaction is open."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from django.db import connection

from vuokra.imports.models import Progress
from vuokra.imports.registry import Stage, Tell

EVERY = 0.5
"""Seconds between two entries."""


@contextmanager
def recorded(run_id: int) -> Iterator[Tell]:
    """A `Tell` that keeps the run's progress where others see it at once.

    A thread of its own has a database connection of its own, outside the open transaction.
    """
    last = (None, 0.0)

    def tell(stage: Stage, done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if stage is not last[0] or now - last[1] >= EVERY:
            last = (stage, now)  # type: ignore[assignment]
            thread.submit(_keep, run_id, stage, done, total).result()

    with ThreadPoolExecutor(1, thread_name_prefix="progress") as thread:
        try:
            yield tell
        finally:
            thread.submit(_close).result()


def _close() -> None:
    connection.close()


def _keep(run_id: int, stage: Stage, done: int, total: int) -> None:
    Progress.objects.filter(run_id=run_id).update(stage=stage, done=done, total=total)
