"""How long what was decided is kept (R2, R4, R6), and what the room tells of its applications.

The snapshot of a decision stays with the log: it names nobody. Who stood under which id goes with
the applicants' time. Source: resident-selection specification, section 11.2.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from functools import partial
from typing import Any, Final

from django.db import models

from applications.intake.kept import Judged, last_days, tell_judged
from applications.selection.models import (
    Assessment,
    Compared,
    Decision,
    Offer,
    OfferState,
    Skip,
)
from registry.retention import starts
from registry.retention.rules import Lengths
from registry.retention.starts import Kept

_TABLES: Final[tuple[type[models.Model], ...]] = (Assessment, Skip, Decision, Compared, Offer)


def judged(applications: Collection[int]) -> Mapping[int, Judged]:
    """When each application was last compared, and when it was chosen: the offer was accepted. Two
    statements."""
    ids = list(applications)
    compared = dict(
        Compared.objects.filter(application__in=ids)
        .order_by("decision__on", "pk")
        .values_list("application_id", "decision__on")
    )
    chosen = dict(
        Offer.objects.filter(application__in=ids, state=OfferState.ACCEPTED)
        .order_by("pk")
        .values_list("application_id", "decision__on")
    )
    return {
        pk: Judged(compared=compared.get(pk), chosen=chosen.get(pk))
        for pk in ids
        if pk in compared or pk in chosen
    }


def _kept(
    model: type[models.Model], ids: Collection[int], lengths: Lengths, today: date
) -> Mapping[int, Kept]:
    rows: Any = model._default_manager.filter(pk__in=list(ids), application__isnull=False)
    of = dict(rows.order_by().values_list("pk", "application_id"))
    return last_days(of, files=False, papers=False, lengths=lengths, today=today)


def register() -> None:
    """Called from the room's AppConfig."""
    tell_judged(judged)
    for model in _TABLES:
        starts.register(model._meta.db_table, partial(_kept, model))
