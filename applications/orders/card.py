"""What orders show on pages of the rooms below: of a decision, how far its lease has come; of a
lease, from which choice it came."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q

from applications.intake.queries.listing import told
from applications.orders.models import LeaseOrder
from applications.orders.queries import FROM_DECISION
from applications.selection import parts
from applications.selection.models import Decision
from leases.contracts import panels
from leases.contracts.queries import LeaseRow
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

READ = ((Group.LEASE, Level.READ),)
READ_OF_LEASE = (*READ, (Group.NEED, Level.READ), (Group.SELECTION, Level.READ))


def of_decision(decision: Decision, today: date) -> dict[str, Any] | None:
    """The lease that comes of a choice; one statement. Absent before its offer is accepted."""
    order = LeaseOrder.objects.filter(offer__decision=decision).first()
    return None if order is None else {"order": order, "way": FROM_DECISION}


def of_lease(row: LeaseRow, today: date) -> dict[str, Any] | None:
    """The choice that a lease came of; two statements. Absent for one that was not ordered, and
    where nothing may be told of the application."""
    order = LeaseOrder.objects.filter(lease=row.lease).select_related("offer__decision").first()
    if order is None or not told(Q(pk=order.offer.application_id), today).exists():
        return None
    return {"decision": order.offer.decision}


def register() -> None:
    """Register the parts of this room."""
    parts.register("order", 10, "orders/decision.html", of_decision, READ)
    panels.register("order", 40, "orders/lease.html", of_lease, READ_OF_LEASE)
