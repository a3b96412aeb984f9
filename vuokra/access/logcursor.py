"""The cursor that the log's own statements use: the raw-SQL guard lets it through."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any, cast

from django.db import connection


def log_cursor() -> AbstractContextManager[Any]:
    """A trusted cursor of the open connection; for this package alone (a test sees to it)."""
    return cast("Any", connection).trusted_cursor()
