"""Starts the server, brings the data up to date, runs web, worker and sealer, and stops them.

The supervisor itself needs no Django. Every child carries only the database address of its own
role, and a parent-death signal, so that a killed supervisor leaves nothing running.
"""

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
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from vuokra.db import roles
from vuokra.db.attach import Lease, acquire
from vuokra.db.children import start_child
from vuokra.db.errors import ServerError
from vuokra.db.instance import Instance, private_dir, write_private
from vuokra.run import messages, static

ROOT = Path(__file__).resolve().parent.parent.parent
READY_SECONDS = 60
STOP_SECONDS = 15
TAIL_LINES = 20


@dataclass
class Child(AbstractContextManager["Child"]):
    """A process of ours; leaving the block stops it."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path | None = None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def stop(self) -> None:
        self.process.terminate()
        self.wait()

    def wait(self) -> None:
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def tail(self) -> str:
        if self.log is None:
            return ""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-TAIL_LINES:])


@dataclass
class Supervisor:
    """One run of the whole."""

    var: Path
    listener: socket.socket
    environment: dict[str, str]
    children: list[Child] = field(default_factory=list)

    def prepare(self) -> None:
        """Migrations, demo company and static files, each only when something is missing."""
        self.step("migrate_all", "--verbosity=0", role=roles.OWNER)
        if self.is_demo and self.is_empty():
            say("Luodaan esittely-yhtiö … / Making the demo company …")
            self.step("demo", role=roles.APP)
        if static.changed(ROOT, self.var):
            self.step("collectstatic", "--noinput", "--verbosity=0", role=roles.APP)
            static.remember(ROOT, self.var)

    @property
    def is_demo(self) -> bool:
        return self.environment.get("VUOKRA_DEMO") == "1"

    def is_empty(self) -> bool:
        """Whether the register has no staff account yet."""
        connection = roles.connect(self.environment["DATABASE_OWNER_URL"])
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT NOT EXISTS (SELECT FROM vuokra_accounts_user)")
                (empty,) = cursor.fetchone()
                return bool(empty)
        finally:
            connection.close()

    def step(self, command: str, *options: str, role: str) -> None:
        """Run one command to its end. Raises ServerError when it fails."""
        with self.child(command, [sys.executable, "manage.py", command, *options], role) as child:
            status = child.process.wait()
        if status != 0:
            raise ServerError(f"manage.py {command}: {status}")

    def child(
        self,
        name: str,
        arguments: Sequence[str],
        role: str,
        *,
        log: Path | None = None,
        pass_fds: Sequence[int] = (),
    ) -> Child:
        """Start a process with the address of `role` only."""
        with (log or Path(os.devnull)).open("ab") as output:
            process = start_child(
                arguments,
                env=for_role(self.environment, role),
                cwd=ROOT,
                output=output if log else None,
                pass_fds=pass_fds,
            )
        return Child(name, process, log)

    def serve(self, address: str) -> None:
        """The web until it answers, then the worker and the sealer beside it."""
        python = [sys.executable]
        web = [
            *python, "-m", "gunicorn", "vuokra.wsgi", "--bind", f"fd://{self.listener.fileno()}",
            "--workers", self.environment.get("WEB_CONCURRENCY", "2"), "--threads", "4",
            "--timeout", "60", "--graceful-timeout", "10", "--max-requests", "5000",
            "--max-requests-jitter", "500", "--no-control-socket", "--preload",
        ]  # fmt: skip
        worker = [*python, "manage.py", "db_worker", "--queue-name=*", "--no-startup-delay"]
        sealer = [*python, "manage.py", "sealer"]
        self.keep("web", web, roles.APP, pass_fds=[self.listener.fileno()])
        self.wait_until_ready(address)
        self.keep("worker", worker, roles.APP)
        self.keep("sealer", sealer, roles.SEALER)

    def keep(
        self, name: str, arguments: Sequence[str], role: str, pass_fds: Sequence[int] = ()
    ) -> None:
        """Start a child that has to live as long as we do; its output goes to a log of its own."""
        log = self.var / "log" / f"{name}.log"
        log.touch(mode=0o600)
        self.children.append(self.child(name, arguments, role, log=log, pass_fds=pass_fds))

    def wait_until_ready(self, address: str) -> None:
        """Until the web answers. Raises ServerError when a child ends or time runs out."""
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            self.look_after()
            try:
                urllib.request.urlopen(f"{address}/healthz", timeout=5).close()  # noqa: S310
                return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise ServerError(f"{address}/healthz: {READY_SECONDS} s\n{self.children[0].tail()}")

    def look_after(self) -> None:
        """Raise ServerError when a child has ended."""
        for child in self.children:
            if (status := child.process.poll()) is not None:
                raise ServerError(messages.ended(child.name, status, str(child.log), child.tail()))

    def stop(self) -> None:
        """Stop the children together; the database server is the caller's, and last."""
        for child in self.children:
            child.process.terminate()
        for child in self.children:
            child.wait()


def run(var: Path) -> int:
    """`manage.py start`; the status for the shell. Raises ServerError with what to do."""
    host, port = os.environ.get("HOST", "0.0.0.0"), _port()  # noqa: S104  (a demo for the network)
    with _listen(host, port) as listener:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.default_int_handler)
        try:
            return _run(var, listener, port)
        except KeyboardInterrupt:
            return 0


def _run(var: Path, listener: socket.socket, port: int) -> int:
    private_dir(var)
    private_dir(var / "log")
    lease: Lease | None = None
    environment = dict(os.environ)
    if "DATABASE_URL" not in environment:
        say("Käynnistetään tietokanta … / Starting the database …")
        lease = acquire(Instance.open(var))
        environment = lease.environment() | environment
        environment.setdefault("VUOKRA_DEMO_PASSWORD", demo_password(var))
    supervisor = Supervisor(var, listener, environment)
    try:
        supervisor.prepare()
        address = f"http://localhost:{port}"
        supervisor.serve(address)
        password = environment.get("VUOKRA_DEMO_PASSWORD") if supervisor.is_demo else None
        say(messages.welcome(address, password))
        while True:
            supervisor.look_after()
            if lease is not None:
                _look_after_server(lease)
            time.sleep(0.3)
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)  # stopping is bounded; let it finish
        supervisor.stop()
        if lease is not None:
            lease.release(wait_for_users=False)


def _look_after_server(lease: Lease) -> None:
    """Raise ServerError when our own server has ended (an attached one shows in the others)."""
    if lease.server is not None and (status := lease.server.process.poll()) is not None:
        raise ServerError(messages.ended("PostgreSQL", status, str(lease.instance.log), ""))


def for_role(environment: Mapping[str, str], role: str) -> dict[str, str]:
    """The environment without the addresses of other roles; the sealer needs no subject keys."""
    kept = {role} if role == roles.SEALER else {role, roles.KEYS}
    return {
        name: value
        for name, value in environment.items()
        if roles.URL_VARIABLES.get(name, role) in kept and name != "VUOKRA_PROCESS"
    }


def demo_password(var: Path) -> str:
    """The demo accounts' password: random, made once, kept in var/demo-password."""
    file = var / "demo-password"
    if not file.exists():
        write_private(file, secrets.token_urlsafe(12))
    return file.read_text().strip()


def _port() -> int:
    text = os.environ.get("PORT", "8000")
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise ServerError(messages.not_a_port(text))
    return int(text)


def _listen(host: str, port: int) -> socket.socket:
    """The socket that gunicorn will serve: taken first, so that a taken port costs nothing."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise ServerError(f"{messages.port_taken(host, port)}\n({error.strerror})") from None
    return listener


def say(text: str) -> None:
    print(text, flush=True)
