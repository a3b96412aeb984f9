"""Checks that the log is what was sealed, and names the first row that is not.

This file stands alone: Python, psycopg2 and cryptography are enough, Django is not needed. Copy it
to another machine together with the public key and the exported heads, and run

    python verifier.py --database URL --public-key FILE --heads FOLDER [--json]
    python verifier.py --proof FILE --public-key FILE [--heads FOLDER]

Exit status: 0 what was sealed is there, 1 it is not, 2 the check could not be made.
docs/seals.md describes the format; the forms below are the format itself, and the sealer uses them.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from base64 import b64decode, b64encode
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from itertools import accumulate
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

import psycopg2
import psycopg2.extensions
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_public_key,
)

FETCH = 5_000
NAMED = 200  # findings listed one by one; the rest are counted


# -- the format: canonical bytes of a row -------------------------------------------------------


def utc(column: str) -> str:
    """SQL: a time as text in UTC with microseconds, whatever the session's settings.

    Times that the text form cannot tell apart (before year 1, infinite) are given as seconds.
    """
    return (
        f"CASE WHEN {column} >= '0001-01-01 00:00:00+00' AND {column} < 'infinity' "
        f"THEN to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') "
        f"ELSE 'epoch ' || extract(epoch FROM {column})::text END"
    )


class Form(NamedTuple):
    """How the rows of a table become bytes: a JSON array of these columns, in this order."""

    time: str
    sql: str


def _form(table: str, version: int, time_column: str, *columns: str) -> Form:
    parts = [f"'{table}'", str(version), "r.id", utc(f"r.{time_column}"), *columns]
    return Form(time_column, f"json_build_array({', '.join(parts)})::text")


_DIGEST = "encode(r.payload_digest, 'hex')"

FORMS: dict[tuple[str, int], Form] = {
    ("vuokra_access_event", 1): _form(
        "vuokra_access_event", 1, "at",
        "r.access_id", "r.kind", "r.actor_id", "r.actor", "r.role", "r.purpose", "r.case_kind",
        "r.case_id", "r.action", "r.surface", "r.route", "r.method", "r.outcome", "r.status",
        "r.address::text", "r.session", "r.subjects::text", "r.subject_count", "r.detail::text",
        "r.alarm", _DIGEST,
    ),
    ("vuokra_access_change", 1): _form(
        "vuokra_access_change", 1, "at",
        "r.access_id", "r.actor_id", "r.actor", "r.content_type_id", "r.object_pk", "r.object_id",
        "r.object_repr", "r.action", "r.cid", "r.subject", _DIGEST,
    ),
    ("vuokra_access_rowchange", 1): _form(
        "vuokra_access_rowchange", 1, "at",
        "r.access_id", "r.actor", "r.table_name", "r.row_id", "r.operation", "r.subject", "r.bulk",
        _DIGEST,
    ),
    ("django_admin_log", 1): _form(
        "django_admin_log", 1, "action_time",
        "r.user_id", "r.content_type_id", "r.object_id", "r.object_repr", "r.action_flag",
        "r.change_message",
    ),
}  # fmt: skip
NEWEST = dict(sorted(FORMS))
WITH_PAYLOAD = ("vuokra_access_event", "vuokra_access_change", "vuokra_access_rowchange")


def leaf(data: bytes) -> bytes:
    """RFC 6962 leaf hash."""
    return sha256(b"\x00" + data).digest()


def missing_leaf(table: str, version: int, row_id: int) -> bytes:
    """The leaf of a row that waited for its seal but was gone when the sealer came."""
    return leaf(json.dumps([table, version, row_id, "missing"]).encode())


def merkle_root(level: bytes) -> bytes:
    """The root over leaf hashes given one after another (RFC 6962)."""
    if not level:
        return sha256(b"").digest()
    while len(level) > 32:
        end = len(level) - len(level) % 64
        pairs = (level[at : at + 64] for at in range(0, end, 64))
        level = b"".join([sha256(b"\x01" + pair).digest() for pair in pairs]) + level[end:]
    return level


def root_by_path(digest: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that an inclusion proof leads to (RFC 9162, 2.1.3.2), or None if it cannot."""
    last = size - 1
    if not 0 <= index <= last:
        return None
    for sibling in path:
        if last == 0:
            return None
        if index % 2 or index == last:
            digest = sha256(b"\x01" + sibling + digest).digest()
            while index and not index % 2:
                index, last = index >> 1, last >> 1
        else:
            digest = sha256(b"\x01" + digest + sibling).digest()
        index, last = index >> 1, last >> 1
    return digest if last == 0 else None


# -- the format: heads --------------------------------------------------------------------------


@dataclass(slots=True)
class Seal:
    """One row of vuokra_access_seal; times as text in UTC, month as YYYY-MM-DD or ''."""

    number: int
    kind: str
    origin: str
    at: str
    month: str
    tables: list[str]
    versions: list[int]
    counts: list[int]
    starts: list[str]
    row_ids: list[int]
    leaves: bytes
    total: int
    root: bytes
    previous: bytes
    head: bytes
    note: str
    signature: bytes

    def segments(self) -> Iterator[tuple[str, int, str, list[int], bytes]]:
        """Table, version, first time, row ids and leaves of each table in the seal."""
        ends = list(accumulate(self.counts))
        for table, version, start, count, end in zip(
            self.tables, self.versions, self.starts, self.counts, ends, strict=True
        ):
            span = slice(end - count, end)
            leaves = self.leaves[span.start * 32 : span.stop * 32]
            yield table, version, start, self.row_ids[span], leaves

    def text(self) -> str:
        """What is signed: every fact of the seal. Lines 1–3 are those of a C2SP checkpoint."""
        ids = b"".join(row_id.to_bytes(8, "big", signed=True) for row_id in self.row_ids)
        lines = [
            self.origin,
            str(self.total),
            b64encode(self.root).decode(),
            f"seal {self.number} {self.kind}",
            f"time {self.at}",
            f"month {self.month}",
        ]
        for table, version, start, row_ids, _ in self.segments():
            lines.append(
                f"table {table} {version} {len(row_ids)} {min(row_ids)} {max(row_ids)} {start}"
            )
        lines += [f"rows {sha256(ids).hexdigest()}", f"previous {self.previous.hex()}"]
        lines += [f"note {self.note}"] if self.note else []
        return "\n".join(lines) + "\n"

    def well_formed(self) -> bool:
        """Whether the arrays fit one another, so that the seal can be read at all."""
        return (
            len(self.tables) == len(self.versions) == len(self.counts) == len(self.starts)
            and sum(self.counts) == len(self.row_ids) == len(self.leaves) // 32
            and all(count > 0 for count in self.counts)
            and all(key in FORMS for key in zip(self.tables, self.versions, strict=True))
            and "\n" not in self.note + self.origin
        )


class Head(NamedTuple):
    """An exported head: its text, the facts in it that the check needs, and its signature."""

    number: int
    text: str
    digest: bytes
    signature: bytes

    def first_row(self) -> tuple[str, int | None, str]:
        """Table, id and time of the first row under the head, for naming it."""
        for line in self.text.splitlines():
            if line.startswith("table "):
                _, table, _, _, first, _, start = line.split(" ")
                return table, int(first), start
        return "vuokra_access_seal", self.number, self.time

    @property
    def time(self) -> str:
        """When the seal was made."""
        return next(x[5:] for x in self.text.splitlines() if x.startswith("time "))


def key_hash(name: str, public: Ed25519PublicKey) -> bytes:
    """The four bytes that name a key in a C2SP signed note."""
    raw = public.public_bytes(Encoding.Raw, PublicFormat.Raw)
    return sha256(name.encode() + b"\n\x01" + raw).digest()[:4]


def signed_note(text: str, signature: bytes, public: Ed25519PublicKey) -> str:
    """The text and its signature line, as heads are exported."""
    name = text.split("\n", 1)[0]
    return f"{text}\n— {name} {b64encode(key_hash(name, public) + signature).decode()}\n"


def parse_notes(lines: Iterable[str]) -> Iterator[Head]:
    """The signed notes in an exported file. One that was cut short by a crash is passed over."""
    body: list[str] = []
    for line in lines:
        if line.startswith("vuokra.log/"):
            body = []
        if line.startswith("— ") and body:
            text = "".join(body).rstrip("\n") + "\n"
            number = next((x.split()[1] for x in body if x.startswith("seal ")), "")
            blob = b64decode(line.split()[-1])
            if number.isdigit():
                yield Head(int(number), text, sha256(text.encode()).digest(), blob[4:])
            body = []
        else:
            body.append(line)


@dataclass(slots=True)
class HeadFolder:
    """The exported heads as they were when the check began: later ones are not read."""

    files: list[tuple[Path, int]]

    @classmethod
    def at(cls, folder: Path) -> HeadFolder:
        """Remember the files and their sizes. Raises FileNotFoundError when there is no folder."""
        if not folder.is_dir():
            raise FileNotFoundError(f"There is no folder of heads at {folder}.")
        return cls([(path, path.stat().st_size) for path in sorted(folder.glob("heads-*.txt"))])

    def __iter__(self) -> Iterator[Head]:
        for path, size in self.files:
            with path.open("rb") as file:
                text = file.read(size).decode("utf-8", "replace")
            yield from parse_notes(text.splitlines(keepends=True))


# -- findings -----------------------------------------------------------------------------------


class Finding(NamedTuple):
    """What does not fit, and where."""

    kind: str
    table: str
    id: int | None
    time: str
    seal: int | None
    text: str


@dataclass
class Report:
    """What was checked and what was found."""

    rows: dict[str, int] = field(default_factory=dict)
    waiting: int = 0
    seals: int = 0
    heads: int = 0
    payloads: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    finding_count: int = 0
    first: Finding | None = None
    notices: list[dict[str, Any]] = field(default_factory=list)
    newest_seal: str = ""
    seconds: float = 0.0

    def add(
        self, kind: str, text: str, where: tuple[str, int | None, str], seal: int | None = None
    ) -> None:
        """Record a finding; the earliest in time stays first."""
        finding = Finding(kind, *where, seal, text)
        self.finding_count += 1
        if self.first is None or finding.time < self.first.time:
            self.first = finding
        if len(self.findings) < NAMED:
            self.findings.append(finding)

    def as_json(self) -> dict[str, Any]:
        """The report as plain data."""
        return asdict(self) | {
            "intact": not self.finding_count,
            "first": self.first and self.first._asdict(),
            "findings": [finding._asdict() for finding in self.findings],
        }


# -- reading the database -----------------------------------------------------------------------

SEALS = f"""
    SELECT number, kind, origin, {utc("at")}, coalesce(to_char(month, 'YYYY-MM-DD'), ''),
           tables, versions, counts,
           ARRAY(SELECT {utc("s.t")} FROM unnest(starts) WITH ORDINALITY AS s(t, n) ORDER BY s.n),
           row_ids, leaves, total, root, previous, head, note, signature
    FROM public.vuokra_access_seal"""
RAW_TEXT = psycopg2.extensions.new_type((25,), "RAW_TEXT", psycopg2.extensions.BYTES)


def seal_from(row: Sequence[Any]) -> Seal:
    """A row of SEALS as a Seal."""
    values: list[Any] = [bytes(x) if isinstance(x, memoryview) else x for x in row]
    return Seal(*values)


def rows_query(table: str) -> str:
    """All rows of a log table by id: the id, then the canonical text in every version there is."""
    forms = [form.sql for (name, _), form in sorted(FORMS.items()) if name == table]
    return f"SELECT r.id, {', '.join(forms)} FROM public.{table} r ORDER BY r.id"


def open_cursor(connection: Any, name: str, query: str, size: int = FETCH) -> Any:
    """A server-side cursor that gives text as the bytes that came."""
    cursor = connection.cursor(name)
    cursor.itersize = size
    psycopg2.extensions.register_type(RAW_TEXT, cursor)
    cursor.execute(query)
    return cursor


def connect(database: str | None = None, **parameters: Any) -> Any:
    """A read-only connection that sees one moment of the database throughout."""
    connection = psycopg2.connect(database, **parameters)
    connection.set_session(isolation_level="REPEATABLE READ", readonly=True)
    connection.set_client_encoding("UTF8")
    with connection.cursor() as cursor:
        cursor.execute("SET search_path TO pg_catalog")
    return connection


def row_time(data: bytes) -> str:
    """A row's own time, as it stands in its canonical bytes."""
    return str(json.loads(data)[3])


class RowStream:
    """The rows of one table in the order of their ids; those not matched to a seal yet wait."""

    def __init__(self, connection: Any, table: str) -> None:
        self.table = table
        self.cursor = open_cursor(connection, f"rows_{table}", rows_query(table))
        self.ahead: list[tuple[Any, ...]] = []
        self.unmatched: dict[int, list[tuple[Any, ...]]] = {}
        self.count = 0

    def until(self, last: int) -> list[tuple[Any, ...]]:
        """The rows not given yet whose id is at most `last`."""
        taken: list[tuple[Any, ...]] = []
        while True:
            end = bisect_right(self.ahead, last, key=itemgetter(0))
            taken += self.ahead[:end]
            self.ahead = self.ahead[end:]
            if self.ahead or not self._fetch():
                self.count += len(taken)
                return taken

    def rest(self) -> Iterator[tuple[Any, ...]]:
        """Rows that no seal names: those passed by, then those after the last seal."""
        for rows in self.unmatched.values():
            yield from rows
        while self.ahead or self._fetch():
            self.count += len(self.ahead)
            yield from self.ahead
            self.ahead = []

    def _fetch(self) -> bool:
        self.ahead = self.cursor.fetchmany(FETCH)
        return bool(self.ahead)


# -- the check ----------------------------------------------------------------------------------


class Check:
    """One check of the whole log against its seals and the exported heads."""

    def __init__(
        self, connection: Any, keys: list[Ed25519PublicKey], heads: HeadFolder | None
    ) -> None:
        self.connection, self.keys, self.folder = connection, keys, heads
        self.report = Report()
        self.heads: dict[int, bytes] = {}
        self.streams = {table: RowStream(connection, table) for table in NEWEST}
        self.versions = {
            key: 1 + [version for name, version in sorted(FORMS) if name == key[0]].index(key[1])
            for key in FORMS
        }
        self.abandoned: list[range] = []
        self.unexported: list[int] = []
        self.last: Seal | None = None
        self.chain = bytes(32)

    def run(self) -> Report:
        """Read everything once and report."""
        began = time.monotonic()
        self._read_heads()
        with open_cursor(self.connection, "seals", f"{SEALS} ORDER BY number", 20) as cursor:
            for row in cursor:
                self._seal(seal_from([x.decode() if isinstance(x, bytes) else x for x in row]))
        self._compare_ends()
        for stream in self.streams.values():
            self._unsealed(stream)
            self.report.rows[stream.table] = stream.count
        self._payloads()
        self.report.seconds = round(time.monotonic() - began, 3)
        return self.report

    # heads and chain

    def _read_heads(self) -> None:
        for head in self.folder or ():
            if self.heads.setdefault(head.number, head.digest) != head.digest:
                text = f"two different heads were exported as number {head.number}"
                self.report.add("heads_conflict", text, head.first_row(), head.number)
        self.report.heads = len(self.heads)

    def _seal(self, seal: Seal) -> None:
        self.report.seals += 1
        self.report.newest_seal = seal.at
        if not seal.well_formed():
            where = self._place(seal.number, seal)
            self.report.add("seal_altered", "the seal cannot be read", where, seal.number)
            self.last = seal
            return
        self._number(seal)
        text = seal.text()
        digest = sha256(text.encode()).digest()
        exported = self.heads.get(seal.number)
        if problem := self._problem(seal, text, digest, exported):
            self.report.add(*problem, self._place(seal.number, seal), seal.number)
        if exported is None:
            self.unexported.append(seal.number)
        self.last, self.chain = seal, exported or digest
        whole, before = merkle_root(seal.leaves) == seal.root, self.report.finding_count
        for segment in seal.segments():
            self._segment(seal, whole, *segment)
        if not whole and self.report.finding_count == before:
            fault = "the stored leaves do not give the signed root"
            self.report.add("leaf_altered", fault, self._place(seal.number, seal), seal.number)

    def _problem(
        self, seal: Seal, text: str, digest: bytes, exported: bytes | None
    ) -> tuple[str, str] | None:
        signed = any(verifies(key, seal.signature, text) for key in self.keys)
        unsigned = "" if signed else ", and it is not signed with the key"
        if digest != seal.head:
            return "seal_altered", "the seal does not give its own head" + unsigned
        if exported not in (None, digest):
            return "chain_rebuilt", "the seal is not the one that was exported" + unsigned
        if not signed:
            return "bad_signature", "the seal is not signed with the key"
        if seal.previous != self.chain or (self.last and seal.origin != self.last.origin):
            return "chain_broken", "the seal does not continue the one before it"
        if seal.total != (self.last.total if self.last else 0) + len(seal.row_ids):
            return "chain_broken", "the count of sealed rows does not add up"
        return None

    def _number(self, seal: Seal) -> None:
        first = self.last.number + 1 if self.last else 1
        if seal.kind == "reanchor":
            note = json.loads(seal.note)
            self.report.notices.append(
                {"kind": "reanchor", "seal": seal.number, "time": seal.at, **note}
            )
            gone = note["abandoned"] or [first, first - 1]
            known = self.heads.get(gone[1])
            named = known is None or note["abandoned_head"] == known.hex()
            if gone == [first, seal.number - 1] and named:
                self.abandoned.append(range(first, seal.number))
                return
        if seal.number != first:
            text = f"seals {first}–{seal.number - 1} are gone"
            self.report.add("seal_missing", text, self._place(first, seal), first)

    def _compare_ends(self) -> None:
        newest = self.last.number if self.last else 0
        gone = sorted(n for n in self.heads if n > newest)
        if gone:
            text = f"heads {gone[0]}–{gone[-1]} were exported, the database ends at {newest}"
            self.report.add("tail_missing", text, self._place(gone[0], None), gone[0])
        if self.folder is None:
            self.report.notices.append({"kind": "no_heads", "text": "a lost end cannot be seen"})
            return
        top = max(self.heads, default=0)
        holes = [number for number in self.unexported if number < top or not top]
        if holes:
            text = f"{len(holes)} seals have no exported head"
            self.report.add("head_missing", text, self._place(holes[0], None), holes[0])
        elif self.unexported:
            self.report.notices.append({"kind": "unexported", "seals": self.unexported})

    def _place(self, number: int, seal: Seal | None) -> tuple[str, int | None, str]:
        """The first row under a seal: by the exported head if there is one, else by the seal."""
        if number in self.heads and self.folder is not None:
            return next(head for head in self.folder if head.number == number).first_row()
        if seal is not None and seal.number == number and seal.tables and seal.row_ids:
            return seal.tables[0], seal.row_ids[0], seal.starts[0]
        return "vuokra_access_seal", number, seal.at if seal else ""

    # rows

    def _segment(
        self,
        seal: Seal,
        whole: bool,
        table: str,
        version: int,
        _: str,
        ids: list[int],
        leaves: bytes,
    ) -> None:
        stream, column = self.streams[table], self.versions[table, version]
        rows = stream.until(max(ids))
        if [row[0] for row in rows] == ids and leaves == b"".join(
            [sha256(b"\x00" + row[column]).digest() for row in rows]
        ):
            return
        waiting = stream.unmatched
        for row in rows:
            waiting.setdefault(row[0], []).append(row)
        for position, row_id in enumerate(ids):
            stored = leaves[32 * position : 32 * position + 32]
            found = waiting.pop(row_id, [])
            fitting = [row for row in found if leaf(row[column]) == stored]
            left = [row for row in found if row not in fitting[:1]][not fitting :]
            if left:
                waiting[row_id] = left
            if not found:
                early = stored == missing_leaf(table, version, row_id)
                text = "the row was gone before its seal" if early else "the row is gone"
                self.report.add("deleted_row", text, (table, row_id, seal.at), seal.number)
            elif not fitting:
                kind = "changed_row" if whole else "leaf_altered"
                where = (table, row_id, row_time(found[0][column]))
                self.report.add(kind, "the row is not the one sealed", where, seal.number)

    def _unsealed(self, stream: RowStream) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute(
                f"SELECT row_id, {utc('at')} FROM public.vuokra_access_seal_queue "
                "WHERE table_name = %s",
                [stream.table],
            )
            queue: dict[int, str] = dict(cursor.fetchall())
        for row in stream.rest():
            queued, own = queue.pop(row[0], None), row_time(row[-1])
            if queued is None:
                text = "the row was never sealed and does not wait for a seal"
                self.report.add("inserted_row", text, (stream.table, row[0], own))
            elif queued != own:
                text = "the row's time is not the one it was written with"
                self.report.add("changed_row", text, (stream.table, row[0], own))
            else:
                self.report.waiting += 1
        for row_id, at in queue.items():
            text = "the row waited for its seal and is gone"
            self.report.add("deleted_row", text, (stream.table, row_id, at))

    # payloads

    def _payloads(self) -> None:
        checked = 0
        query = "SELECT digest, salt, body FROM public.vuokra_access_payload"
        with open_cursor(self.connection, "payloads", query) as cursor:
            for digest, salt, body in cursor:
                checked += 1
                if sha256(bytes(salt) + body).digest() != bytes(digest):
                    text = "the stored values are not those that were logged"
                    self.report.add("payload_altered", text, self._holder(bytes(digest)))
        self.report.payloads = {"checked": checked, "erased": self._erased()}

    def _holder(self, digest: bytes) -> tuple[str, int | None, str]:
        with self.connection.cursor() as cursor:
            for table in WITH_PAYLOAD:
                cursor.execute(
                    f"SELECT id, {utc('at')} FROM public.{table} WHERE payload_digest = %s",
                    [digest],
                )
                if row := cursor.fetchone():
                    return table, row[0], row[1]
        return "vuokra_access_payload", None, ""

    def _erased(self) -> int:
        """Log rows whose values have been erased, as they may be."""
        query = " UNION ALL ".join(
            f"SELECT payload_digest FROM public.{table} WHERE payload_digest IS NOT NULL"
            for table in WITH_PAYLOAD
        )
        with self.connection.cursor() as cursor:
            cursor.execute(
                f"SELECT count(*) FROM ({query}) AS logged WHERE NOT EXISTS (SELECT FROM "
                "public.vuokra_access_payload p WHERE p.digest = logged.payload_digest)"
            )
            return int(cursor.fetchone()[0])


def verifies(key: Ed25519PublicKey, signature: bytes, text: str) -> bool:
    """Whether the signature over the text was made with the key."""
    try:
        key.verify(signature, text.encode())
    except InvalidSignature:
        return False
    return True


def verify(
    database: str | None,
    keys: list[Ed25519PublicKey],
    heads: Path | None,
    **parameters: Any,
) -> Report:
    """Check the whole log of the database at an address, or by psycopg2's parameters.

    `heads` is read before the database, since a head is exported after its seal is saved. Raises
    psycopg2.Error when the database cannot be read, FileNotFoundError without the folder.
    """
    folder = HeadFolder.at(heads) if heads else None
    connection = connect(database, **parameters)
    try:
        return Check(connection, keys, folder).run()
    finally:
        connection.close()


# -- one row's proof, and the command line ------------------------------------------------------


def check_proof(proof: dict[str, Any], keys: list[Ed25519PublicKey], heads: Path | None) -> str:
    """Why an inclusion proof does not hold, or '' when it does.

    A proof holds when the row's bytes lead to the root in a head that was signed with the key and,
    when the folder is given, is among the exported heads.
    """
    text, data = str(proof["head"]), str(proof["row"]).encode()
    if json.loads(data)[:3] != [proof["table"], proof["version"], proof["id"]]:
        return "the proof names another row than the one it holds"
    signature = bytes.fromhex(proof["signature"])
    if not any(verifies(key, signature, text) for key in keys):
        return "the head is not signed with the key"
    root = b64decode(text.split("\n")[2])
    path = [bytes.fromhex(step) for step in proof["path"]]
    if root_by_path(leaf(data), proof["index"], proof["size"], path) != root:
        return "the row does not lead to the root that was signed"
    if heads and not any(known.text == text for known in HeadFolder.at(heads)):
        return "the head is not among the exported ones"
    return ""


def load_keys(path: Path) -> list[Ed25519PublicKey]:
    """The public keys in a PEM file, oldest first. Raises ValueError when there is none."""
    end = b"-----END PUBLIC KEY-----"
    blocks = [block + end for block in path.read_bytes().split(end) if b"BEGIN PUBLIC" in block]
    keys = [load_pem_public_key(block) for block in blocks]
    found = [key for key in keys if isinstance(key, Ed25519PublicKey)]
    if not found or len(found) != len(keys):
        raise ValueError(f"{path} does not hold Ed25519 public keys.")
    return found


def describe(report: Report) -> str:
    """The report for people."""
    lines = [f"{count:>10} rows of {table}" for table, count in report.rows.items()]
    lines.append(f"{report.waiting:>10} rows wait for a seal")
    lines.append(f"{report.seals:>10} seals, the newest {report.newest_seal or 'none'}")
    lines.append(f"{report.heads:>10} exported heads")
    lines.append(f"{report.payloads['checked']:>10} payloads checked")
    lines.append(f"{report.payloads['erased']:>10} payloads erased")
    lines += [f"NOTICE {json.dumps(notice, ensure_ascii=False)}" for notice in report.notices]
    for finding in report.findings:
        where = f"{finding.table} id {finding.id} time {finding.time or 'unknown'}"
        seal = f" (seal {finding.seal})" if finding.seal else ""
        lines.append(f"ALTERED {finding.kind}: {where}: {finding.text}{seal}")
    if report.first:
        first = report.first
        lines.append(
            f"The log has been altered ({report.finding_count} findings). First: "
            f"{first.table} id {first.id} time {first.time or 'unknown'}: {first.text}."
        )
    else:
        lines.append("The log is what was sealed.")
    return "\n".join([*lines, f"Checked in {report.seconds} s."])


def main(argv: list[str] | None = None) -> int:
    """The command line; see the module's docstring."""
    parser = argparse.ArgumentParser(description="Check the access log against its seals.")
    parser.add_argument("--database", help="address, as postgres://user@host/name")
    parser.add_argument("--public-key", type=Path, required=True, help="PEM file")
    parser.add_argument("--heads", type=Path, help="folder of exported heads")
    parser.add_argument("--proof", type=Path, help="check this inclusion proof instead")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    args = parser.parse_args(argv)
    if not args.proof and not args.database:
        parser.error("give --database or --proof")
    try:
        keys = load_keys(args.public_key)
        if args.proof:
            fault = check_proof(json.loads(args.proof.read_text("utf-8")), keys, args.heads)
            print(json.dumps({"holds": not fault, "fault": fault}) if args.json else fault or "ok")
            return 1 if fault else 0
        report = verify(args.database, keys, args.heads)
    except (OSError, ValueError, KeyError, psycopg2.Error) as error:
        print(f"The check could not be made: {type(error).__name__}: {error}", file=sys.stderr)
        return 2
    print(json.dumps(report.as_json(), ensure_ascii=False) if args.json else describe(report))
    return 1 if report.finding_count else 0


if __name__ == "__main__":
    sys.exit(main())
