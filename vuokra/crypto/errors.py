"""What can go wrong with keys and sealed values. No text here holds a value or a key."""

from __future__ import annotations


class CryptoError(Exception):
    """Base of everything that this package raises on purpose."""


class KeyRingError(CryptoError):
    """The key ring is missing, unreadable or not a key ring."""


class UnknownKey(CryptoError):
    """A sealed value names a key that the ring does not hold."""


class SealBroken(CryptoError):
    """A sealed value does not open: altered, cut, or moved from another row or column."""


class KeyDestroyed(CryptoError):
    """The subject's key was destroyed; what was sealed with it cannot be read by anyone."""


class KeysDoNotFit(CryptoError):
    """The keys in use are not the keys that this database was written with."""


class PlaintextRefused(TypeError, CryptoError):
    """Plaintext was about to reach a place where only sealed values may go."""
