"""How long results are kept (R5): with the lease file, or with the application that was not chosen.
A report is not kept at all."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Final

from applications.credit.models import CreditCheck
from applications.intake.kept import last_days
from leases.contracts.kept import kept_by_lease
from registry.retention import starts
from registry.retention.rules import Lengths
from registry.retention.starts import Kept

RESULT: Final = "R5"


def _kept(ids: Collection[int], lengths: Lengths, today: date) -> Mapping[int, Kept]:
    rows = list(
        CreditCheck.objects.filter(pk__in=list(ids))
        .select_related("decision", "lease")
        .only("decision__application_id", "lease")
    )
    of = {
        one.pk: one.decision.application_id
        for one in rows
        if one.decision is not None and one.decision.application_id is not None
    }
    leases = {one.pk: one.lease for one in rows if one.lease is not None}
    found = dict(last_days(of, files=False, papers=False, lengths=lengths, today=today))
    found |= kept_by_lease(leases, lengths, today) if leases else {}
    return {pk: Kept(RESULT, one.until) for pk, one in found.items()}


def register() -> None:
    """Called from the room's AppConfig."""
    starts.register(CreditCheck._meta.db_table, _kept)
