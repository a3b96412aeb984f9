"""What deposits show on the page of a lease: a card, a step before the signatures, a mark."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from leases.contracts import panels
from leases.contracts.queries import LeaseRow
from leases.contracts.rules.stages import Stage
from leases.deposits import queries
from leases.deposits.rules.standing import Standing
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

READ = ((Group.LEASE, Level.READ), (Group.COMMITMENT, Level.READ))
MISSING = (Standing.WAITING, Standing.OVERDUE)
BEFORE = (Stage.WAITING, Stage.COMING, Stage.IN_FORCE)


def of_lease(row: LeaseRow, today: date) -> dict[str, Any]:
    """The deposit of a lease; three statements more when there is one, four once it is settled. A
    deposit that is missing is told beside the stage, but does not change it: the lease is in force
    without it."""
    found = queries.deposit_of(row)
    if found is None:
        return {"found": None, "lease": row.lease, "row": row}
    standing = found.standing
    missing = standing in MISSING and row.stage in BEFORE
    demanded = found.deposit.demanded_eur > 0
    return {
        "found": found, "lease": row.lease, "row": row,
        "step": (_("Vakuus"), standing not in MISSING) if demanded else None,
        "badge": "deposits/badge.html" if missing else "",
    }  # fmt: skip


def register() -> None:
    """Register the part of this room."""
    panels.register("deposits", 10, "deposits/panel.html", of_lease, READ)
