"""An account opens by its link: once, in time, with a good password and the duty of secrecy."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from tests.vuokra.accounts.conftest import PASSWORD, acting_as, events, sign_in
from vuokra.accounts import services
from vuokra.accounts.models import ActivationLink, User

pytestmark = pytest.mark.django_db

GOOD = {"password": PASSWORD, "again": PASSWORD, "confidentiality": "on"}


@pytest.fixture
def new(paa: User) -> User:
    with acting_as(paa):
        return services.create_account(
            username="Uusi.Hoitaja", full_name="Uuno Hoitaja", email="uusi@example.fi", by=paa
        )


def link(user: User, by: User) -> str:
    with acting_as(by):
        token = services.make_activation_link(user, ActivationLink.Channel.PRINT, by=by)
    return services.activation_path(token)


def test_account_is_closed_until_activated(client: Client, new: User, paa: User) -> None:
    assert new.username == "uusi.hoitaja"
    assert not new.is_active
    assert sign_in(client, new, "").status_code == 200
    path = link(new, paa)
    assert "Uuno Hoitaja" in client.get(path).text
    assert client.post(path, GOOD).status_code == 302
    new.refresh_from_db()
    assert new.is_active
    assert new.confidentiality_accepted_at is not None
    assert new.password.startswith("argon2$argon2id$")
    assert sign_in(client, new).status_code == 302


def test_link_opens_once(client: Client, new: User, paa: User) -> None:
    path = link(new, paa)
    client.post(path, GOOD)
    other = "toinen salasana toiselle"
    again = client.post(path, GOOD | {"password": other, "again": other})
    assert again.status_code == 404
    assert "Linkki ei ole voimassa" in again.text
    assert sign_in(client, new, other).status_code == 200


def test_link_expires_in_72_hours(client: Client, new: User, paa: User) -> None:
    path = link(new, paa)
    almost = timezone.now() + dt.timedelta(hours=71, minutes=59)
    with time_machine.travel(almost, tick=False) as clock:
        assert client.get(path).status_code == 200
        clock.shift(120)
        assert client.get(path).status_code == 404
        assert client.post(path, GOOD).status_code == 404


def test_new_link_cancels_the_old_one(client: Client, new: User, paa: User) -> None:
    old, fresh = link(new, paa), link(new, paa)
    assert client.get(old).status_code == 404
    assert client.get(fresh).status_code == 200


def test_closed_account_has_no_link(client: Client, new: User, paa: User) -> None:
    path = link(new, paa)
    with acting_as(paa):
        services.close_account(new, by=paa)
        with pytest.raises(services.Refused):
            services.make_activation_link(new, ActivationLink.Channel.PRINT, by=paa)
    assert client.get(path).status_code == 404


def test_unknown_link(client: Client) -> None:
    assert client.get("/kirjaudu/aktivointi/arvaus/").status_code == 404


def test_token_is_long_random_and_not_stored(new: User, paa: User) -> None:
    tokens = {link(new, paa).split("/")[-2] for _ in range(5)}
    assert len(tokens) == 5
    assert all(len(token) >= 43 for token in tokens)
    stored = repr(list(ActivationLink.objects.values()))
    assert not any(token in stored for token in tokens)


def test_secrecy_must_be_confirmed(client: Client, new: User, paa: User) -> None:
    path = link(new, paa)
    answer = client.post(path, {"password": PASSWORD, "again": PASSWORD})
    assert answer.status_code == 422
    new.refresh_from_db()
    assert not new.is_active


@pytest.mark.parametrize(
    "password",
    [
        "lyhyt salasana", "a" * 129, "passwordpassword", "vuokravuokra2026!", "UunoHoitaja1990",
        "asunto-asunto-2026", "uusi.hoitaja.2026", "123456789012345678",
    ],
)  # fmt: skip
def test_weak_passwords_are_refused(client: Client, new: User, paa: User, password: str) -> None:
    answer = client.post(link(new, paa), GOOD | {"password": password, "again": password})
    assert answer.status_code == 422
    assert password not in answer.text


@pytest.mark.parametrize(
    "password",
    ["kaunis kotka kiipeää asuntoon", "x7!Qp2#vLm9$zRt", "ä" * 3 + "ökkömönkkö pöydällä"],
)
def test_good_passwords_pass(client: Client, new: User, paa: User, password: str) -> None:
    answer = client.post(link(new, paa), GOOD | {"password": password, "again": password})
    assert answer.status_code == 302


def test_two_passwords_must_agree(client: Client, new: User, paa: User) -> None:
    answer = client.post(link(new, paa), GOOD | {"again": PASSWORD + "x"})
    assert answer.status_code == 422


def test_link_by_mail(client: Client, new: User, paa: User, settings: Any) -> None:
    settings.VUOKRA_MAIL = True
    with acting_as(paa):
        services.mail_activation_link(new, site="https://rekisteri.example.fi", by=paa)
    (message,) = mail.outbox
    assert message.to == ["uusi@example.fi"]
    assert "uusi.hoitaja" in message.body
    address = re.search(r"https://rekisteri\.example\.fi(\S+)", message.body)
    assert address is not None
    assert client.get(address[1]).status_code == 200


def test_no_mail_without_a_mail_server(new: User, paa: User) -> None:
    with acting_as(paa), pytest.raises(services.Refused):
        services.mail_activation_link(new, site="https://rekisteri.example.fi", by=paa)
    assert not ActivationLink.objects.exists()


def test_a_forgotten_password_is_set_anew_by_link(client: Client, sop: User, paa: User) -> None:
    sign_in(client, sop)
    fresh = "kokonaan uusi salalause"
    path = link(sop, paa)
    Client().post(path, GOOD | {"password": fresh, "again": fresh})
    assert client.get("/kirjaudu/tunnisteet/").status_code == 302
    assert sign_in(Client(), sop).status_code == 200
    assert sign_in(Client(), sop, fresh).status_code == 302


def test_the_log_tells_who_made_and_who_opened(client: Client, new: User, paa: User) -> None:
    client.post(link(new, paa), GOOD)
    (opened,) = [event for event in events(actor_id=new.pk) if "activated" in str(event.detail)]
    assert opened.action == "change"
    assert any("activation_link" in str(event.detail) for event in events(actor_id=paa.pk))


@pytest.mark.parametrize("username", ["", "ä", "isoä ", "a b", "sop", "-x"])
def test_bad_user_names(sop: User, paa: User, username: str) -> None:
    from django.core.exceptions import ValidationError

    with acting_as(paa), pytest.raises(ValidationError):
        services.create_account(username=username, full_name="Nimi Nimetön", by=paa)
