"""Telling how far a run is while its own transaction is open."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from vuokra.db.beside import beside
from vuokra.imports.models import Progress
from vuokra.imports.registry import Stage, Tell


@contextmanager
def recorded(run_id: int) -> Iterator[Tell]:
    """A `Tell` that keeps the run's progress where others see it at once."""

    def keep(stage: Stage, done: int, total: int) -> None:
        Progress.objects.filter(run_id=run_id).update(stage=stage, done=done, total=total)

    with beside(keep, name="progress") as tell:
        yield tell
