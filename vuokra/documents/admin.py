"""Versions of templates in the main user's admin; read only."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from vuokra.accounts.house_admin import HouseAdmin
from vuokra.documents.models import TemplateVersion


@admin.register(TemplateVersion)
class TemplateVersionAdmin(HouseAdmin):
    """What every document was made with; a version is recorded when it is first used."""

    list_display = ("key", "language", "number", "recorded_at", "digest")
    list_filter = ("language",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Versions come with the software."""
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: TemplateVersion | None = None
    ) -> bool:
        """A version stays as it is: documents were made with it."""
        return False

    def has_view_permission(self, request: HttpRequest, obj: TemplateVersion | None = None) -> bool:
        """The main user sees them all."""
        return super().has_change_permission(request, obj)
