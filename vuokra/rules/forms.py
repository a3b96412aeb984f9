"""The form of a new version of a rule; its value field is of the rule's kind."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vuokra.rules.kinds import Kind
from vuokra.rules.registry import Spec
from vuokra.rules.services import checked_value

YES_NO = [("true", _("kyllä")), ("false", _("ei"))]
WRONG_DATE = {"invalid": _("Kirjoita muodossa 1.12.2026.")}


class VersionForm(forms.Form):
    """A value, from when it holds, and where it comes from."""

    value: forms.Field
    valid_from = forms.DateField(label=_("Voimassa alkaen"), error_messages=WRONG_DATE)
    valid_until = forms.DateField(
        label=_("Voimassa asti"),
        required=False,
        error_messages=WRONG_DATE,
        help_text=_(
            "Vain, jos arvo on voimassa määräajan. Muuten se on voimassa seuraavaan versioon asti."
        ),
    )
    source = forms.CharField(
        label=_("Lähde"),
        max_length=300,
        widget=forms.TextInput({"class": "vTextField"}),
        help_text=_("Säädös ja pykälä, tai kuka päätti ja milloin."),
    )
    note = forms.CharField(
        label=_("Huomautus"),
        max_length=500,
        required=False,
        widget=forms.TextInput({"class": "vTextField"}),
    )

    field_order = ("value", "valid_from", "valid_until", "source", "note")

    def __init__(self, spec: Spec, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.spec = spec
        self.fields["value"] = _value_field(spec)
        if spec.always:
            del self.fields["valid_until"]
        self.order_fields(self.field_order)

    def clean_value(self) -> Any:
        """The value in the rule's own type, within its range."""
        value = self.cleaned_data["value"]
        if self.spec.kind is Kind.BOOLEAN:
            value = value == "true"
        try:
            checked_value(self.spec, value)
        except ValidationError as refused:
            raise ValidationError(refused.error_dict["value"]) from None
        return value

    def clean(self) -> dict[str, Any]:
        """A stated end is not before the beginning."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        first: dt.date | None = given.get("valid_from")
        last: dt.date | None = given.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", _("Päättymispäivä on ennen alkamispäivää."))
        return given


def _value_field(spec: Spec) -> forms.Field:
    label = _("Arvo")
    unit = str(spec.unit)
    if spec.kind is Kind.INTEGER:
        return forms.IntegerField(label=label, help_text=unit, localize=True)
    if spec.kind is Kind.DECIMAL:
        return forms.DecimalField(label=label, help_text=unit, localize=True, decimal_places=8)
    if spec.kind is Kind.DATE:
        return forms.DateField(label=label, error_messages=WRONG_DATE)
    if spec.kind is Kind.BOOLEAN:
        return forms.ChoiceField(label=label, choices=YES_NO)
    if spec.kind is Kind.CHOICE:
        return forms.ChoiceField(
            label=label, choices=[(c, str(t)) for c, t in spec.choices.items()]
        )
    return forms.CharField(label=label, max_length=1000)
