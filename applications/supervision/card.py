"""What supervision shows on the page of a decision: complaints, and a way to record one."""

from __future__ import annotations

from datetime import date
from typing import Any

from applications.selection import parts
from applications.selection.models import Decision
from applications.supervision.queries import complaints_of
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

READ = ((Group.NEED, Level.READ), (Group.SELECTION, Level.READ))


def of_decision(decision: Decision, today: date) -> dict[str, Any]:
    """Complaints about a choice; one statement."""
    return {"complaints": complaints_of(decision, today), "decision": decision}


def register() -> None:
    """Register the part of this room."""
    parts.register("complaints", 20, "supervision/decision.html", of_decision, READ)
