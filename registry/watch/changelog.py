"""Registers the room's tables with the change log (muutosloki); its own log cannot change."""

from __future__ import annotations

from auditlog.registry import auditlog

from registry.watch.models import BreakGlass, Duty, GlassApproval, GlassEnd, GlassReview, Listed

auditlog.register(BreakGlass, exclude_fields=["reason", "opened_at", "approval", "end", "review"])
auditlog.register(GlassApproval, exclude_fields=["approved_at"])
auditlog.register(GlassEnd)
auditlog.register(GlassReview, exclude_fields=["text", "reviewed_at", "suspicion"])
auditlog.register(Listed, exclude_fields=["recorded_at"])
auditlog.register(Duty, exclude_fields=["recorded_at"])
