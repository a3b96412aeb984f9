"""Between a request and its view: allowed network, live web session, second factor."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from vuokra.access.address import allowed, client_address
from vuokra.accounts import factors, sessions

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class NetworkMiddleware:
    """Answers only to the allowed networks, before anything is read (VUOKRA_NETWORKS)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if allowed(client_address(request)):
            return self.get_response(request)
        return HttpResponse("403\n", status=403, content_type="text/plain")


class WebSessionMiddleware:
    """Signs out a web session that is over: idle, too old, ended from elsewhere, or unknown.

    It stands before the actor is named, so an ended session acts as nobody. The page then asked
    for leads to sign-in.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if hasattr(request, "access") and request.user.is_authenticated:
            key = request.session.session_key or ""
            if sessions.go_on(key, request.user, client_address(request)) is None:
                logout(request)
        return self.get_response(request)


class SecondFactorMiddleware:
    """Lets a session without the second factor that its roles demand reach sign-in pages only."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        if not settings.VUOKRA_SECOND_FACTOR or not request.user.is_authenticated:
            return None
        step = factors.next_step(request)
        match = request.resolver_match
        if step is None or (match is not None and match.view_name in step.reachable):
            return None
        return redirect(step.page)
