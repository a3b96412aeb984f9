"""Installations of their own for the tests of the embedded server."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.plugins.cluster import ROOT
from vuokra.db.attach import Lease, acquire
from vuokra.db.instance import Instance

# Takes a lease in the installation named by the first argument, says whose server it is, and
# keeps the lease until its standard input is closed.
HOLDER = """
import sys
from pathlib import Path
from vuokra.db.attach import acquire
from vuokra.db.instance import Instance

lease = acquire(Instance.open(Path(sys.argv[1])))
print("attached" if lease.server is None else lease.server.process.pid, flush=True)
sys.stdin.read()
lease.release()
"""


class Holder:
    """A process that holds a lease."""

    def __init__(self, var: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", HOLDER, str(var)],
            cwd=ROOT,
            env=os.environ | {"DJANGO_SETTINGS_MODULE": "vuokra.settings"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def answer(self) -> str:
        """`attached`, or the process number of the server it started."""
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def let_go(self) -> int:
        """Close its input and wait for its end."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        status = self.process.wait(60)
        self.process.stdout.close()
        return status


@pytest.fixture
def var(tmp_path: Path) -> Iterator[Path]:
    """A folder for an installation; root's data elsewhere are removed afterwards."""
    folder = tmp_path / "var"
    yield folder
    if (folder / "instance.json").exists():
        subprocess.run(["rm", "-rf", Instance.open(folder).home], check=True)


@pytest.fixture(scope="module")
def lease(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lease]:
    """A server of our own, shared by the tests of a module."""
    held = acquire(Instance.open(tmp_path_factory.mktemp("installation") / "var"))
    yield held
    held.release(wait_for_users=False)
    subprocess.run(["rm", "-rf", held.instance.home], check=True)


@pytest.fixture
def hold(var: Path) -> Iterator[Callable[[], Holder]]:
    """Start processes that hold a lease in `var`."""
    holders: list[Holder] = []

    def start() -> Holder:
        holders.append(Holder(var))
        return holders[-1]

    yield start
    for holder in holders:
        if holder.process.poll() is None:
            holder.process.kill()
            holder.process.wait()
        for stream in (holder.process.stdin, holder.process.stdout):
            if stream is not None:
                stream.close()
