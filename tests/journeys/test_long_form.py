"""A whole application on paper is typed without a mouse and saved once; and the same form works
without scripts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Meet, Visitor
from tests.journeys.test_keyboard import SEEN, sign_in_by_keyboard, tab_to

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.full]
FORM = "/hakemukset/uusi/lomake/"
WORDS = "Ahtaus vaivaa meitä."


def field(page: Page, name: str, text: str) -> None:
    """Go on by Tab to a field, and type."""
    tab_to(page, f"#whole [name='{name}']", most=120)
    seen = page.evaluate(SEEN)
    assert seen["outline"] >= 2, seen
    assert not seen["covered"], seen
    page.keyboard.type(text)
    expect(page.locator(f"#whole [name='{name}']")).not_to_have_value("")


def more(page: Page, kind: str, first: str) -> None:
    """One row more, by its button; one goes on in its first field."""
    tab_to(page, f"#whole [name=add][value={kind}]", most=60)
    page.keyboard.press("Enter")
    expect(page.locator(f"#whole [name='{first}']")).to_be_focused()


def test_a_whole_application_by_keyboard_alone(visitor: Visitor) -> None:
    page = visitor.page
    sign_in_by_keyboard(visitor, "hak")
    visitor.open(FORM)
    expect(page.locator("[name=applicant-q]")).to_be_focused()
    page.keyboard.type("Zzyzzyx")
    page.keyboard.press("Enter")  # searches in place, and one stays where one was
    expect(page.get_by_text("Ei osumia")).to_be_visible()
    expect(page.locator("[name=applicant-q]")).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.press("Delete")
    field(page, "applicant-surname", "Näppäinen")
    field(page, "applicant-given_names", "Nelli")
    field(page, "applicant-birth_date", "3.4.1985")
    page.keyboard.press("Enter")  # does nothing
    expect(page.locator("[name=applicant-birth_date]")).to_be_focused()
    field(page, "applicant-residence", "Suomen")
    more(page, "member", "member-1-q")
    field(page, "member-1-surname", "Näppäinen")
    field(page, "member-1-given_names", "Niilo")
    field(page, "member-1-birth_date", "5.6.2019")
    field(page, "member-1-part", "Muu asukas")
    field(page, "member-1-relation", "Lapsi")
    field(page, "ground-1-situation", "Ahdas asunto")
    field(page, "need-own_words", WORDS)
    field(page, "home-tenure", "Vuokra")
    field(page, "home-rooms", "1")
    field(page, "wish-rooms_from", "2")
    field(page, "work-1-employment", "Vakinainen")
    field(page, "income-1-kind", "Palkka")
    field(page, "income-1-euros", "34 000")
    scan = {"name": "hakemus.txt", "mimeType": "text/plain", "buffer": b"Hakemus"}
    page.set_input_files("[name=paper-1-file]", scan)
    more(page, "income", "income-2-of")
    chosen = "document.querySelector('[name=paper-1-file]').files.length"
    assert page.evaluate(chosen) == 1, "a row more leaves the file that was chosen"
    field(page, "income-2-kind", "Eläke")
    field(page, "income-2-euros", "x")
    page.keyboard.press("Control+Enter")

    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("link")).to_have_count(3)  # and the file is chosen again
    tab_to(page, ".error-summary a[href='#id_income-2-euros']", most=2)
    page.keyboard.press("Enter")
    expect(page.locator("[name=income-2-euros]")).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("450")
    page.set_input_files("[name=paper-1-file]", scan)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".error-summary a")).to_have_count(2)  # unlikely: to be confirmed
    expect(summary).to_be_focused()
    tab_to(page, ".error-summary a", most=1)
    page.keyboard.press("Enter")
    page.set_input_files("[name=paper-1-file]", scan)
    tab_to(page, "[name=income-1-confirmed]", most=10)
    page.keyboard.press("Space")
    page.keyboard.press("Control+Enter")

    page.wait_for_url(re.compile(r"/hakemukset/H-\d{4}-\d{4,6}/$"))
    shown = page.locator("main")
    for text in (
        "Näppäinen Niilo",
        "Ahdas asunto",
        "34 000,00",
        "450,00",
        "Vuokra-asunto",
        "Hakemus alkuperäisenä",
    ):
        expect(shown).to_contain_text(text)
    expect(shown).not_to_contain_text(WORDS)


def test_the_form_without_scripts(meet: Meet) -> None:
    visitor = meet(javascript=False)
    page = visitor.sign_in("hak")
    visitor.open(FORM)
    page.fill("[name=applicant-surname]", "Skriptitön")
    page.fill("[name=applicant-birth_date]", "3.4.1985")
    page.fill("[name=applicant-phone]", "040 900 1122")
    page.fill("[name=need-own_words]", WORDS)
    page.get_by_role("button", name="Lisää tulo").click()
    page.select_option("[name=income-2-kind]", "wage")
    page.fill("[name=income-2-euros]", "1 800")
    page.get_by_role("button", name="Lisää henkilö").click()
    page.get_by_role("button", name="Poista , Henkilö 1").click()
    expect(page.locator("[name=applicant-surname]")).to_have_value("Skriptitön")
    expect(page.locator("[name=need-own_words]")).to_have_value(WORDS)
    expect(page.locator("[name=applicant-phone]")).to_have_value("040 900 1122")
    page.set_input_files(
        "[name=paper-1-file]",
        {"name": "hakemus.txt", "mimeType": "text/plain", "buffer": b"Hakemus"},
    )
    page.get_by_role("button", name="Tallenna").click()
    page.wait_for_url(re.compile(r"/hakemukset/H-\d{4}-\d{4,6}/$"))
    expect(page.locator("main")).to_contain_text("1 800,00")
    expect(page.locator("main")).to_contain_text("Hakemus alkuperäisenä")
