"""kill -9 of the sealer and of PostgreSQL: afterwards the log verifies, and nothing told is gone.

`make run` itself is killed in tests/run/test_start.py.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psycopg2
import pytest
from psycopg2.extensions import connection as Connection

from tests.plugins.cluster import ROOT
from tests.run.test_commands import command
from tests.vuokra.access.conftest import _give_context
from tests.vuokra.access.sealed import SealedLog
from vuokra.access import sealing
from vuokra.db import roles
from vuokra.db.attach import Lease, acquire
from vuokra.db.instance import Instance

pytestmark = pytest.mark.full

EVENTS = "vuokra_access_event"
WAITING_DELETE = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
    "AND wait_event_type = 'Lock' AND query LIKE 'DELETE FROM public.vuokra_access_seal_queue%'"
)
SEALERS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = %s"
)


def until(condition: Callable[[], object], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def count(connection: Connection, query: str, *values: object) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query, values or None)
        return int(cursor.fetchone()[0])


def test_sealer_killed_between_the_seal_and_the_queue(
    log: SealedLog, as_role: Callable[[str], Connection], as_superuser: Connection
) -> None:
    """The queue is locked, so that the sealer stands right after its INSERT of the seal."""
    log.write_and_seal(3)
    log.write(5, values=True)
    log.close()
    blocker = as_role(roles.OWNER)
    blocker.autocommit = False
    with blocker.cursor() as cursor:
        cursor.execute("LOCK TABLE vuokra_access_seal_queue IN SHARE MODE")
    sealer = subprocess.Popen(
        [sys.executable, "manage.py", "sealer"],
        cwd=ROOT,
        env=os.environ
        | {
            "VUOKRA_PROCESS": "sealer",
            "VUOKRA_SEAL_KEY_FILE": str(log.key_file),
            "VUOKRA_HEADS_DIR": str(log.heads),
        },
        stdin=subprocess.DEVNULL,
    )
    try:
        until(lambda: count(as_superuser, WAITING_DELETE) == 1)
    finally:
        sealer.kill()
        sealer.wait()
    blocker.rollback()
    until(lambda: count(as_superuser, SEALERS, roles.SEALER) == 0)

    assert count(as_superuser, "SELECT count(*) FROM vuokra_access_seal") == 1
    log.open_sealer()
    log.sealer.reconcile()
    assert log.seal() == 5
    report = log.verify()
    assert (report.finding_count, report.waiting, report.rows[EVENTS]) == (0, 0, 8)


def opened(lease: Lease, folder: Path, monkeypatch: pytest.MonkeyPatch) -> SealedLog:
    """The log of an installation whose server runs."""
    for name, value in lease.environment().items():
        monkeypatch.setenv(name, value)
    app = roles.connect(os.environ["DATABASE_URL"])
    _give_context(app)
    return SealedLog(app, roles.connect(lease.superuser_url(roles.DATABASE)), folder)


def write_until_it_dies(log: SealedLog, told: list[int], stop: threading.Event) -> None:
    """Write events through a connection of our own; what was told as saved."""
    writer = SealedLog.__new__(SealedLog)
    writer.app = roles.connect(os.environ["DATABASE_URL"])
    _give_context(writer.app)
    try:
        while not stop.is_set():
            told += writer.write(1, values=True)
    except psycopg2.Error:
        return


def test_postgresql_killed_while_it_writes(
    var: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = command(var, "migrate_all", "--verbosity=0")
    assert done.returncode == 0, done.stderr
    instance = Instance.open(var)
    lease = acquire(instance)
    try:
        log = opened(lease, tmp_path, monkeypatch)
        told: list[int] = []
        stop = threading.Event()
        threads = [
            threading.Thread(target=write_until_it_dies, args=(log, told, stop)) for _ in range(3)
        ]
        for thread in threads:
            thread.start()
        try:
            until(lambda: log.seal() and len(told) > 100)
            assert lease.server is not None
            os.kill(lease.server.process.pid, signal.SIGKILL)
            lease.server.process.wait()
            with pytest.raises(psycopg2.Error):
                until(lambda: log.seal() is None, 10)
        finally:
            stop.set()
            for thread in threads:
                thread.join(30)
    finally:
        lease.release(wait_for_users=False)

    lease = acquire(instance)
    try:
        log = opened(lease, tmp_path, monkeypatch)
        log.sealer.reconcile()
        log.seal()
        report = log.verify()
        assert (report.finding_count, report.waiting) == (0, 0)
        kept = count(log.superuser, f"SELECT count(*) FROM {EVENTS} WHERE id = ANY(%s)", told)
        assert kept == len(told), "what was told as saved is there"
        assert isinstance(log.sealer, sealing.Sealer)
        for connection in (log.app, log.superuser, log.sealer.connection):
            connection.close()
    finally:
        lease.release(wait_for_users=False)
