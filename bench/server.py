"""The bench's own database server: the product's settings, everything synced to disk."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.plugins.cluster import keys_name, manage, with_database
from vuokra.crypto import keyring
from vuokra.db import roles
from vuokra.db.attach import prepare_database, prepare_keys_database
from vuokra.db.server import SUPERUSER, Place, database_url, initialise, start

FOLDER_PREFIX = "vuokra-bench-"


@dataclass(frozen=True)
class Installation:
    """A migrated, empty register on a server of its own."""

    folder: Path
    environment: dict[str, str]
    superuser_url: str

    def superuser(self) -> Any:
        """An autocommit connection of the server's superuser."""
        return roles.connect(self.superuser_url)

    def run(self, statement: str, parameters: Any = None) -> list[Any]:
        """Run one statement as the superuser; its rows."""
        connection = self.superuser()
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement, parameters)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()

    def settle(self) -> None:
        """Leave no work behind for the database to do while something is measured."""
        for statement in ("VACUUM (ANALYZE)", "CHECKPOINT"):
            self.run(statement)


@contextmanager
def installation() -> Iterator[Installation]:
    """Start a server, migrate the databases `bench_*`, and take all away at the end."""
    folder = Path(tempfile.mkdtemp(prefix=FOLDER_PREFIX, dir="/tmp"))
    try:
        folder.chmod(0o711)  # our own fresh folder: the server's account passes through
        place = Place.at(folder / "data", folder / "postgres.log")
        socket_dir = folder / "socket"
        socket_dir.mkdir(mode=0o700)
        place.give_to_server(socket_dir)
        passwords = {role: secrets.token_urlsafe(16) for role in (SUPERUSER, *roles.ROLES)}
        initialise(place, passwords[SUPERUSER])
        server = start(place, socket_dir, passwords[SUPERUSER])
        try:
            yield _migrated(folder, socket_dir, passwords)
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _migrated(folder: Path, socket_dir: Path, passwords: dict[str, str]) -> Installation:
    name = f"bench_{secrets.token_hex(3)}"
    admin = database_url(socket_dir, SUPERUSER, passwords[SUPERUSER], "postgres")
    connection = roles.connect(admin)
    roles.run(connection, roles.role_statements())
    roles.set_passwords(connection, {role: passwords[role] for role in roles.ROLES})
    roles.create_database(connection, name, roles.OWNER)
    roles.create_database(connection, keys_name(name), roles.KEYS)
    connection.close()
    prepare_database(with_database(admin, name), name)
    prepare_keys_database(with_database(admin, keys_name(name)), keys_name(name))
    environment = {
        variable: database_url(
            socket_dir, role, passwords[role], keys_name(name) if role == roles.KEYS else name
        )
        for variable, role in roles.URL_VARIABLES.items()
    } | _settings(folder)
    manage("migrate_all", "--verbosity=0", env=environment | {"VUOKRA_PROCESS": "owner"})
    return Installation(folder, environment, with_database(admin, name))


def _settings(folder: Path) -> dict[str, str]:
    var = folder / "var"
    (var / "static").mkdir(parents=True)
    keyring.create(var / "keys.json")
    return {
        "VUOKRA_VAR": str(var),
        "VUOKRA_PROCESS": "app",
        "VUOKRA_SECRET_KEY": secrets.token_urlsafe(48),
        "VUOKRA_KEYRING_FILE": str(var / "keys.json"),
        "VUOKRA_DEMO": "1",
        "VUOKRA_EMBEDDED": "1",
        "VUOKRA_DEBUG": "0",
        "VUOKRA_ACCESS_STRICT": "0",
        "DJANGO_SETTINGS_MODULE": "vuokra.settings",
        "PATH": os.environ.get("PATH", os.defpath),
    }
