"""Staff for page tests: users with roles in force, and signing them in."""

from __future__ import annotations

import datetime as dt
from contextlib import AbstractContextManager
from functools import cache

from allauth.account.internal.flows.login import (
    clear_authentication_records,
    get_authentication_records,
    record_authentication,
)
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone

from vuokra.access.codes import Action, Surface
from vuokra.access.context import AccessContext, Actor, open_access
from vuokra.accounts import services, sessions
from vuokra.accounts.models import User
from vuokra.policy.roles import Purpose, Role

PASSWORD = "kuusi tuulta yli järven"


def system_access(actor: Actor | None = None) -> AbstractContextManager[AccessContext]:
    """A context of a system job, for preparing and inspecting data."""
    return open_access(
        actor or Actor.system("test"),
        purpose=Purpose.VALVONTA,
        action=Action.VIEW,
        surface=Surface.JOB,
    )


@cache
def hashed() -> str:
    """The password as it is kept. Hashing is slow on purpose: once for all tests is enough."""
    return make_password(PASSWORD)


def make_user(*roles: Role, username: str = "") -> User:
    """An account in use with these roles in force."""
    with system_access():
        number = User.objects.count()
        user = User(
            username=username or f"user{number}",
            full_name=f"Kotivaara Sari {number}",
            is_active=True,
            activated_at=timezone.now(),
            confidentiality_accepted_at=timezone.now(),
        )
        user.password = hashed()
        user.save()
        for role in roles:
            services.start_role(user, role, valid_to=dt.date(2099, 1, 1), reason="testi")
    return user


def sign_in(client: Client, user: User) -> Client:
    """Give the client a live web session of the user, who gave the password a moment ago."""
    with system_access():
        client.force_login(user)
        key = client.session.session_key
        if sessions.go_on(key, user, "127.0.0.1") is None:
            sessions.begin(user, key, "127.0.0.1")
    identified(client, user)
    return client


def identified(client: Client, user: User, *, ago: float = 0) -> None:
    """The user of the client's web session gave the password so many seconds ago."""
    request = HttpRequest()
    request.session = session = client.session
    clear_authentication_records(request)
    record_authentication(request, user, method="password", reauthenticated=True)
    for record in get_authentication_records(request, user):
        record["at"] -= ago
    session.save()
