"""The admin of the main user (pääkäyttäjä): accounts, roles, company, rules; no person content."""

from __future__ import annotations

from allauth.core.internal.httpkit import add_query_params
from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _

from vuokra.access.codes import Action, Surface
from vuokra.access.views import access, public
from vuokra.accounts.views import sign_out
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.policy.roles import Purpose, Role

guarded = access(
    Action.SETTING,
    Surface.ADMIN,
    purposes=[Purpose.VALVONTA],
    needs=[(Group.STAFF, Level.WRITE)],
    roles=[Role.PAA],
)
"""What every page of the admin demands; the event tells that it was a setting."""

OWN_DOOR = frozenset({"login", "logout", "password_change", "password_change_done"})
"""Pages of Django's admin that the house's own sign-in replaces."""


class MainUserSite(AdminSite):
    """Django's admin behind the one door of sign-in, open to the main user alone."""

    site_header = _("Vuokra – hallinta")
    site_title = _("Vuokra – hallinta")
    index_title = _("Hallinta")
    site_url = "/"
    enable_nav_sidebar = True
    empty_value_display = "–"

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether the request is the main user's."""
        return bool(request.user.is_authenticated and request.user.is_main_user)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Django's addresses, each behind the house's access rule; sign-in and out are ours."""
        urls = [url for url in super().get_urls() if getattr(url, "name", None) not in OWN_DOOR]
        _guard(urls)
        return [
            path("login/", to_the_door, name="login"),
            path("logout/", sign_out, name="logout"),
            *urls,
        ]


@public
def to_the_door(request: HttpRequest) -> HttpResponse:
    """There is one door: the house's sign-in page."""
    query = {REDIRECT_FIELD_NAME: resolve_url("admin:index")}
    return redirect(add_query_params(resolve_url("account_login"), query))


def _guard(urls: list[URLPattern | URLResolver]) -> None:
    for url in urls:
        if isinstance(url, URLResolver):
            _guard(url.url_patterns)
        else:
            url.callback = guarded(url.callback)
