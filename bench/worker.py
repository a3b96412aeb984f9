"""A process of one variant: it runs the functions it is told to, in its own settings.

The bench writes one JSON line per call to its standard input and reads one line back, so that
variants with different settings can be measured by turns against the same database.
"""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

from bench.server import Installation

ROOT = Path(__file__).resolve().parent.parent


class WorkerFailed(RuntimeError):
    """A function of a worker raised; the text is its traceback."""


class Worker:
    """The bench's end. Leaving the block ends the process."""

    def __init__(self, place: Installation, settings: str, **environment: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env=place.environment | environment | {"DJANGO_SETTINGS_MODULE": settings},
        )

    def __enter__(self) -> Worker:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.close()
        self._process.wait(30)
        self._process.stdout.close()

    def call(self, function: str, **arguments: Any) -> Any:
        """Run `module:function` there; what it returned. Raises WorkerFailed."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps([function, arguments]) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise WorkerFailed(f"{function}: the process ended")
        failed, result = json.loads(answer)
        if failed:
            raise WorkerFailed(f"{function}:\n{result}")
        return result


@contextmanager
def background(place: Installation) -> Iterator[None]:
    """The product's own worker beside the bench, as the server starts it."""
    command = [sys.executable, "manage.py", "db_worker", "--queue-name=*", "--no-startup-delay"]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=place.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait(60)


def serve() -> None:
    """The worker's end: calls on standard input until it is closed."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what a function prints must not stand among the answers
    import django

    django.setup()
    from vuokra.db.checks import require_guarded

    require_guarded()
    for line in sys.stdin:
        answers.write(json.dumps(_answer(*json.loads(line))) + "\n")
        answers.flush()


def _answer(function: str, arguments: dict[str, Any]) -> tuple[bool, Any]:
    module, _, name = function.partition(":")
    try:
        return False, getattr(importlib.import_module(module), name)(**arguments)
    except Exception:
        return True, traceback.format_exc()


if __name__ == "__main__":
    serve()
