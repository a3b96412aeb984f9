"""A queue with kinds of the test's own, and browsers signed in as one role each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.registry.persons.conftest import demo_mode, person, signed_in
from vuokra.desk import rows

__all__ = ["demo_mode", "empty_desk", "person", "signed_in"]


@pytest.fixture
def empty_desk() -> Iterator[None]:
    """A desk without the rooms' kinds; they are put back afterwards."""
    kept = dict(rows._sources)
    rows._sources.clear()
    yield
    rows._sources.clear()
    rows._sources.update(kept)
