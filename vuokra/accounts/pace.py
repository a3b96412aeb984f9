"""The limits of looking (DP-A9): a web session that opens too much must identify itself again.

Cards opened and values revealed are counted by user over the last hour, and from the last time the
session's user was identified: a script with a stolen cookie stops at the limit, a busy clerk gives
the password and goes on. The first stop is an alarm. Opening many identity codes in a day is an
alarm only. The limits are the company's (`vuokra.company.models.Limits`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from allauth.account.internal.flows.login import get_authentication_records
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from vuokra.access.codes import Action, Surface
from vuokra.access.context import current
from vuokra.access.pace import opened_since, revealed_since
from vuokra.access.views import AccessSpec
from vuokra.accounts.actor import user_of
from vuokra.accounts.identity import identify
from vuokra.company.queries import limits
from vuokra.policy.groups import Group

HOUR = dt.timedelta(hours=1)


class PaceMiddleware:
    """Counts before a page of one object, or a reveal, is shown."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        spec: AccessSpec | None = getattr(view, "access", None)
        if spec is None or not kwargs or not request.user.is_authenticated or not counted(spec):
            return None
        return _too_fast(request, spec)


def counted(spec: AccessSpec) -> bool:
    """Whether a view shows one object, be it for reading, for its history or for a decision, or
    opens a sealed value: rows of a list do not count."""
    return bool(spec.needs) and (spec.surface == Surface.DETAIL or spec.action == Action.REVEAL)


def _too_fast(request: HttpRequest, spec: AccessSpec) -> HttpResponse | None:
    ctx, limit, now = current(), limits(), timezone.now()
    user = user_of(request)
    pace = opened_since(user.pk, max(now - HOUR, identified_at(request)))
    if pace.opened >= limit.cards_per_hour:
        ctx.action, ctx.surface = spec.action, spec.surface
        ctx.alarm = not pace.stopped
        ctx.note_denied()
        ctx.note("limit", "cards")
        return _identify_again(request)
    if spec.action == Action.REVEAL and any(group is Group.HETU for group, _ in spec.needs):
        midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
        if revealed_since(user.pk, midnight, Group.HETU) >= limit.reveals_per_day:
            ctx.alarm = True
            ctx.note("limit", "reveals")
    return None


def identified_at(request: HttpRequest) -> dt.datetime:
    """When the user of the session last gave a password or a passkey in it."""
    records = get_authentication_records(request, user_of(request))
    newest = max((record["at"] for record in records), default=0.0)
    return dt.datetime.fromtimestamp(newest, tz=dt.UTC)


def _identify_again(request: HttpRequest) -> HttpResponse:
    """To the page that asks for the password; what was posted is dropped, a page is returned to."""
    messages.warning(
        request, _("Olet avannut paljon tietoja lyhyessä ajassa. Vahvista, että se olet sinä.")
    )
    return identify(request, request.path if request.method == "GET" else "/")
