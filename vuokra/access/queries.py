"""What staff and the health check ask of the seals, and proofs for one person's rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import pairwise
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from django.db import connection
from django.db.models import QuerySet, Value
from django.utils import timezone

from vuokra.access import merkle, verifier
from vuokra.access.context import raw_sql
from vuokra.access.models import AccessEvent, ChangeEntry, RowChange, Seal, SealQueue
from vuokra.access.verifier import FORMS, NEWEST, SEALS, seal_from
from vuokra.access.verifier.heads import verifies


@dataclass(frozen=True, slots=True)
class SealedHead:
    """A seal as the manager sees it: its head is what the exported copy must show."""

    number: int
    kind: str
    at: datetime
    rows: int
    head: str
    note: str


def latest_heads(limit: int = 20) -> list[SealedHead]:
    """The newest seals, newest first."""
    found = Seal.objects.order_by("-number").only("number", "kind", "at", "counts", "head", "note")
    return [
        SealedHead(
            seal.number, seal.kind, seal.at, sum(seal.counts), bytes(seal.head).hex(), seal.note
        )
        for seal in found[:limit]
    ]


def seal_age(now: datetime | None = None) -> timedelta:
    """How far the seals are behind the log: for how long the first waiting row has waited."""
    oldest = SealQueue.objects.order_by("id").values_list("at", flat=True).first()
    if oldest is None:
        return timedelta(0)
    return max((now or timezone.now()) - oldest, timedelta(0))


@dataclass(frozen=True, slots=True)
class ChainCheck:
    """What a look at the newest seals told: how many, whether they hold, and when it was made."""

    seals: int
    whole: bool
    at: datetime


RECENT_SEALS = 5


def recent_chain() -> ChainCheck | None:
    """Whether the newest seals give their own heads, follow one another and are signed.

    One statement; None before the first seal. It reads no log rows: that they are what was sealed
    is checked by `verify_log`, which also compares with the exported heads. Signatures are checked
    where the public key is at hand.
    """
    with raw_sql("seals: the newest ones for a check"), connection.cursor() as cursor:
        cursor.execute(f"{SEALS} ORDER BY number DESC LIMIT {RECENT_SEALS}")
        found = [seal_from(row) for row in cursor.fetchall()]
    if not found:
        return None
    key_file = settings.SEAL_PUBLIC_KEY_FILE
    keys = verifier.load_keys(key_file) if key_file.exists() else []
    whole = all(_holds(seal, keys) for seal in found) and all(
        newer.previous == older.head for newer, older in pairwise(found)
    )
    return ChainCheck(len(found), whole, timezone.now())


def _holds(seal: verifier.Seal, keys: list[Ed25519PublicKey]) -> bool:
    text = seal.text()
    signed = not keys or any(verifies(key, seal.signature, text) for key in keys)
    return signed and sha256(text.encode()).digest() == seal.head


class NotSealedYet(LookupError):
    """The row is not under a seal, so nothing proves it yet."""


def inclusion_proof(table: str, row_id: int) -> dict[str, Any]:
    """The proof that a log row stands under a signed head, for `verifier --proof`.

    Plain data: the row's canonical bytes, its place in the tree, the hashes that lead to the root
    and the signed head. Raises NotSealedYet, KeyError for a table that is not sealed.
    """
    with raw_sql("inclusion proof of a log row"), connection.cursor() as cursor:
        for seal in _seals_with(cursor, table, row_id):
            if place := _place_in(seal, table, row_id):
                index, version = place
                return _proof(cursor, seal, table, version, row_id, index)
    raise NotSealedYet(f"Row {row_id} of {table} is not under a seal.")


def _seals_with(cursor: Any, table: str, row_id: int) -> list[verifier.Seal]:
    """Seals that name the row's id, made since the row was written."""
    time = FORMS[table, NEWEST[table]].time
    cursor.execute(
        f"{SEALS} WHERE at >= (SELECT min(r.{time}) FROM public.{table} r WHERE r.id = %s) "
        "AND %s = ANY(tables) AND %s = ANY(row_ids) ORDER BY number",
        [row_id, table, row_id],
    )
    return [seal_from(row) for row in cursor.fetchall()]


def _place_in(seal: verifier.Seal, table: str, row_id: int) -> tuple[int, int] | None:
    """The index of the row's leaf in the seal and the version of its form."""
    before = 0
    for name, version, _, ids, _ in seal.segments():
        if name == table and row_id in ids:
            return before + ids.index(row_id), version
        before += len(ids)
    return None


def _proof(
    cursor: Any, seal: verifier.Seal, table: str, version: int, row_id: int, index: int
) -> dict[str, Any]:
    cursor.execute(
        f"SELECT {FORMS[table, version].sql} FROM public.{table} r WHERE r.id = %s", [row_id]
    )
    leaves = merkle.split_leaves(seal.leaves)
    return {
        "table": table,
        "version": version,
        "id": row_id,
        "row": cursor.fetchone()[0],
        "seal": seal.number,
        "index": index,
        "size": len(leaves),
        "path": [step.hex() for step in merkle.inclusion_proof(leaves, index)],
        "head": seal.text(),
        "signature": seal.signature.hex(),
    }


def proofs_of_person(person_id: int) -> Iterator[dict[str, Any]]:
    """Inclusion proofs for every sealed log row that concerns a person, table by table."""
    # Django writes a plain list as an ARRAY[…] of its own SQL, which the tap refuses; one value not
    person = Value([person_id], output_field=AccessEvent._meta.get_field("subjects"))
    rows: list[tuple[str, QuerySet[Any]]] = [
        ("vuokra_access_event", AccessEvent.objects.filter(subjects__contains=person)),
        ("vuokra_access_change", ChangeEntry.objects.filter(subject=person_id)),
        ("vuokra_access_rowchange", RowChange.objects.filter(subject=person_id)),
    ]
    for table, found in rows:
        for row_id in found.order_by("id").values_list("id", flat=True):
            try:
                yield inclusion_proof(table, row_id)
            except NotSealedYet:
                continue
