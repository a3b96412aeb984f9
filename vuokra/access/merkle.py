"""Merkle trees of the log: root, inclusion proof and its check.

Hashing as in RFC 6962, section 2.1: a leaf is SHA-256(0x00 ‖ data), a node is
SHA-256(0x01 ‖ left ‖ right), and a tree of n leaves splits at the largest power of two below n.
The verifier carries an implementation of its own, so that the two check each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

HASH_BYTES = 32


def leaf_hash(data: bytes) -> bytes:
    """The hash of one row's canonical bytes."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash over two subtrees."""
    return sha256(b"\x01" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The root over leaf hashes in their order; the hash of nothing for an empty tree."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    middle = _split(len(leaves))
    return node_hash(root(leaves[:middle]), root(leaves[middle:]))


def inclusion_proofs(leaves: Sequence[bytes], indexes: Sequence[int]) -> list[list[bytes]]:
    """For each index the hashes that lead from its leaf to the root, nearest first.

    Each node of the tree is hashed once. Raises IndexError when there is no such leaf.
    """
    for index in indexes:
        if not 0 <= index < len(leaves):
            raise IndexError(f"There is no leaf {index} in a tree of {len(leaves)}.")
    paths: list[list[bytes]] = [[] for _index in indexes]
    level, places = list(leaves), list(indexes)
    while len(level) > 1:
        for path, place in zip(paths, places, strict=True):
            if place ^ 1 < len(level):  # an odd last node goes up alone
                path.append(level[place ^ 1])
        last = level[len(level) - len(level) % 2 :]
        pairs = zip(level[::2], level[1::2], strict=False)
        level = [node_hash(left, right) for left, right in pairs] + last
        places = [place // 2 for place in places]
    return paths


def proves(leaf: bytes, index: int, size: int, path: Sequence[bytes], expected: bytes) -> bool:
    """Whether `path` leads from the leaf at `index` of a tree of `size` leaves to the root."""
    return 0 <= index < size and _climb(leaf, index, size, list(path)) == expected


def split_leaves(stored: bytes) -> list[bytes]:
    """The leaf hashes of a seal, stored one after another."""
    return [stored[at : at + HASH_BYTES] for at in range(0, len(stored), HASH_BYTES)]


def _climb(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes | None:
    """The root that a path leads to, or None when its length does not fit the tree."""
    if size == 1:
        return leaf if not path else None
    if not path:
        return None
    sibling, middle = path.pop(), _split(size)
    if index < middle:
        below = _climb(leaf, index, middle, path)
        return below and node_hash(below, sibling)
    below = _climb(leaf, index - middle, size - middle, path)
    return below and node_hash(sibling, below)


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << (size - 1).bit_length() - 1
