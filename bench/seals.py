"""The log under its seals: verifying it, and logging while the sealer runs.

Nothing here needs Django. Addresses are those of a database named `bench_*`.
"""

from __future__ import annotations

import multiprocessing
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg2

from bench.server import Installation
from vuokra.access import sealing, verifier

WRITERS = 8
WRITING_SECONDS = 1.0
LEAVING_SECONDS = 10
EVENT = (
    "INSERT INTO vuokra_access_event (access_id, kind, actor_id, actor, role, purpose, action, "
    "surface, route, method, outcome, status, address, session, subjects, subject_count, detail) "
    "SELECT gen_random_uuid(), 'request', mod(n, 40), 'user:' || mod(n, 40), 'SOP', 'P3', 'view', "
    "'detail', 'persons:card', 'GET', 'ok', 200, '192.0.2.7', 'a1b2c3d4e5f60718', "
    "ARRAY[mod(n, 20000), mod(n, 19999)], 2, "
    '\'[{"table": "registry_persons_person", "kind": "row", "columns": ["customer_number", '
    '"given_names", "surname"]}]\' FROM (SELECT %s::bigint AS n) AS one'
)


class LogAltered(RuntimeError):
    """The verifier found something: what was timed is not a check of a sound log."""


@dataclass(frozen=True)
class Places:
    """Who connects where, and where the sealer keeps its key and heads."""

    app: str
    sealer: str
    auditor: str
    key_file: Path
    heads: Path

    @classmethod
    def of(cls, place: Installation) -> Places:
        """Those of the bench's installation."""
        urls = place.environment
        return cls(
            urls["DATABASE_URL"],
            urls["DATABASE_SEALER_URL"],
            urls["DATABASE_AUDITOR_URL"],
            place.folder / "seal-key.pem",
            place.folder / "heads",
        )

    def open_sealer(self) -> sealing.Sealer:
        """A sealer that is alone; the server may need a moment to notice that the last one left."""
        deadline = time.monotonic() + LEAVING_SECONDS
        while True:
            try:
                return sealing.connected({"dsn": self.sealer}, self.key_file, self.heads)
            except sealing.AnotherSealer:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.02)


def seal_all(places: Places, limit: int = sealing.LIMIT) -> int:
    """Seal everything that waits, at most `limit` rows under a seal; the number of rows."""
    sealer = places.open_sealer()
    with closing(sealer.connection):
        sealer.limit = limit
        sealer.reconcile()
        return sealer.seal_waiting()


# -- verifying ----------------------------------------------------------------------------------


class PlainReader:
    """Reads the bytes of a log table by the verifier's own query and hashes them, no more."""

    def __init__(self, connection: Any, table: str) -> None:
        query = verifier.rows_query(table)
        self.cursor = verifier.open_cursor(connection, f"plain_{table}", query)
        self.wanted = self.read = 0

    def hash(self, rows: int) -> None:
        """The next `rows` rows, in fetches as large as the verifier's."""
        self.wanted += rows
        while self.read < self.wanted and (fetched := self.cursor.fetchmany(verifier.FETCH)):
            self.read += len(fetched)
            for row in fetched:
                sha256(row[1]).digest()


def verifying(places: Places, rounds: int) -> tuple[list[float], list[float]]:
    """Seconds per round for plain hashing of log rows and for checking them, over the whole log.

    One check of the log is made in about so many rounds, a few seals each. What the check does
    after the last seal is shared out over them.
    """
    keys = verifier.load_keys(sealing.public_key_path(places.key_file))
    took: tuple[list[float], list[float]] = ([], [])
    with ExitStack() as stack:
        checked, plain = (
            stack.enter_context(closing(verifier.connect(places.auditor))) for _ in range(2)
        )
        check = verifier.Check(checked, keys, verifier.HeadFolder.at(places.heads))
        readers = {table: PlainReader(plain, table) for table in verifier.NEWEST}
        check._read_heads()
        for group, loading in _groups(check, _sealed_rows(plain) // rounds):
            works = (partial(_hash, readers, group), partial(_check, check, group))
            for turn in (len(took[0]) % 2, 1 - len(took[0]) % 2):
                took[turn].append(_timed(works[turn]) + loading * turn)
        rest = _timed(partial(_finish, check)) / len(took[1])
    if check.report.finding_count:
        raise LogAltered(verifier.describe(check.report))
    return took[0], [seconds + rest for seconds in took[1]]


def _timed(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _sealed_rows(connection: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(cardinality(row_ids)) FROM public.vuokra_access_seal")
        return int(cursor.fetchone()[0])


def _groups(check: verifier.Check, rows: int) -> Iterator[tuple[list[verifier.Seal], float]]:
    """The seals in order, so many at a time that they cover `rows` rows; seconds to load them."""
    group: list[verifier.Seal] = []
    began = time.perf_counter()
    for seal in _seals(check):
        group.append(seal)
        if sum(len(one.row_ids) for one in group) >= rows:
            yield group, time.perf_counter() - began
            group, began = [], time.perf_counter()
    if group:  # too few rows for a round; checked all the same, so that the report is whole
        _check(check, group)


def _hash(readers: dict[str, PlainReader], seals: list[verifier.Seal]) -> None:
    for seal in seals:
        for table, count in zip(seal.tables, seal.counts, strict=True):
            readers[table].hash(count)


def _check(check: verifier.Check, seals: list[verifier.Seal]) -> None:
    for seal in seals:
        check._seal(seal)


def _seals(check: verifier.Check) -> Iterator[verifier.Seal]:
    query = f"{verifier.SEALS} ORDER BY number"
    with verifier.open_cursor(check.connection, "seals", query, 20) as cursor:
        for row in cursor:
            yield verifier.seal_from([x.decode() if isinstance(x, bytes) else x for x in row])


def _finish(check: verifier.Check) -> None:
    """What `Check.run` does after the last seal."""
    check._compare_ends()
    for stream in check.streams.values():
        check._unsealed(stream)
    check._payloads()


# -- logging ------------------------------------------------------------------------------------

_own: dict[str, Any] = {}


def _connect(app: str) -> None:
    _own["connection"] = psycopg2.connect(app)
    _own["connection"].autocommit = True


def _write(until: float) -> int:
    """Log one event after another, each in a transaction of its own; how many."""
    count = 0
    with _own["connection"].cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute(EVENT, [count])
            count += 1
    return count


class Writers:
    """Eight processes that log."""

    def __init__(self, pool: Any) -> None:
        self.pool = pool

    def rate(self, seconds: float) -> float:
        """Events a second, all writers together."""
        until = time.monotonic() + seconds
        written: list[int] = self.pool.map(_write, [until] * WRITERS, chunksize=1)
        return sum(written) / seconds


@contextmanager
def writers(places: Places) -> Iterator[Writers]:
    """Start them; leaving the block ends them."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(WRITERS, _connect, [places.app]) as pool:
        yield Writers(pool)


def logging(places: Places, rounds: int) -> tuple[list[float], list[float]]:
    """Events a second without a sealer and with one, in rounds of a second each.

    In the second half of a round the sealer seals what the first half left: over any stretch of
    time it seals as much as is logged, however long it waits in between.
    """
    alone: list[float] = []
    sealed: list[float] = []
    with writers(places) as pool:
        for number in range(-1, rounds):
            seal_all(places)
            before = pool.rate(WRITING_SECONDS)
            with _sealing_once(places):
                beside = pool.rate(WRITING_SECONDS)
            if number >= 0:
                alone.append(before)
                sealed.append(beside)
    return alone, sealed


@contextmanager
def kept(places: Places, seconds: float) -> Iterator[list[float]]:
    """A sealer that seals every so many seconds, and how long the oldest event had to wait for it,
    looked at four times a second."""
    stop, waited = threading.Event(), [0.0]
    complaints: list[str] = []
    work = partial(sealing.keep_sealing, places.open_sealer, stop, seconds, complaints.append)
    threads = [
        threading.Thread(target=work),
        threading.Thread(target=_watch, args=[places, stop, waited]),
    ]
    for thread in threads:
        thread.start()
    try:
        yield waited
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    if complaints:
        raise RuntimeError(complaints[0])


def _watch(places: Places, stop: threading.Event, waited: list[float]) -> None:
    query = (
        "SELECT coalesce(extract(epoch FROM clock_timestamp() - min(at)), 0) "
        "FROM public.vuokra_access_seal_queue"
    )
    with closing(psycopg2.connect(places.sealer)) as connection:
        connection.autocommit = True
        while not stop.wait(0.25):
            with connection.cursor() as cursor:
                cursor.execute(query)
                waited.append(float(cursor.fetchone()[0]))


@contextmanager
def _sealing_once(places: Places) -> Iterator[None]:
    """One turn of the sealer's own loop, in this process, which does nothing else."""
    stop = threading.Event()
    complaints: list[str] = []
    sealer = places.open_sealer()
    work = partial(
        sealing.keep_sealing, lambda: sealer, stop, 2 * WRITING_SECONDS, complaints.append
    )
    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
    if complaints:
        raise RuntimeError(complaints[0])
