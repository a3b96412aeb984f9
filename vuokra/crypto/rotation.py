"""Moving what is sealed to the generation of keys in use.

Resumable: every value carries the id of its key, so a run continues where the last one stopped.
Rows that somebody is saving are skipped and met on the next round. One batch is one transaction
with its own access event; the row log of the tables tells which rows were written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction
from django.db.models.fields.files import FieldFile

from vuokra.access.codes import Action, Surface
from vuokra.access.context import Actor, open_access
from vuokra.access.stated import bulk_write, raw_sql
from vuokra.crypto.blind import blind
from vuokra.crypto.fields import EncryptedTextField
from vuokra.crypto.files import EncryptedFileField
from vuokra.crypto.keyring import KeyRing, ring, ring_with
from vuokra.crypto.models import SubjectKey
from vuokra.crypto.router import KEYS
from vuokra.crypto.seals import open_with, seal_with
from vuokra.crypto.subjects import rewrap
from vuokra.policy.roles import Purpose

BATCH = 1000
REASON = "re-sealing with the key in use"
Progress = Callable[[str, int], None]


def access() -> Any:
    """The access context of one batch."""
    return open_access(
        Actor.system("rotate_keys"),
        purpose=Purpose.VALVONTA,
        action=Action.RUN,
        surface=Surface.JOB,
        reason=REASON,
    )


@dataclass(frozen=True)
class SealedTable:
    """A table with encrypted columns, and its statements."""

    model: type[models.Model]
    fields: tuple[EncryptedTextField, ...]

    @property
    def name(self) -> str:
        return self.model._meta.db_table

    @property
    def key(self) -> str:
        return connection.ops.quote_name(str(self.model._meta.pk.column))

    @cached_property
    def indexed(self) -> list[tuple[int, EncryptedTextField, str]]:
        """Encrypted fields with a blind index: their place among the fields, and its column."""
        columns = {f.name: str(f.column) for f in self.model._meta.concrete_fields}
        return [(n, f, columns[f.blind_index]) for n, f in enumerate(self.fields) if f.blind_index]

    @property
    def _stale(self) -> str:
        return " OR ".join(f'get_byte("{f.column}", 1) <> %(current)s' for f in self.fields)

    def count_sql(self) -> str:
        """How many rows hold a value sealed with another key than the one in use."""
        return f'SELECT count(*) FROM "{self.name}" WHERE {self._stale}'

    def select_sql(self) -> str:
        """The next batch of such rows, locked."""
        columns = ", ".join(f'"{f.column}"' for f in self.fields)
        return (
            f'SELECT {self.key}, "uuid", {columns} FROM "{self.name}" '
            f"WHERE ({self._stale}) AND {self.key} > %(after)s "
            f"ORDER BY {self.key} LIMIT %(batch)s FOR UPDATE SKIP LOCKED"
        )

    def update_sql(self, new_index: bool) -> str:
        """Write a batch back. Columns come as one text of hex each: cheap for client and server."""
        names = [f.column for f in self.fields]
        names += [column for _, _, column in self.indexed] if new_index else []
        assigned = ", ".join(f"\"{c}\" = decode(moved.c{n}, 'hex')" for n, c in enumerate(names))
        arrays = ", ".join(["string_to_array(%s, ',', '')"] * len(names))
        aliases = ", ".join(f"c{n}" for n in range(len(names)))
        return (
            f'UPDATE "{self.name}" AS kept SET {assigned} '
            f"FROM unnest(%s::bigint[], {arrays}) AS moved(id, {aliases}) "
            f"WHERE kept.{self.key} = moved.id"
        )


def sealed_tables() -> Iterator[SealedTable]:
    """Every table with columns sealed by the ring, found by walking the models."""
    for model in apps.get_models(include_auto_created=True):
        fields = tuple(f for f in model._meta.local_fields if isinstance(f, EncryptedTextField))
        if fields and model._meta.managed and not model._meta.proxy:
            yield SealedTable(model, fields)


def stale_rows(table: SealedTable) -> int:
    """How many rows of a table wait for rotation."""
    with access(), raw_sql(REASON), connection.cursor() as cursor:
        cursor.execute(table.count_sql(), {"current": ring().current})
        return int(cursor.fetchone()[0])


def rotate_table(table: SealedTable, progress: Progress, batch: int = BATCH) -> int:
    """Re-seal every row of a table; gives their number. Raises SealBroken at a damaged value."""
    done, after, moved_this_round = 0, -1, 0
    while True:
        with access():
            last, moved = _rotate_batch(table, after, batch)
        done, moved_this_round = done + moved, moved_this_round + moved
        if moved:
            after = last
            progress(table.name, done)
        elif moved_this_round == 0:
            return done
        else:  # another round for the rows that were locked, or written meanwhile
            after, moved_this_round = -1, 0


def _rotate_batch(table: SealedTable, after: int, batch: int) -> tuple[int, int]:
    """One batch; gives the last row id and the number of rows."""
    keys = ring()
    with raw_sql(REASON), bulk_write(REASON), connection.cursor() as cursor:
        cursor.execute(
            table.select_sql(), {"current": keys.current, "after": after, "batch": batch}
        )
        rows = cursor.fetchall()
        if not rows:
            return after, 0
        new_index = len(keys.index_keys) > 1
        columns = _resealed(keys, table, rows, new_index)
        cursor.execute(
            table.update_sql(new_index), [[row[0] for row in rows], *map(",".join, columns)]
        )
    return rows[-1][0], len(rows)


def _resealed(
    keys: KeyRing, table: SealedTable, rows: list[tuple[Any, ...]], new_index: bool
) -> list[list[str]]:
    """The columns of a batch in hex, sealed with the key in use; '' stands for NULL."""
    columns: list[list[str]] = []
    indexes: dict[int, list[str]] = {n: [] for n, _, _ in table.indexed} if new_index else {}
    current, cipher = keys.current, keys.ciphers[keys.current]
    for n, field in enumerate(table.fields):
        column: list[str] = []
        index = indexes.get(n)
        for row in rows:
            if row[n + 2] is None:
                column.append("")
                if index is not None:
                    index.append("")
                continue
            sealed, about = bytes(row[n + 2]), field.place + row[1].bytes
            plain = open_with(ring_with(sealed[1]).ciphers[sealed[1]], sealed, about)
            column.append(seal_with(cipher, current, plain, about).hex())
            if index is not None:
                index.append(blind(field.name, plain.decode()).digests[0].hex())
        columns.append(column)
    return [*columns, *indexes.values()]


# -- subject keys and files ------------------------------------------------------------------


def stale_subject_keys() -> models.QuerySet[SubjectKey]:
    """Subject keys wrapped with another key than the one in use."""
    return SubjectKey.objects.filter(wrapped__isnull=False).exclude(key_id=ring().current)


def rewrap_subject_keys(progress: Progress, batch: int = BATCH) -> int:
    """Wrap every subject key with the generation in use; gives their number."""
    done = 0
    while True:
        with transaction.atomic(using=KEYS):
            waiting = stale_subject_keys().select_for_update(skip_locked=True)
            keys = list(waiting.order_by("subject")[:batch])
            for key in keys:
                rewrap(key)
            SubjectKey.objects.bulk_update(keys, ["wrapped", "key_id"])
        if not keys:
            return done
        done += len(keys)
        progress(SubjectKey._meta.db_table, done)


def ring_files() -> Iterator[EncryptedFileField]:
    """File columns whose files are sealed by the ring and not by a person's key."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_fields:
            if isinstance(field, EncryptedFileField) and not field.own_key:
                yield field


def rewrap_files(field: EncryptedFileField, progress: Progress) -> int:
    """Wrap the key of every file of a column with the generation in use; gives their number.

    A file gets a new name; the old one is removed when the row that names it is saved.
    """
    done = 0
    named = field.model._default_manager.exclude(**{field.name: ""})
    with access():
        ids = list(named.values_list("pk", flat=True))
    for row_id in ids:
        with access():
            row = named.select_for_update().filter(pk=row_id).first()
            done += row is not None and _rewrap_file(row, getattr(row, field.attname))
        progress(f"{field.model._meta.db_table}.{field.column}", done)
    return done


def _rewrap_file(row: models.Model, file: FieldFile) -> bool:
    old = str(file.name)
    new: str = file.storage.rewrap(old, file.owner)  # type: ignore[attr-defined]
    if new == old:
        return False
    setattr(row, file.field.attname, new)
    row.save(update_fields=[file.field.name])
    transaction.on_commit(lambda: file.storage.delete(old))
    return True


# -- what other rooms seal --------------------------------------------------------------------


@dataclass(frozen=True)
class Resealer:
    """What a room seals outside the encrypted columns: how much waits, and how to move it."""

    place: str
    waiting: Callable[[], int]
    move: Callable[[], int]


_resealers: list[Resealer] = []


def also(place: str, *, waiting: Callable[[], int], move: Callable[[], int]) -> None:
    """A room tells of what it seals in its own way; called from its `AppConfig.ready`.

    `move` runs inside an access context of the rotation.
    """
    _resealers.append(Resealer(place, waiting, move))


def resealers() -> tuple[Resealer, ...]:
    """What the rooms have told of."""
    return tuple(_resealers)


def run_resealer(resealer: Resealer, progress: Progress) -> None:
    """Move what one room seals, in one transaction."""
    with access():
        progress(resealer.place, resealer.move())


def anything_waits() -> bool:
    """Whether anything is still sealed or wrapped with another generation than the one in use."""
    return (
        any(stale_rows(table) for table in sealed_tables())
        or any(resealer.waiting() for resealer in _resealers)
        or stale_subject_keys().exists()
        or any(_files_wait(field) for field in ring_files())
    )


def _files_wait(field: EncryptedFileField) -> bool:
    with access():
        rows = field.model._default_manager.exclude(**{field.name: ""})
        files = (getattr(row, field.attname) for row in rows.iterator())
        return any(file.storage.key_id(file.name) != ring().current for file in files)
