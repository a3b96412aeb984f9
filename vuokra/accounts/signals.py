"""What happens when somebody signs in, signs out, fails a code or changes the password."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from vuokra.access.address import client_address
from vuokra.access.codes import Action, Outcome
from vuokra.access.events import record_sign_in
from vuokra.accounts import sessions, throttle
from vuokra.accounts.actor import session_hash
from vuokra.accounts.models import User


def signed_in(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """A full sign-in, every factor given: the web session begins, failures are forgotten."""
    if request.session.session_key is None:
        request.session.create()
    throttle.clear(user)
    record_sign_in(
        Action.SIGN_IN,
        user_id=user.pk,
        address=client_address(request),
        session_hash=session_hash(request),
    )
    sessions.begin(user, request.session.session_key or "", client_address(request))


def signed_out(request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    """Sign-out, by the user or because the session was over."""
    if user is None or request.session.session_key is None:
        return
    why = sessions.sign_out(request.session.session_key)
    record_sign_in(
        Action.SIGN_OUT,
        user_id=user.pk,
        address=client_address(request),
        session_hash=session_hash(request),
        notes=[("why", why)],
    )


def code_failed(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """A wrong one-time or recovery code counts like a wrong password."""
    throttle.record_failure(user.username)
    record_sign_in(
        Action.SIGN_IN_FAILED,
        user_id=user.pk,
        address=client_address(request),
        session_hash=session_hash(request),
        outcome=Outcome.DENIED,
        notes=[("why", "code")],
    )


def password_changed(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """The other web sessions of the account end."""
    sessions.renew(user, request.session.session_key or "", client_address(request))
