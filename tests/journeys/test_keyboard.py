"""A clerk's round without a mouse: sign in, search, card, tabs, reveal, edit, save."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import HETU, Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

SEEN = """() => {
  const at = document.activeElement, box = at.getBoundingClientRect(), style = getComputedStyle(at);
  const bar = document.querySelector(".topbar");
  const mid = [box.left + Math.min(box.width, 40) / 2, box.top + box.height / 2];
  const top = document.elementFromPoint(...mid);
  return {
    name: (at.getAttribute("aria-label") || at.textContent || at.name || "").trim().slice(0, 40),
    tag: at.tagName,
    outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    covered: !bar.contains(at) && bar.contains(top),
    width: box.width, height: box.height,
  };
}"""


def tab_to(page: Page, selector: str, *, most: int = 60) -> None:
    """Press Tab until an element of the selector has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"{selector} is not reached by {most} presses of Tab")


def sign_in_by_keyboard(visitor: Visitor, username: str) -> None:
    page = visitor.page
    visitor.open("/kirjaudu/")
    tab_to(page, "[name=login]")
    page.keyboard.type(username)
    tab_to(page, "[name=password]")
    page.keyboard.type(visitor.site.password)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/kirjaudu/" not in url)


def test_a_round_without_a_mouse(visitor: Visitor) -> None:
    page = visitor.page
    sign_in_by_keyboard(visitor, "rek")
    card = visitor.open_card()
    surname, given = page.locator("h1").inner_text().split()[:2]

    # Search: from anywhere by /, hits below the box, the first of them opened.
    visitor.open("/ohje/")
    page.keyboard.press("/")
    expect(page.locator("#search-field")).to_be_focused()
    page.keyboard.type(f"{surname[:4]} {given[:3]}")
    expect(page.locator("#search-panel [role=option]").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/henkilot/\w{12}/$"))
    assert surname not in page.title()
    visitor.open(card)

    # Skip link: the first stop, leads past the navigation.
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()

    # Tabs are links with addresses of their own.
    tab_to(page, ".tabs a:not([aria-current])")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: not url.endswith(card))
    expect(page.locator(".tabs a[aria-current=page]")).to_be_visible()
    visitor.open(card)

    # Reveal, and hide: the focus goes to the value's own button and back.
    tab_to(page, "[aria-label='Näytä, henkilötunnus']")
    page.keyboard.press("Enter")
    expect(page.locator(".revealed")).to_have_text(HETU)
    expect(page.get_by_role("button", name="Piilota, henkilötunnus")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Näytä, henkilötunnus")).to_be_focused()
    assert not HETU.search(page.content())


def test_edit_by_e_and_save_by_ctrl_enter(visitor: Visitor) -> None:
    page = visitor.page
    sign_in_by_keyboard(visitor, "hak")
    card = visitor.open_card()
    page.keyboard.press("e")
    page.wait_for_url("**/muokkaa/")
    tab_to(page, "[name=call_name]")
    page.keyboard.press("Control+a")
    page.keyboard.type("Kielo")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**{card}")
    expect(page.locator("#notices")).to_contain_text("Tiedot on tallennettu.")
    expect(page.locator("h1")).to_contain_text("Kielo")


def test_menus_and_the_list_of_keys_open_and_close(visitor: Visitor) -> None:
    page = visitor.page
    sign_in_by_keyboard(visitor, "hak")
    visitor.open_card()
    keys = page.locator("#shortcuts")
    page.keyboard.press("?")
    expect(keys).to_be_visible()
    expect(keys.locator("dt").filter(has_text="/").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()

    tab_to(page, ".actions summary")
    page.keyboard.press("Enter")
    menu = page.locator(".actions .menu-panel")
    expect(menu).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(page.locator(".actions summary")).to_be_focused()

    page.keyboard.press("/")
    page.keyboard.type("e")
    expect(page.locator("#search-field")).to_have_value("e")
    assert not page.url.endswith("/muokkaa/"), "a letter typed into a field is no shortcut"


@pytest.mark.parametrize("width", [1280, 640])
def test_the_focus_is_always_seen(visitor: Visitor, width: int) -> None:
    """WCAG 2.4.7, 2.4.11 and 2.5.8: 3 px round every stop, none under the top bar, 24 px large.

    A link within a line of text is excepted from the size (2.5.8), its row is not.
    """
    page = visitor.page
    page.set_viewport_size({"width": width, "height": 500})
    sign_in_by_keyboard(visitor, "sop")
    visitor.open_card()
    stops = []
    for _ in range(60):
        page.keyboard.press("Tab")
        stop = page.evaluate(SEEN)
        if stop["tag"] == "BODY":
            break
        stops.append(stop)
    assert len(stops) > 15
    assert [stop for stop in stops if stop["outline"] < 3] == []
    assert [stop for stop in stops if stop["covered"]] == []
    buttons = [stop for stop in stops if stop["tag"] in ("BUTTON", "SUMMARY", "INPUT")]
    assert [stop for stop in buttons if min(stop["width"], stop["height"]) < 24] == []
