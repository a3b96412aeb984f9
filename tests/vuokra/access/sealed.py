"""A log with a sealer and a verifier of its own, for tests that tamper with it."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from psycopg2.extensions import connection as Connection

from vuokra.access import sealing, verifier
from vuokra.access.payloads import make_payload

EVENT = (
    "INSERT INTO vuokra_access_event (access_id, kind, actor_id, actor, action, outcome, subjects, "
    "subject_count, address, detail, payload_digest) "
    "VALUES (%s, 'request', 7, 'user:7', 'view', 'ok', %s, %s, '192.0.2.1', %s, %s)"
)


@dataclass
class SealedLog:
    """Writes as the application, seals as the sealer, verifies as the auditor."""

    app: Connection
    superuser: Connection
    folder: Path
    limit: int = sealing.LIMIT
    sealer: sealing.Sealer = field(init=False)

    def __post_init__(self) -> None:
        self.key_file = self.folder / "seal-key.pem"
        self.heads = self.folder / "heads"
        self.open_sealer()

    def open_sealer(self) -> None:
        parameters = {"dsn": os.environ["DATABASE_SEALER_URL"]}
        self.sealer = sealing.connected(parameters, self.key_file, self.heads)
        self.sealer.limit = self.limit

    def close(self) -> None:
        self.sealer.connection.close()

    def write(self, count: int = 1, values: bool = False) -> list[int]:
        """Log events; their ids."""
        ids = []
        with self.app.cursor() as cursor:
            for number in range(count):
                digest = None
                if values:
                    digest, salt, body = make_payload({"reason": f"syy {number}"})
                    cursor.execute(
                        "INSERT INTO vuokra_access_payload (digest, salt, body, subject) "
                        "VALUES (%s, %s, %s, %s)",
                        [digest, salt, body, number],
                    )
                values_of = [str(uuid.uuid4()), [number, 8], 2, '[{"table": "t"}]', digest]
                cursor.execute(EVENT, values_of)
                cursor.execute("SELECT lastval()")
                ids.append(cursor.fetchone()[0])
        return ids

    def seal(self) -> int:
        return self.sealer.seal_waiting()

    def write_and_seal(self, count: int = 3) -> list[int]:
        ids = self.write(count)
        assert self.seal() == count
        return ids

    def verify(self, heads: bool = True, keys: Path | None = None) -> verifier.Report:
        public = verifier.load_keys(keys or sealing.public_key_path(self.key_file))
        url = os.environ["DATABASE_AUDITOR_URL"]
        return verifier.verify(url, public, self.heads if heads else None)

    @contextmanager
    def tampering(self, *tables: str) -> Iterator[Connection]:
        """The superuser with the triggers of the tables switched off meanwhile."""
        with self.superuser.cursor() as cursor:
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
            yield self.superuser
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER ALL")

    def tamper(self, statement: str, *values: object, table: str = "vuokra_access_event") -> int:
        """Run one statement past the triggers; how many rows it touched."""
        with self.tampering(table) as connection, connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.rowcount

    def time_of(self, row_id: int, table: str = "vuokra_access_event") -> str:
        with self.superuser.cursor() as cursor:
            cursor.execute(f"SELECT {verifier.utc('at')} FROM {table} WHERE id = %s", [row_id])
            return str(cursor.fetchone()[0])
