"""Access contexts and sealed rows for the tests of the encryption."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.prototype.models import PrototypeSecret
from vuokra.access.codes import Action, Surface
from vuokra.access.context import AccessContext, Actor, open_access
from vuokra.access.stated import bulk_write, raw_sql
from vuokra.crypto import keyring
from vuokra.crypto.keyring import KeyRing
from vuokra.policy.roles import Purpose

HETU = "010203A911D"
OTHER_HETU = "010203B911D"


def opened(actor: Actor | None = None) -> AbstractContextManager[AccessContext]:
    """An access context of a job, or of `actor`."""
    return open_access(
        actor or Actor.system("test"),
        purpose=Purpose.VALVONTA,
        action=Action.VIEW,
        surface=Surface.DETAIL,
    )


@contextmanager
def sql() -> Iterator[Any]:
    """A cursor for what the ORM refuses to do."""
    reason = "raw SQL of a test"
    with raw_sql(reason), bulk_write(reason), connection.cursor() as cursor:
        yield cursor


def reveals(context: AccessContext) -> list[dict[str, object]]:
    """What the context will say was revealed."""
    return [entry for entry in context.detail() if entry["kind"] == "reveal"]


@pytest.fixture
def context(db: None) -> Iterator[AccessContext]:
    with opened() as ctx:
        yield ctx


@pytest.fixture
def secret(context: AccessContext) -> PrototypeSecret:
    """A saved row with a hetu, freshly read."""
    row = PrototypeSecret.objects.create(person_id=71, hetu=HETU)
    return PrototypeSecret.objects.get(pk=row.pk)


@pytest.fixture
def ring() -> Iterator[KeyRing]:
    """The ring in use; a test may put others in its place with keyring.using."""
    before = keyring.ring()
    with keyring.using(before):
        yield before


@pytest.fixture
def key_file(tmp_path: Path, settings: object, ring: KeyRing) -> Path:
    """A key file of the test's own, in use."""
    path = tmp_path / "keys.json"
    settings.KEYRING_FILE, settings.KEYRING = str(path), ""  # type: ignore[attr-defined]
    keyring.create(path)
    keyring.reload()
    return path
