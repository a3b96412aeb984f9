"""The texts of consent in the main user's admin (hallinta)."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from registry.consents import services
from registry.consents.models import ConsentText
from vuokra.accounts.house_admin import KeptAdmin


@admin.register(ConsentText)
class ConsentTextAdmin(KeptAdmin):
    """Versions of the words by which consent is asked; a published one stays as it is."""

    list_display = ("use", "code", "valid_from")

    def save_model(self, request: HttpRequest, obj: ConsentText, form: Any, change: bool) -> None:
        services.publish_text(obj)
