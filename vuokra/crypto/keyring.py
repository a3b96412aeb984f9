"""The key ring: the secrets that live outside the database.

A ring holds *generations*, numbered 1–255. A generation is a data key (AES-256-GCM, for encrypted
columns and files), a blind-index key (HMAC-SHA-256) and a wrapping key (for subject keys). New
values are sealed with the current generation; older ones stay usable until `manage.py
rotate_keys` has moved the last row. A generation normally carries its predecessor's blind-index
key on, because two index keys at once weaken uniqueness for as long as both are in use.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NoReturn

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.translation import gettext as _

from vuokra.crypto.errors import KeyRingError, UnknownKey

KEY_BYTES = 32
MAX_KEY_ID = 255


@dataclass(frozen=True, repr=False)
class Generation:
    """Keys that were made together: data, blind index, wrapping."""

    id: int
    data: bytes
    index: bytes
    wrapping: bytes

    def __repr__(self) -> str:
        return f"<Generation {self.id}>"


class KeyRing:
    """Generations of keys, the one in use, and the key of the change log's fingerprints.

    Ciphers are made once per key: opening a value costs about a microsecond, making one more.
    """

    def __init__(self, generations: Mapping[int, Generation], current: int, fingerprint: bytes):
        if current not in generations:
            raise KeyRingError(_("Avainrenkaan nykyinen avain puuttuu renkaasta."))
        self.generations = dict(generations)
        self.current = current
        self.fingerprint_key = fingerprint

    def __repr__(self) -> str:
        return f"<KeyRing {sorted(self.generations)} current {self.current}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("A key ring is not pickled.")

    @cached_property
    def ciphers(self) -> dict[int, AESGCM]:
        """Data ciphers by key id."""
        return {number: AESGCM(g.data) for number, g in self.generations.items()}

    @cached_property
    def wrappers(self) -> dict[int, AESGCM]:
        """Ciphers that wrap subject keys, by key id."""
        return {number: AESGCM(g.wrapping) for number, g in self.generations.items()}

    @cached_property
    def index_keys(self) -> tuple[bytes, ...]:
        """Distinct blind-index keys, the one in use first."""
        others = [self.generations[n].index for n in sorted(self.generations, reverse=True)]
        return tuple(dict.fromkeys([self.generations[self.current].index, *others]))

    def next_generation(self, *, new_index: bool = False) -> KeyRing:
        """A ring with one more generation, in use from now on.

        `new_index` also changes the blind-index key; see docs/keys.md before using it.
        """
        number = max(self.generations) + 1
        if number > MAX_KEY_ID:
            raise KeyRingError("A key ring numbers at most 255 generations.")
        index = secrets.token_bytes(KEY_BYTES) if new_index else self._in_use.index
        added = Generation(number, _new_key(), index, _new_key())
        return KeyRing(self.generations | {number: added}, number, self.fingerprint_key)

    def without(self, number: int) -> KeyRing:
        """A ring without one old generation. Raises KeyRingError for the one in use."""
        if number == self.current:
            raise KeyRingError("The generation in use cannot be retired.")
        kept = {n: g for n, g in self.generations.items() if n != number}
        return KeyRing(kept, self.current, self.fingerprint_key)

    @property
    def _in_use(self) -> Generation:
        return self.generations[self.current]

    def to_json(self) -> str:
        """The ring as the key file holds it: base64 of raw keys."""
        return json.dumps(
            {
                "current": self.current,
                "fingerprint": _encode(self.fingerprint_key),
                "generations": {
                    str(n): {
                        "data": _encode(g.data),
                        "index": _encode(g.index),
                        "wrapping": _encode(g.wrapping),
                    }
                    for n, g in sorted(self.generations.items())
                },
            },
            indent=1,
        )


def _new_key() -> bytes:
    return secrets.token_bytes(KEY_BYTES)


def _encode(key: bytes) -> str:
    return base64.b64encode(key).decode()


def _decode(text: Any) -> bytes:
    key = base64.b64decode(text, validate=True)
    if len(key) != KEY_BYTES:
        raise ValueError("length")
    return key


def generate() -> KeyRing:
    """A new ring with one generation of random keys."""
    return KeyRing({1: Generation(1, _new_key(), _new_key(), _new_key())}, 1, _new_key())


def parse(text: str) -> KeyRing:
    """The ring written in `text`. Raises KeyRingError, which never quotes the text."""
    try:
        content = json.loads(text)
        generations = {
            int(number): Generation(
                int(number), _decode(g["data"]), _decode(g["index"]), _decode(g["wrapping"])
            )
            for number, g in content["generations"].items()
        }
        current, fingerprint = int(content["current"]), _decode(content["fingerprint"])
    except (ValueError, KeyError, TypeError, AttributeError, binascii.Error):
        # The cause would carry the key text in its message and frames.
        raise KeyRingError(_("Avainrengas on vioittunut: sitä ei voi lukea.")) from None
    if not all(0 < number <= MAX_KEY_ID for number in generations):
        raise KeyRingError(_("Avainrengas on vioittunut: sitä ei voi lukea."))
    return KeyRing(generations, current, fingerprint)


def create(path: Path) -> KeyRing:
    """Write a new ring to `path` (mode 0600) and return it.

    Raises FileExistsError when there is a file already: keys are never overwritten.
    """
    ring = generate()
    _write_new(path, ring)
    return ring


def replace(path: Path, ring: KeyRing) -> None:
    """Put `ring` in the place of the key file, in one step (rename)."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    _write_new(beside, ring)
    beside.replace(path)


def _write_new(path: Path, ring: KeyRing) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(ring.to_json() + "\n")
        file.flush()
        os.fsync(file.fileno())


def load() -> KeyRing:
    """Read the ring from settings: `KEYRING` (its JSON) or else the file `KEYRING_FILE`.

    Raises KeyRingError when there is none.
    """
    if settings.KEYRING:
        return parse(settings.KEYRING)
    path = Path(settings.KEYRING_FILE)
    try:
        return parse(path.read_text())
    except FileNotFoundError:
        raise KeyRingError(
            _("Avaintiedosto %(path)s puuttuu. Palauta se avainten varmuuskopiosta.")
            % {"path": path}
        ) from None
    except PermissionError:
        raise KeyRingError(
            _("Avaintiedostoa %(path)s ei saa lukea tällä käyttäjällä.") % {"path": path}
        ) from None


_loaded: KeyRing | None = None


def ring() -> KeyRing:
    """The ring of this process, read on first use."""
    global _loaded
    if _loaded is None:
        _loaded = load()
    return _loaded


def reload() -> KeyRing:
    """Read the ring again, after another process has added a generation."""
    global _loaded
    _loaded = load()
    return _loaded


def ring_with(key_id: int) -> KeyRing:
    """The ring, read again if need be, that holds the generation `key_id`.

    Raises UnknownKey when it is in neither.
    """
    if key_id in ring().generations or key_id in reload().generations:
        return ring()
    raise UnknownKey(f"The key ring has no generation {key_id}.")


@contextmanager
def using(other: KeyRing) -> Iterator[KeyRing]:
    """Use another ring inside the block (rotation and tests)."""
    global _loaded
    before, _loaded = _loaded, other
    try:
        yield other
    finally:
        _loaded = before
