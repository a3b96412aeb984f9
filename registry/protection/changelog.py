"""Registers the room's tables with the change log: who did what when, nothing of class D.

A sealed detail leaves a fingerprint only (`vuokra.crypto.changelog`).
"""

from __future__ import annotations

from auditlog.registry import auditlog

from registry.protection.models import (
    ContactAddress,
    Coverage,
    FollowUp,
    ProtectedDetail,
    Turvakielto,
)

auditlog.register(
    Turvakielto,
    exclude_fields=[
        "valid_from", "valid_until", "review_at", "source", "covers_household", "ending_reason",
    ],
)  # fmt: skip
auditlog.register(Coverage, exclude_fields=["ban"])
auditlog.register(ProtectedDetail)
auditlog.register(ContactAddress)
auditlog.register(FollowUp)
