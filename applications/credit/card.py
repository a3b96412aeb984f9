"""What credit checks show on the pages of a decision and of a lease: the way to them, no result."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from applications.credit.queries import known_of
from applications.selection import parts
from applications.selection.models import Decision, RoundState
from leases.contracts import panels
from leases.contracts.queries import LeaseRow
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

WRITE = ((Group.CREDIT, Level.WRITE),)


def of_decision(decision: Decision, today: date) -> dict[str, Any] | None:
    """Whether credit data were asked for a choice; one statement. Absent once it is over."""
    known = known_of(decision)
    if not known and decision.round.state != RoundState.OPEN:
        return None
    return {"known": known, "url": reverse("credit:of_decision", args=[decision.uuid])}


def of_lease(row: LeaseRow, today: date) -> dict[str, Any]:
    """The way to the credit checks of a lease; no statement, for the page has many."""
    return {"known": None, "url": reverse("credit:of_lease", args=[row.lease.pk])}


def register() -> None:
    """Register the parts of this room."""
    parts.register("credit", 15, "credit/panel.html", of_decision, WRITE)
    panels.register("credit", 30, "credit/panel.html", of_lease, WRITE)
