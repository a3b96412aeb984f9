"""How long papers are kept: until the day recorded with them, by the code of their kind."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from functools import partial
from typing import Final

from django.db import models

from registry.archive import rules
from registry.archive.models import Destruction, Loan, PaperFile
from registry.retention import starts
from registry.retention.rules import Lengths
from registry.retention.starts import Kept

TABLES: Final = {PaperFile: "", Loan: "file__", Destruction: "file__"}


def _kept(
    model: type[models.Model],
    file: str,
    ids: Collection[int],
    lengths: Lengths,
    today: date,
) -> Mapping[int, Kept]:
    """Rows of a table by the last day of the papers; one statement."""
    found = model._default_manager.filter(pk__in=ids).order_by()
    rows = found.values_list("pk", f"{file}kind", f"{file}keep_until")
    return {pk: Kept(rules.KINDS[kind].retention, until) for pk, kind, until in rows}


def register() -> None:
    """Called from the room's AppConfig."""
    for model, file in TABLES.items():
        starts.register(model._meta.db_table, partial(_kept, model, file))
