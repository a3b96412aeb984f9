"""What the room shows on a person's card: badge, side panel, tab and events."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.consents import queries
from registry.consents.codes import CELLS, Kind
from registry.consents.models import Decision
from registry.persons import panels, tabs
from registry.persons.models import Person
from registry.persons.panels import TimelineEntry
from registry.persons.queries.marks import standing_of
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

READ = ((Group.CONSENT, Level.READ),)
KIND = "suostumukset"
EVENTS = {
    Kind.PROHIBITION: ("bell-off", gettext_lazy("Kielto kirjattu")),
    Kind.PERMISSION: ("bell", gettext_lazy("Suostumus annettu")),
    Kind.WITHDRAWAL: ("bell-off", gettext_lazy("Suostumus peruutettu")),
    Kind.LIFTING: ("bell", gettext_lazy("Kielto poistettu")),
}
MOST_TOLD = 2
"""So many are named on the second line of an event; of more their number is told."""


def badge(person: Person, today: date) -> dict[str, Any] | None:
    """That marketing is forbidden (ui 6); one statement with the panel and the events."""
    found = queries.marketing_forbidden(person, today=today)
    return {"partly": found == "some"} if found else None


def panel(person: Person, today: date) -> dict[str, Any]:
    """How the person stands to each use (picture 03); two statements."""
    return {
        "uses": queries.overview(person, today=today),
        "barred": queries.barred_from_marketing(person.pk, today),
        "service": standing_of(person, today=today).may_be_contacted,
    }


def events(person: Person, today: date) -> Iterator[TimelineEntry]:
    """What was decided when; no statement past the panel's."""
    for day, kind, rows in queries.days_of(person):
        icon, text = EVENTS[kind]
        forbids = kind == Kind.PROHIBITION
        yield TimelineEntry(
            day, icon, text, _facts(rows), KIND, panels.url("consents:person", person),
            chip=Kind.PROHIBITION.label if forbids else "", chip_kind="bad" if forbids else "",
        )  # fmt: skip


def _facts(rows: list[Decision]) -> str:
    """What was decided of, and from whom it came."""
    cells = sorted((row.cell for row in rows), key=CELLS.index)
    named = [cell.label for cell in cells[:MOST_TOLD]]
    if more := len(cells) - len(named):
        named.append(_("ja %(count)s muuta") % {"count": more})
    source = _("Lähde: %(source)s") % {"source": rows[0].get_source_display()}
    return f"{', '.join(named)} · {source}"


def register() -> None:
    """Register the parts of this room."""
    panels.register_badge("consents/panels/badge.html", badge, needs=READ, order=30)
    panels.register_panel("consents", 30, "side", "consents/panels/side.html", panel, needs=READ)
    panels.register_timeline(events, {KIND: gettext_lazy("Suostumukset")}, needs=READ)
    tabs.register(gettext_lazy("Suostumukset"), "consents:person", 60)
