"""How long orders are kept: as the application that led to them; the lease that came of it tells
the retention of that application (R6)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from functools import partial
from typing import Any

from django.db import models

from applications.intake.kept import Judged, last_days, tell_judged
from applications.orders.models import LeaseOrder, OrderPerson, OrderState
from leases.contracts.models import Lease
from registry.retention import starts
from registry.retention.rules import Lengths
from registry.retention.starts import Kept


def judged(applications: Collection[int]) -> Mapping[int, Judged]:
    """The lease that came of each application; one statement, one more when there is any: whoever
    opens no leases may ask of an application that has led to none."""
    orders = LeaseOrder.objects.filter(
        offer__application__in=list(applications), state=OrderState.SIGNED
    )
    of = dict(orders.order_by("pk").values_list("offer__application_id", "lease_id"))
    leases = Lease.objects.in_bulk(of.values()) if of else {}
    return {pk: Judged(lease=leases[lease]) for pk, lease in of.items()}


def _kept(
    model: type[models.Model], path: str, ids: Collection[int], lengths: Lengths, today: date
) -> Mapping[int, Kept]:
    rows: Any = model._default_manager.filter(pk__in=list(ids)).order_by()
    of = dict(rows.exclude(**{path: None}).values_list("pk", path))
    return last_days(of, files=False, papers=False, lengths=lengths, today=today)


def register() -> None:
    """Called from the room's AppConfig."""
    tell_judged(judged)
    for model, path in (
        (LeaseOrder, "offer__application_id"), (OrderPerson, "order__offer__application_id")
    ):  # fmt: skip
        starts.register(model._meta.db_table, partial(_kept, model, path))
