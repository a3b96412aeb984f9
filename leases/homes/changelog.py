"""Registers the room's tables with the change log (muutosloki)."""

from __future__ import annotations

from auditlog.registry import auditlog

from leases.homes.models import Handover

auditlog.register(Handover)
