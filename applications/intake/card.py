"""What applications show of a person: a panel and the timeline."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.intake.queries import listing
from applications.intake.queries.listing import ApplicationRow
from registry.persons import merging, panels
from registry.persons.models import Person
from registry.persons.panels import TimelineEntry
from registry.persons.queries.reading import read_once
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

KIND: Final = "hakemus"
READ = ((Group.NEED, Level.READ), (Group.HOUSEHOLD, Level.READ))


def _of(person: Person, today: date) -> list[ApplicationRow]:
    return read_once(person, "applications", lambda: listing.of_person(person, today=today))


def of_person(person: Person, today: date) -> dict[str, Any] | None:
    """Applications of the person; three statements. Absent without any."""
    rows = _of(person, today)
    return {"rows": rows} if rows else None


def events(person: Person, today: date) -> Iterator[TimelineEntry]:
    """Applications as they came, were renewed and ended; no statement past the panel's."""
    for row in _of(person, today):
        here = row.application
        url = reverse("applications:application", args=[here.number])
        days = (
            (here.received_on, _("Hakemus saapui")),
            (here.renewed_on, _("Hakemus uusittiin")),
            (here.ended_on, _("Hakemus päättyi: %(why)s") % {"why": here.get_end_reason_display()}),
        )
        for day, what in days:
            if day is not None:
                yield TimelineEntry(day, "inbox", what, here.number, kind=KIND, url=url)


def register() -> None:
    """Register the parts of this room."""
    panels.register_panel("applications", 12, "main", "applications/panel.html", of_person, READ)
    panels.register_timeline(events, {KIND: gettext_lazy("Hakemukset")}, READ)
    merging.repoint("applications_intake.Member", on_conflict=merging.OnConflict.REFUSE)
