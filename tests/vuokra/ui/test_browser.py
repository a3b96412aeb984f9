"""The gallery in a browser: accessible, within its width, nothing refused by the strict policy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.http import HttpRequest
from django.template.loader import render_to_string

from tests.vuokra.ui.conftest import SOP
from vuokra.ui import gallery, navigation, views

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

pytestmark = pytest.mark.browser
HOST = "http://vuokra.test"
POLICY = "default-src 'self'; style-src 'self'; script-src 'self'; img-src 'self'"


class Shown:
    """Pages rendered beforehand and given to the browser under a strict policy, with no server."""

    def __init__(self, page: Page, pages: dict[str, str]) -> None:
        self.page = page
        self.pages = pages
        self.complaints: list[str] = []
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.route("**/*", self.answer)

    def answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(HOST).split("?")[0]
        static = path.startswith("/static/") and finders.find(path.removeprefix("/static/"))
        if static:
            route.fulfill(path=Path(static))
        elif path in self.pages:
            headers = {"Content-Security-Policy": POLICY}
            route.fulfill(body=self.pages[path], content_type="text/html", headers=headers)
        else:
            route.fulfill(status=404)

    def open(self, path: str) -> Page:
        self.page.goto(HOST + path)
        return self.page


@pytest.fixture
def shown(
    page: Page,
    request_of: Callable[..., HttpRequest],
    monkeypatch: pytest.MonkeyPatch,
    empty_navigation: None,
    settings: Any,
) -> Shown:
    settings.DEMO = True
    section = navigation.Section
    navigation.register(section.DESK, "Komponentit", "ui:gallery", "house", 1, count=lambda _: 7)
    navigation.register(section.LETTING, "Ohje", "ui:help", "inbox", 2, shortcut="h")
    navigation.offer_new("Henkilö", "ui:help", "user-round", 1)
    navigation.search_at("ui:help")
    monkeypatch.setattr("vuokra.ui.frame.Frame.company", "Hillakosken Vuokra-asunnot Oy")
    request = request_of("/ui/", SOP)
    sample = {"sealed": gallery.SampleSecret("150685-906N"), "what": "Henkilötunnus", "url": "/n/"}

    def masked(state: str) -> str:
        return render_to_string("components/masked_value.html", {**sample, "state": state}, request)

    gallery_page = views.gallery(request).content.decode()
    card = (
        gallery_page.split('<main class="page"')[0]
        + f"<main><h1>Kortti</h1>{masked('masked')}</main>"
    )
    pages = {
        "/ui/": gallery_page,
        "/ohje/": views.help_page(request).content.decode(),
        "/404/": render_to_string("404.html", {}, request),
        "/500/": render_to_string("500.html", {"quote": "8f3k2m", "at": ""}),
        "/kortti/": card,
        "/n/": masked("revealed"),
    }
    return Shown(page, {path: "<!doctype html>" + html for path, html in pages.items()})


@pytest.mark.parametrize("width", [1440, 1280, 1000, 320])
@pytest.mark.parametrize("path", ["/ui/", "/ohje/", "/404/", "/500/"])
def test_pages_are_accessible_and_fit(shown: Shown, path: str, width: int) -> None:
    shown.page.set_viewport_size({"width": width, "height": 800})
    page = shown.open(path)
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert shown.complaints == []


def test_slash_goes_to_the_search_and_question_mark_opens_the_list(shown: Shown) -> None:
    page = shown.open("/ui/")
    page.locator("h1").click()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search-field"
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert page.locator("#shortcuts").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#shortcuts").is_visible()


def test_g_and_a_letter_go_to_a_page(shown: Shown) -> None:
    page = shown.open("/ui/")
    page.locator("h1").click()
    page.keyboard.press("g")
    page.keyboard.press("h")
    page.wait_for_url("**/ohje/")


def test_letters_in_a_field_are_text(shown: Shown) -> None:
    page = shown.open("/ui/")
    field = page.get_by_label("Sukunimi").first
    field.focus()
    page.keyboard.press("?")
    assert not page.locator("#shortcuts").is_visible()


def test_the_navigation_opens_on_narrow_screens_without_script(shown: Shown) -> None:
    shown.page.set_viewport_size({"width": 800, "height": 800})
    page = shown.open("/ui/")
    assert not page.locator("#navigation").is_visible()
    page.get_by_role("button", name="Avaa päävalikko").click()
    assert page.locator("#navigation").is_visible()


def test_a_revealed_value_leaves_the_page_after_a_minute(shown: Shown) -> None:
    shown.page.clock.install()
    page = shown.open("/kortti/")
    assert "906N" not in page.content()
    page.get_by_role("button", name="Näytä, Henkilötunnus").click()
    page.get_by_text("150685-906N").wait_for()
    page.locator("[data-hide]:focus").wait_for()  # the focus moves after the swap is settled
    page.clock.run_for(58_000)
    assert "906N" in page.content()
    page.clock.run_for(3_000)
    assert "906N" not in page.content()
    assert page.get_by_role("button", name="Näytä, Henkilötunnus").is_visible()
    kept = page.evaluate("JSON.stringify([localStorage, sessionStorage])")
    assert kept == '[{},{"htmx-current-path-for-history":"/kortti/"}]'  # an address, no page


def test_a_revealed_value_can_be_hidden_at_once(shown: Shown) -> None:
    page = shown.open("/kortti/")
    page.get_by_role("button", name="Näytä, Henkilötunnus").click()
    page.get_by_role("button", name="Piilota, Henkilötunnus").click()
    assert "906N" not in page.content()
    page.locator(":focus", has_text="Näytä").wait_for()
    assert shown.complaints == []


def test_a_failed_request_is_told_and_clears_nothing(shown: Shown) -> None:
    page = shown.open("/ui/")
    page.get_by_label("Sukunimi").first.fill("Lehtovaara")
    page.evaluate("htmx.ajax('GET', '/puuttuu/', {target: '#notices', swap: 'innerHTML'})")
    page.get_by_text("Pyyntö ei onnistunut.").wait_for()
    assert page.get_by_label("Sukunimi").first.input_value() == "Lehtovaara"
