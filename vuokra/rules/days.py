"""Days that people enter: of what has happened, none to come."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def refuse_future(field: str, day: date | None, today: date) -> None:
    """Raises ValidationError at the field for a day to come."""
    if day is not None and day > today:
        raise ValidationError(
            {field: ValidationError(_("Päivä on tulevaisuudessa."), code="future")}
        )
