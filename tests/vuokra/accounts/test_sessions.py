"""Web sessions end: by time, by closing, from another address, by a new password."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from tests.vuokra.accounts.conftest import PASSWORD, acting_as, events, sign_in
from vuokra.accounts import services
from vuokra.accounts.models import User, WebSession

pytestmark = pytest.mark.django_db

OWN_PAGE = "/kirjaudu/tunnisteet/"
MORNING = dt.datetime(2026, 11, 23, 6, 0, tzinfo=dt.UTC)


def is_in(client: Client, **extra: str) -> bool:
    return client.get(OWN_PAGE, **extra).status_code == 200


def test_idle_session_ends_after_thirty_minutes(client: Client, sop: User) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        sign_in(client, sop)
        clock.shift(29 * 60 + 59)
        assert is_in(client)
        clock.shift(30 * 60)
        assert not is_in(client)
        assert not is_in(client)
    assert WebSession.objects.get().end_reason == "idle"
    assert "idle" in str(events(action="sign_out")[0].detail)


def test_session_in_use_ends_after_ten_hours(client: Client, sop: User) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        sign_in(client, sop)
        for _ in range(29):
            clock.shift(20 * 60)
            assert is_in(client)
        clock.shift(20 * 60 - 1)
        assert is_in(client)
        clock.shift(1)
        assert not is_in(client)
    assert WebSession.objects.get().end_reason == "age"


def test_DP_A7_closed_account_is_out_within_one_request(
    client: Client, sop: User, paa: User
) -> None:
    sign_in(client, sop)
    assert is_in(client)
    with acting_as(paa):
        services.close_account(sop, by=paa)
    answer = client.get(OWN_PAGE)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/kirjaudu/")
    assert WebSession.objects.get(user=sop).end_reason == "closed"
    assert "Käyttäjätunnus tai salasana on väärä." in sign_in(client, sop).text


def test_revoked_role_shows_within_one_request(client: Client, paa: User, paa2: User) -> None:
    sign_in(client, paa)
    assert client.get("/hallinta/").status_code == 200
    with acting_as(paa2):
        services.revoke_role(paa.grants.get(), reason="Tehtävä päättyi", by=paa2)
    assert client.get("/hallinta/").status_code == 403


def test_DP_A8_two_addresses_in_one_minute_end_the_oldest(sop: User) -> None:
    office, elsewhere = Client(REMOTE_ADDR="192.0.2.10"), Client(REMOTE_ADDR="198.51.100.7")
    with time_machine.travel(MORNING, tick=False) as clock:
        sign_in(office, sop)
        clock.shift(40)
        sign_in(elsewhere, sop)
        assert not is_in(office)
        assert is_in(elsewhere)
    (alarm,) = events(action="alert")
    assert alarm.alarm
    assert alarm.actor_id == sop.pk
    assert str(alarm.address) == "192.0.2.10"
    assert WebSession.objects.get(address="192.0.2.10").end_reason == "elsewhere"


def test_DP_A8_a_session_carried_elsewhere_ends_the_oldest(sop: User) -> None:
    first, second = Client(REMOTE_ADDR="192.0.2.10"), Client(REMOTE_ADDR="192.0.2.10")
    with time_machine.travel(MORNING, tick=False) as clock:
        sign_in(first, sop)
        clock.shift(20)
        sign_in(second, sop)
        assert is_in(first)
        clock.shift(20)
        assert is_in(second)
        is_in(second, REMOTE_ADDR="198.51.100.7")
        assert not is_in(first)


def test_two_browsers_at_one_desk_are_no_alarm(sop: User) -> None:
    one, two = Client(REMOTE_ADDR="192.0.2.10"), Client(REMOTE_ADDR="192.0.2.10")
    sign_in(one, sop)
    sign_in(two, sop)
    assert is_in(one)
    assert is_in(two)
    assert events(action="alert") == []


def test_ten_minutes_apart_is_no_alarm(sop: User) -> None:
    office, home = Client(REMOTE_ADDR="192.0.2.10"), Client(REMOTE_ADDR="198.51.100.7")
    with time_machine.travel(MORNING, tick=False) as clock:
        sign_in(office, sop)
        clock.shift(10 * 60)
        sign_in(home, sop)
    assert events(action="alert") == []
    assert WebSession.objects.filter(ended_at=None).count() == 2


def test_new_password_ends_the_other_sessions(sop: User) -> None:
    here, there = Client(), Client()
    sign_in(here, sop)
    sign_in(there, sop)
    new = "uusi korppi lentää pohjoiseen"
    answer = here.post(
        "/kirjaudu/salasana/",
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )
    assert answer.status_code == 302
    assert is_in(here)
    assert not is_in(there)
    assert sign_in(Client(), sop, new).status_code == 302


def test_session_that_nobody_began_is_none(client: Client, sop: User) -> None:
    sign_in(client, sop)
    WebSession.objects.all().delete()
    assert not is_in(client)


def test_raised_epoch_ends_every_session(client: Client, sop: User) -> None:
    sign_in(client, sop)
    User.objects.filter(pk=sop.pk).update(session_epoch=5)
    assert not is_in(client)


def test_last_use_is_kept_to_fifteen_seconds(client: Client, sop: User) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        sign_in(client, sop)
        clock.shift(14)
        is_in(client)
        assert WebSession.objects.get().last_seen_at == MORNING
        clock.shift(1)
        is_in(client)
        assert WebSession.objects.get().last_seen_at == timezone.now()
