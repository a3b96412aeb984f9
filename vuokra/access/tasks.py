"""Background work that reads personal data: each run is an access context of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from vuokra.access.codes import Action, Kind, Surface
from vuokra.access.context import Actor, open_access
from vuokra.policy.roles import Purpose

P = ParamSpec("P")
R = TypeVar("R")


def accessing(
    *, purpose: Purpose, action: Action = Action.RUN, surface: Surface = Surface.JOB
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Run a task in an access context named after it.

    Put it under `@task()`. Arguments of tasks are ids only: they are stored in the queue.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            with open_access(
                Actor.system(function.__name__),
                purpose=purpose,
                action=action,
                surface=surface,
                kind=Kind.TASK,
                route=f"{function.__module__}.{function.__name__}",
            ):
                return function(*args, **kwargs)

        return run

    return decorate
