"""Registers the room's tables with the change log (muutosloki)."""

from __future__ import annotations

from auditlog.registry import auditlog

from registry.duplicates.models import Candidate, Merge, Step

auditlog.register(Candidate)
auditlog.register(Merge)
auditlog.register(Step)
