"""The PostgreSQL server of a test run: databases are cloned from a template migrated once."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlsplit

from psycopg2 import sql
from psycopg2.extensions import connection as Connection

from vuokra.db import attach, roles

ROOT = Path(__file__).resolve().parent.parent.parent
VARIABLE = "VUOKRA_TEST_CLUSTER"


@dataclass(frozen=True)
class Cluster:
    """Addresses of one server. Kept in the environment, so workers and subprocesses share it."""

    run: str  # names of this run's databases begin with it
    folder: str  # temporary, for keys and locks
    admin: str  # address of a role that may create databases
    urls: dict[str, str]  # by environment variable; the name of the database is replaced

    @classmethod
    def current(cls) -> Cluster:
        return cls(**json.loads(os.environ[VARIABLE]))

    def publish(self) -> None:
        os.environ[VARIABLE] = json.dumps(asdict(self))

    def environment(self, name: str) -> dict[str, str]:
        """What makes a process use the databases `name` and `name`_keys."""
        return {
            variable: with_database(url, keys_name(name) if "KEYS" in variable else name)
            for variable, url in self.urls.items()
        }

    def name(self, suffix: str) -> str:
        return f"{self.run}_{suffix}"

    def connect(self, database: str | None = None) -> Connection:
        """An autocommit connection of the role that may create databases."""
        return roles.connect(with_database(self.admin, database) if database else self.admin)

    def template(self) -> str:
        """The migrated template; the first process that asks makes it, the others wait."""
        name, done = self.name("template"), Path(self.folder, "template-done")
        with self._lock("template"):
            if not done.exists():
                self._make_template(name)
                done.touch()
        return name

    def _make_template(self, name: str) -> None:
        self._create(name, "template1", "template1")
        attach.prepare_database(with_database(self.admin, name), name)
        attach.prepare_keys_database(with_database(self.admin, keys_name(name)), keys_name(name))
        manage("migrate_all", env=self.environment(name) | {"VUOKRA_PROCESS": "owner"})

    def clone(self, name: str) -> None:
        """Make the databases `name` and `name`_keys out of the template."""
        template = self.template()
        with self._lock("template"):  # a template admits one copier at a time
            self._create(name, template, keys_name(template))
        for database, statements in (  # a database's own privileges are not copied
            (name, roles.database_statements(name)),
            (keys_name(name), roles.keys_statements(keys_name(name))),
        ):
            connection = self.connect(database)
            roles.run(connection, statements)
            connection.close()

    def drop(self, name: str) -> None:
        connection = self.connect()
        with connection.cursor() as cursor:
            for database in (name, keys_name(name)):
                cursor.execute(
                    sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(
                        sql.Identifier(database)
                    )
                )
        connection.close()

    @contextmanager
    def cloned(self, suffix: str) -> Iterator[str]:
        """Freshly cloned databases that are dropped at the end; gives the name."""
        name = self.name(suffix)
        self.clone(name)
        try:
            yield name
        finally:
            self.drop(name)

    def _create(self, name: str, template: str, keys_template: str) -> None:
        connection = self.connect()
        roles.create_database(connection, name, roles.OWNER, template)
        roles.create_database(connection, keys_name(name), roles.KEYS, keys_template)
        connection.close()

    @contextmanager
    def _lock(self, name: str) -> Iterator[None]:
        with Path(self.folder, f"{name}.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def new_run() -> str:
    return f"vuokra_test_{secrets.token_hex(3)}"


def keys_name(name: str) -> str:
    return f"{name}_keys"


def with_database(url: str, name: str) -> str:
    """The same address with another database."""
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def manage(*arguments: str, env: dict[str, str]) -> str:
    """Run `manage.py` with `env` on top of our own; its output. Raises when it fails."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *arguments],
        env=os.environ | env,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"manage.py {' '.join(arguments)}:\n{done.stdout}\n{done.stderr}")
    return done.stdout
