"""The frame's own pages, error pages without a database, language and shortcuts by cookie."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation

from tests.vuokra.ui.conftest import SOP
from vuokra.ui import gallery
from vuokra.ui.middleware import LanguageMiddleware
from vuokra.ui.reveals import revealed
from vuokra.ui.shortcuts import COOKIE, enabled
from vuokra.ui.templatetags import ui

MakeRequest = Callable[..., HttpRequest]


@pytest.mark.parametrize("page", ["400.html", "403_csrf.html", "500.html", "503.html"])
def test_error_pages_stand_without_request_and_database(page: str) -> None:
    html = render_to_string(page, {"quote": "8f3k2m", "at": ""})
    assert "<h1>" in html
    assert ("8f3k2m" in html) == (page in {"500.html", "503.html"})


@pytest.mark.parametrize("page", ["403.html", "404.html"])
@pytest.mark.parametrize("actor", [SOP, None])
def test_refusals_need_no_database(
    page: str, actor: Any, request_of: MakeRequest, empty_navigation: None
) -> None:
    html = render_to_string(page, {"right": "", "holders": []}, request_of("/x/", actor))
    assert "<h1>" in html
    assert ("Sari Kotivaara" in html) == (actor is not None)


def test_a_refused_function_names_the_right_and_who_has_it(
    request_of: MakeRequest, empty_navigation: None
) -> None:
    context = {"right": "Henkilötunnus", "level": "katselu", "holders": ["Rekisteriasiat"]}
    html = render_to_string("403.html", context, request_of("/x/", SOP))
    for told in ["Henkilötunnus", "katselu", "Rekisteriasiat", "pääkäyttäjältä"]:
        assert told in html


def test_a_masked_value_is_not_in_the_page(request_of: MakeRequest) -> None:
    secret = gallery.SampleSecret("150685-906N")
    for state in ["list", "masked", "denied"]:
        context = {"state": state, "sealed": secret, "what": "Henkilötunnus", "url": "/x/"}
        html = render_to_string("components/masked_value.html", context, request_of())
        assert "906N" not in html
        assert ("peitetty" in html) == (state != "denied")


def test_a_revealed_value_carries_its_time(request_of: MakeRequest) -> None:
    secret = gallery.SampleSecret("150685-906N")
    context = {"state": "revealed", "sealed": secret, "what": "Henkilötunnus", "url": "/x/"}
    html = render_to_string("components/masked_value.html", context, request_of())
    assert 'data-reveal-seconds="60"' in html
    assert html.count("150685-906N") == 1


def test_a_revealed_value_as_a_page_leaves_by_itself(
    request_of: MakeRequest, empty_navigation: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vuokra.ui.frame.Frame.company", "Yhtiö Oy")
    context = {"sealed": gallery.SampleSecret("150685-906N"), "what": "Henkilötunnus",
               "back": "/henkilot/8f3k2m/", "url": "/henkilot/8f3k2m/nayta/"}  # fmt: skip
    html = render_to_string("layout/reveal.html", context, request_of("/x/", SOP))
    assert '<meta http-equiv="refresh" content="60; url=/henkilot/8f3k2m/">' in html
    assert html.count("150685-906N") == 1


@pytest.mark.parametrize("fragment", [True, False])
def test_a_reveal_answers_with_a_fragment_or_a_page(
    rf: RequestFactory, request_of: MakeRequest, fragment: bool
) -> None:
    request = rf.post("/n/", headers={"HX-Request": "true"} if fragment else {})
    request.access = request_of().access  # type: ignore[attr-defined]  # set by the middleware
    response = revealed(
        request,
        gallery.SampleSecret("150685-906N"),  # type: ignore[arg-type]  # opens as a masked value
        what="Henkilötunnus", mask="1985 ••••••", url="/n/", back="/henkilot/8f3k2m/",
    )  # fmt: skip
    html = response.content.decode()
    assert html.count("150685-906N") == 1
    assert response["Cache-Control"] == "no-store"
    assert ("<html" in html) != fragment
    assert ("http-equiv" in html) != fragment


def test_an_icon_is_hidden_from_screen_readers_and_keeps_no_style() -> None:
    svg = ui.icon("eye", "small")
    assert 'aria-hidden="true"' in svg and 'class="icon small"' in svg and "style=" not in svg


def answer_in(request: HttpRequest) -> HttpResponse:
    return HttpResponse(headers={"X-Language": translation.get_language() or ""})


@pytest.mark.parametrize(
    ("cookie", "language"), [("", "fi"), ("en", "en"), ("fi", "fi"), ("sv", "fi"), ("../x", "fi")]
)
def test_finnish_unless_chosen_otherwise(
    rf: RequestFactory, cookie: str, language: str, settings: Any
) -> None:
    request = rf.get("/", headers={"accept-language": "en"})
    request.COOKIES[settings.LANGUAGE_COOKIE_NAME] = cookie
    response = LanguageMiddleware(answer_in)(request)
    assert response["X-Language"] == response["Content-Language"] == language


@pytest.mark.parametrize("kept", ["on", "off"])
def test_shortcuts_can_be_turned_off(
    client: Client, rf: RequestFactory, db: None, kept: str
) -> None:
    response = client.post("/pikanappaimet/", {"shortcuts": kept})
    assert response.status_code == 302
    request = rf.get("/")
    request.COOKIES[COOKIE] = response.cookies[COOKIE].value
    assert enabled(request) == (kept == "on")


def test_the_language_is_kept_in_a_cookie(client: Client, db: None) -> None:
    response = client.post("/kieli/", {"language": "en", "next": "/ohje/"})
    assert response["Location"] == "/ohje/"
    assert "Every search and view is recorded" in client.get("/ohje/").content.decode()


def test_the_language_switch_leads_to_no_other_host(client: Client, db: None) -> None:
    response = client.post("/kieli/", {"language": "en", "next": "https://example.org/"})
    assert "example.org" not in response["Location"]


def test_the_gallery_is_for_development_and_demo_only(
    client: Client, db: None, settings: Any
) -> None:
    settings.DEMO = settings.DEBUG = False
    assert client.get("/ui/").status_code == 404
    settings.DEMO = True
    assert client.get("/ui/").status_code == 200
