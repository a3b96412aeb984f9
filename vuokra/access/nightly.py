"""What is done every night: rooms register their jobs, one command runs them all.

A job runs in an access context of its own; one that fails does not keep the others from running.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from vuokra.access.codes import Action, Kind, Surface
from vuokra.access.context import Actor, open_access
from vuokra.policy.roles import Purpose

log = logging.getLogger(__name__)
Work = Callable[[], int]


@dataclass(frozen=True)
class Job:
    """One job of the night; `work` gives the number of things it dealt with."""

    name: str
    work: Work


_jobs: dict[str, Job] = {}


def register(name: str, work: Work) -> None:
    """Add a job; called from a room's `AppConfig.ready`. Raises ValueError for a name in use."""
    if name in _jobs:
        raise ValueError(f"There is a nightly job {name} already.")
    _jobs[name] = Job(name, work)


def run_all() -> Iterator[tuple[str, int | None]]:
    """Run every job by name; gives each name and its number, None for one that failed."""
    for name in sorted(_jobs):
        try:
            yield name, _run(_jobs[name])
        except Exception:
            log.exception("The nightly job %s failed", name)
            yield name, None


def _run(job: Job) -> int:
    with open_access(
        Actor.system(f"nightly:{job.name}"),
        purpose=Purpose.VALVONTA,
        action=Action.RUN,
        surface=Surface.JOB,
        kind=Kind.TASK,
        route=f"nightly:{job.name}",
    ):
        return job.work()
