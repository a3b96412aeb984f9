"""The municipality's wealth limits and permits in the main user's admin (hallinta)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from applications.selection.models import ExemptionPermit, WealthTable
from applications.selection.services import bounds
from vuokra.accounts.house_admin import KeptAdmin
from vuokra.rules.errors import RuleMissing
from vuokra.ui import formatting
from vuokra.ui.fields import EurosField

TABLE = ("municipality", "valid_from", "decision", "step_eur")
PERMIT = (
    "authority", "decision", "valid_from", "valid_to", "need", "wealth", "income_limit", "flats",
    "occupancy",
)  # fmt: skip
ROWS = 6
"""Rows of the form; a household larger than the last one given adds the step for each person."""


def limit(persons: int) -> EurosField:
    """The field of a household of so many persons."""
    label = format_lazy("{} {}, €", _("Henkilöitä"), persons)
    return EurosField(label=label, required=persons == 1)


class LimitsForm(forms.ModelForm[WealthTable]):
    """The limits of a municipality from a day on, by number of persons."""

    municipality = forms.ChoiceField(label=_("Kunta"))
    limit_1 = limit(1)
    limit_2 = limit(2)
    limit_3 = limit(3)
    limit_4 = limit(4)
    limit_5 = limit(5)
    limit_6 = limit(6)

    class Meta:
        model = WealthTable
        fields = TABLE

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        if "municipality" in self.fields:  # a table that is only shown has none
            names = [(name, name) for name in bounds.municipalities()]
            self.fields["municipality"] = forms.ChoiceField(label=_("Kunta"), choices=names)

    @property
    def limits(self) -> dict[int, Decimal]:
        """The limits that were given."""
        told = {at: self.cleaned_data.get(f"limit_{at}") for at in range(1, ROWS + 1)}
        return {persons: euros for persons, euros in told.items() if euros is not None}

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        _try(self, lambda: bounds.publish_limits(
            WealthTable(**{name: given.get(name) for name in TABLE}), self.limits,
            today=timezone.localdate(),
        ))  # fmt: skip
        return given


class PermitForm(forms.ModelForm[ExemptionPermit]):
    """A permit to deviate for a time."""

    class Meta:
        model = ExemptionPermit
        fields = (*PERMIT, "sites")

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        columns = {name: given.get(name) for name in PERMIT}
        _try(self, lambda: bounds.record_permit(ExemptionPermit(**columns), given["sites"]))
        return given


def _try(form: Any, save: Any) -> None:
    """Ask the service whether it would save this, and tell at its field when not."""
    if form.errors:
        return
    try:
        with transaction.atomic():
            save()
            transaction.set_rollback(True)
    except RuleMissing as missing:
        form.add_error("valid_from", missing)
    except ValidationError as refused:
        form.add_error(None, refused)


@admin.register(WealthTable)
class WealthTableAdmin(KeptAdmin):
    """Wealth limits by municipality; new ones begin where the old ones end."""

    form = LimitsForm
    list_display = ("municipality", "valid_from", "valid_to", "told", "step", "decision")

    @admin.display(description=_("Rajat henkilöittäin, €"))
    def told(self, row: WealthTable) -> str:
        """The limits beside each other."""
        return " · ".join(
            f"{one.persons}: {formatting.whole(one.euros)}" for one in row.limits.all()
        )

    @admin.display(description=_("Lisä jokaisesta seuraavasta henkilöstä, €"))
    def step(self, row: WealthTable) -> str:
        """What each further person adds."""
        return formatting.whole(row.step_eur)

    def get_fields(self, request: HttpRequest, obj: WealthTable | None = None) -> list[Any]:
        """The rows by number of persons only while they are entered."""
        if obj is not None:
            return ["municipality", "valid_from", "valid_to", "told", "step", "decision"]
        rows = [f"limit_{persons}" for persons in range(1, ROWS + 1)]
        return ["municipality", "valid_from", "decision", *rows, "step_eur"]

    def get_readonly_fields(
        self, request: HttpRequest, obj: WealthTable | None = None
    ) -> tuple[str, ...]:
        return ("told", "step", "valid_to") if obj is not None else ()

    def save_model(self, request: HttpRequest, obj: WealthTable, form: Any, change: bool) -> None:
        bounds.publish_limits(obj, form.limits, today=timezone.localdate())


@admin.register(ExemptionPermit)
class ExemptionPermitAdmin(KeptAdmin):
    """Permits of the municipality to deviate for a time (P8)."""

    form = PermitForm
    list_display = ("authority", "decision", "valid_from", "valid_to", "flats")

    def save_model(
        self, request: HttpRequest, obj: ExemptionPermit, form: Any, change: bool
    ) -> None:
        bounds.record_permit(obj, form.cleaned_data["sites"])
