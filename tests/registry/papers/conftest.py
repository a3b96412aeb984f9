"""Invented people and browsers, as the room of people has them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.registry.persons.conftest import demo_mode, person, signed_in
from tests.vuokra.documents.conftest import company

__all__ = ["company", "demo_mode", "files", "person", "signed_in"]


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"
