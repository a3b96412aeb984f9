"""The sealer: puts what was logged under signed seals, minute by minute.

One process, one database role (`vuokra_sealer`), one seal at a time. It takes rows from the queue
that triggers fill, builds a Merkle tree over their canonical bytes, chains it to the seal before,
signs it, and saves the seal and empties the queue in the same transaction. Only then is the head
exported: a head that was exported is always in the database, so one that is not there shows that
the database lost something. The format is that of `verifier`.
"""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import psycopg2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from vuokra.access.merkle import HASH_BYTES
from vuokra.access.verifier import (
    FORMS,
    NEWEST,
    SEALS,
    Head,
    Seal,
    merkle_root,
    parse_notes,
    seal_from,
    signed_note,
    utc,
)

LIMIT = 50_000  # rows under one seal at most: memory stays bounded after a long stop
LOCK = 0x5EA1_106  # advisory lock: one sealer at a time


class SealingRefused(RuntimeError):
    """Sealing would contradict what was exported before; a person must look."""


class StopSignal(Protocol):
    """An event of a thread or of a process: set when sealing shall end."""

    def is_set(self) -> bool: ...

    def wait(self, timeout: float) -> object: ...


class AnotherSealer(RuntimeError):
    """A sealer is running already."""


FAILURES = (psycopg2.Error, OSError, ValueError, AnotherSealer, SealingRefused)
"""What can keep a sealer from sealing."""


# -- keys ---------------------------------------------------------------------------------------


def load_key(path: Path) -> Ed25519PrivateKey:
    """The signing key. Raises OSError or ValueError when it cannot be read."""
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError(f"{path} is not an Ed25519 key.")
    return key


def make_key(path: Path) -> Ed25519PrivateKey:
    """Make a signing key, readable by its owner alone, and its public half beside it.

    Raises FileExistsError rather than overwrite a key.
    """
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())
    publish_key(key.public_key(), public_key_path(path))
    return key


def public_key_path(path: Path) -> Path:
    """Where the public half of a signing key lies: beside it, as `<name>.pub.pem`."""
    return path.with_suffix(".pub.pem")


def publish_key(key: Ed25519PublicKey, path: Path) -> None:
    """Add a public key to a file of public keys, unless it is there already."""
    pem = key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    known = path.read_bytes() if path.exists() else b""
    if pem not in known:
        _append(path, pem)


def open_key(path: Path, connection: Any) -> Ed25519PrivateKey:
    """The signing key; made now if nothing has been sealed yet.

    Raises SealingRefused when there are seals but no key: the key must be brought back, or a new
    one made on purpose (`sealer --new-key`).
    """
    if path.exists():
        return load_key(path)
    with connection, connection.cursor() as cursor:
        if _last_seal(cursor) is not None:
            raise SealingRefused(f"There are seals, but no signing key at {path}.")
    return make_key(path)


# -- exported heads -----------------------------------------------------------------------------


class HeadStore:
    """The folder that heads are exported to: one append-only text file a month."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def last(self) -> Head | None:
        """The head with the highest number, or None when nothing was exported yet."""
        for path in sorted(self.folder.glob("heads-*.txt"), reverse=True):
            heads = list(parse_notes(path.read_text("utf-8").splitlines(keepends=True)))
            if heads:
                return max(heads, key=lambda head: head.number)
        return None

    def append(self, seal: Seal, public: Ed25519PublicKey) -> None:
        """Export the head of a seal; it is on the disk when this returns."""
        path = self.folder / f"heads-{seal.at[:7]}.txt"
        _append(path, f"{signed_note(seal.text(), seal.signature, public)}\n".encode())


def _append(path: Path, data: bytes) -> None:
    """Add to the end of a file and wait for the disk; never onto a line cut short by a crash."""
    fresh = not path.exists()
    with path.open("ab+") as file:
        if file.tell():
            file.seek(-1, os.SEEK_END)
            if file.read(1) != b"\n":
                data = b"\n" + data
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if fresh:
        descriptor = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


# -- sealing ------------------------------------------------------------------------------------


class Batch(NamedTuple):
    """The rows of the queue that go under one seal: up to an id, of one month."""

    last: int
    month: datetime
    end: datetime

    def values(self, table: str | None = None) -> list[object]:
        """Parameters of TAKEN; all tables unless one is named."""
        return [self.last, self.month, self.end, [table] if table else list(NEWEST)]


TAKEN = "WHERE q.id <= %s AND q.at >= %s AND q.at < %s AND q.table_name = ANY(%s)"


class Part(NamedTuple):
    """The rows of one table that go under a seal."""

    table: str
    version: int
    start: str
    ids: list[int]
    leaves: bytes


@dataclass(slots=True)
class Sealer:
    """Seals with one key, to one folder, through one connection (psycopg2, not in autocommit)."""

    connection: Any
    key: Ed25519PrivateKey
    heads: HeadStore
    limit: int = LIMIT

    def lock(self) -> None:
        """Be the only one that seals. Raises AnotherSealer when one is running."""
        with self.connection, self.connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
            if not cursor.fetchone()[0]:
                raise AnotherSealer("A sealer is running already.")
            # Rows of one seal are few against a month of log: look them up by key, never by scan.
            cursor.execute("SET enable_hashjoin = off; SET enable_mergejoin = off")
            cursor.execute("SET synchronous_commit = on; SET timezone = 'UTC'")

    def reconcile(self) -> None:
        """Export heads that a crash kept back.

        Raises SealingRefused when the exported heads know seals that the database does not have:
        after a restore, `reanchor_log` must be run.
        """
        exported = self.heads.last()
        with self.connection, self.connection.cursor() as cursor:
            newest = _last_seal(cursor)
            if exported is not None:
                _compare(cursor, exported, newest)
            cursor.execute(
                f"{SEALS} WHERE number > %s ORDER BY number", [exported.number if exported else 0]
            )
            for row in cursor:
                self.heads.append(seal_from(row), self.key.public_key())

    def seal_waiting(self, stop: StopSignal | None = None) -> int:
        """Seal everything that waits now, or until told to stop; the number of rows sealed.

        What is logged meanwhile waits for the next time: to run after it would make small seals
        without end in a busy office, and slow the writers down.
        """
        sealed, newest = 0, self._newest_waiting()
        while not (stop and stop.is_set()) and (seal := self._seal_next(newest)):
            sealed += len(seal.row_ids)
        return sealed

    def _newest_waiting(self) -> int:
        with self.connection, self.connection.cursor() as cursor:
            cursor.execute("SELECT coalesce(max(id), 0) FROM public.vuokra_access_seal_queue")
            return int(cursor.fetchone()[0])

    def _seal_next(self, newest: int) -> Seal | None:
        """Make one seal over the oldest rows that wait, of one month; None when none waits.

        Entries of the queue after `newest` are left for later.
        """
        with self.connection, self.connection.cursor() as cursor:
            batch = _next_batch(cursor, self.limit, newest)
            if batch is None:
                return None
            seal = _compose(cursor, "rows", list(self._parts(cursor, batch)), batch.month)
            self._save(cursor, seal)
            cursor.execute(f"DELETE FROM public.vuokra_access_seal_queue q {TAKEN}", batch.values())
            if cursor.rowcount != len(seal.row_ids):
                raise SealingRefused("The queue changed while its rows were sealed.")
        self.heads.append(seal, self.key.public_key())
        return seal

    def reanchor(self, reason: str, approved_by: str) -> Seal:
        """Continue after a restore: a seal that names the exported heads given up, why, and who
        approved. It stays in the chain and every check shows it.

        Raises SealingRefused when the exported heads and the database agree already.
        """
        exported = self.heads.last()
        with self.connection, self.connection.cursor() as cursor:
            newest = _last_seal(cursor)
            last = newest.number if newest else 0
            if exported is None or exported.number <= last:
                raise SealingRefused("The exported heads know nothing that the database lacks.")
            note = {
                "abandoned": [last + 1, exported.number],
                "abandoned_head": exported.digest.hex(),
                "approved_by": approved_by,
                "reason": reason,
            }
            seal = _compose(cursor, "reanchor", [], note=json.dumps(note, sort_keys=True))
            seal.number = exported.number + 1
            if newest is None:
                seal.origin = exported.text.split("\n", 1)[0]
            self._save(cursor, seal)
        self.heads.append(seal, self.key.public_key())
        return seal

    @staticmethod
    def _parts(cursor: Any, batch: Batch) -> Iterator[Part]:
        cursor.execute(
            f"SELECT q.table_name, {utc('min(q.at)')} FROM public.vuokra_access_seal_queue q "
            f"{TAKEN} GROUP BY q.table_name ORDER BY q.table_name",
            batch.values(),
        )
        for table, start in cursor.fetchall():
            version = NEWEST[table]
            yield Part(table, version, start, *_leaves(cursor, table, version, batch))

    def _save(self, cursor: Any, seal: Seal) -> None:
        text = seal.text().encode()
        seal.head, seal.signature = sha256(text).digest(), self.key.sign(text)
        values = {name: getattr(seal, name) for name in Seal.__slots__}
        values["month"] = seal.month or None
        values["row_ids"] = "{" + ",".join(map(str, seal.row_ids)) + "}"  # one constant, not many
        casts = {"starts": "%s::timestamptz[]", "tables": "%s::text[]", "versions": "%s::integer[]",
                 "counts": "%s::integer[]", "row_ids": "%s::bigint[]"}  # fmt: skip
        places = ", ".join(casts.get(name, "%s") for name in values)
        cursor.execute(
            f"INSERT INTO public.vuokra_access_seal ({', '.join(values)}) VALUES ({places})",
            list(values.values()),
        )


def connected(parameters: dict[str, Any], key_file: Path, folder: Path) -> Sealer:
    """A sealer that is connected, alone, and has published its public key.

    Raises one of FAILURES.
    """
    connection = psycopg2.connect(**parameters)
    try:
        connection.set_session(isolation_level="REPEATABLE READ")
        connection.set_client_encoding("UTF8")
        sealer = Sealer(connection, open_key(key_file, connection), HeadStore(folder))
        sealer.lock()
        for path in (public_key_path(key_file), folder / public_key_path(key_file).name):
            publish_key(sealer.key.public_key(), path)
    except BaseException:
        connection.close()
        raise
    return sealer


def keep_sealing(
    opened: Callable[[], Sealer],
    stop: StopSignal,
    seconds: float,
    tell: Callable[[str], object],
) -> None:
    """Seal what waits every `seconds` until told to stop; `tell` is given what goes wrong.

    Nothing stops it otherwise: without a database, or when it must not seal, it says so once and
    tries again. The growing age of the newest seal is what alarms, the office works on.
    """
    sealer: Sealer | None = None
    said = ""
    while not stop.is_set():
        try:
            if sealer is None:
                sealer = opened()
                sealer.reconcile()
            sealer.seal_waiting(stop)
            said = ""
        except FAILURES as error:
            if sealer is not None:
                sealer.connection.close()
                sealer = None
            if str(error) != said:
                tell(f"Not sealing: {error}")
            said = str(error)
        stop.wait(seconds)
    if sealer is not None:
        sealer.connection.close()


def _next_batch(cursor: Any, limit: int, newest: int) -> Batch | None:
    """The oldest entries of the queue, up to the id `newest`, of the month of the very oldest.

    The transaction sees one moment (REPEATABLE READ), so what is sealed and what is taken off the
    queue are the same rows, whatever is committed meanwhile with a lower id. A row of an impossible
    time (no month holds it) goes on waiting, and does not hold up the rest.
    """
    cursor.execute(
        """WITH batch AS (SELECT id, at FROM public.vuokra_access_seal_queue
                          WHERE table_name = ANY(%s) AND at >= '2000-01-01' AND at < '9999-01-01'
                          AND id <= %s ORDER BY id LIMIT %s),
                month AS (SELECT date_trunc('month', at, 'UTC') AS start,
                                 date_trunc('month', at, 'UTC') + interval '1 month' AS stop
                          FROM batch ORDER BY id LIMIT 1)
           SELECT max(id), start, stop FROM batch, month
           WHERE at >= start AND at < stop GROUP BY start, stop""",
        [list(NEWEST), newest, limit],
    )
    row = cursor.fetchone()
    return Batch(*row) if row else None


def _leaves(cursor: Any, table: str, version: int, batch: Batch) -> tuple[list[int], bytes]:
    """Ids of the batch's rows in one table, and their leaves one after another.

    Hashed in the database, so that sealing takes little from the writers; the verifier reads the
    rows and hashes them itself. A row that is gone gets the leaf of a missing row.
    """
    form = FORMS[table, version]
    cursor.execute(
        f"""SELECT array_agg(row_id ORDER BY row_id),
                   string_agg(leaf, '' ORDER BY row_id)
            FROM (SELECT q.row_id, sha256('\\x00' || convert_to(CASE WHEN r.id IS NULL
                         THEN json_build_array('{table}', {version}, q.row_id, 'missing')::text
                         ELSE {form.sql} END, 'UTF8')) AS leaf
                  FROM public.vuokra_access_seal_queue q
                  LEFT JOIN public.{table} r ON r.id = q.row_id AND r.{form.time} = q.at
                       AND r.{form.time} >= %s AND r.{form.time} < %s
                  {TAKEN} OFFSET 0) AS sealed""",
        [batch.month, batch.end, *batch.values(table)],
    )
    ids, leaves = cursor.fetchone()
    return ids, bytes(leaves)


def _compose(
    cursor: Any, kind: str, parts: list[Part], month: datetime | None = None, note: str = ""
) -> Seal:
    """The next seal over these parts, not signed yet."""
    newest = _last_seal(cursor)
    cursor.execute("SELECT clock_timestamp()")
    leaves = b"".join(part.leaves for part in parts)
    return Seal(
        number=newest.number + 1 if newest else 1,
        kind=kind,
        origin=newest.origin if newest else f"vuokra.log/{uuid.uuid4()}",
        at=_iso(cursor.fetchone()[0]),
        month=f"{month:%Y-%m}-01" if month else "",
        tables=[part.table for part in parts],
        versions=[part.version for part in parts],
        counts=[len(part.ids) for part in parts],
        starts=[part.start for part in parts],
        row_ids=[row_id for part in parts for row_id in part.ids],
        leaves=leaves,
        total=(newest.total if newest else 0) + len(leaves) // HASH_BYTES,
        root=merkle_root(leaves),
        previous=newest.head if newest else bytes(32),
        head=b"",
        note=note,
        signature=b"",
    )


def _last_seal(cursor: Any) -> Seal | None:
    cursor.execute(f"{SEALS} ORDER BY number DESC LIMIT 1")
    row = cursor.fetchone()
    return seal_from(row) if row else None


def _compare(cursor: Any, exported: Head, newest: Seal | None) -> None:
    cursor.execute(
        "SELECT head FROM public.vuokra_access_seal WHERE number = %s", [exported.number]
    )
    row = cursor.fetchone()
    if row is None:
        raise SealingRefused(
            f"Head {exported.number} was exported, but the database ends at seal "
            f"{newest.number if newest else 0}. After a restore, run reanchor_log."
        )
    if bytes(row[0]) != exported.digest:
        raise SealingRefused(
            f"Seal {exported.number} is not the one that was exported. Run verify_log."
        )


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
