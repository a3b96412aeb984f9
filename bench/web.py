"""In a worker: whole requests through the WSGI application, timed in the server's process."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import cycle
from typing import Any

CSRF = "b" * 32


class WrongPage(RuntimeError):
    """A page did not answer as it does to a user, so that timing it would mean nothing."""


@cache
def _application() -> Any:
    from django.core.handlers.wsgi import WSGIHandler

    return WSGIHandler()


@cache
def _turns(sessions: str) -> Iterator[str]:
    return cycle(sessions.split())


def _environ(
    session: str, path: str, data: Mapping[str, str] | None, more: Mapping[str, str]
) -> dict[str, Any]:
    from django.conf import settings
    from django.test import RequestFactory

    clerk = next(_turns(session))
    cookies = f"{settings.SESSION_COOKIE_NAME}={clerk}; {settings.CSRF_COOKIE_NAME}={CSRF}"
    headers = {"HTTP_COOKIE": cookies, "HTTP_X_CSRFTOKEN": CSRF, **more}
    if data is None:
        return RequestFactory().get(path, **headers).environ
    return RequestFactory().post(path, data, **headers).environ


def fetch(
    session: str, path: str, data: Mapping[str, str] | None = None, **headers: str
) -> tuple[float, bytes]:
    """Ask for a page; the seconds from the request's arrival to the last byte, and the body.

    `session` holds the web sessions of the clerks, who ask by turns (`bench.data.sign_in`).
    `headers` are more of the request's, as WSGI names them. Raises WrongPage unless the answer is
    200.
    """
    environ = _environ(session, path, data, headers)
    said: list[str] = []
    began = time.perf_counter()
    answer = _application()(environ, lambda status, headers: said.append(status))
    body = b"".join(answer)
    seconds = time.perf_counter() - began
    answer.close()
    if said != ["200 OK"]:
        raise WrongPage(f"{environ['REQUEST_METHOD']}: {said}")
    return seconds, body


def seconds(
    session: str, paths: list[str], data: Mapping[str, str] | None = None, lines: int = 0
) -> float:
    """Seconds for these pages together; with `lines`, each must hold that many lines."""
    total = 0.0
    for path in paths:
        took, body = fetch(session, path, data)
        if lines and body.count(b"\r\n") != lines:
            raise WrongPage(f"{body.count(bytes([13, 10]))} lines instead of {lines}")
        total += took
    return total


def rows(session: str, path: str) -> int:
    """How many rows about people the event of a page tells of: persons, and rows of theirs."""
    from vuokra.access import events
    from vuokra.policy.catalogue import OWN, TableKind, tables

    told: list[int] = []
    write = events.write

    def count(ctx: Any) -> None:
        theirs = [one.name for one in tables(TableKind.PERSONAL) if one.subject != OWN]
        seen = (ctx.seen.get((name, "row")) for name in theirs)
        told.append(len(ctx.subjects) + sum(len(one.rows) for one in seen if one))
        write(ctx)

    events.write = count
    try:
        fetch(session, path)
    finally:
        events.write = write
    return told[-1]


def statements(session: str, path: str, data: Mapping[str, str] | None = None) -> int:
    """How many statements a page sends to the database, its transaction's own ones aside.

    The fewest of three, all of one clerk: every 15 seconds a page also notes when the web session
    was last used.
    """
    session = session.split()[0]
    fetch(session, path, data)  # what is read once per process is read now
    return min(_sent(session, path, data) for _ in range(3))


def _sent(session: str, path: str, data: Mapping[str, str] | None) -> int:
    from django.db import connection

    sent: list[str] = []

    def count(execute: Any, sql: Any, *rest: Any) -> Any:
        sent.append(str(sql))
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        fetch(session, path, data)
    return len(sent)
