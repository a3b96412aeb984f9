"""How long openings and their questions are kept: as long as the lease they rest on (R6)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from functools import partial
from typing import Any

from leases.contracts.kept import kept_by_lease
from leases.contracts.models import Lease
from leases.doors.models import Correction, Opening, Question
from registry.retention import starts
from registry.retention.rules import Lengths
from registry.retention.starts import Kept

WAYS: dict[type[Question] | type[Opening] | type[Correction], str] = {
    Question: "lease",
    Opening: "question__lease",
    Correction: "opening__question__lease",
}


def _kept(
    model: Any, way: str, ids: Collection[int], lengths: Lengths, today: date
) -> Mapping[int, Kept]:
    """Rows by the last day of the lease; those that confirmed nothing rest on none. Two
    statements, and one for the number of the financial year."""
    pairs = dict(
        model._default_manager.filter(pk__in=list(ids), **{f"{way}__isnull": False})
        .order_by()
        .values_list("pk", way)
    )
    leases = {row.pk: row for row in Lease.objects.filter(pk__in=set(pairs.values()))}
    return kept_by_lease({pk: leases[lease] for pk, lease in pairs.items()}, lengths, today)


def register() -> None:
    """Called from the room's AppConfig."""
    for model, way in WAYS.items():
        starts.register(model._meta.db_table, partial(_kept, model, way))
