"""What leases show of a person and of a flat: panels, and a button to begin a lease."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leases.contracts import queries
from leases.contracts.queries import LeaseRow
from leases.homes import panels as of_flats
from leases.homes.models import Flat
from registry.persons import merging, panels
from registry.persons.models import Person
from registry.persons.panels import TimelineEntry
from registry.persons.queries import may_know_of_protection
from registry.persons.queries.reading import read_once
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

KIND: Final = "vuokrasuhde"
READ = ((Group.LEASE, Level.READ),)
READ_OF_FLAT = ((Group.PERSON, Level.READ), *READ)


def _of(person: Person, today: date) -> list[LeaseRow]:
    return read_once(person, "leases", lambda: queries.leases_of_person(person, today=today))


def of_person(person: Person, today: date) -> dict[str, Any] | None:
    """Leases of the person; three statements. Absent without any."""
    rows = _of(person, today)
    return {"rows": rows} if rows else None


def events(person: Person, today: date) -> Iterator[TimelineEntry]:
    """Beginnings and ends of signed leases; no statement past the panel's."""
    for row in _of(person, today):
        lease = row.lease
        if lease.concluded_on is None or lease.cancelled_on is not None:
            continue
        number = _("Sopimus %(number)s") % {"number": lease.number}
        url = reverse("leases:lease", args=[lease.pk])
        if lease.starts_on <= today:
            yield _event(lease.starts_on, _("Vuokrasuhde alkoi"), number, url)
        if lease.ends_on is not None and lease.ends_on < today:
            yield _event(lease.ends_on, _("Vuokrasuhde päättyi"), number, url)


def _event(day: date, what: str, number: str, url: str) -> TimelineEntry:
    return TimelineEntry(day, "file-pen-line", what, number, kind=KIND, url=url)


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
    panels.register_timeline(events, {KIND: gettext_lazy("Vuokrasuhteet")}, READ)
    of_flats.register("leases", 10, "leases/flat_panel.html", of_flat, READ_OF_FLAT)
    merging.repoint("leases_contracts.Party")
    merging.repoint("leases_contracts.PersonChange", "coming")
