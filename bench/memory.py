"""How much memory a web process holds after a thousand pages: a real gunicorn, asked over http."""

from __future__ import annotations

import http.client
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import cycle, islice
from pathlib import Path

from bench.server import Installation
from bench.worker import ROOT
from vuokra.db.children import start_child

PAGES = 1000
READY_SECONDS = 60
STOP_SECONDS = 15
MEBIBYTE = 1024  # /proc counts in KiB


class NoAnswer(RuntimeError):
    """The web did not start, or did not answer as it does to a user."""


def after_pages(place: Installation, session: str, paths: Iterator[str], pages: int) -> float:
    """Resident memory (MiB) of the one web process that answered these pages."""
    with _web(place) as (process, port), closing(_connection(port)) as connection:
        for clerk, path in zip(cycle(session.split()), islice(paths, pages)):
            connection.request("GET", path, headers={"Cookie": f"vuokra_session={clerk}"})
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                raise NoAnswer(f"a page answered {answer.status}")
        return _resident(_only_child(process.pid)) / MEBIBYTE


@contextmanager
def _web(place: Installation) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """Gunicorn as `make run` starts it, with one process."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(64)
        log = place.folder / "gunicorn.log"
        with log.open("wb") as output:
            process = start_child(
                [
                    sys.executable, "-m", "gunicorn", "vuokra.wsgi", "--workers", "1",
                    "--threads", "4", "--bind", f"fd://{listener.fileno()}",
                    "--no-control-socket", "--preload",
                ],
                env=place.environment,
                cwd=ROOT,
                output=output,
                pass_fds=[listener.fileno()],
            )  # fmt: skip
        try:
            port = listener.getsockname()[1]
            _wait(process, port, log)
            yield process, port
        finally:
            process.terminate()
            process.wait(STOP_SECONDS)


def _connection(port: int) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("127.0.0.1", port, timeout=READY_SECONDS)


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while True:
        try:
            with closing(_connection(port)) as connection:
                connection.request("GET", "/healthz")
                connection.getresponse().read()
            return
        except OSError as error:
            if process.poll() is not None or time.monotonic() > deadline:
                raise NoAnswer(f"gunicorn: {log.read_text()}") from error
        time.sleep(0.1)


def _only_child(pid: int) -> int:
    (child,) = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return int(child)


def _resident(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    found = re.search(r"^VmRSS:\s+(\d+) kB$", status, re.MULTILINE)
    if found is None:
        raise NoAnswer("the web process is gone")
    return int(found.group(1))
