"""What door openings show of a person and of a flat: panels, and events of the timeline."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leases.doors.models import State
from leases.doors.queries import openings
from leases.homes import panels as of_flats
from leases.homes.models import Flat
from registry.persons import panels
from registry.persons.models import Person
from registry.persons.panels import TimelineEntry
from registry.persons.queries.reading import read_once
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

READ: Final = ((Group.PERSON, Level.READ), (Group.MAINTENANCE, Level.READ))
KIND: Final = "ovenavaus"
CHIPS: Final = {State.OPEN: "warn", State.OPENED: "ok", State.NOT_OPENED: ""}


def _of(person: Person, today: date) -> list[openings.OpeningRow]:
    return read_once(
        person, "door openings", lambda: openings.openings_of_person(person, today=today)
    )


def of_person(person: Person, today: date) -> dict[str, Any] | None:
    """Openings on the person's own word; three statements. Absent without any."""
    rows = _of(person, today)
    return {"rows": rows} if rows else None


def of_flat(flat: Flat, today: date) -> dict[str, Any] | None:
    """The latest openings of the flat, none of protected people; at most three statements."""
    return {"rows": openings.openings_of_flat(flat, today=today), "flat": flat}


def events(person: Person, today: date) -> Iterator[TimelineEntry]:
    """Openings on the person's own word; no statement past the panel's."""
    for row in _of(person, today):
        one = row.opening
        yield TimelineEntry(
            row.counts.done_at or one.ordered_at, "key-round", _("Ovenavaus"),
            str(one.question.get_ground_display()), kind=KIND,
            url=reverse("doors:opening", args=[one.pk]), chip=row.state.label,
            chip_kind=CHIPS[row.state],
        )  # fmt: skip


def register() -> None:
    """Register the parts of this room."""
    panels.register_panel("doors", 45, "main", "doors/person_panel.html", of_person, READ)
    panels.register_timeline(events, {KIND: gettext_lazy("Ovenavaukset")}, READ)
    of_flats.register("doors", 40, "doors/flat_panel.html", of_flat, READ)
