"""System check: there is a key ring and it fits the database.

It runs where the database is in use (`migrate`, `check --database default`); `/readyz` asks
`canary.verify` of every process. Commands that touch no data need no keys.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.db import DEFAULT_DB_ALIAS, connection

from vuokra.crypto import canary
from vuokra.crypto.errors import KeyRingError, KeysDoNotFit
from vuokra.crypto.keyring import ring
from vuokra.crypto.models import KeyCanary


@checks.register(checks.Tags.database)
def keys_fit_the_data(
    databases: Sequence[str] | None = None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """Before the first migration there is nothing to compare."""
    if DEFAULT_DB_ALIAS not in (databases or ()):
        return []
    try:
        if KeyCanary._meta.db_table in _table_names():
            canary.check_planted(ring())
    except (KeyRingError, KeysDoNotFit) as error:
        return [checks.Error(str(error), id="vuokra.crypto.E010")]
    return []


def _table_names() -> list[str]:
    with connection.trusted_cursor() as cursor:  # type: ignore[attr-defined]  # our own backend
        return connection.introspection.table_names(cursor)
