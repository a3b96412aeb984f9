"""Registers the room's tables with the change log (muutosloki)."""

from __future__ import annotations

from auditlog.registry import auditlog

from applications.supervision.models import Complaint

auditlog.register(Complaint, exclude_fields=["recorded_at"])
