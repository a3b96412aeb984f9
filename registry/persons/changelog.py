"""Registers the room's tables with the change log (muutosloki).

Encrypted values show a fingerprint only (`vuokra.crypto.changelog`); what is worked out from other
columns, and the blind index, say nothing that those do not.
"""

from __future__ import annotations

from auditlog.registry import auditlog

from registry.persons.models import (
    Address,
    ContactPoint,
    ExternalId,
    FormerCode,
    FormerName,
    Identity,
    Mark,
    NoticeDuty,
    NoticeGiven,
    Person,
    StaffLink,
)

auditlog.register(Person, exclude_fields=["sort_key", "protected", "created_at", "changed_at"])
auditlog.register(Identity, exclude_fields=["hetu_index", "changed_at"])
auditlog.register(FormerCode, exclude_fields=["hetu_index"])
auditlog.register(ContactPoint, exclude_fields=["search_value"])
auditlog.register(Address)
auditlog.register(ExternalId, exclude_fields=["recorded_at"])
auditlog.register(FormerName, exclude_fields=["sort_key", "recorded_at"])
auditlog.register(StaffLink, exclude_fields=["recorded_at"])
auditlog.register(Mark, exclude_fields=["recorded_at"])
auditlog.register(NoticeGiven, exclude_fields=["recorded_at"])
auditlog.register(NoticeDuty, exclude_fields=["recorded_at"])
