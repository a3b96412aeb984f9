"""Registers the room's tables with the change log (muutosloki)."""

from __future__ import annotations

from auditlog.registry import auditlog

from leases.doors.models import Correction, Opening, Question

auditlog.register(Question)
auditlog.register(Opening)
auditlog.register(Correction, exclude_fields=["made_at"])
