"""The request's own transaction, and the access event at its end.

`AccessMiddleware` stands outside the web session: its transaction spans the view and rendering.
`ActorMiddleware` stands inside and says who acts once that is known.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import ResolverMatch

from vuokra.access.address import client_address
from vuokra.access.codes import Action, Kind, Outcome, Surface
from vuokra.access.context import AccessContext, Actor, running
from vuokra.access.errors import FunctionDenied, ObjectDenied, PurposeDenied
from vuokra.access.events import EventNotWritten
from vuokra.accounts.queries import actor_for

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
            connection.close()
            return unavailable(request, ctx)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> None:
        match: ResolverMatch | None = request.resolver_match
        request.access.route = match.view_name if match else ""  # type: ignore[attr-defined]

    def process_exception(self, request: HttpRequest, error: Exception) -> None:
        """A view that fails saves nothing; what it read stays recorded."""
        ctx: AccessContext = request.access  # type: ignore[attr-defined]
        if isinstance(error, ObjectDenied):
            ctx.note_denied(error.table, error.row_id)
        elif isinstance(error, FunctionDenied | PurposeDenied):
            ctx.outcome = Outcome.DENIED
        elif ctx.outcome is Outcome.OK and not hasattr(error, "status_code"):
            ctx.outcome = Outcome.ERROR
        transaction.set_rollback(True)


class ActorMiddleware:
    """Says in the context who is signed in."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        ctx: AccessContext | None = getattr(request, "access", None)
        if ctx is not None and request.user.is_authenticated:
            ctx.identify(actor_for(request.user))
            ctx.session = session_hash(request)
        return self.get_response(request)


def session_hash(request: HttpRequest) -> str:
    """A short hash that ties a clerk's events of one web session together (16 hex digits)."""
    key = request.session.session_key or ""
    return hashlib.sha256(f"{settings.SECRET_KEY}:{key}".encode()).hexdigest()[:16] if key else ""


def unavailable(request: HttpRequest, ctx: AccessContext) -> HttpResponse:
    """The page shown when the access log cannot be written: nothing of the content leaves."""
    return render(request, "503.html", {"quote": str(ctx.id)[:8]}, status=503, using="django")
