"""The database address of this process for code that must not go through Django.

The sealer and the verifier hold their own connection: they read the log itself, with roles that
can read nothing else, and must work when the application does not.
"""

from __future__ import annotations

from typing import Any

from django.db import connection


def parameters() -> dict[str, Any]:
    """psycopg2's parameters for the default database in this process's role."""
    known = connection.get_connection_params()
    wanted = ("dbname", "user", "password", "host", "port", "sslmode", "sslrootcert", "service")
    return {name: known[name] for name in wanted if known.get(name)}
