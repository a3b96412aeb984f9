"""What the card shows of how a person stands: ties of staff."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy

from registry.persons import panels
from registry.persons.models import Person, TieKind
from registry.persons.queries import standing
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

READ_TIES = ((Group.TIES, Level.READ),)


def ties(person: Person, today: date) -> dict[str, Any] | None:
    """Ties of staff in force or to come (sidonnaisuudet); two statements."""
    found = standing.ties_of(person, today=today)
    return {"ties": found} if found else None


def conflict(person: Person, today: date) -> dict[str, Any] | None:
    """That the signed-in user is barred from deciding (esteellinen); no statement of its own."""
    barred = any(
        tie.own and tie.link.kind == TieKind.CONFLICT and tie.link.valid_from <= today
        for tie in standing.ties_of(person, today=today)
    )
    return {} if barred else None


def register() -> None:
    """Register the parts of the card."""
    place = "persons/panels/"
    panels.register_panel("ties", 70, "side", f"{place}ties.html", ties, needs=READ_TIES)
    panels.register_badge(f"{place}conflict.html", conflict, needs=READ_TIES, order=60)
    panels.register_action(80, gettext_lazy("Sidonnaisuus"), "persons:add_tie", "user-lock")
