"""Forms of how a person stands: ties of staff. They parse and guide; the services check."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.persons.forms import DayField, ServiceForm
from registry.persons.models import StaffLink, TieKind


class TieForm(ServiceForm[StaffLink]):
    """A tie of a member of staff to the person; suggests the signed-in user."""

    error_fields = {"persons_link_once": "staff", "registry_persons_stafflink_dates": "valid_to"}

    staff = forms.TypedChoiceField(label=_("Käyttäjä"), coerce=int)
    kind = forms.ChoiceField(
        label=_("Miten sidoksissa"), choices=TieKind.choices, widget=forms.RadioSelect
    )
    valid_from = DayField(label=_("Voimassa alkaen"))
    valid_to = DayField(label=_("Voimassa asti"), required=False)

    class Meta:
        model = StaffLink
        fields = ("staff", "kind", "valid_from", "valid_to")

    def __init__(
        self, *args: Any, staff: Sequence[tuple[int, str]], acting: int, today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["staff"].choices = staff  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["staff"].initial = acting
        self.fields["valid_from"].initial = today
