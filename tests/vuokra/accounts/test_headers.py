"""Headers of every answer, cookies, allowed networks, the client's address."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks
from django.test import Client, RequestFactory

from tests.vuokra.accounts.conftest import sign_in
from vuokra.access.address import allowed, client_address
from vuokra.accounts.models import User

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[3]


def directives(policy: str) -> dict[str, str]:
    return dict(part.strip().partition(" ")[::2] for part in policy.split(";"))


@pytest.mark.parametrize("page", ["/kirjaudu/", "/kirjaudu/tunnisteet/", "/ei-ole/", "/ohje/"])
def test_every_answer_carries_them(client: Client, sop: User, page: str) -> None:
    for signed_in in (False, True):
        if signed_in:
            sign_in(client, sop)
        answer = client.get(page, secure=True)
        policy = directives(answer["Content-Security-Policy"])
        assert policy["default-src"] == "'self'"
        assert policy["frame-ancestors"] == "'none'"
        assert policy["object-src"] == "'none'"
        assert policy["base-uri"] == "'none'"
        assert policy["form-action"] == "'self'"
        assert "unsafe" not in answer["Content-Security-Policy"]
        assert answer["Cache-Control"] == "no-store"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Referrer-Policy"] == "same-origin"
        assert answer["X-Frame-Options"] == "DENY"
        hsts = answer["Strict-Transport-Security"]
        assert "includeSubDomains" in hsts
        assert int(hsts.split(";")[0].partition("=")[2]) >= 365 * 24 * 3600


def test_pages_of_sign_in_have_nothing_inline(client: Client, sop: User) -> None:
    pages = [client.get("/kirjaudu/").text]
    sign_in(client, sop)
    pages += [
        client.get(f"/kirjaudu/{page}").text
        for page in ("tunnisteet/", "tunnisteet/sovellus/", "tunnisteet/avaimet/uusi/", "salasana/")
    ]
    for page in pages:
        assert "<style" not in page
        assert " style=" not in page
        assert "onclick" not in page
        for tag in page.split("<script")[1:]:
            head = tag.partition(">")[0]
            assert "src=" in head or 'type="application/json"' in head


def test_cookies_are_locked_to_the_host(client: Client, sop: User) -> None:
    client.get("/kirjaudu/")
    sign_in(client, sop)
    for name in ("__Host-vuokra_session", "__Host-vuokra_csrf"):
        cookie = client.cookies[name]
        assert cookie["secure"]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert cookie["path"] == "/"
        assert not cookie["domain"]


def test_plain_http_is_sent_to_https(client: Client, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    answer = client.get("/kirjaudu/")
    assert answer.status_code == 301
    assert answer["Location"].startswith("https://")


def test_other_networks_are_refused(settings: Any) -> None:
    settings.VUOKRA_NETWORKS = ["10.20.0.0/16", "2001:db8::/32"]
    assert Client(REMOTE_ADDR="10.20.3.4").get("/kirjaudu/").status_code == 200
    assert Client(REMOTE_ADDR="2001:db8::7").get("/kirjaudu/").status_code == 200
    for address in ("10.21.0.1", "192.0.2.1", "2001:db9::1"):
        assert Client(REMOTE_ADDR=address).get("/kirjaudu/").status_code == 403
    assert allowed("::ffff:10.20.3.4")
    assert not allowed(None)


def test_a_forged_header_does_not_enter_the_network(settings: Any) -> None:
    settings.VUOKRA_NETWORKS = ["10.20.0.0/16"]
    outsider = Client(REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR="10.20.3.4")
    assert outsider.get("/kirjaudu/").status_code == 403


@pytest.mark.parametrize(
    ("peer", "header", "proxies", "expected"),
    [
        ("192.0.2.1", "", [], "192.0.2.1"),
        ("192.0.2.1", "10.0.0.1", [], "192.0.2.1"),
        ("10.0.0.5", "198.51.100.7", ["10.0.0.5/32"], "198.51.100.7"),
        ("10.0.0.5", "6.6.6.6, 198.51.100.7", ["10.0.0.0/8"], "198.51.100.7"),
        ("10.0.0.5", "6.6.6.6, 198.51.100.7, 10.0.0.9", ["10.0.0.0/8"], "198.51.100.7"),
        ("10.0.0.5", "rubbish", ["10.0.0.0/8"], "10.0.0.5"),
        ("10.0.0.5", "198.51.100.7, rubbish", ["10.0.0.0/8"], "10.0.0.5"),
        ("10.0.0.5", "", ["10.0.0.0/8"], "10.0.0.5"),
        ("::ffff:10.0.0.5", "2001:db8::1", ["10.0.0.0/8"], "2001:db8::1"),
        ("", "10.0.0.1", ["10.0.0.0/8"], None),
    ],
)
def test_client_address(
    settings: Any, peer: str, header: str, proxies: list[str], expected: str | None
) -> None:
    settings.VUOKRA_TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR=peer)
    if header:
        request.META["HTTP_X_FORWARDED_FOR"] = header
    assert client_address(request) == expected


def test_demo_with_an_external_database_is_refused(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEMO = True
    monkeypatch.delenv("VUOKRA_EMBEDDED", raising=False)
    assert "vuokra_accounts.E001" in [message.id for message in run_checks(tags=["security"])]
    monkeypatch.setenv("VUOKRA_EMBEDDED", "1")
    assert "vuokra_accounts.E001" not in [message.id for message in run_checks(tags=["security"])]


def settings_of(**environment: str) -> dict[str, str]:
    """Some settings as a fresh process computes them."""
    names = (
        "SECURE_HSTS_SECONDS", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_NAME",
        "SESSION_COOKIE_SECURE", "VUOKRA_SECOND_FACTOR", "ALLOWED_HOSTS",
    )  # fmt: skip
    code = f"import vuokra.settings as s\nfor n in {names!r}: print(n, getattr(s, n), sep='=')"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return dict(line.split("=", 1) for line in done.stdout.splitlines())


def test_demo_works_over_plain_http() -> None:
    found = settings_of(VUOKRA_DEMO="1", VUOKRA_EMBEDDED="1")
    assert found == {
        "SECURE_HSTS_SECONDS": "0", "SECURE_SSL_REDIRECT": "False",
        "SESSION_COOKIE_NAME": "vuokra_session", "SESSION_COOKIE_SECURE": "False",
        "VUOKRA_SECOND_FACTOR": "False", "ALLOWED_HOSTS": "['*']",
    }  # fmt: skip


def test_outside_demo_everything_is_on() -> None:
    found = settings_of(VUOKRA_DEMO="0", VUOKRA_HOSTS="rekisteri.example.fi")
    assert found["SECURE_SSL_REDIRECT"] == "True"
    assert found["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert found["VUOKRA_SECOND_FACTOR"] == "True"
    assert found["ALLOWED_HOSTS"] == "['rekisteri.example.fi']"
