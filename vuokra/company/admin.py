"""The controller in the main user's admin (hallinta)."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from vuokra.accounts.house_admin import HouseAdmin
from vuokra.company import services
from vuokra.company.models import Company, Limits, NoticeVersion, OfficeHours, PublicContact


class OfficeHoursInline(admin.StackedInline):
    """Office hours of the week."""

    model = OfficeHours
    extra = 0
    max_num = 7


class PublicContactInline(admin.StackedInline):
    """Contacts that stand on the privacy notice."""

    model = PublicContact
    extra = 0


@admin.register(Company)
class CompanyAdmin(HouseAdmin):
    """One row: who keeps the register."""

    inlines = (OfficeHoursInline, PublicContactInline)
    list_display = ("name", "business_id", "register_name", "contact_person")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only while there is none."""
        return super().has_add_permission(request) and not Company.objects.exists()

    def save_model(self, request: HttpRequest, obj: Company, form: Any, change: bool) -> None:
        services.save_company(obj)


@admin.register(Limits)
class LimitsAdmin(HouseAdmin):
    """One row: how much one may look at in an hour and a day (DP-A9), and colleagues (DP-A2)."""

    list_display = ("cards_per_hour", "reveals_per_day", "blocks_colleagues", "changed_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only while there is none: until then the defaults hold."""
        return super().has_add_permission(request) and not Limits.objects.exists()

    def save_model(self, request: HttpRequest, obj: Limits, form: Any, change: bool) -> None:
        services.save_limits(obj)


@admin.register(NoticeVersion)
class NoticeVersionAdmin(HouseAdmin):
    """Versions of the privacy notice, only to look at: the register publishes them."""

    list_display = ("code", "valid_from", "summary")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """None is made here: it would be a version without a text."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: NoticeVersion | None = None) -> bool:
        """A published version is not written anew: people were told of that one."""
        return False

    def has_view_permission(self, request: HttpRequest, obj: NoticeVersion | None = None) -> bool:
        """The main user sees them all."""
        return super().has_change_permission(request, obj)
