"""Registers the room's table with the change log (muutosloki)."""

from __future__ import annotations

from auditlog.registry import auditlog

from registry.consents.models import Decision

auditlog.register(Decision, exclude_fields=["recorded_at", "corrects"])
