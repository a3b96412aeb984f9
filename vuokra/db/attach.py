"""Who runs the server: one process starts it, others attach to it, the starter stops it last.

`server.lock` is held by the process whose child the server is. `server.users` is shared by the
processes attached to it; a starter that is only a command waits until nobody holds it. Both are
flocks, which the kernel drops when a process dies, however it dies.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from vuokra.db import roles
from vuokra.db.binaries import package_dir
from vuokra.db.errors import ServerError
from vuokra.db.instance import Instance, write_private
from vuokra.db.server import (
    SOCKET_PARENT,
    SOCKET_PREFIX,
    SUPERUSER,
    Place,
    Server,
    database_url,
    initialise,
    make_socket_dir,
    start,
)

READY_SECONDS = 120


@dataclass
class Lease:
    """Our share in the running server; `server` is set when it is our own child."""

    instance: Instance
    socket_dir: Path
    users: IO[str]
    lock: IO[str] | None = None
    server: Server | None = None

    def environment(self) -> dict[str, str]:
        """What a process needs to use this installation."""
        passwords = self.instance.passwords()
        urls = {
            variable: database_url(
                self.socket_dir,
                role,
                passwords[role],
                roles.KEYS_DATABASE if role == roles.KEYS else roles.DATABASE,
            )
            for variable, role in roles.URL_VARIABLES.items()
        }
        return {
            **urls,
            "VUOKRA_SECRET_KEY": self.instance.secret_key(),
            "VUOKRA_KEYRING_FILE": str(self.instance.keyring),
            "VUOKRA_EMBEDDED": "1",
            "VUOKRA_DEMO": "1",
        }

    def superuser_url(self, database: str = "postgres") -> str:
        """The address of the server's superuser, for making databases."""
        password = self.instance.passwords()[SUPERUSER]
        return database_url(self.socket_dir, SUPERUSER, password, database)

    def programs(self) -> Path:
        """The folder of psql, pg_dump and the others, readable by ourselves."""
        return package_dir() / "bin"

    def release(self, *, wait_for_users: bool = True) -> None:
        """Let go; a starter stops the server, after the attached users when it may wait."""
        if self.server is None or self.lock is None:
            self.users.close()
            return
        try:
            if wait_for_users:
                _wait_for_users(self.users)
        finally:
            _state_file(self.instance).unlink(missing_ok=True)
            self.server.stop()
            self.lock.close()
            self.users.close()


def acquire(instance: Instance) -> Lease:
    """Attach to the running server of the installation, or start it.

    Raises ServerError when it cannot be started, or is not ready in two minutes.
    """
    users = _open(instance.var / "server.users")
    lock = _open(instance.var / "server.lock")
    deadline = time.monotonic() + READY_SECONDS
    while True:
        fcntl.flock(users, fcntl.LOCK_SH)
        if _try_lock(lock):
            fcntl.flock(users, fcntl.LOCK_UN)
            try:
                server = _start(instance)
            except BaseException:
                lock.close()
                users.close()
                raise
            return Lease(instance, server.socket_dir, users, lock, server)
        state = _read_state(instance)
        if state is not None and state["ready"] and _alive(state["pid"]):
            lock.close()
            return Lease(instance, Path(state["socket"]), users)
        fcntl.flock(users, fcntl.LOCK_UN)
        if time.monotonic() > deadline:
            raise ServerError(f"The server started by another process is not ready: {state}")
        time.sleep(0.1)


def _start(instance: Instance) -> Server:
    _sweep(instance)
    instance.check()
    place = Place.at(instance.data, instance.log)
    passwords = instance.passwords()
    instance.make_home()
    if not instance.data.exists():
        initialise(place, passwords[SUPERUSER])
    socket_dir = make_socket_dir(place)
    _write_state(instance, socket_dir, ready=False)
    server: Server | None = None
    try:
        server = start(place, socket_dir, passwords[SUPERUSER])
        provide(socket_dir, passwords)
        instance.make_keys()
        instance.secret_key()
        _write_state(instance, socket_dir, ready=True)
    except BaseException:
        if server is not None:
            server.stop()
        _sweep(instance)
        raise
    return server


def provide(socket_dir: Path, passwords: dict[str, str]) -> None:
    """Roles, passwords, the two databases and their privileges; repeatable."""

    def url(database: str) -> str:
        return database_url(socket_dir, SUPERUSER, passwords[SUPERUSER], database)

    connection = roles.connect(url("postgres"))
    try:
        roles.run(connection, roles.role_statements())
        roles.set_passwords(connection, {role: passwords[role] for role in roles.ROLES})
        roles.run(connection, ["REVOKE CONNECT ON DATABASE postgres, template1 FROM PUBLIC"])
        roles.create_database(connection, roles.DATABASE, roles.OWNER)
        roles.create_database(connection, roles.KEYS_DATABASE, roles.KEYS)
    finally:
        connection.close()
    prepare_database(url(roles.DATABASE), roles.DATABASE)
    prepare_keys_database(url(roles.KEYS_DATABASE), roles.KEYS_DATABASE)


def prepare_database(url: str, name: str) -> None:
    """Privileges of the register's database, as its owner or above."""
    _run(url, [*roles.database_statements(name), *roles.schema_statements()])


def prepare_keys_database(url: str, name: str) -> None:
    """Privileges of the subject keys' database, as its owner or above."""
    _run(url, roles.keys_statements(name))


def _run(url: str, statements: list[str]) -> None:
    connection = roles.connect(url)
    try:
        roles.run(connection, statements)
    finally:
        connection.close()


def _open(path: Path) -> IO[str]:
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+")


def _try_lock(file: IO[str], kind: int = fcntl.LOCK_EX) -> bool:
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _wait_for_users(users: IO[str]) -> None:
    if not _try_lock(users):
        print(
            "The database server is in use by another command; waiting for it. "
            "Ctrl-C stops the server now.",
            file=sys.stderr,
        )
        try:
            fcntl.flock(users, fcntl.LOCK_EX)
        except KeyboardInterrupt:
            return


def _state_file(instance: Instance) -> Path:
    return instance.var / "server.json"


def _write_state(instance: Instance, socket_dir: Path, *, ready: bool) -> None:
    state = {"pid": os.getpid(), "socket": str(socket_dir), "ready": ready}
    write_private(_state_file(instance), json.dumps(state))


def _read_state(instance: Instance) -> dict[str, Any] | None:
    try:
        state: dict[str, Any] = json.loads(_state_file(instance).read_text())
    except FileNotFoundError:
        return None
    return state


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _sweep(instance: Instance) -> None:
    """Clear what a starter that was killed left behind. The caller holds the lock."""
    state = _read_state(instance)
    if state is None:
        return
    folder = Path(state["socket"])
    if folder.name.startswith(SOCKET_PREFIX) and folder.parent == SOCKET_PARENT:
        shutil.rmtree(folder, ignore_errors=True)
    _state_file(instance).unlink()
