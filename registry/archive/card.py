"""What the paper archive shows of a person: a panel, a tab, and what a merge moves."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from registry.archive import queries
from registry.persons import merging, panels, tabs
from registry.persons.models import Person
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

READ = ((Group.ARCHIVE, Level.READ),)


def papers(person: Person, today: date) -> dict[str, Any] | None:
    """Papers of the person that the actor may know of; two statements. Absent without any."""
    rows = queries.files_of(person, today=today)
    return {"rows": [row for row in rows if not row.gone]} if rows else None


def register() -> None:
    """Register the parts of this room."""
    panels.register_panel("papers", 80, "side", "archive/panel.html", papers, READ)
    panels.register_action(64, _("Kirjaa paperiaineisto"), "archive:add", "archive")
    tabs.register(_("Paperit"), "archive:person", 70)
    merging.repoint("registry_archive.PaperFile")
