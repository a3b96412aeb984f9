"""Values as the change log keeps them, all of them as text, in the words of the screen."""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext as _

from vuokra.ui import formatting

Field = models.Field[Any, Any]


def is_none(stored: str | None) -> bool:
    """Whether the log says that there was nothing."""
    return stored is None or stored in ("None", "")


def in_words(field: Field, stored: str | None, names: Mapping[int, str]) -> str:
    """A kept value of a field as people write it: choices by their labels, days and numbers in the
    Finnish form. `names` are those of staff by id; of other relations nothing is told."""
    if stored is None or is_none(stored):
        return ""
    if field.is_relation:
        return names.get(int(stored), "") if stored.isdecimal() else ""
    if isinstance(field, ArrayField):
        return ", ".join(in_words(field.base_field, one, names) for one in _parts(stored))
    if field.flatchoices:
        return str({str(key): label for key, label in field.flatchoices}.get(stored, stored))
    return _plain(field, stored)


def _plain(field: Field, stored: str) -> str:
    if isinstance(field, models.BooleanField):
        return _("kyllä") if stored.lower() in ("true", "t") else _("ei")
    if isinstance(field, models.DateTimeField):
        return formatting.moment(datetime.fromisoformat(stored))
    if isinstance(field, models.DateField):
        return formatting.date(date.fromisoformat(stored[:10]))
    if isinstance(field, models.TimeField):
        return formatting.time(time.fromisoformat(stored), word=False)
    if isinstance(field, models.DecimalField):
        return formatting.number(Decimal(stored), field.decimal_places)
    return stored


def _parts(stored: str) -> list[str]:
    """The parts of a kept list: the database writes JSON, the application Python."""
    for read in (json.loads, ast.literal_eval):
        try:
            found = read(stored)
        except (ValueError, SyntaxError):
            continue
        if isinstance(found, list):
            return [str(one) for one in found]
    return [stored]
