"""What the room tells other rooms: how a merge and a household meet a ban."""

from __future__ import annotations

from django.utils.translation import gettext as _

from registry.persons import merging
from registry.persons.models import Person


def objection(survivor: Person, merged: Person) -> str | None:
    """A ban is in force for one record: which details are sealed must not depend on a merge."""
    if survivor.protected or merged.protected:
        return _("Tietueita ei voi yhdistää turvakiellon aikana.")
    return None


def register_merging() -> None:
    """Under a ban nothing is merged; what earlier bans left moves, sealed for the survivor."""
    merging.object_when(objection)
    merging.repoint("registry_protection.ProtectedDetail")
    merging.repoint("registry_protection.ContactAddress")
    for table in ("turvakielto", "coverage", "followup"):
        merging.exempt(
            f"registry_protection_{table}",
            "person_id",
            "an ended ban stays with the record under which it was recorded",
        )
