"""How long the file of a request is kept: from the day it was over (R14, data-protection 5.3).

An open request, and one of which a complaint was made, has no such day: the database sees to it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import partial
from typing import Final

from django.db import models

from registry.copies.models import Copy
from registry.copies.models import Finding as CopyFinding
from registry.copies.models import Reading as CopyReading
from registry.retention import starts
from registry.retention.rules import Facts, Lengths, retention_end
from registry.retention.starts import Kept
from registry.rights.models import (
    Attachment,
    Correction,
    DataRequest,
    Decision,
    Delivery,
    ErasureLine,
    Letter,
    Step,
)

FILE: Final = "R14"
OF_REQUEST: Final = (Step, Decision, Letter, Delivery, Attachment, ErasureLine, Correction)
COPIES: Final = {Copy: "reference", CopyFinding: "copy__reference", CopyReading: "copy__reference"}
"""The tables of copies, and where the number of their request stands."""


def _of_request(
    model: type[models.Model],
    closed_on: str,
    ids: Collection[int],
    lengths: Lengths,
    today: date,
) -> Mapping[int, Kept]:
    """Rows of a table by the day their request was over; one statement."""
    found = model._default_manager.filter(pk__in=ids).order_by()
    return _kept(found.values_list("pk", closed_on), lengths)


def _of_copy(
    model: type[models.Model],
    number: str,
    ids: Collection[int],
    lengths: Lengths,
    today: date,
) -> Mapping[int, Kept]:
    """Rows of copies by the day the request of that number was over; two statements."""
    rows = model._default_manager.filter(pk__in=ids).order_by().values_list("pk", number)
    numbers = dict(rows)
    asked = DataRequest.objects.filter(number__in=set(numbers.values()))
    closed = dict(asked.values_list("number", "closed_on"))
    return _kept(((pk, closed.get(one)) for pk, one in numbers.items()), lengths)


def _kept(rows: Iterable[tuple[int, date | None]], lengths: Lengths) -> dict[int, Kept]:
    return {
        pk: Kept(FILE, retention_end(FILE, Facts(closed=closed), lengths)) for pk, closed in rows
    }


def register() -> None:
    """Called from the room's AppConfig."""
    starts.register(DataRequest._meta.db_table, partial(_of_request, DataRequest, "closed_on"))
    for table in OF_REQUEST:
        tell = partial(_of_request, table, "request__closed_on")
        starts.register(table._meta.db_table, tell)
    for copies, number in COPIES.items():
        starts.register(copies._meta.db_table, partial(_of_copy, copies, number))
