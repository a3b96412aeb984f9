"""The house rules in the main user's admin (hallinta)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from leases.contracts import services
from leases.contracts.models import HouseRules
from leases.contracts.services.house_rules import refuse_past
from vuokra.accounts.house_admin import KeptAdmin


class HouseRulesForm(forms.ModelForm[HouseRules]):
    """A new version; that of a day past was given to tenants already."""

    class Meta:
        model = HouseRules
        fields = ("valid_from", "finnish", "english")

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if "valid_from" in given:
            refuse_past(given["valid_from"], timezone.localdate())
        return given


@admin.register(HouseRules)
class HouseRulesAdmin(KeptAdmin):
    """Versions of the house rules; a published one stays as it is."""

    form = HouseRulesForm
    list_display = ("valid_from",)

    def save_model(self, request: HttpRequest, obj: HouseRules, form: Any, change: bool) -> None:
        services.publish_house_rules(obj, today=timezone.localdate())
