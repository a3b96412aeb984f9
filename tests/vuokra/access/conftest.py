from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from psycopg2.extensions import connection as Connection

from tests.vuokra.access.sealed import SealedLog
from vuokra.db import roles


@pytest.fixture
def log(
    committed_db: str,
    as_role: Callable[[str], Connection],
    as_superuser: Connection,
    tmp_path: Path,
) -> Iterator[SealedLog]:
    """An empty log in a database of its own, with a sealer and exported heads."""
    opened = SealedLog(as_role(roles.APP), as_superuser, tmp_path)
    _give_context(opened.app)
    yield opened
    opened.close()


def _give_context(connection: Connection) -> None:
    """Session-wide, because these tests write without the application."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('vuokra.access_id', gen_random_uuid()::text, false), "
            "set_config('vuokra.actor', 'user:7', false)"
        )
