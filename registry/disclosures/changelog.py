"""Registers the room's tables with the change log (muutosloki).

Link rows of a disclosure are written in bulk and logged by the database, row by row.
"""

from __future__ import annotations

from auditlog.registry import auditlog

from registry.disclosures.models import (
    AskedPerson,
    AuthorityRequest,
    Correction,
    DisclosedPerson,
    Disclosure,
    DisclosureBasis,
    ExportRequest,
    Notification,
    Recipient,
)

auditlog.register(Recipient, exclude_fields=["recorded_at"])
auditlog.register(DisclosureBasis, exclude_fields=["approved_at"])
auditlog.register(Disclosure, exclude_fields=["recorded_at", "copy", "corrected_by"])
auditlog.register(DisclosedPerson)
auditlog.register(ExportRequest, exclude_fields=["persons", "asked_at"])
auditlog.register(Correction, exclude_fields=["proposed_at"])
auditlog.register(AuthorityRequest, exclude_fields=["received_at"])
auditlog.register(AskedPerson)
auditlog.register(Notification, exclude_fields=["made_at"])
