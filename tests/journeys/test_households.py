"""A household added by keyboard alone, in a real browser on the whole site."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visitor
from tests.journeys.test_axe import violations

pytestmark = pytest.mark.browser


def tab_to(page: Page, selector: str, limit: int = 80) -> None:
    """Press Tab until the focus is on the element."""
    for _ in range(limit):
        if page.evaluate("(s) => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {selector}")


def open_form(visitor: Visitor, page: Page) -> str:
    """The form of a member of the first person's household; the address of the household."""
    visitor.open("/henkilot/")
    card = page.locator("th[scope=row] a").first.get_attribute("href")
    visitor.open(f"{card}ruokakunta/uusi/")
    return f"{card}ruokakunta/"


def test_child_is_added_by_keyboard(visitor: Visitor) -> None:
    page = visitor.sign_in("sop")
    open_form(visitor, page)
    tab_to(page, "#id_surname")
    page.keyboard.type("Näppäinsuo")
    page.keyboard.press("Tab")
    page.keyboard.type("Taimi")
    page.keyboard.press("Tab")
    page.keyboard.type("3.4.2021")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/ruokakunta/$"))
    expect(page.get_by_role("row", name=re.compile("Näppäinsuo Taimi"))).to_contain_text("3.4.2021")
    expect(page.get_by_role("row", name=re.compile("Näppäinsuo Taimi"))).to_contain_text(
        "alaikäinen"
    )


def test_found_person_is_chosen_by_keyboard(visitor: Visitor) -> None:
    page = visitor.sign_in("sop")
    visitor.open("/henkilot/uusi/")
    page.get_by_label("Sukunimi").fill("Löytösalo")
    page.get_by_label("Etunimet").fill("Vilma")
    page.get_by_role("button", name="Lisää henkilö").click()
    page.wait_for_url(re.compile(r"/henkilot/[a-z0-9]{12}/"))

    open_form(visitor, page)
    tab_to(page, "#id_q")
    page.keyboard.type("löytös vilma")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 osuma: valitse henkilö")).to_be_visible()
    assert "löytös" not in page.url.lower()
    expect(page.locator("#id_q")).to_have_value("löytös vilma")
    tab_to(page, "input[name=chosen]")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_label(re.compile("Löytösalo Vilma"))).to_be_checked()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/ruokakunta/$"))
    expect(page.get_by_role("link", name="Löytösalo Vilma").first).to_be_visible()


@pytest.mark.full
def test_pages_have_no_violations(visitor: Visitor) -> None:
    page = visitor.sign_in("sop")
    household = open_form(visitor, page)
    card = household.removesuffix("ruokakunta/")
    problems = []

    def look(name: str) -> None:
        problems.extend(f"{name}: {text}" for text in violations(visitor))

    page.get_by_label("Nimi tai asiakasnumero").fill("salo")
    page.get_by_role("button", name="Etsi").click()
    page.locator("input[name=chosen]").first.wait_for()
    look("found")
    page.locator("input[name=chosen]").last.check()
    page.get_by_label("Sukunimi").fill("Tarkkasalo")
    page.get_by_label("Etunimet").fill("Oiva")
    page.get_by_label("Syntymäaika").fill("3.4.2021")
    page.get_by_role("button", name="Lisää ruokakuntaan").click()
    page.wait_for_url(re.compile(r"/ruokakunta/$"))
    look("household")
    page.get_by_role("link", name=re.compile("Muuta tai päätä")).first.click()
    look("membership")
    for part in ("ruokakunta", "huoltajat", "edunvalvonta", "maksajat"):
        visitor.open(f"{card}{part}/uusi/")
        page.locator("main .form-buttons button").first.click()
        page.locator(".error-summary").wait_for()
        look(part)
    assert not problems, "\n".join(problems)
