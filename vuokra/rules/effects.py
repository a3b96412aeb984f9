"""What a new value of a rule would change, for the preview: counts and days, never people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import gettext as _

from vuokra.access.stated import raw_sql
from vuokra.rules.registry import Proposed, Spec

WHY = "how much a new value of a rule would change"


def counted(sql: str, given: Sequence[Any] | Mapping[str, Any] = ()) -> list[tuple[Any, ...]]:
    """The rows of a statement that counts and groups by days: it tells of nobody, so the main user
    sees it, who has no right to anybody's data."""
    with raw_sql(WHY), connection.cursor() as cursor:
        cursor.execute(sql, given)
        return list(cursor.fetchall())


def sentences(one: Spec, proposed: Proposed) -> list[str]:
    """What a new value would change, or why that cannot be told: a number or the holidays of a year
    are missing, a day lies outside the calendar. Saving does not depend on it."""
    if one.effect is None:
        return []
    try:
        return one.effect(proposed)
    except ValidationError as missing:
        reason = " ".join(missing.messages)
    except OverflowError:
        reason = _("Päivä ei mahdu kalenteriin.")
    return [_("Vaikutusta ei voi laskea: %(reason)s") % {"reason": reason}]
