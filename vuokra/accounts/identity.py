"""Who one is, once more: asked for what must not be done over somebody's open web session.

Opening a class D value, taking data out, changing roles and removing a turvakielto demand that the
password, a code or a key was given within a quarter of an hour (data-protection 13.1; ASVS 7.5.1).
Signing in counts.
"""

from __future__ import annotations

import time

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _

from vuokra.access.codes import Action
from vuokra.access.context import current
from vuokra.access.views import AccessSpec
from vuokra.accounts.actor import user_of
from vuokra.policy.catalogue import Protection, TableKind, tables
from vuokra.policy.groups import Group

MINUTES = settings.ACCOUNT_REAUTHENTICATION_TIMEOUT // 60
"""For so long a password, code or key that was given serves."""

NEVER_SHOWN = frozenset({Action.REVEAL, Action.EXPORT})
"""What only a POST does; there is no page of it to return to."""


def demands_identity(spec: AccessSpec) -> bool:
    """Whether a view opens class D values, takes data out, or says itself that it does as much.

    Every page about a person needs the right to people; it tells nothing of what is opened there.
    """
    if spec.fresh or spec.action == Action.EXPORT:
        return True
    opened = (group for group, _level in spec.needs if group is not Group.PERSON)
    return spec.action == Action.REVEAL and any(holds_class_d(group) for group in opened)


def holds_class_d(group: Group) -> bool:
    """Whether a field group has sealed columns of class D."""
    return any(
        column.encrypted and column.protection is Protection.D
        for table in tables(TableKind.PERSONAL)
        for name, column in table.columns.items()
        if table.column_group(name) is group
    )


def gate(request: HttpRequest, spec: AccessSpec) -> HttpResponse | None:
    """What `vuokra.access.views` asks before a view that the user has the right to: a page that
    asks who one is, or None."""
    if not demands_identity(spec) or identified_lately(request):
        return None
    current().note("identity", "asked")
    messages.info(request, _("Vahvistuksen jälkeen palaat samalle sivulle ja jatkat."))
    return identify(request, _page_of(request, spec))


def ask_identity(request: HttpRequest) -> HttpResponse | None:
    """The page that asks for the password again, unless it was given a moment ago."""
    return None if identified_lately(request) else identify(request, request.path)


def identified_lately(request: HttpRequest) -> bool:
    """Whether who one is was said within the quarter of an hour; no statement when it was."""
    records = get_authentication_records(request, user_of(request))
    said = (record["at"] for record in records if record.get("reauthenticated"))
    age = time.time() - max(said, default=0.0)
    return age < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT or did_recently_reauthenticate(request)


def identify(request: HttpRequest, back: str) -> HttpResponse:
    """To the page that asks who one is, and from there to `back`.

    What was posted is dropped rather than kept in the web session.
    """
    page = f"{reverse('account_reauthenticate')}?{urlencode({REDIRECT_FIELD_NAME: back})}"
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204, headers={"HX-Redirect": page})
    return redirect(page)


def _page_of(request: HttpRequest, spec: AccessSpec) -> str:
    """The page that the user sees: the one asked for, or the one on which the button was."""
    if request.method != "POST":
        return request.get_full_path()
    came_from = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, request.is_secure())
    path = came_from.partition(request.get_host())[2] if ours else ""
    if path.startswith("/") and path.partition("?")[0] != request.path:
        return path
    return "/" if spec.action in NEVER_SHOWN else request.path
