"""Registers the room's tables with the change log (muutosloki).

Who a guardian or trustee is, is class C: the log tells that it changed, not to whom.
"""

from __future__ import annotations

from auditlog.registry import auditlog

from registry.households.models import (
    Commitment,
    Guardian,
    HetuGround,
    Household,
    Membership,
    Trusteeship,
)

auditlog.register(Household, exclude_fields=["created_at"])
auditlog.register(Membership)
auditlog.register(HetuGround)
auditlog.register(Guardian, mask_fields=["other"])
auditlog.register(Trusteeship, mask_fields=["other", "kind"])
auditlog.register(Commitment)
