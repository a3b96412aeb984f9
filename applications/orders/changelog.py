"""Registers the room's tables with the change log (muutosloki)."""

from __future__ import annotations

from auditlog.registry import auditlog

from applications.orders.models import LeaseOrder, OrderPerson

auditlog.register(LeaseOrder, exclude_fields=["placed_at"])
auditlog.register(OrderPerson)
