"""The request's own transaction, and the access event at its end.

`AccessMiddleware` stands outside the web session: its transaction spans the view and rendering.
Who acts is told later, by `vuokra.accounts.actor`, when the web session has been read.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.urls import ResolverMatch

from vuokra.access.address import client_address
from vuokra.access.codes import Action, Kind, Outcome, Surface
from vuokra.access.context import AccessContext, Actor, running
from vuokra.access.errors import ObjectDenied
from vuokra.access.events import EventNotWritten

log = logging.getLogger(__name__)
GetResponse = Callable[[HttpRequest], HttpResponseBase]


class AccessMiddleware:
    """Opens the access context of a request and writes its event before the answer leaves."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path in settings.PROBE_PATHS:  # healthz, readyz: no session, no context
            return self.get_response(request)
        ctx = AccessContext(
            Actor.anonymous(),
            purpose=None,
            action=Action.VIEW,
            surface=Surface.DETAIL,
            kind=Kind.REQUEST,
            method=request.method or "",
        )
        ctx.address = client_address(request)
        request.access = ctx  # type: ignore[attr-defined]  # declared for templates and views
        try:
            with running(ctx):
                response = self.get_response(request)
                ctx.status = response.status_code
                if response.status_code >= 500:
                    transaction.set_rollback(True)
            return response
        except (EventNotWritten, DatabaseError) as error:
            log.error("No access event for request %s: %s", ctx.id, type(error).__name__)
            return unavailable(ctx)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> None:
        if request.path in settings.PROBE_PATHS:
            return
        match: ResolverMatch | None = request.resolver_match
        request.access.route = match.view_name if match else ""  # type: ignore[attr-defined]

    def process_exception(self, request: HttpRequest, error: Exception) -> None:
        """A view that fails saves nothing; what it read stays recorded."""
        if request.path in settings.PROBE_PATHS:
            return
        ctx: AccessContext = request.access  # type: ignore[attr-defined]
        if isinstance(error, ObjectDenied):
            ctx.note_denied(error.table, error.row_id)
        elif isinstance(error, PermissionDenied):
            ctx.outcome = Outcome.DENIED
        elif ctx.outcome is Outcome.OK and not hasattr(error, "status_code"):
            ctx.outcome = Outcome.ERROR
        transaction.set_rollback(True)


def unavailable(ctx: AccessContext) -> HttpResponse:
    """The page shown when the access log cannot be written: nothing of the content leaves."""
    text = render_to_string("503.html", {"quote": str(ctx.id)[:8], "at": ""})
    return HttpResponse(text, status=503, headers={"Retry-After": "30"})
