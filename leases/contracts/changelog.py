"""Registers the room's tables with the change log (muutosloki)."""

from __future__ import annotations

from auditlog.registry import auditlog

from leases.contracts.models import (
    Component,
    HouseRules,
    LateDay,
    Lease,
    Notice,
    Party,
    PersonChange,
)

auditlog.register(Lease, exclude_fields=["made_at"])
auditlog.register(Party, exclude_fields=["recorded_at"])
auditlog.register(Component)
auditlog.register(LateDay)
auditlog.register(HouseRules)
auditlog.register(PersonChange, exclude_fields=["recorded_at"])
auditlog.register(Notice, exclude_fields=["recorded_at"])
