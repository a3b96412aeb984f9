"""The second factor of a web session: which one was proved, and what its roles still demand.

A passkey role (PAA, TAR, REK) is served only by a session in which a passkey was used. Whoever
has one must use it: a password with a phished one-time or recovery code does not lead to the page
that adds a new one. A lost passkey is reset by another main user, face to face.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from vuokra.accounts.actor import user_of
from vuokra.accounts.models import User
from vuokra.accounts.rules import needs_passkey

SESSION_KEY = "second_factor"
PASSKEY = Authenticator.Type.WEBAUTHN.value
STRENGTH = {
    "": 0,
    Authenticator.Type.RECOVERY_CODES.value: 1,
    Authenticator.Type.TOTP.value: 2,
    PASSKEY: 3,
}

_ALWAYS = frozenset({"account_logout", "account_reauthenticate", "ui:language", "ui:help"})
_ENROL = frozenset({"mfa_add_webauthn", "mfa_view_recovery_codes"})


@dataclass(frozen=True)
class Step:
    """What a session must do before anything else: the page to go to, the pages within reach."""

    page: str
    reachable: frozenset[str]


ENROL_PASSKEY = Step("mfa_add_webauthn", _ALWAYS | _ENROL)
ENROL_ANY = Step("mfa_index", _ALWAYS | _ENROL | {"mfa_index", "mfa_activate_totp"})
USE_PASSKEY = Step("mfa_reauthenticate_webauthn", _ALWAYS | {"mfa_reauthenticate_webauthn"})
USE_ANY = Step(
    "mfa_reauthenticate", _ALWAYS | {"mfa_reauthenticate", "mfa_reauthenticate_webauthn"}
)


def next_step(request: HttpRequest) -> Step | None:
    """What the session's user must do first, or None when the second factor suffices."""
    user = user_of(request)
    strongest = proved(request, user)
    if needs_passkey(user.role_codes):
        if strongest == PASSKEY:
            return None
        return USE_PASSKEY if has_factor(user, PASSKEY) else ENROL_PASSKEY
    if strongest:
        return None
    return USE_ANY if has_factor(user) else ENROL_ANY


def has_factor(user: User, *types: str) -> bool:
    """Whether the user has a factor of one of the types, or any that is not a recovery code."""
    own = Authenticator.objects.filter(user=user)
    if types:
        return own.filter(type__in=types).exists()
    return own.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()


def proved(request: HttpRequest, user: User) -> str:
    """The strongest factor that this user proved in this session; empty when none."""
    owner, kind = request.session.get(SESSION_KEY, (None, ""))
    return kind if owner == user.pk else ""


def remember(request: HttpRequest, user: User, kind: str) -> None:
    """Note in the session that the user proved a factor of this kind."""
    strongest = max(proved(request, user), kind, key=STRENGTH.__getitem__)
    request.session[SESSION_KEY] = [user.pk, strongest]


def on_used(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    """A factor was used in this session."""
    remember(request, user, authenticator.type)


def on_added(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    """A factor was added: it was proved in passing, but new recovery codes prove nothing."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        remember(request, user, authenticator.type)


def on_removed(
    request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any
) -> None:
    """A factor was removed: without another one like it the session has to prove itself anew."""
    kind = proved(request, user)
    if kind and not has_factor(user, kind):
        del request.session[SESSION_KEY]
