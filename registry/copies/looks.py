"""Who looked, when, in which role and for what purpose (C-579/21); and what was changed.

Names of staff are not collected: they are told after a recorded necessity test (DP-A31).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from registry.copies.content import CHANGES, Entry, Look, Section, Value
from registry.persons.queries.history import lines_of
from vuokra.access import change_queries, log_queries
from vuokra.access.change_queries import Change
from vuokra.access.log_queries import LogRow
from vuokra.policy.groups import Group
from vuokra.policy.roles import purpose_title, role_titles
from vuokra.ui import formatting

BATCH = 1000


def looks_of(ids: Sequence[int]) -> list[Look]:
    """Every access event about the records of a person, newest first; a statement for each
    thousand of them."""
    found = {row.id: row for one in ids for row in _events(one)}
    return [_look(row) for _id, row in sorted(found.items(), reverse=True)]


def _events(subject: int) -> Iterator[LogRow]:
    place = None
    while True:
        rows = log_queries.events(subject=subject, place=place, limit=BATCH)
        yield from rows
        if len(rows) < BATCH:
            return
        place = (rows[-1].at, rows[-1].id)


def _look(row: LogRow) -> Look:
    return Look(
        row.id,
        moment(row.at),
        role_titles(row.role) or (_("Järjestelmä") if row.actor_id is None else _("Työntekijä")),
        purpose_title(row.purpose),
        row.words,
        row.actor_id,
    )


def moment(at: datetime) -> str:
    """A moment as JSON has it, in UTC."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def changes_of(ids: Sequence[int]) -> Section:
    """Every logged change of the records of a person, newest first, without who made it.

    Values of class C and D are not in the change log: of them it says that they changed. The rest
    is as free as running text: it repeats what stands, or stood, in the rows. It is told in words,
    and for machines as it is kept.
    """
    found = sorted(
        (change for one in ids for change in _changes(one)), key=lambda one: one.at, reverse=True
    )
    lines = lines_of(found, hidden=False)
    section = Section(CHANGES, _("Tietojen muutokset"), str(Group.HISTORY.label))
    for number, line in enumerate(lines):
        at = moment(line.at)
        title = f"{local_day(at)} {capfirst(str(line.what))}, {line.operation}"
        values = [
            Value(
                f"{place}", capfirst(str(one.label)), [*one.kept],
                f"{one.old} → {one.new}" if one.old else one.new, free=True,
            )
            for place, one in enumerate(line.fields)
        ]  # fmt: skip
        section.entries.append(Entry("change", number, title, values, source=at))
    return section


def _changes(subject: int) -> Iterator[Change]:
    skip = 0
    while True:
        rows = change_queries.changes_of(subject, skip=skip, limit=BATCH)
        yield from rows
        if len(rows) < BATCH:
            return
        skip += BATCH


def local_day(at: str) -> str:
    """The day of a moment of the snapshot, as people read it, in local time."""
    return formatting.date(timezone.localtime(datetime.fromisoformat(at)))
