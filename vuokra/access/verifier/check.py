"""The check of the whole log against its seals and the exported heads."""

from __future__ import annotations

import json
import time
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from .heads import HeadFolder, Seal, verifies
from .reading import SEALS, RowStream, connect, open_cursor, row_time, seal_from
from .report import Report
from .rows import FORMS, NEWEST, WITH_PAYLOAD, utc
from .tree import leaf, merkle_root, missing_leaf


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
        self._payload_owners()
        self.report.payloads = {"checked": checked, "erased": self._erased()}

    def _payload_owners(self) -> None:
        """Whose a payload is stands beside its body: it must be what the sealed row says."""
        for table, owner in WITH_PAYLOAD.items():
            query = (
                f"SELECT r.id, {utc('r.at')} FROM public.{table} r "
                "JOIN public.vuokra_access_payload p ON p.digest = r.payload_digest "
                f"WHERE NOT ({owner}) ORDER BY r.id"
            )
            with open_cursor(self.connection, "owners", query) as cursor:
                for row_id, at in cursor:
                    text = "the stored values are said to be another person's"
                    self.report.add("payload_owner", text, (table, row_id, at.decode()))

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
