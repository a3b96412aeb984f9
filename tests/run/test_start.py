"""`make run`: the whole, from one process, in an installation of its own."""

from __future__ import annotations

import os
import re
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.plugins.cluster import ROOT, VARIABLE
from tests.run.test_attach import gone
from tests.run.test_commands import command
from vuokra.db import roles
from vuokra.db.instance import Instance
from vuokra.run.supervisor import for_role

FIRST_START = 120
SECOND_START = 10


class Run:
    """One `manage.py start`."""

    def __init__(self, var: Path, port: int, output: Path, **env: str) -> None:
        kept = {
            name: value
            for name, value in os.environ.items()
            if name not in (*roles.URL_VARIABLES, VARIABLE, "DJANGO_SETTINGS_MODULE")
            and not name.startswith("VUOKRA_")
        }
        self.port = port
        self.output = output
        self.started = time.monotonic()
        with output.open("wb") as file:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "start"],
                cwd=ROOT,
                env=kept | {"VUOKRA_VAR": str(var), "PORT": str(port)} | env,
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def said(self) -> str:
        return self.output.read_text()

    def wait_until_up(self, seconds: float) -> float:
        """Wait for the tour; how many seconds the start took."""
        while "Ctrl-C stops everything" not in self.said():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() - self.started < seconds, self.said()
            time.sleep(0.1)
        return time.monotonic() - self.started

    def get(self, path: str) -> tuple[int, str]:
        with urllib.request.urlopen(f"http://localhost:{self.port}{path}", timeout=20) as answer:
            return answer.status, answer.read().decode()

    def descendants(self) -> dict[int, str]:
        """Our children and theirs: process number → command line."""
        listing = subprocess.check_output(["ps", "-ww", "-eo", "pid=,ppid=,args="], text=True)
        rows = [line.split(None, 2) for line in listing.splitlines()]
        found: dict[int, str] = {}
        parents = {self.process.pid}
        while parents:
            children = {int(p): a for p, pp, a in rows if int(pp) in parents}
            found |= children
            parents = set(children)
        return found


@pytest.fixture
def start(var: Path, tmp_path: Path) -> Iterator[Callable[..., Run]]:
    """Start runs in `var`; whatever is left of them is stopped."""
    runs: list[Run] = []

    def begin(port: int | None = None, **env: str) -> Run:
        runs.append(Run(var, port or free_port(), tmp_path / f"run{len(runs)}.txt", **env))
        return runs[-1]

    yield begin
    for run in runs:
        if run.process.poll() is None:
            run.process.terminate()
        run.process.wait(60)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def test_taken_port_is_told_and_nothing_is_started(start, var):
    with socket.socket() as other:
        other.bind(("0.0.0.0", 0))
        other.listen()
        port = other.getsockname()[1]
        run = start(port)
        assert run.process.wait(30) == 1
    assert f"Port {port} is taken. Choose another: make run PORT={port + 1}" in run.said()
    assert "Traceback" not in run.said()
    assert not var.exists()


@pytest.mark.parametrize("port", ["many", "0", "70000"])
def test_port_must_be_a_number(var, port):
    done = command(var, "start", PORT=port)
    assert done.returncode == 1
    assert "1 to 65535" in done.stderr
    assert not var.exists()


def test_missing_keys_stop_the_start(start, var):
    assert command(var, "showmigrations").returncode == 0
    Instance.open(var).keyring.unlink()
    run = start()
    assert run.process.wait(60) == 1
    assert "keys.json missing, but the data in" in run.said()
    assert "Traceback" not in run.said()


def test_child_carries_one_role():
    environment = dict.fromkeys(roles.URL_VARIABLES, "postgres://…") | {"PATH": "/bin"}
    assert for_role(environment, roles.SEALER).keys() == {"DATABASE_SEALER_URL", "PATH"}
    assert for_role(environment, roles.APP).keys() == {"DATABASE_URL", "KEYS_DATABASE_URL", "PATH"}


@pytest.mark.full
def test_first_start_second_start_and_ctrl_c(start, var):
    first = start()
    first.wait_until_up(FIRST_START)
    assert first.get("/readyz")[0] == 200
    password = (var / "demo-password").read_text()
    assert stat.S_IMODE((var / "demo-password").stat().st_mode) == 0o600
    assert password in first.said()
    assert re.search(
        r"hak val val2 sop sop2 tal tal2 per huo asn mar rek rek2 tar joh paa", first.said()
    )
    seen = first.descendants()
    for part in ("postgres -D", "gunicorn", "db_worker", "manage.py sealer"):
        assert any(part in arguments for arguments in seen.values()), part
    attached = command(var, "showmigrations")  # another terminal, while it runs
    assert attached.returncode == 0, attached.stderr
    first.process.send_signal(signal.SIGINT)
    assert first.process.wait(60) == 0, first.said()
    assert all(gone(number) for number in seen)
    log = (var / "log" / "postgres.log").read_text()
    assert "fast shutdown" in log
    assert log.rstrip().endswith("database system is shut down")

    second = start()
    seconds = second.wait_until_up(SECOND_START * 3)
    assert seconds < SECOND_START, f"{seconds:.1f} s"
    assert password in second.said()
    assert "esittely-yhtiö" not in second.said()  # the data were kept
    assert (var / "demo-password").read_text() == password


@pytest.mark.full
def test_killed_supervisor_leaves_nothing_running(start, var):
    run = start(VUOKRA_DEMO_PASSWORD="given-for-the-test")
    run.wait_until_up(FIRST_START)
    assert "given-for-the-test" in run.said()
    seen = run.descendants()
    assert len(seen) >= 6
    run.process.kill()
    run.process.wait()
    assert all(gone(number, 30) for number in seen)
    again = start()
    again.wait_until_up(SECOND_START * 3)
    assert again.get("/readyz")[0] == 200


@pytest.mark.full
def test_death_of_a_child_stops_everything_and_is_told(start):
    run = start()
    run.wait_until_up(FIRST_START)
    seen = run.descendants()
    worker = next(number for number, arguments in seen.items() if "db_worker" in arguments)
    os.kill(worker, signal.SIGKILL)
    assert run.process.wait(60) == 1
    assert "worker ended with status -9" in run.said()
    assert all(gone(number) for number in seen)
