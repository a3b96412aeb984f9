"""The texts of consent in the main user's admin (hallinta)."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from registry.consents import services
from registry.consents.models import ConsentText
from vuokra.accounts.house_admin import HouseAdmin


@admin.register(ConsentText)
class ConsentTextAdmin(HouseAdmin):
    """Versions of the words by which consent is asked; a published one stays as it is."""

    list_display = ("use", "code", "valid_from")

    def has_change_permission(self, request: HttpRequest, obj: ConsentText | None = None) -> bool:
        """People agreed to the words that they were shown."""
        return False

    def has_view_permission(self, request: HttpRequest, obj: ConsentText | None = None) -> bool:
        """The main user sees them all."""
        return super().has_change_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: ConsentText, form: Any, change: bool) -> None:
        services.publish_text(obj)
