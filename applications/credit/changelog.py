"""Registers the room's table with the change log (muutosloki)."""

from __future__ import annotations

from auditlog.registry import auditlog

from applications.credit.models import CreditCheck

auditlog.register(CreditCheck, exclude_fields=["made_at"])
