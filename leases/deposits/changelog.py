"""Registers the room's tables with the change log (muutosloki)."""

from __future__ import annotations

from auditlog.registry import auditlog

from leases.deposits.models import (
    Commitment,
    Deduction,
    Deposit,
    Payout,
    Receipt,
    RefundAccount,
    Settlement,
)

auditlog.register(Deposit, exclude_fields=["agreed_at"])
auditlog.register(Commitment, exclude_fields=["recorded_at"])
auditlog.register(Receipt, exclude_fields=["recorded_at"])
auditlog.register(Deduction, exclude_fields=["recorded_at"])
auditlog.register(RefundAccount)
auditlog.register(Settlement, exclude_fields=["prepared_at"])
auditlog.register(Payout)
