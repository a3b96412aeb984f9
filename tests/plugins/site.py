"""pytest plugin: the whole site with the demo company, served by gunicorn, for the journeys."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.plugins.cluster import ROOT, Cluster, manage
from tests.plugins.postgres import worker
from vuokra.db.children import start_child

READY_SECONDS = 60


@dataclass(frozen=True)
class Site:
    """A running demo site. `environment` makes a manage.py subprocess use its databases."""

    base_url: str
    password: str
    database: str
    environment: dict[str, str]


@pytest.fixture(scope="session")
def site(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One demo site for the worker: sign in as a role code with `site.password`."""
    with serve(cluster, f"{worker()}_site", tmp_path_factory.mktemp("site")) as served:
        yield served


@contextmanager
def serve(cluster: Cluster, suffix: str, folder: Path) -> Iterator[Site]:
    """Clone the databases, fill in the demo company and serve it on a free port."""
    with cluster.cloned(suffix) as name:
        password = secrets.token_urlsafe(12)
        environment = cluster.environment(name) | {
            "VUOKRA_SIGN_INS": "1000",  # tests sign in faster than people
            "VUOKRA_PROCESS": "app",
            "VUOKRA_DEMO": "1",
            "VUOKRA_EMBEDDED": "1",
            "VUOKRA_DEMO_PASSWORD": password,
            "VUOKRA_VAR": str(folder),
        }
        manage("demo", env=environment)
        manage("collectstatic", "--noinput", "--verbosity=0", env=environment)
        with _listening() as listener, (folder / "gunicorn.log").open("wb") as log:
            port = listener.getsockname()[1]
            process = start_child(
                [
                    sys.executable, "-m", "gunicorn", "vuokra.wsgi", "--workers", "1",
                    "--threads", "4", "--bind", f"fd://{listener.fileno()}",
                    "--no-control-socket",
                ],
                env=os.environ | environment,
                cwd=ROOT,
                output=log,
                pass_fds=[listener.fileno()],
            )  # fmt: skip
            try:
                base_url = f"http://127.0.0.1:{port}"
                _wait(base_url, process, folder / "gunicorn.log")
                yield Site(base_url, password, name, environment)
            finally:
                process.send_signal(signal.SIGTERM)
                process.wait(30)


@contextmanager
def _listening() -> Iterator[socket.socket]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(64)
        yield listener


def _wait(base_url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while True:
        try:
            urllib.request.urlopen(f"{base_url}/healthz", timeout=5).close()
            return
        except (urllib.error.URLError, OSError) as error:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"gunicorn: {error}\n{log.read_text()}") from error
        time.sleep(0.1)
