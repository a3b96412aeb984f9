"""How long the evidence of a permission is kept: from the day it ended (R11, data-protection 5.3).

A prohibition stays as long as there are contact details: no day is known of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import Final

from registry.consents.models import Decision
from registry.consents.rules import ended_on, stand
from registry.retention import starts
from registry.retention.rules import Facts, Lengths, retention_end
from registry.retention.starts import Kept

EVIDENCE: Final = "R11"


def decisions(ids: Collection[int], lengths: Lengths, today: date) -> Mapping[int, Kept]:
    """Every decision by the day its cell's permission ended; one statement.

    What was said before and after in the same cell decides: it is read too.
    """
    theirs = Decision.objects.filter(pk__in=ids).order_by().values("person")
    cells: dict[tuple[int, str, str], list[Decision]] = defaultdict(list)
    for row in Decision.objects.filter(person__in=theirs):
        cells[row.person_id, row.use, row.channel].append(row)
    return {
        row.pk: Kept(EVIDENCE, retention_end(EVIDENCE, Facts(permission_ended=ended), lengths))
        for rows in cells.values()
        for ended in [ended_on(stand(rows, today))]
        for row in rows
        if row.pk in ids
    }


def register() -> None:
    """Called from the room's AppConfig."""
    starts.register(Decision._meta.db_table, decisions)
