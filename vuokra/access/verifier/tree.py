"""Merkle trees (RFC 6962), apart from the sealer's own in `merkle`: each checks the other."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256


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
