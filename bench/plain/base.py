"""Django's PostgreSQL backend; only what the access context asks of a connection is added."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """A plain connection."""

    @contextmanager
    def following(self, plan: object) -> Iterator[None]:
        """No plan is followed."""
        yield

    @contextmanager
    def trusted_cursor(self) -> Iterator[Any]:
        """Any cursor will do where none is watched."""
        with self.cursor() as cursor:
            yield cursor
