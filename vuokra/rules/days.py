"""Days that people enter: of years that are meant, and of what has happened, none to come."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

YEARS: Final = range(1850, 2200)
"""Years of which somebody may speak here: what is reckoned from such a day is a day."""
WRONG_YEAR: Final = gettext_lazy("Tarkista vuosi.")


def refuse_future(field: str, day: date | None, today: date) -> None:
    """Raises ValidationError at the field for a day to come."""
    if day is not None and day > today:
        raise ValidationError(
            {field: ValidationError(_("Päivä on tulevaisuudessa."), code="future")}
        )
