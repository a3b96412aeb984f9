"""Micro-benchmarks of the seals: verifying the log, and logging while the sealer runs.

Each function gives one round as (baseline, measured); the two alternate, so that a busy machine
slows both. Addresses are those of a database whose name begins with `bench_` and whose log holds
what `fill` put there.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Sequence
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import psycopg2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from vuokra.access import sealing, verifier

EVENT = (
    "INSERT INTO vuokra_access_event (access_id, kind, actor_id, actor, role, purpose, action, "
    "surface, route, method, outcome, status, address, session, subjects, subject_count, detail) "
)
ROW = (
    "gen_random_uuid(), 'request', mod(n, 40), 'user:' || mod(n, 40), 'SOP', 'P3', 'view', "
    "'detail', "
    "'persons:card', 'GET', 'ok', 200, '192.0.2.7', 'a1b2c3d4e5f60718', "
    "ARRAY[mod(n, 20000), mod(n, 19999)], 2, "
    '\'[{"table": "registry_persons_person", "kind": "row", "columns": ["customer_number", '
    '"first_names", "id", "surname"]}]\''
)
CHUNK = 50_000


def fill(app: str, rows: int) -> None:
    """Log `rows` ordinary events with the application's role, a chunk a transaction."""
    with closing(psycopg2.connect(app)) as connection, connection.cursor() as cursor:
        for start in range(0, rows, CHUNK):
            end = min(start + CHUNK, rows)
            cursor.execute(
                f"{EVENT} SELECT {ROW} FROM generate_series(%s::bigint, %s) AS n", [start, end - 1]
            )
            connection.commit()


def seal_all(sealer: str, key_file: Path, heads: Path) -> int:
    """Seal everything that waits; the number of rows."""
    one = sealing.connected({"dsn": sealer}, key_file, heads)
    with closing(one.connection):
        one.reconcile()
        return one.seal_waiting()


def verifying(
    auditor: str, keys: list[Ed25519PublicKey], heads: Path
) -> tuple[float, float, verifier.Report]:
    """Seconds for plain SHA-256 over the log rows' bytes, and for the whole check of the log."""
    baseline = plain_hash(auditor)
    began = time.perf_counter()
    report = verifier.verify(auditor, keys, heads)
    return baseline, time.perf_counter() - began, report


def plain_hash(auditor: str) -> float:
    """Seconds to read every log row's canonical bytes by the verifier's cursor and hash them."""
    began, digest = time.perf_counter(), sha256()
    with closing(verifier.connect(auditor)) as connection:
        for table in verifier.NEWEST:
            query = verifier.rows_query(table)
            with verifier.open_cursor(connection, "plain", query) as cursor:
                while rows := cursor.fetchmany(verifier.FETCH):
                    for _, text in rows:
                        digest.update(text)
    return time.perf_counter() - began


def logging_rates(
    app: str, sealer: str, key_file: Path, heads: Path, *, writers: int = 8, seconds: float = 5.0
) -> tuple[float, float]:
    """Events a second by `writers` writers without a sealer, and with one that seals every second.

    What was written is sealed before the second half, so that both halves find an empty queue.
    """
    alone = _rate(app, writers, seconds)
    seal_all(sealer, key_file, heads)
    process = multiprocessing.get_context("spawn").Process(
        target=_keep_sealing, args=(sealer, key_file, heads), daemon=True
    )
    process.start()
    try:
        together = _rate(app, writers, seconds)
    finally:
        process.terminate()
        process.join()
    seal_all(sealer, key_file, heads)
    return alone, together


def _keep_sealing(sealer: str, key_file: Path, heads: Path) -> None:
    sealing.keep_sealing(
        lambda: sealing.connected({"dsn": sealer}, key_file, heads), threading.Event(), 1.0, print
    )


def _rate(app: str, writers: int, seconds: float) -> float:
    context = multiprocessing.get_context("spawn")
    with context.Pool(writers) as pool:
        counts: Sequence[int] = pool.starmap(_write, [(app, seconds)] * writers)
    return sum(counts) / seconds


def _write(app: str, seconds: float) -> int:
    """Log one event after another, each in a transaction of its own; how many."""
    count = 0
    with closing(psycopg2.connect(app)) as connection, connection.cursor() as cursor:
        connection.autocommit = True
        deadline = time.perf_counter() + seconds
        while time.perf_counter() < deadline:
            cursor.execute(f"{EVENT} SELECT {ROW} FROM (SELECT %s::bigint AS n) AS one", [count])
            count += 1
    return count


def addresses() -> tuple[str, str, str]:
    """The addresses of the application, the sealer and the auditor."""
    return (
        os.environ["DATABASE_URL"],
        os.environ["DATABASE_SEALER_URL"],
        os.environ["DATABASE_AUDITOR_URL"],
    )
