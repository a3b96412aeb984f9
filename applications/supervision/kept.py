"""How long complaints are kept: open ones as long as they are, closed ones as the application that
they concern."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from applications.intake.kept import last_days
from applications.supervision.models import Complaint
from registry.retention import starts
from registry.retention.rules import Lengths
from registry.retention.starts import Kept


def _kept(ids: Collection[int], lengths: Lengths, today: date) -> Mapping[int, Kept]:
    rows = Complaint.objects.filter(pk__in=list(ids)).select_related("decision")
    of = {
        one.pk: one.application_id or (one.decision and one.decision.application_id) for one in rows
    }
    known = {pk: application for pk, application in of.items() if application}
    found = last_days(known, files=False, papers=False, lengths=lengths, today=today)
    open_ = {one.pk for one in rows if not one.outcome}
    return {pk: Kept(kept.code, None) if pk in open_ else kept for pk, kept in found.items()}


def register() -> None:
    """Called from the room's AppConfig."""
    starts.register(Complaint._meta.db_table, _kept)
