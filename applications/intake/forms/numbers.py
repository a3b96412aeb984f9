"""The field in which the number of an application is typed."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.intake.rules.numbers import number_of
from registry.persons.forms import TextField

LENGTH: Final = 20
HOW_TO_WRITE: Final = _("Kirjoita numero näin: H-2026-0031 tai 31.")


class ApplicationNumberField(TextField):
    """The number of an application (hakemusnumero), with its letter and year or, of this year,
    without; its value is the whole number, or an empty text."""

    def __init__(self, **given: Any) -> None:
        given.setdefault("widget", forms.TextInput(attrs={"size": 14}))
        given.setdefault("error_messages", {"required": HOW_TO_WRITE})
        super().__init__(max_length=LENGTH, **given)

    def clean(self, value: Any) -> str:
        """The number that was meant. Raises ValidationError for what is none."""
        typed = super().clean(value)
        if not typed:
            return ""
        number = number_of(typed, timezone.localdate().year)
        if number is None:
            raise ValidationError(HOW_TO_WRITE, code="number")
        return number
