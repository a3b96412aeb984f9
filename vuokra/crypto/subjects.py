"""Subject keys: one data key per person for class D text and files, so that it can be destroyed.

A key is kept in memory for the access context that asked for it and no longer.
"""

from __future__ import annotations

import secrets
from contextvars import ContextVar

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils import timezone

from vuokra.access.context import current
from vuokra.crypto.errors import KeyDestroyed
from vuokra.crypto.keyring import KEY_BYTES, ring, ring_with
from vuokra.crypto.models import SubjectKey
from vuokra.crypto.seals import open_with, seal_with

# What stands in the header of a value that a subject's key seals; the ring numbers from 1.
SUBJECT_KEY_ID = 0

_open_keys: ContextVar[tuple[object, dict[int, AESGCM]] | None] = ContextVar(
    "vuokra_subject_keys", default=None
)


def cipher_of(subject: int, *, create: bool = False) -> AESGCM:
    """The cipher of a person's data key; with `create` a missing key is made.

    Raises NoAccessContext outside a context, KeyDestroyed when the key was destroyed, and
    SubjectKey.DoesNotExist when there never was one.
    """
    cache = _cache()
    if subject not in cache:
        cache[subject] = AESGCM(_unwrap(_row(subject, create=create)))
    return cache[subject]


def is_destroyed(subject: int) -> bool:
    """Whether the person's key was destroyed."""
    if subject in _cache():
        return False
    return SubjectKey.objects.filter(subject=subject, destroyed_at__isnull=False).exists()


def destroy(subject: int) -> None:
    """Destroy a person's data key: what it sealed can no longer be read by anyone.

    Backups of the key database keep it until they expire. A person without a key gets a destroyed
    one, so that none is made later.
    """
    SubjectKey.objects.update_or_create(
        subject=subject,
        defaults={"wrapped": None, "key_id": None, "destroyed_at": timezone.now()},
    )
    _cache().pop(subject, None)


def rewrap(key: SubjectKey) -> None:
    """Wrap a subject's key anew with the generation in use. The key itself stays."""
    key.wrapped, key.key_id = _wrap(key.subject, _unwrap(key))


def _row(subject: int, *, create: bool) -> SubjectKey:
    if not create:
        return SubjectKey.objects.get(subject=subject)
    fresh = _wrap(subject, secrets.token_bytes(KEY_BYTES))
    defaults = {"wrapped": fresh[0], "key_id": fresh[1]}
    return SubjectKey.objects.get_or_create(subject=subject, defaults=defaults)[0]


def _about(subject: int) -> bytes:
    return f"subject-key.{subject}".encode()


def _wrap(subject: int, key: bytes) -> tuple[bytes, int]:
    keys = ring()
    wrapper = keys.wrappers[keys.current]
    return seal_with(wrapper, keys.current, key, _about(subject)), keys.current


def _unwrap(row: SubjectKey) -> bytes:
    if row.wrapped is None or row.key_id is None:
        raise KeyDestroyed("The subject's key was destroyed.")
    wrapper = ring_with(row.key_id).wrappers[row.key_id]
    return open_with(wrapper, bytes(row.wrapped), _about(row.subject))


def _cache() -> dict[int, AESGCM]:
    """Ciphers of the open access context; those of an earlier one are forgotten."""
    context, kept = current(), _open_keys.get()
    if kept is None or kept[0] is not context:
        kept = (context, {})
        _open_keys.set(kept)
    return kept[1]
