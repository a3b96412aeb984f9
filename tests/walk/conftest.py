"""A planted register, and clients that are signed in through the door."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import cache
from django.test import Client

from tests.people import PASSWORD
from tests.walk import world
from tests.walk.walker import Walk
from vuokra.policy.roles import Role


@pytest.fixture(autouse=True)
def light_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The product's hash with less memory; limits per address live in the cache."""
    monkeypatch.setattr(Argon2PasswordHasher, "memory_cost", 4096)
    cache.clear()


@pytest.fixture
def planted(db: None, settings: Any, tmp_path: Path) -> tuple[dict[str, str], dict[str, int]]:
    """What fills addresses and forms, and the row ids of the two persons."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return world.plant()


def start_walk(planted: tuple[dict[str, str], dict[str, int]], role: Role | str | None) -> Walk:
    """A walk as a role, with no role yet (""), or without sign-in (None)."""
    client = Client()
    if role is None:
        return Walk(client, None, *planted)
    user = world.walker(Role(role) if role else None)
    answer = client.post("/kirjaudu/", {"login": user.username, "password": PASSWORD})
    assert answer.status_code == 302, "sign-in"
    return Walk(client, user, *planted)
