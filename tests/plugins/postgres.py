"""pytest plugin: the database server of the run and the settings that point at it.

Loaded by `-p`, because pytest-django reads the settings before any conftest.py. The controller
starts a server in a temporary folder; xdist workers inherit its address. A given server is used
instead: VUOKRA_TEST_SERVER_URL (a superuser of a server that may be played with), or all the
addresses of a ready one (DATABASE_URL, DATABASE_OWNER_URL … KEYS_DATABASE_URL), whose owner may
create databases and is a member of the keys role. VUOKRA_TEST_POSTGRES names the `bin` folder of
another PostgreSQL to start instead of the package's.
"""

from __future__ import annotations

import dataclasses
import fcntl
import os
import secrets
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.plugins.cluster import VARIABLE, Cluster, new_run, with_database
from vuokra.db import roles
from vuokra.db.attach import provide
from vuokra.db.server import (
    FOR_TESTS,
    LOCALE,
    SUPERUSER,
    Place,
    Server,
    database_url,
    initialise,
    start,
)

FOLDER_PREFIX = "vuokra-test-"
GIVEN_SERVER = "VUOKRA_TEST_SERVER_URL"
OTHER_PROGRAMS = "VUOKRA_TEST_POSTGRES"
# The long tests write tens of thousands of rows in one transaction. A vacuum that comes by
# meanwhile counts none of them, and what is asked then is planned for empty tables: minutes instead
# of a second, now and then.
LONG = {"autovacuum": "off"}


class Run:
    """What the controller holds for the length of the run."""

    def __init__(self, *, long: bool) -> None:
        self.long = long
        sweep()
        self.folder = Path(tempfile.mkdtemp(prefix=FOLDER_PREFIX, dir="/tmp"))
        self.lock = (self.folder / "owner.lock").open("w")
        fcntl.flock(self.lock, fcntl.LOCK_EX)
        self.server: Server | None = None
        try:
            self.cluster = self._given() or self._own()
        except BaseException:
            self.close()
            raise
        self.cluster.publish()

    def _given(self) -> Cluster | None:
        if admin := os.environ.get(GIVEN_SERVER):
            passwords = {role: secrets.token_urlsafe(16) for role in roles.ROLES}
            connection = roles.connect(admin)
            roles.run(connection, roles.role_statements())
            roles.set_passwords(connection, passwords)
            connection.close()
            urls = {
                variable: _as_role(admin, role, passwords[role])
                for variable, role in roles.URL_VARIABLES.items()
            }
        elif "DATABASE_URL" in os.environ:
            missing = [name for name in roles.URL_VARIABLES if name not in os.environ]
            if missing:
                raise pytest.UsageError(f"DATABASE_URL is given, {', '.join(missing)} not")
            urls = {name: os.environ[name] for name in roles.URL_VARIABLES}
            admin = urls["DATABASE_OWNER_URL"]
        else:
            return None
        return Cluster(run=new_run(), folder=str(self.folder), admin=admin, urls=urls)

    def _own(self) -> Cluster:
        self.folder.chmod(0o711)  # our own fresh folder: the server's account passes through
        place = Place.at(self.folder / "data", self.folder / "postgres.log")
        locale: tuple[str, ...] = LOCALE
        if programs := os.environ.get(OTHER_PROGRAMS):
            place = dataclasses.replace(place, programs=Path(programs))
            locale = ("--locale=C.UTF-8",)  # PostgreSQL has its own C.UTF-8 since 17 only
        socket_dir = self.folder / "socket"
        socket_dir.mkdir(mode=0o700)
        place.give_to_server(socket_dir)
        passwords = {role: secrets.token_urlsafe(16) for role in (SUPERUSER, *roles.ROLES)}
        initialise(place, passwords[SUPERUSER], sync=False, locale=locale)
        extra = FOR_TESTS | {"max_connections": "200"} | (LONG if self.long else {})
        self.server = start(place, socket_dir, passwords[SUPERUSER], extra=extra)
        provide(socket_dir, passwords)
        urls = {
            variable: database_url(socket_dir, role, passwords[role], roles.DATABASE)
            for variable, role in roles.URL_VARIABLES.items()
        }
        admin = database_url(socket_dir, SUPERUSER, passwords[SUPERUSER], "postgres")
        return Cluster(run=new_run(), folder=str(self.folder), admin=admin, urls=urls)

    def close(self) -> None:
        if self.server is not None:
            self.server.stop()
        elif hasattr(self, "cluster"):
            self.cluster.drop(self.cluster.name("template"))
        shutil.rmtree(self.folder, ignore_errors=True)
        self.lock.close()


def _as_role(admin: str, role: str, password: str) -> str:
    """The admin's address with another role and password."""
    head, _, tail = admin.partition("://")
    _credentials, at, rest = tail.rpartition("@")
    return with_database(f"{head}://{role}:{password}@{rest if at else tail}", "postgres")


def sweep() -> None:
    """Remove folders of runs that were killed: nobody holds their lock any more."""
    for folder in Path("/tmp").glob(f"{FOLDER_PREFIX}*"):
        try:
            if folder.stat().st_uid != os.geteuid():
                continue
            lock = (folder / "owner.lock").open()
        except FileNotFoundError:
            continue  # another run has just begun or ended
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            shutil.rmtree(folder, ignore_errors=True)


def worker() -> str:
    """The name of this xdist worker, or `main`."""
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None]:
    """Before the settings are read: a server, and the addresses of this worker's databases."""
    if VARIABLE not in os.environ:
        run = Run(long=early_config.known_args_namespace.markexpr == "full")
        early_config.add_cleanup(run.close)
        early_config.add_cleanup(lambda: os.environ.pop(VARIABLE))
        _set_environment(run.folder)
    cluster = Cluster.current()
    os.environ.update(cluster.environment(cluster.name(worker())))
    return (yield)


def _set_environment(folder: Path) -> None:
    from vuokra.crypto import keyring

    keyring.create(folder / "keys.json")
    os.environ.update(
        {
            "VUOKRA_PROCESS": "app",
            "VUOKRA_SECRET_KEY": secrets.token_urlsafe(48),
            "VUOKRA_KEYRING_FILE": str(folder / "keys.json"),
            "VUOKRA_HOSTS": "localhost,127.0.0.1,testserver",
            "VUOKRA_ACCESS_STRICT": "1",
        }
    )
    for name in ("VUOKRA_DEMO", "VUOKRA_EMBEDDED", "VUOKRA_DEBUG"):
        os.environ.pop(name, None)
