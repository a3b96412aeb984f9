"""Fixtures of the log and of installations, for processes that are killed."""

from __future__ import annotations

from tests.run.conftest import var
from tests.vuokra.access.conftest import log

__all__ = ["log", "var"]
