"""What the room shows of a person: that the record is open by break-glass; how to open it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from registry.persons import merging, panels
from registry.persons.models import Person
from registry.persons.queries import standing
from vuokra.access.context import current


def banner(person: Person, today: date) -> dict[str, Any] | None:
    """Until when the record is open; no statement of its own."""
    opened = current().actor.opened
    if opened is None or opened.person != person.pk:
        return None
    return {"until": opened.until, "special": opened.special}


def register() -> None:
    """Register the parts of this room."""
    panels.register_banner(5, "watch/banner.html", banner)
    panels.register_action(95, _("Hätäkatselu"), "watch:open", "siren")
    standing.open_by_break_glass_at("watch:open")
    merging.repoint("registry_watch.Listed")
    merging.exempt(
        "registry_watch_breakglass",
        "subject_id",
        "a break-glass stays with the record that was opened, as the log does",
    )
