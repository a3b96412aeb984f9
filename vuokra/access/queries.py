"""What staff and the health check ask of the seals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import pairwise

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from django.db import connection
from django.utils import timezone

from vuokra.access import verifier
from vuokra.access.models import Seal, SealQueue
from vuokra.access.stated import raw_sql
from vuokra.access.verifier import SEALS, seal_from
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
