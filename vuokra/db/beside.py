"""Writing beside an open transaction, so that others see at once how far a long work is."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import ParamSpec

from django.db import connection

P = ParamSpec("P")
EVERY = 0.5
"""Seconds between two entries of the same stage."""


@contextmanager
def beside(keep: Callable[P, object], *, name: str) -> Iterator[Callable[P, None]]:
    """A function that calls `keep` now and then in a thread with a database connection of its own.

    It keeps what has a first argument unlike the last one, and else one entry every half second.
    """
    last: tuple[object, float] = (None, 0.0)

    def tell(*args: P.args, **kwargs: P.kwargs) -> None:
        nonlocal last
        now, stage = time.monotonic(), args[0] if args and isinstance(args[0], str) else ""
        if stage != last[0] or now - last[1] >= EVERY:
            last = (stage, now)
            thread.submit(keep, *args, **kwargs).result()

    with ThreadPoolExecutor(1, thread_name_prefix=name) as thread:
        try:
            yield tell
        finally:
            thread.submit(_close).result()


def _close() -> None:
    connection.close()  # that of the thread it runs in
