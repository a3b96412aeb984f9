"""Sealing and opening bytes: AES-256-GCM under a key of the ring.

Layout of a sealed value: format (1 byte, 0x01) · key id (1 byte) · nonce (12 bytes, random) ·
ciphertext and tag. The authenticated data are the two header bytes and what the caller names, for
a column `table.column.` and the row's uuid, so that a value copied elsewhere does not open.
With random 96-bit nonces one key stays safe far beyond 2^32 values (NIST SP 800-38D, 8.3).
"""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from vuokra.crypto.errors import SealBroken
from vuokra.crypto.keyring import ring, ring_with

FORMAT = 1
NONCE = 12
HEADER = 2
BODY = HEADER + NONCE
OVERHEAD = BODY + 16


def seal_with(cipher: AESGCM, key_id: int, plain: bytes, about: bytes) -> bytes:
    """Seal `plain` with a given cipher; `about` is authenticated but not stored."""
    header = bytes((FORMAT, key_id))
    nonce = os.urandom(NONCE)
    return header + nonce + cipher.encrypt(nonce, plain, header + about)


def open_with(cipher: AESGCM, sealed: bytes, about: bytes) -> bytes:
    """Open what `seal_with` made. Raises SealBroken when anything at all differs."""
    try:
        return cipher.decrypt(sealed[HEADER:BODY], sealed[BODY:], sealed[:HEADER] + about)
    except (InvalidTag, ValueError):
        raise SealBroken("A sealed value does not open.") from None


def seal(plain: bytes, about: bytes) -> bytes:
    """Seal `plain` with the data key in use."""
    keys = ring()
    return seal_with(keys.ciphers[keys.current], keys.current, plain, about)


def unseal(sealed: bytes, about: bytes) -> bytes:
    """Open a value sealed with any data key of the ring.

    Raises SealBroken, or UnknownKey when the ring lacks the key.
    """
    key_id = key_id_of(sealed)
    return open_with(ring_with(key_id).ciphers[key_id], sealed, about)


def key_id_of(sealed: bytes) -> int:
    """The key id in the header. Raises SealBroken when the bytes are no sealed value."""
    if len(sealed) < OVERHEAD or sealed[0] != FORMAT:
        raise SealBroken("The bytes are not a sealed value.")
    return sealed[1]
