"""What this room shows on a person's card: the household and its events."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from registry.households import queries
from registry.persons import panels
from registry.persons.models import Person
from vuokra.access.context import current
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

READ_HOUSEHOLD = ((Group.HOUSEHOLD, Level.READ),)


def household(person: Person, today: date) -> dict[str, Any]:
    """The household today; at most three statements."""
    write = current().actor.level(Group.HOUSEHOLD) >= Level.WRITE
    return {"household": queries.summary(person, today), "write": write}


def register() -> None:
    """Register the parts of this room."""
    panels.register_panel(
        "household", 30, "main", "households/panel.html", household, needs=READ_HOUSEHOLD
    )
    panels.register_timeline(queries.events, {queries.KIND: _("Ruokakunta")}, needs=READ_HOUSEHOLD)
