"""Form fields that the rooms share: what people type is taken as they write it in Finnish."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vuokra.rules.days import WRONG_YEAR, YEARS

WRONG_DAY = _("Tarkista päivä. Kirjoita muodossa 1.12.2026.")
WRONG_EUROS = _("Tarkista määrä. Kirjoita muodossa 1 234,50.")
SPACES = re.compile(r"\s+")
"""A no-break space too."""
MINUS = "\u2212"
NOT_REMEMBERED = {"autocomplete": "off", "spellcheck": "false"}


class DayField(forms.DateField):
    """A day as 1.12.2026, 1.12. (this year), 01122026, 2026-12-01 or +7 (days from today)."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", ["%d.%m.%Y", "%d%m%Y", "%Y-%m-%d"])
        kwargs.setdefault(
            "widget",
            forms.DateInput(format="%-d.%-m.%Y", attrs={**NOT_REMEMBERED, "inputmode": "numeric"}),
        )
        kwargs.setdefault("error_messages", {"invalid": WRONG_DAY})
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        day = super().to_python(_spelled_out(value) if isinstance(value, str) else value)
        if day is not None and day.year not in YEARS:
            raise forms.ValidationError(WRONG_YEAR, code="year")
        return day


def _spelled_out(typed: str) -> str:
    """What was typed, with the year of a day without one, and a day for a number of days."""
    today, typed = timezone.localdate(), typed.strip()
    if re.fullmatch(r"\+[0-9]{1,3}", typed):
        return f"{today + timedelta(days=int(typed)):%d.%m.%Y}"
    return f"{typed}{today.year}" if re.fullmatch(r"[0-9]{1,2}\.[0-9]{1,2}\.", typed) else typed


class ClockField(forms.TimeField):
    """A time of day as 9.30, klo 9.30, 9:30 or 9."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", ["%H.%M", "%H:%M", "%H"])
        kwargs.setdefault(
            "widget",
            forms.TimeInput(format="%-H.%M", attrs={**NOT_REMEMBERED, "inputmode": "numeric"}),
        )
        kwargs.setdefault(
            "error_messages", {"invalid": _("Tarkista kellonaika. Kirjoita muodossa 9.30.")}
        )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> time | None:
        if isinstance(value, str):
            value = value.strip().removeprefix("klo")
        return super().to_python(value)


class NumberField(forms.DecimalField):
    """A number as 1 234,5 or 1234,5: thousands may stand apart, as the pages show them."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"localize": True} | kwargs))

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = SPACES.sub("", value).replace(MINUS, "-")
        return super().to_python(value)


class EurosField(NumberField):
    """An amount of euros as 1 234,50 or 1 234,50 €."""

    def __init__(self, **kwargs: Any) -> None:
        given = {
            "max_digits": 12, "decimal_places": 2, "min_value": 0,
            "error_messages": {"invalid": WRONG_EUROS},
        }  # fmt: skip
        super().__init__(**(given | kwargs))

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace("€", "") if isinstance(value, str) else value)
