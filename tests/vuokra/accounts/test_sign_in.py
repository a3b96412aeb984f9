"""One door: sign-in, failures, lock-out, sign-out."""

from __future__ import annotations

import datetime as dt
from statistics import median
from time import perf_counter

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from tests.vuokra.accounts.conftest import PASSWORD, MakeUser, acting_as, events, sign_in
from vuokra.accounts import services, throttle
from vuokra.accounts.models import Throttle, User, WebSession

pytestmark = pytest.mark.django_db

WRONG = "Käyttäjätunnus tai salasana on väärä."
WAIT = "Liian monta epäonnistunutta kirjautumista."


def test_signs_in_and_begins_a_session(client: Client, sop: User) -> None:
    client.get("/kirjaudu/")
    before = client.cookies.get("__Host-vuokra_session")
    response = sign_in(client, sop)
    assert response.status_code == 302
    assert response["Location"] == "/"
    session = WebSession.objects.get(user=sop)
    assert session.ended_at is None
    assert session.address == "127.0.0.1"
    assert client.cookies["__Host-vuokra_session"].value != (before.value if before else "")
    (event,) = events(action="sign_in")
    assert event.actor_id == sop.pk
    assert event.session == session.session_hash[:16]


def test_user_name_in_any_letter_case(client: Client, sop: User) -> None:
    response = client.post("/kirjaudu/", {"login": "SOP", "password": PASSWORD})
    assert response.status_code == 302


def test_session_key_changes_at_sign_in(client: Client, sop: User) -> None:
    session = client.session
    session["planted"] = "x"
    session.save()
    planted = session.session_key
    client.cookies["__Host-vuokra_session"] = planted
    sign_in(client, sop)
    assert client.cookies["__Host-vuokra_session"].value != planted


def test_session_holds_no_personal_data(client: Client, sop: User) -> None:
    sign_in(client, sop)
    held = repr(dict(client.session.items()))
    for canary in (sop.username, sop.full_name, "127.0.0.1"):
        assert f"'{canary}'" not in held


@pytest.mark.parametrize("case", ["unknown", "wrong password", "closed", "not opened"])
def test_every_failure_reads_alike(
    client: Client, sop: User, make_user: MakeUser, case: str
) -> None:
    login, password = sop.username, PASSWORD
    if case == "unknown":
        login = "eikukaan"
    elif case == "wrong password":
        password = "jokin aivan muu salasana"
    elif case == "closed":
        User.objects.filter(pk=sop.pk).update(is_active=False, closed_at=timezone.now())
    else:
        User.objects.filter(pk=sop.pk).update(is_active=False)
    response = client.post("/kirjaudu/", {"login": login, "password": password})
    assert response.status_code == 200
    assert WRONG in response.text
    assert "_auth_user_id" not in client.session
    (event,) = events(action="sign_in_failed")
    assert event.outcome == "denied"
    assert event.actor_id is None
    assert login not in str(event.detail)
    assert throttle.username_hash(login) in str(event.detail)


def test_unknown_user_takes_as_long_as_a_known_one(client: Client, sop: User) -> None:
    def seconds(login: str) -> float:
        start = perf_counter()
        client.post("/kirjaudu/", {"login": login, "password": "jokin aivan muu salasana"})
        spent = perf_counter() - start
        Throttle.objects.all().delete()
        return spent

    seconds("sop")
    known = median(seconds("sop") for _ in range(7))
    unknown = median(seconds("eikukaan") for _ in range(7))
    assert 0.5 < unknown / known < 2


def test_fifth_failure_delays_known_and_unknown_alike(client: Client, sop: User) -> None:
    for login in ("sop", "eikukaan"):
        for _ in range(5):
            answer = client.post("/kirjaudu/", {"login": login, "password": "väärä salasana"})
            assert WRONG in answer.text
        answer = client.post("/kirjaudu/", {"login": login, "password": PASSWORD})
        assert WAIT in answer.text


def test_delay_passes_and_grows(client: Client, sop: User) -> None:
    start = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
    with time_machine.travel(start, tick=False) as clock:
        for _ in range(5):
            sign_in(client, sop, "väärä salasana")
        clock.shift(29)
        assert WAIT in sign_in(client, sop).text
        clock.shift(2)
        assert WRONG in sign_in(client, sop, "väärä salasana").text
        clock.shift(31)
        assert WAIT in sign_in(client, sop).text
        clock.shift(30)
        assert sign_in(client, sop).status_code == 302
    assert not Throttle.objects.exists()


def test_hundred_failures_lock_until_the_main_user_releases(
    client: Client, sop: User, paa: User
) -> None:
    for _ in range(100):
        row = throttle.record_failure(sop.username)
    assert row.locked_at is not None
    with time_machine.travel(timezone.now() + dt.timedelta(days=365)):
        assert WAIT in sign_in(client, sop).text
    with acting_as(paa):
        services.release_lock(sop, by=paa)
    assert sign_in(client, sop).status_code == 302


def test_main_user_does_not_release_himself(paa: User) -> None:
    with acting_as(paa), pytest.raises(services.Refused):
        services.release_lock(paa, by=paa)


def test_old_failures_of_nobody_are_purged() -> None:
    with time_machine.travel(timezone.now() - dt.timedelta(days=31)):
        throttle.record_failure("eikukaan")
        for _ in range(100):
            throttle.record_failure("lukittu")
    throttle.record_failure("tuore")
    assert throttle.purge() == 1
    assert Throttle.objects.count() == 2


def test_signs_out_by_post_only(client: Client, sop: User) -> None:
    sign_in(client, sop)
    assert client.get("/kirjaudu/ulos/").status_code == 200
    assert "_auth_user_id" in client.session
    response = client.post("/kirjaudu/ulos/")
    assert response["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert "_auth_user_id" not in client.session
    assert WebSession.objects.get().end_reason == "sign_out"
    (event,) = events(action="sign_out")
    assert event.actor_id == sop.pk


def test_DP_A42_nothing_is_shown_after_sign_out(client: Client, sop: User) -> None:
    sign_in(client, sop)
    page = client.get("/kirjaudu/tunnisteet/")
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    client.post("/kirjaudu/ulos/")
    back = client.get("/kirjaudu/tunnisteet/")
    assert back.status_code == 302
    assert back["Location"].startswith("/kirjaudu/")


def test_DP_A44_sign_in_keeps_nothing_in_addresses(client: Client, sop: User) -> None:
    page = client.get("/kirjaudu/").text
    assert 'method="post"' in page
    assert 'autocomplete="current-password"' in page
    answer = client.get("/kirjaudu/", {"login": "sop", "password": PASSWORD})
    assert "_auth_user_id" not in client.session
    assert PASSWORD not in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/kirjaudu/signup/", "/kirjaudu/email/", "/kirjaudu/password/reset/",
        "/kirjaudu/rekisteroidy/", "/accounts/login/", "/accounts/signup/",
    ],
)  # fmt: skip
def test_there_is_no_other_door(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_next_page_stays_in_the_house(client: Client, sop: User) -> None:
    response = client.post(
        "/kirjaudu/", {"login": "sop", "password": PASSWORD, "next": "https://evil.example/"}
    )
    assert response["Location"] == "/"
