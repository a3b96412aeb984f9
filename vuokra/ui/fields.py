"""Form fields that the rooms share."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

WRONG_DAY = _("Tarkista päivä. Kirjoita muodossa 1.12.2026.")
NOT_REMEMBERED = {"autocomplete": "off", "spellcheck": "false"}


class DayField(forms.DateField):
    """A day as 1.12.2026, 1.12. (this year), 01122026, 2026-12-01 or +7 (days from today)."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", ["%d.%m.%Y", "%d%m%Y", "%Y-%m-%d"])
        kwargs.setdefault(
            "widget",
            forms.DateInput(format="%d.%m.%Y", attrs={**NOT_REMEMBERED, "inputmode": "numeric"}),
        )
        kwargs.setdefault("error_messages", {"invalid": WRONG_DAY})
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        return super().to_python(_spelled_out(value) if isinstance(value, str) else value)


def _spelled_out(typed: str) -> str:
    """What was typed, with the year of a day without one, and a day for a number of days."""
    today, typed = timezone.localdate(), typed.strip()
    if re.fullmatch(r"\+[0-9]{1,3}", typed):
        return f"{today + timedelta(days=int(typed)):%d.%m.%Y}"
    return f"{typed}{today.year}" if re.fullmatch(r"[0-9]{1,2}\.[0-9]{1,2}\.", typed) else typed
