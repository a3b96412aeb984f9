"""Until when the data are kept (15 artikla 1 d): days where the time runs, else from what it will.

A row of the table tells of the newest entry of its data: everything older goes before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from registry.copies.content import CopyContent, Section
from registry.retention import starts, words
from registry.retention.queries import lengths
from registry.retention.rules import Facts, Lengths, retention_end
from registry.retention.starts import Kept
from vuokra.ui import formatting

LOG = "R13"
"""The code of the access log, to which the consultations belong."""

Line = tuple[str, date | None]
"""A retention code and the last day; None where the time does not run yet."""


def head() -> list[str]:
    """The head of the table."""
    return [_("Tieto"), _("Viimeinen säilytyspäivä"), _("Miten aika lasketaan")]


def table(content: CopyContent, today: date) -> list[list[str]]:
    """What is kept until when, and how the time is counted, with the lengths that hold today.

    Raises RuleMissing when a length has no row: the copy stops, and tells no time that nothing
    stands behind.
    """
    known = lengths(today)
    kept = starts.kept(_rows(content), known, today)
    told: dict[Line, dict[str, None]] = {}
    for section in content.sections:
        for line in _lines(section, kept):
            told.setdefault(line, {})[section.title] = None
    if content.looks:
        told.setdefault((LOG, _log_end(content, known)), {})[_("Katselut")] = None
    return [
        ["; ".join(titles), _until(day), _counted(code, known)]
        for (code, day), titles in told.items()
    ]


def _rows(content: CopyContent) -> dict[str, set[int]]:
    """Ids of the rows that the copy tells of, by table."""
    found: dict[str, set[int]] = {}
    for section in content.items:
        for entry in section.entries:
            found.setdefault(entry.table, set()).add(entry.row)
    return found


def _lines(section: Section, kept: Mapping[tuple[str, int], Kept]) -> Iterator[Line]:
    """The last day of the newest entry by each code; besides, that of some it does not run."""
    found: dict[str, list[date | None]] = {}
    for entry in section.entries:
        one = kept.get((entry.table, entry.row))
        known = [(one.code, one.until)] if one else [(code, None) for code in section.retention]
        for code, until in known:
            found.setdefault(code, []).append(until)
    for code, every in found.items():
        days = [day for day in every if day is not None]
        if days:
            yield code, max(days)
        if len(days) < len(every):
            yield code, None


def _log_end(content: CopyContent, known: Lengths) -> date | None:
    """The last day of the newest consultation."""
    newest = max(datetime.fromisoformat(look.at) for look in content.looks)
    return retention_end(LOG, Facts(happened=timezone.localtime(newest).date()), known)


def _until(day: date | None) -> str:
    return formatting.date(day) if day else _("aika ei ole alkanut")


def _counted(code: str, known: Lengths) -> str:
    return f"{words.titled(code)}: {words.formula(code, known)}"
