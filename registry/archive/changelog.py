"""Registers the room's tables with the change log (muutosloki)."""

from __future__ import annotations

from auditlog.registry import auditlog

from registry.archive.models import Destruction, Loan, PaperFile

auditlog.register(PaperFile, exclude_fields=["recorded_at", "destruction"])
auditlog.register(Loan)
auditlog.register(Destruction, exclude_fields=["recorded_at"])
