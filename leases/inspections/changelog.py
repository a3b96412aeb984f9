"""Registers the room's tables with the change log (muutosloki)."""

from __future__ import annotations

from auditlog.registry import auditlog

from leases.inspections.models import Inspection, Photo, Reading, Remark, Room

auditlog.register(Inspection, exclude_fields=["made_at"])
auditlog.register(Room)
auditlog.register(Remark, exclude_fields=["recorded_at"])
auditlog.register(Photo, exclude_fields=["file", "added_at"])
auditlog.register(Reading, exclude_fields=["recorded_at"])
