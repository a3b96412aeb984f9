"""Says in the access context who is signed in."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from vuokra.access.context import AccessContext
from vuokra.accounts.models import User
from vuokra.accounts.queries import actor_for
from vuokra.accounts.sessions import MARK, key_hash


class ActorMiddleware:
    """Identifies the signed-in user to the context; stands right after authentication."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        ctx: AccessContext | None = getattr(request, "access", None)
        if ctx is not None and request.user.is_authenticated:
            ctx.identify(actor_for(request.user))
            ctx.session = session_hash(request)
        return self.get_response(request)


def user_of(request: HttpRequest) -> User:
    """The account that is signed in. Raises PermissionDenied when there is none."""
    user = request.user
    if not isinstance(user, User):
        raise PermissionDenied
    return user


def session_hash(request: HttpRequest) -> str:
    """A short hash that ties a clerk's events of one web session together (16 hex digits)."""
    key = request.session.session_key
    return key_hash(key)[:MARK] if key else ""
