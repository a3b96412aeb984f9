"""Registers the room's tables with the change log (muutosloki)."""

from __future__ import annotations

from auditlog.registry import auditlog

from registry.households.models import HetuGround, Household, Membership

auditlog.register(Household, exclude_fields=["created_at"])
auditlog.register(Membership)
auditlog.register(HetuGround)
