"""Finding people by the search box in a real browser, by keyboard only."""

from __future__ import annotations

import re
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Page, Response, expect

from tests.journeys.conftest import HETU, Meet, Visitor
from tests.journeys.test_axe import violations

pytestmark = pytest.mark.browser
NUMBER = re.compile(r"\d{5,}")


def ask(page: Page, text: str) -> None:
    """Press `/` and type; wait until the answer to all of the text is below the box.

    A slow machine asks for half of the text too, and the answer to the whole then takes away
    what was chosen from the first.
    """
    page.keyboard.press("/")
    expect(page.locator("#search-field")).to_be_focused()
    with page.expect_response(lambda answer: answers(answer, text)):
        page.keyboard.type(text, delay=15)
    expect(page.locator(".htmx-request")).to_have_count(0)


def answers(answer: Response, text: str) -> bool:
    """Whether this is the answer of the search box to all of the text."""
    asked = parse_qs(answer.request.post_data or "")
    return answer.url.endswith("/haku/") and [text] in asked.values()


def shown_person(page: Page) -> tuple[str, str]:
    """Heading and customer number of the card that is open."""
    number = NUMBER.search(page.locator(".facts").inner_text())
    assert number is not None
    return page.locator("h1").inner_text(), number[0]


def open_by_keyboard(page: Page, number: str) -> None:
    """Walk down to the hit with this customer number and open it."""
    for _ in range(10):
        page.keyboard.press("ArrowDown")
        chosen = page.locator('[role=option][aria-selected="true"]')
        if number in chosen.inner_text():
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/henkilot/*/")
    assert shown_person(page)[1] == number


def test_half_a_surname_and_half_a_first_name(visitor: Visitor) -> None:
    page = visitor.sign_in("sop")
    visitor.open_card()
    name, number = shown_person(page)
    surname, first = name.split()[0], name.split()[1]
    visitor.open("/henkilot/")
    ask(page, f"{first[:3]} {surname[:5]}".lower())
    expect(page.locator("#search-count")).to_contain_text("osuma")
    assert surname.lower() not in page.url.lower()
    open_by_keyboard(page, number)


def test_by_telephone(visitor: Visitor) -> None:
    page = visitor.sign_in("sop")
    written = re.compile(r"0\d\d\s\d{3}\s\d{4}")
    visitor.open_card(showing=written)
    _name, number = shown_person(page)
    phone = page.get_by_text(written).first.inner_text()
    digits = re.sub(r"\D", "", phone)[:10]
    visitor.open("/henkilot/")
    ask(page, f"+358 {digits[1:3]} {digits[3:]}")
    open_by_keyboard(page, number)


def test_by_identity_code_which_leaves_no_trace(visitor: Visitor) -> None:
    page = visitor.sign_in("sop")
    card = visitor.open_card()
    page.get_by_role("button", name="Näytä, henkilötunnus").click()
    expect(page.locator(".revealed")).to_have_text(HETU)
    code = page.locator(".revealed").inner_text()
    visitor.open("/henkilot/")
    ask(page, code)
    expect(page.locator("[role=option]")).to_have_count(1)
    assert code not in page.locator("#search-panel").inner_html()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{card}")
    assert code not in page.content()
    page.go_back()
    assert code not in page.content()


def test_escape_closes_and_gives_the_focus_back(visitor: Visitor) -> None:
    page = visitor.sign_in("sop")
    visitor.open("/henkilot/")
    link = page.locator("th[scope=row] a").first
    link.focus()
    ask(page, "ma")
    expect(page.locator("#search-panel")).to_be_visible()
    expect(page.locator("#search-field")).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(page.locator("#search-panel")).to_be_hidden()
    expect(link).to_be_focused()


def test_nobody_found_offers_a_new_person(visitor: Visitor) -> None:
    page = visitor.sign_in("hak")
    visitor.open("/henkilot/")
    ask(page, "qqzz")
    expect(page.locator("#search-count")).to_have_text("Ei osumia")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/henkilot/uusi/")


def test_one_letter_asks_nothing(visitor: Visitor) -> None:
    page = visitor.sign_in("sop")
    visitor.open("/henkilot/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.method))
    page.keyboard.press("/")
    page.keyboard.type("m")
    page.wait_for_timeout(500)
    assert "POST" not in asked
    expect(page.locator("#search-panel")).to_be_hidden()


def test_without_javascript_the_box_gives_a_page(meet: Meet) -> None:
    visitor = meet(javascript=False)
    page = visitor.sign_in("sop")
    visitor.open_card()
    name, number = shown_person(page)
    page.locator("#search-field").fill(name.split()[0])
    page.locator("#search-field").press("Enter")
    expect(page.locator(".hits a").first).to_be_visible()
    page.get_by_role("button", name="Näytä kaikki luettelona").click()
    page.wait_for_url("**/henkilot/haku/")
    page.get_by_role("row").filter(has_text=number).get_by_role("link").click()
    assert shown_person(page)[1] == number


@pytest.mark.full
def test_axe_finds_nothing_in_the_panel_the_results_and_the_bulk_bar(visitor: Visitor) -> None:
    page = visitor.sign_in("sop")
    visitor.open("/henkilot/")
    page.locator("h1").click()
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert violations(visitor) == []
    ask(page, "ma")
    page.keyboard.press("ArrowDown")
    assert violations(visitor) == []
    page.keyboard.press("Escape")
    ask(page, "qqzz")
    assert violations(visitor) == []
    page.keyboard.press("Enter")
    page.wait_for_url("**/haku/")
    assert violations(visitor) == []
    page.go_back()
    page.locator("[data-choose-every]").wait_for(state="attached")
    page.get_by_role("button", name="Vie tiedostoon").first.click()
    page.wait_for_url("**/valitut/")
    assert violations(visitor) == []
