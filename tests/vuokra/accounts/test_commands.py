"""The first main users, and the demo staff."""

from __future__ import annotations

import re
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from tests.vuokra.accounts.conftest import PASSWORD, acting_as, events, sign_in
from vuokra.accounts import demo, queries, services
from vuokra.accounts.models import User
from vuokra.policy.roles import Role

pytestmark = pytest.mark.django_db


def make(username: str, **options: str) -> str:
    out = StringIO()
    call_command("create_main_user", username, name="Aino Alku", stdout=out, **options)
    return out.getvalue()


def test_first_main_user_opens_the_account(client: Client) -> None:
    printed = make("aino", site="https://rekisteri.example.fi/")
    path = re.search(r"https://rekisteri\.example\.fi(/kirjaudu/aktivointi/\S+)", printed)
    assert path is not None
    client.post(path[1], {"password": PASSWORD, "again": PASSWORD, "confidentiality": "on"})
    user = User.objects.get(username="aino")
    assert sign_in(client, user).status_code == 302
    assert queries.valid_roles(user) == {"PAA"}
    assert client.get("/hallinta/").status_code == 200
    assert any(event.actor == "system:create_main_user" for event in events(action="grant"))


def test_a_lost_link_is_printed_anew(client: Client) -> None:
    first, second = make("aino"), make("aino")
    paths = [re.search(r"/kirjaudu/\S+", text)[0] for text in (first, second)]  # type: ignore[index]
    assert [client.get(path).status_code for path in paths] == [404, 200]


def test_two_are_made_and_a_third_needs_a_reason() -> None:
    make("aino")
    make("eino")
    with pytest.raises(CommandError, match="reason"):
        make("reino")
    make("reino", reason="Molempien avaimet katosivat palossa")
    assert queries.main_user_grants(timezone.localdate()).count() == 3


def test_a_user_in_use_is_not_taken_over(paa: User, sop: User) -> None:
    with pytest.raises(CommandError, match="taken"):
        make("sop")


def test_there_is_no_superuser() -> None:
    with pytest.raises(ImproperlyConfigured):
        User.objects.create_superuser("juuri", password="x")


def test_demo_staff(settings: Any, client: Client) -> None:
    settings.DEMO = True
    with acting_as(None):
        demo.make_accounts(PASSWORD)
        demo.make_accounts(PASSWORD)
    assert set(User.objects.values_list("username", flat=True)) == set(demo.STAFF)
    for user in User.objects.all():
        assert queries.valid_roles(user) == {user.username.rstrip("2").upper()}
    assert {r.value for r in Role} == {name.rstrip("2").upper() for name in demo.STAFF}
    assert sign_in(client, User.objects.get(username="tal2")).status_code == 302


def test_demo_password_only_in_demo(sop: User) -> None:
    with acting_as(None), pytest.raises(RuntimeError):
        services.set_demo_password(sop, PASSWORD)
