"""Staff accounts, contexts to act in, and a browser that signs in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher, make_password
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from vuokra.access.codes import Action, Surface
from vuokra.access.context import AccessContext, Actor, open_access
from vuokra.accounts import services
from vuokra.accounts.models import User
from vuokra.accounts.queries import actor_for
from vuokra.policy.roles import Purpose, Role

PASSWORD = "hiljainen korppi lentää etelään"
HASHED: list[str] = []

Acting = Callable[[User | None], AbstractContextManager[AccessContext]]
MakeUser = Callable[..., User]


@contextmanager
def acting_as(user: User | None) -> Iterator[AccessContext]:
    """A context of this user, or of the system."""
    actor = actor_for(user) if user else Actor.system("test")
    with open_access(
        actor, purpose=Purpose.VALVONTA, action=Action.SETTING, surface=Surface.ADMIN
    ) as ctx:
        yield ctx


@pytest.fixture(autouse=True)
def fresh_rate_limits() -> None:
    """allauth's limit per address lives in the cache of the process."""
    cache.clear()


@pytest.fixture(autouse=True)
def light_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The product's hash with less memory: hundreds of sign-ins are tried here."""
    monkeypatch.setattr(Argon2PasswordHasher, "memory_cost", 4096)


@pytest.fixture
def acting() -> Acting:
    return acting_as


@pytest.fixture
def make_user(db: None) -> MakeUser:
    """An account in use with these roles, granted at first start."""

    def make(username: str, *roles: Role, **fields: Any) -> User:
        if not HASHED:
            HASHED.append(make_password(PASSWORD))
        now = timezone.now()
        with acting_as(None):
            user = services.create_account(username=username, full_name="Meri Mallikas", by=None)
            User.objects.filter(pk=user.pk).update(
                password=HASHED[0],
                is_active=True,
                activated_at=now,
                confidentiality_accepted_at=now,
                **fields,
            )
            for role in roles:
                until = timezone.localdate() + dt.timedelta(days=365)
                services.start_role(user, role, valid_to=until, reason="Testi")
        return User.objects.get(pk=user.pk)

    return make


@pytest.fixture
def paa(make_user: MakeUser) -> User:
    return make_user("paa", Role.PAA)


@pytest.fixture
def paa2(make_user: MakeUser) -> User:
    return make_user("paa2", Role.PAA)


@pytest.fixture
def sop(make_user: MakeUser) -> User:
    return make_user("sop", Role.SOP)


def sign_in(client: Client, user: User, password: str = PASSWORD, **extra: Any) -> Any:
    """Post the sign-in form."""
    return client.post("/kirjaudu/", {"login": user.username, "password": password}, **extra)


@pytest.fixture
def as_paa(client: Client, paa: User) -> Client:
    """A browser in which the main user has just signed in."""
    assert sign_in(client, paa).status_code == 302
    return client


def events(**filters: Any) -> list[Any]:
    """Access events, oldest first."""
    from vuokra.access.models import AccessEvent

    with acting_as(None):
        return list(AccessEvent.objects.filter(**filters).order_by("id"))
