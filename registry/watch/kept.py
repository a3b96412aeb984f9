"""How long a break-glass with its approval, end and review is kept: from its opening (R13)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from functools import partial
from typing import Final

from django.db import models
from django.utils import timezone

from registry.retention import starts
from registry.retention.rules import Facts, Lengths, retention_end
from registry.retention.starts import Kept
from registry.watch.models import BreakGlass, GlassApproval, GlassEnd, GlassReview

EVENT: Final = "R13"
OPENED: Final = {
    BreakGlass: "opened_at",
    GlassApproval: "glass__opened_at",
    GlassEnd: "glass__opened_at",
    GlassReview: "glass__opened_at",
}


def _kept(
    model: type[models.Model],
    opened_at: str,
    ids: Collection[int],
    lengths: Lengths,
    today: date,
) -> Mapping[int, Kept]:
    """Rows of a table by the day the record was opened; one statement."""
    found = model._default_manager.filter(pk__in=ids).order_by().values_list("pk", opened_at)
    return {
        pk: Kept(EVENT, retention_end(EVENT, Facts(happened=timezone.localdate(at)), lengths))
        for pk, at in found
    }


def register() -> None:
    """Called from the room's AppConfig."""
    for model, opened_at in OPENED.items():
        starts.register(model._meta.db_table, partial(_kept, model, opened_at))
