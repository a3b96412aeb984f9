"""What inspections show of a lease and of a flat: panels."""

from __future__ import annotations

from datetime import date
from typing import Any

from leases.contracts import panels as of_leases
from leases.contracts.queries import LeaseRow
from leases.homes import panels as of_flats
from leases.homes.models import Flat
from leases.inspections import queries
from leases.inspections.services.inspecting import CONCLUDED
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

READ = ((Group.MAINTENANCE, Level.READ),)


def of_lease(row: LeaseRow, today: date) -> dict[str, Any] | None:
    """Inspections of the lease; two statements. Absent before it is signed."""
    if row.stage not in CONCLUDED:
        return None
    return {"inspections": queries.of_lease(row.lease, today=today)}


def of_flat(flat: Flat, today: date) -> dict[str, Any] | None:
    """Readings of the meters of the flat; two statements. Absent without a meter."""
    rows = queries.meters_of(flat)
    return {"meters": rows} if rows else None


def register() -> None:
    """Register the parts of this room."""
    of_leases.register("inspections", 30, "inspections/lease_panel.html", of_lease, READ)
    of_flats.register("readings", 30, "inspections/flat_panel.html", of_flat, READ)
