"""The second factor: mandatory outside demo, a passkey for the strong roles, codes used once."""

from __future__ import annotations

import json
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.db import connection
from django.test import Client

from tests.vuokra.accounts.conftest import MakeUser, acting_as, events, sign_in
from vuokra.access.stated import raw_sql
from vuokra.accounts import services
from vuokra.accounts.models import Throttle, User
from vuokra.policy.roles import Role

pytestmark = pytest.mark.django_db

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NOW = 1_796_000_010


@pytest.fixture(autouse=True)
def outside_demo(settings: Any) -> None:
    settings.VUOKRA_SECOND_FACTOR = True


def code(shift: int = 0) -> str:
    return format_hotp_value(hotp_value(SECRET, NOW // 30 + shift))


def with_totp(user: User) -> User:
    with acting_as(None):
        TOTP.activate(user, SECRET)
        RecoveryCodes.activate(user)
    return user


def with_passkey(user: User) -> Authenticator:
    """A passkey row; what the browser signs is allauth's own matter."""
    with acting_as(None):
        return Authenticator.objects.create(
            user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "Avain", "credential": {}}
        )


def proved(client: Client, user: User, kind: str) -> None:
    session = client.session
    session["second_factor"] = [user.pk, kind]
    session.save()


def test_user_without_a_factor_reaches_only_enrolment(client: Client, sop: User) -> None:
    sign_in(client, sop)
    assert client.get("/")["Location"] == "/kirjaudu/tunnisteet/"
    assert client.get("/kirjaudu/salasana/")["Location"] == "/kirjaudu/tunnisteet/"
    assert client.get("/kirjaudu/tunnisteet/").status_code == 200
    assert client.get("/kirjaudu/tunnisteet/avaimet/uusi/").status_code == 200


def test_totp_is_taken_into_use(client: Client, sop: User) -> None:
    with time_machine.travel(NOW, tick=False):
        sign_in(client, sop)
        page = client.get("/kirjaudu/tunnisteet/sovellus/")
        assert page.status_code == 200
        assert "<svg" in page.text
        secret = client.session["mfa.totp.secret"]
        answer = client.post(
            "/kirjaudu/tunnisteet/sovellus/",
            {"code": format_hotp_value(hotp_value(secret, NOW // 30))},
        )
        assert answer["Location"] == "/kirjaudu/tunnisteet/varakoodit/"
        codes = client.get("/kirjaudu/tunnisteet/varakoodit/")
        assert codes.text.count("<li><code>") == 10
        assert client.get("/kirjaudu/salasana/").status_code == 200
        again = client.get("/kirjaudu/tunnisteet/varakoodit/")
        assert "<li><code>" not in again.text


def test_sign_in_asks_for_the_code(client: Client, sop: User) -> None:
    with_totp(sop)
    with time_machine.travel(NOW, tick=False):
        assert sign_in(client, sop)["Location"] == "/kirjaudu/koodi/"
        assert "_auth_user_id" not in client.session
        assert events(action="sign_in") == []
        assert client.post("/kirjaudu/koodi/", {"code": code()})["Location"] == "/"
        assert client.get("/kirjaudu/salasana/").status_code == 200
    assert len(events(action="sign_in")) == 1


def test_one_time_code_works_once(sop: User) -> None:
    with_totp(sop)
    with time_machine.travel(NOW, tick=False):
        one, two = Client(), Client()
        sign_in(one, sop)
        one.post("/kirjaudu/koodi/", {"code": code()})
        sign_in(two, sop)
        assert "jo käytetty" in two.post("/kirjaudu/koodi/", {"code": code()}).text
        assert "jo käytetty" in two.post("/kirjaudu/koodi/", {"code": code(-1)}).text
        assert two.post("/kirjaudu/koodi/", {"code": code(1)}).status_code == 302


def test_recovery_code_works_once(sop: User) -> None:
    with_totp(sop)
    codes = Authenticator.objects.get(user=sop, type="recovery_codes").wrap().generate_codes()
    one, two = Client(), Client()
    sign_in(one, sop)
    assert one.post("/kirjaudu/koodi/", {"code": codes[0]}).status_code == 302
    sign_in(two, sop)
    assert two.post("/kirjaudu/koodi/", {"code": codes[0]}).status_code == 200
    assert two.post("/kirjaudu/koodi/", {"code": codes[1]}).status_code == 302


def test_wrong_codes_lock_like_wrong_passwords(client: Client, sop: User) -> None:
    with_totp(sop)
    sign_in(client, sop)
    for _ in range(5):
        assert "Koodi on väärä" in client.post("/kirjaudu/koodi/", {"code": "000000"}).text
    assert Throttle.objects.get().failures == 5
    late = client.post("/kirjaudu/koodi/", {"code": code()})
    assert "Liian monta" in late.text
    assert len(events(action="sign_in_failed", actor_id=sop.pk)) == 5


def test_right_password_does_not_forget_wrong_codes(client: Client, sop: User) -> None:
    with_totp(sop)
    sign_in(client, sop)
    client.post("/kirjaudu/koodi/", {"code": "000000"})
    client.post("/kirjaudu/ulos/")
    sign_in(client, sop)
    assert Throttle.objects.get().failures == 1


@pytest.mark.parametrize("role", [Role.PAA, Role.TAR, Role.REK])
def test_strong_roles_need_a_passkey(client: Client, make_user: MakeUser, role: Role) -> None:
    user = with_totp(make_user("vahva", role))
    with time_machine.travel(NOW, tick=False):
        sign_in(client, user)
        client.post("/kirjaudu/koodi/", {"code": code()})
        assert client.get("/hallinta/")["Location"] == "/kirjaudu/tunnisteet/avaimet/uusi/"
        proved(client, user, "webauthn")
        assert client.get("/kirjaudu/salasana/").status_code == 200


def test_a_phished_code_does_not_lead_to_a_new_passkey(client: Client, paa: User) -> None:
    with_totp(paa)
    with_passkey(paa)
    client.force_login(paa)
    proved(client, paa, "totp")
    for page in ("/hallinta/", "/kirjaudu/tunnisteet/avaimet/uusi/", "/kirjaudu/tunnisteet/"):
        assert client.get(page)["Location"] == "/kirjaudu/tunnisteet/avaimet/vahvista/"


def test_a_factor_proved_by_another_user_does_not_count(
    client: Client, sop: User, paa: User
) -> None:
    sign_in(client, sop)
    proved(client, paa, "webauthn")
    assert client.get("/")["Location"] == "/kirjaudu/tunnisteet/"


def test_removed_last_factor_is_asked_for_anew(client: Client, sop: User) -> None:
    with_totp(sop)
    with time_machine.travel(NOW, tick=False):
        sign_in(client, sop)
        client.post("/kirjaudu/koodi/", {"code": code()})
        client.post("/kirjaudu/tunnisteet/sovellus/poista/")
        assert not Authenticator.objects.filter(user=sop).exists()
        assert client.get("/")["Location"] == "/kirjaudu/tunnisteet/"


def test_main_user_resets_the_factors_of_another(sop: User, paa: User) -> None:
    with_totp(sop)
    with acting_as(paa):
        services.reset_factors(sop, by=paa)
        with pytest.raises(services.Refused):
            services.reset_factors(paa, by=paa)
    assert not Authenticator.objects.filter(user=sop).exists()


def test_secrets_are_sealed_in_the_database(sop: User) -> None:
    with_totp(sop)
    seed = Authenticator.objects.get(type="recovery_codes")
    with acting_as(None), raw_sql("what is stored"), connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator WHERE user_id = %s", [sop.pk])
        stored = [json.dumps(row[0]) for row in cursor.fetchall()]
    assert len(stored) == 2
    assert SECRET not in "".join(stored)
    assert not any(word in text for text in stored for word in seed.wrap().generate_codes())


def test_demo_asks_for_none(client: Client, sop: User, settings: Any) -> None:
    settings.VUOKRA_SECOND_FACTOR = False
    sign_in(client, sop)
    assert client.get("/kirjaudu/salasana/").status_code == 200


def test_passkey_options_come_as_json(client: Client) -> None:
    answer = client.get("/kirjaudu/avaimella/", HTTP_ACCEPT="application/json")
    assert answer.json()["request_options"]["publicKey"]["userVerification"] == "required"


def test_forged_passkey_is_refused(client: Client, sop: User) -> None:
    client.get("/kirjaudu/avaimella/", HTTP_ACCEPT="application/json")
    for forged in ('{"id": "x", "response": {}}', "[]", "null", '{"response": {"userHandle": 5}}'):
        answer = client.post("/kirjaudu/avaimella/", {"credential": forged})
        assert answer.status_code == 302
    assert "_auth_user_id" not in client.session
