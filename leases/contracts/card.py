"""What leases show of a person and of a flat: panels, and a button to begin a lease."""

from __future__ import annotations

from datetime import date
from typing import Any

from leases.contracts import queries
from leases.homes import panels as of_flats
from leases.homes.models import Flat
from registry.persons import merging, panels
from registry.persons.models import Person
from registry.persons.queries import may_know_of_protection
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

READ = ((Group.LEASE, Level.READ),)
READ_OF_FLAT = ((Group.PERSON, Level.READ), *READ)


def of_person(person: Person, today: date) -> dict[str, Any] | None:
    """Leases of the person; three statements. Absent without any."""
    rows = queries.leases_of_person(person, today=today)
    return {"rows": rows} if rows else None


def of_flat(flat: Flat, today: date) -> dict[str, Any] | None:
    """Leases of the flat that have not ended, without those of protected people; three
    statements. Only for those who may know of a turvakielto: to others a let flat without a lease
    to show would tell that somebody protected lives there (7.3)."""
    if not may_know_of_protection():
        return None
    rows = queries.leases_of_flat(flat, today=today)
    return {"rows": rows, "flat": flat}


def register() -> None:
    """Register the parts of this room."""
    panels.register_panel("leases", 15, "main", "leases/panel.html", of_person, READ)
    of_flats.register("leases", 10, "leases/flat_panel.html", of_flat, READ_OF_FLAT)
    merging.repoint("leases_contracts.Party")
    merging.repoint("leases_contracts.PersonChange", "coming")
