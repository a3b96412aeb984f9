"""Values and reason texts of the log, kept apart from it so that they can be erased.

A log row keeps only the digest, sha256(salt ‖ body). Erasing the body leaves the seal whole, and
the salt keeps a short body from being guessed by its digest.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from typing import Any

SALT_BYTES = 16


def make_payload(body: Mapping[str, Any]) -> tuple[bytes, bytes, str]:
    """The digest, salt and canonical text of a payload; touches no database.

    The text is JSON with sorted keys and no whitespace. Raises TypeError when the body holds
    something JSON has no form for.
    """
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    salt = secrets.token_bytes(SALT_BYTES)
    return digest_of(salt, text), salt, text


def digest_of(salt: bytes, text: str) -> bytes:
    """sha256(salt ‖ text as UTF-8), 32 bytes."""
    return hashlib.sha256(salt + text.encode()).digest()


def store_payload(body: Mapping[str, Any], subject: int | None) -> bytes:
    """Keep a payload and give its digest, which the log row stores.

    `subject` is the person the payload is about, or None: an erasure finds payloads by it. It must
    be that of the log row, which is sealed; the verifier compares them. Runs in the open
    transaction. Raises DatabaseError when the log cannot be written.
    """
    from vuokra.access.models import Payload

    digest, salt, text = make_payload(body)
    Payload.objects.create(digest=digest, salt=salt, body=text, subject=subject)
    return digest
