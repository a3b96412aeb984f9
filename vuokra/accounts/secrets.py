"""Secrets of second factors: sealed with the key ring, and moved when its keys change."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

from allauth.mfa.models import Authenticator

from vuokra.crypto.keyring import ring
from vuokra.crypto.seals import key_id_of, seal, unseal

ABOUT = b"mfa_authenticator.data"
SEALED_FIELDS = {
    Authenticator.Type.TOTP: ("secret",),
    Authenticator.Type.RECOVERY_CODES: ("seed",),
}
"""Where allauth keeps what its adapter encrypts; a passkey has no secret of ours."""


def encrypt(text: str) -> str:
    """Seal a secret with the key in use, as text."""
    return base64.b64encode(seal(text.encode(), ABOUT)).decode()


def decrypt(sealed: str) -> str:
    """Open what `encrypt` made. Raises SealBroken or UnknownKey."""
    return unseal(base64.b64decode(sealed), ABOUT).decode()


def _stale(data: dict[str, Any], fields: tuple[str, ...]) -> list[str]:
    current = ring().current
    return [
        name
        for name in fields
        if data.get(name) and key_id_of(base64.b64decode(data[name])) != current
    ]


def _waiting() -> Iterator[tuple[Authenticator, list[str]]]:
    for authenticator in Authenticator.objects.filter(type__in=SEALED_FIELDS).order_by("pk"):
        kind = Authenticator.Type(authenticator.type)
        if stale := _stale(authenticator.data, SEALED_FIELDS[kind]):
            yield authenticator, stale


def waiting() -> int:
    """How many second factors are sealed with another key than the one in use."""
    return sum(1 for _ in _waiting())


def reseal() -> int:
    """Seal every second factor with the key in use; gives their number."""
    moved = 0
    for authenticator, names in _waiting():
        for name in names:
            authenticator.data[name] = encrypt(decrypt(authenticator.data[name]))
        authenticator.save(update_fields=["data"])
        moved += 1
    return moved
