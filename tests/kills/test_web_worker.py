"""kill -9 of a web worker in the middle of a request: the change and its event, or neither."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

import pytest
from psycopg2.extensions import connection as Connection

from tests.plugins.cluster import Cluster
from tests.plugins.postgres import worker
from tests.plugins.site import Site, serve

pytestmark = pytest.mark.full

TOLD_BY_NOBODY = (
    "SELECT count(*) FROM vuokra_access_rowchange r WHERE NOT EXISTS "
    "(SELECT FROM vuokra_access_event e WHERE e.access_id = r.access_id)"
)
SAVED = "SELECT count(*) FROM registry_persons_contactpoint WHERE value LIKE 'tapettu.%'"
EVENTS = (
    "SELECT count(*) FROM vuokra_access_event "
    "WHERE route = 'persons:add_contact_point' AND method = 'POST' AND outcome = 'ok'"
)
WAITING_EVENT = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
    "AND wait_event_type = 'Lock' AND query LIKE '%INSERT INTO vuokra_access_event%'"
)


class Clerk:
    """Signed in as `sop`, with a form of the first person open."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.cookies = CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        self.post("/kirjaudu/", login="sop", password=site.password)
        match = re.search(r'<th scope="row"><a[^>]*href="(/henkilot/\w+/)"', self.get("/henkilot/"))
        assert match is not None
        self.form = f"{match[1]}yhteystiedot/"

    def get(self, path: str) -> str:
        with self.opener.open(self.site.base_url + path, timeout=30) as answer:
            return str(answer.read().decode())

    def post(self, path: str, **data: str) -> int:
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(path))
        assert token is not None
        return self.send(path, csrfmiddlewaretoken=token[1], **data)

    def send(self, path: str, **data: str) -> int:
        body = urlencode(data).encode()
        with self.opener.open(self.site.base_url + path, body, timeout=30) as answer:
            return int(answer.status)

    def save(self, number: int) -> bool:
        """Save an e-mail address; whether an answer came."""
        try:
            self.post(
                self.form, kind="email", value=f"tapettu.{number}@example.fi",
                source="SRC-ASIAKAS", valid_from="1.10.2026",
            )  # fmt: skip
        except (urllib.error.URLError, http.client.HTTPException, OSError):
            return False
        return True


@pytest.fixture
def site(cluster: Cluster, tmp_path: Path) -> Iterator[Site]:
    with serve(cluster, f"{worker()}_kill", tmp_path) as served:
        yield served


@pytest.fixture
def superuser(site: Site, cluster: Cluster) -> Iterator[Connection]:
    connection = cluster.connect(site.database)
    yield connection
    connection.close()


def workers(site: Site) -> list[int]:
    """Process numbers of gunicorn's workers of this site."""
    listing = subprocess.check_output(["ps", "-ww", "-eo", "pid=,ppid=,args="], text=True)
    rows = [line.split(None, 2) for line in listing.splitlines()]
    gunicorns = {int(pid): int(parent) for pid, parent, args in rows if "vuokra.wsgi" in args}
    return [pid for pid, parent in gunicorns.items() if parent in gunicorns and uses(pid, site)]


def uses(pid: int, site: Site) -> bool:
    return f"/{site.database}?".encode() in Path(f"/proc/{pid}/environ").read_bytes()


def count(connection: Connection, query: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return int(cursor.fetchone()[0])


def until(condition: Callable[[], object], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def test_killed_before_its_event_nothing_is_saved(
    site: Site, superuser: Connection, cluster: Cluster
) -> None:
    """The log is locked, so that the worker stands between its change and its event."""
    clerk, before = Clerk(site), count(superuser, EVENTS)
    page = clerk.get(clerk.form)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token is not None
    blocker = cluster.connect(site.database)
    blocker.autocommit = False
    with blocker.cursor() as cursor:
        cursor.execute("LOCK TABLE vuokra_access_event IN SHARE MODE")

    def send() -> None:
        with pytest.raises((urllib.error.URLError, http.client.HTTPException, OSError)):
            clerk.send(
                clerk.form, csrfmiddlewaretoken=token[1], kind="email",
                value="tapettu.0@example.fi", source="SRC-ASIAKAS", valid_from="1.10.2026",
            )  # fmt: skip

    request = threading.Thread(target=send)
    request.start()
    until(lambda: count(superuser, WAITING_EVENT) == 1)
    killed = workers(site)
    assert len(killed) == 1
    os.kill(killed[0], signal.SIGKILL)
    request.join(30)
    blocker.rollback()
    blocker.close()
    until(lambda: workers(site) not in ([], killed))
    until(lambda: count(superuser, WAITING_EVENT) == 0)
    assert (count(superuser, SAVED), count(superuser, EVENTS)) == (0, before)
    assert count(superuser, TOLD_BY_NOBODY) == 0
    assert clerk.save(1)
    assert (count(superuser, SAVED), count(superuser, EVENTS)) == (1, before + 1)


def test_killed_at_any_moment_every_change_has_its_event(site: Site, superuser: Connection) -> None:
    clerk, unanswered = Clerk(site), 0
    answered: list[bool] = []
    for number in range(12):
        thread = threading.Thread(target=lambda n=number: answered.append(clerk.save(n)))
        thread.start()
        time.sleep(0.03 + 0.02 * number)
        for pid in workers(site):
            os.kill(pid, signal.SIGKILL)
        thread.join(30)
        until(lambda: workers(site))
        until(lambda: alive(site))
    unanswered = answered.count(False)
    assert unanswered > 0, "no request was cut off: the kills came too late"
    assert count(superuser, TOLD_BY_NOBODY) == 0
    assert count(superuser, SAVED) == count(superuser, EVENTS)
    assert count(superuser, SAVED) >= answered.count(True)


def alive(site: Site) -> bool:
    try:
        urllib.request.urlopen(f"{site.base_url}/healthz", timeout=5).close()
    except (urllib.error.URLError, http.client.HTTPException, OSError):
        return False
    return True
