"""One starter, others attached; waiting, Ctrl-C and kill -9."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from vuokra.db import roles
from vuokra.db.attach import acquire
from vuokra.db.children import start_child
from vuokra.db.instance import Instance


def gone(pid: int, seconds: float = 15) -> bool:
    """Whether the process ends in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not Path(f"/proc/{pid}").exists():
            return True
        time.sleep(0.05)
    return False


def test_attached_process_uses_the_server_and_leaves_it(var, hold):
    held = acquire(Instance.open(var))
    other = hold()
    assert other.answer() == "attached"
    assert other.let_go() == 0
    roles.connect(held.environment()["DATABASE_URL"]).close()
    held.release()


def test_two_starters_at_once_share_one_server(var, hold):
    first, second = hold(), hold()
    answers = {first.answer(): first, second.answer(): second}
    attached = answers.pop("attached")
    ((server, owner),) = answers.items()
    assert attached.let_go() == 0
    assert owner.let_go() == 0
    assert gone(int(server))
    assert not (var / "server.json").exists()


def test_starter_waits_for_attached_users(var, hold, capfd):
    held = acquire(Instance.open(var))
    other = hold()
    assert other.answer() == "attached"
    started = time.monotonic()
    statuses: list[int] = []
    timer = threading.Timer(1.0, lambda: statuses.append(other.let_go()))
    timer.start()
    held.release()
    timer.join()
    assert statuses == [0]
    assert time.monotonic() - started >= 1.0
    assert "in use by another command" in capfd.readouterr().err


def test_killed_starter_leaves_no_server_and_the_next_one_recovers(var, hold):
    starter = hold()
    server = int(starter.answer())
    attached = hold()
    assert attached.answer() == "attached"
    socket_dir = acquire_socket(var)
    starter.process.kill()
    starter.process.wait()
    assert gone(server)
    assert socket_dir.exists()
    held = acquire(Instance.open(var))  # although somebody attached is still there
    try:
        assert held.server is not None
        assert not socket_dir.exists()
        roles.connect(held.environment()["DATABASE_URL"]).close()
    finally:
        held.release(wait_for_users=False)


def acquire_socket(var: Path) -> Path:
    """Where the running server's socket is."""
    lease = acquire(Instance.open(var))
    lease.release()
    return lease.socket_dir


def test_next_starter_right_after_a_kill_waits_for_the_dying_server(var, hold):
    starter = hold()
    assert starter.answer().isdecimal()
    starter.process.kill()
    starter.process.wait()  # gone itself; its server may still be ending
    held = acquire(Instance.open(var))
    assert held.server is not None
    held.release()


def test_stale_pid_file_of_an_unrelated_process_is_cleared(var):
    held = acquire(Instance.open(var))
    held.release()
    trace = held.instance.data / "postmaster.pid"
    trace.write_text(f"{os.getpid()}\n")
    again = acquire(Instance.open(var))
    again.release()
    assert not trace.exists()


def test_children_are_started_from_the_main_thread_only():
    caught: list[BaseException] = []

    def attempt() -> None:
        try:
            start_child(["/bin/true"], env={})
        except RuntimeError as error:
            caught.append(error)

    thread = threading.Thread(target=attempt)
    thread.start()
    thread.join()
    assert len(caught) == 1


def test_child_ends_with_its_parent(tmp_path):
    """A grandchild armed by start_child is gone when its parent is killed."""
    program = (
        "import os, time; from vuokra.db.children import start_child;"
        "p = start_child(['/bin/sleep', '60'], env={});"
        f"open({str(tmp_path / 'pid')!r}, 'w').write(str(p.pid));"
        "time.sleep(60)"
    )
    parent = start_child([sys.executable, "-c", program], env=os.environ, cwd=Path.cwd())
    deadline = time.monotonic() + 10
    while not (tmp_path / "pid").exists() or not (tmp_path / "pid").read_text():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    grandchild = int((tmp_path / "pid").read_text())
    assert Path(f"/proc/{grandchild}").exists()
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    assert gone(grandchild)


def test_release_without_waiting_stops_at_once(var, hold):
    held = acquire(Instance.open(var))
    other = hold()
    assert other.answer() == "attached"
    held.release(wait_for_users=False)
    assert held.server is not None
    assert held.server.process.poll() == 0
    with pytest.raises(Exception, match="No such file"):
        roles.connect(held.environment()["DATABASE_URL"])
