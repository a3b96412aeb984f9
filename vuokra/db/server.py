"""The embedded PostgreSQL server: made, started and stopped by us, reachable by us alone.

It listens on a socket in a closed folder only, asks everybody for a password (SCRAM), and writes
nothing into its log that could hold a value: psycopg2 puts values into the statement text, and
PostgreSQL quotes them in error messages, so neither statements nor errors are logged.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import quote

import psycopg2

from vuokra.db.binaries import programs_dir, server_account
from vuokra.db.children import start_child
from vuokra.db.errors import ServerError

SUPERUSER = "postgres"
PORT = 5432
SOCKET_PARENT = Path("/tmp")  # short: a socket's path may have 107 bytes at most
SOCKET_PREFIX = "vuokra-socket-"
START_SECONDS = 60
STOP_SECONDS = 60
LOG_LIMIT = 10 * 1024 * 1024

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0777",  # the folder is what is closed
    "port": str(PORT),
    "password_encryption": "scram-sha-256",
    # memory and disk of a small server
    "max_connections": "60",
    "shared_buffers": "128MB",
    "effective_cache_size": "512MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "max_wal_size": "1GB",
    # a log without values
    "logging_collector": "off",
    "log_destination": "stderr",
    "log_line_prefix": "%m [%p] %u@%d ",
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_duration": "off",
    "log_min_duration_statement": "-1",
    "log_min_duration_sample": "-1",
    "log_transaction_sample_rate": "0",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_lock_waits": "off",
    "log_autovacuum_min_duration": "-1",
}
LOCALE = ("--locale-provider=builtin", "--locale=C.UTF-8")
FOR_TESTS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class Place:
    """Where one server lives. `data` is made by initialise(), `log` is appended to."""

    data: Path
    log: Path
    account: pwd.struct_passwd | None
    programs: Path

    @classmethod
    def at(cls, data: Path, log: Path) -> Place:
        """The place for our own rights: root's server runs as the system account."""
        account = server_account()
        return cls(data=data, log=log, account=account, programs=programs_dir(account))

    def give_to_server(self, path: Path) -> None:
        """Hand a file or folder that we just made to the account of the server."""
        if self.account is not None:
            os.chown(path, self.account.pw_uid, self.account.pw_gid)

    def environment(self) -> dict[str, str]:
        return {"PATH": f"{self.programs}:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def database_url(socket_dir: Path | str, role: str, password: str, database: str) -> str:
    """An address that both libpq and django-environ read."""
    return (
        f"postgres://{quote(role)}:{quote(password, safe='')}@/{quote(database)}"
        f"?host={quote(str(socket_dir), safe='')}&port={PORT}"
    )


def initialise(
    place: Place,
    superuser_password: str,
    *,
    sync: bool = True,
    locale: Sequence[str] = LOCALE,
) -> None:
    """Make the data folder with initdb; it appears under its name only when it is whole.

    Raises ServerError with what initdb said.
    """
    draft = place.data.with_name(place.data.name + ".draft")
    if draft.exists():  # an earlier attempt was cut off
        shutil.rmtree(draft)
    draft.mkdir(mode=0o700)
    place.give_to_server(draft)
    with tempfile.NamedTemporaryFile("w", prefix="vuokra-", suffix=".pw") as password_file:
        password_file.write(superuser_password + "\n")
        password_file.flush()
        place.give_to_server(Path(password_file.name))
        arguments: list[str | Path] = [
            place.programs / "initdb",
            f"--pgdata={draft}",
            f"--username={SUPERUSER}",
            f"--pwfile={password_file.name}",
            "--auth-local=scram-sha-256",
            "--auth-host=reject",
            "--encoding=UTF8",
            *locale,
            *([] if sync else ["--no-sync"]),
        ]
        child = start_child(
            arguments, env=place.environment(), output=subprocess.PIPE, account=place.account
        )
        said = child.communicate()[0].decode(errors="replace")
    if child.returncode != 0:
        raise ServerError(f"initdb failed:\n{said.strip()}")
    draft.rename(place.data)


class Server:
    """A running server, our child. Made by start()."""

    def __init__(self, process: subprocess.Popen[bytes], socket_dir: Path) -> None:
        self.process = process
        self.socket_dir = socket_dir

    def stop(self) -> None:
        """Fast shutdown: sessions are cut, what is committed is kept. Idempotent."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.send_signal(signal.SIGQUIT)
                self.process.wait(STOP_SECONDS)
        shutil.rmtree(self.socket_dir, ignore_errors=True)


def make_socket_dir(place: Place) -> Path:
    """A fresh closed folder for the socket."""
    folder = Path(tempfile.mkdtemp(prefix=SOCKET_PREFIX, dir=SOCKET_PARENT))
    place.give_to_server(folder)
    return folder


def start(
    place: Place, socket_dir: Path, superuser_password: str, *, extra: dict[str, str] | None = None
) -> Server:
    """Start the server and wait until it takes connections. Raises ServerError."""
    _clear_stale_pid(place.data)
    settings = {**SETTINGS, "unix_socket_directories": str(socket_dir), **(extra or {})}
    arguments: list[str | Path] = [place.programs / "postgres", "-D", place.data]
    for name, value in settings.items():
        arguments += ["-c", f"{name}={value}"]
    with _open_log(place.log) as log:
        process = start_child(
            arguments,
            env=place.environment(),
            death_signal=signal.SIGQUIT,
            output=log,
            account=place.account,
        )
    server = Server(process, socket_dir)
    try:
        _wait_until_ready(server, superuser_password, place.log)
    except BaseException:
        server.stop()
        raise
    return server


def _open_log(path: Path) -> IO[bytes]:
    if path.exists() and path.stat().st_size > LOG_LIMIT:
        path.replace(path.with_name(path.name + ".1"))
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "ab")


def _wait_until_ready(server: Server, superuser_password: str, log: Path) -> None:
    url = database_url(server.socket_dir, SUPERUSER, superuser_password, "postgres")
    deadline = time.monotonic() + START_SECONDS
    while True:
        if (status := server.process.poll()) is not None:
            raise ServerError(f"PostgreSQL ended with status {status}; see {log}")
        try:
            psycopg2.connect(url).close()
            return
        except psycopg2.OperationalError as error:
            if "password authentication failed" in str(error):
                raise ServerError("PostgreSQL refuses the password in var/passwords.json") from None
            if time.monotonic() > deadline:
                raise ServerError(f"PostgreSQL is not ready after {START_SECONDS} s") from error
        time.sleep(0.05)


def _clear_stale_pid(data: Path) -> None:
    """After a kill -9 of the starter its server is on its way out: wait; then clear its trace.

    The caller holds the lock, so a postmaster.pid whose process does not work in this folder is
    left over, even when the number has since been given to another process.
    """
    trace = data / "postmaster.pid"
    deadline = time.monotonic() + STOP_SECONDS
    while True:
        try:
            pid = int(trace.read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return
        if not _works_in(pid, data):
            trace.unlink(missing_ok=True)
            return
        if time.monotonic() > deadline:
            raise ServerError(f"Another PostgreSQL (process {pid}) runs in {data}")
        time.sleep(0.1)


def _works_in(pid: int, folder: Path) -> bool:
    try:
        return Path(f"/proc/{pid}/cwd").readlink() == folder.resolve()
    except OSError:
        return False
