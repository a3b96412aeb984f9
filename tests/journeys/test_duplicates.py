"""A clerk merges the demo company's two records of one person, and undoes it, by keyboard alone."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.journeys.conftest import Meet

LIST = "/henkilot/kaksoiskappaleet/"


def test_merge_and_undo_by_keyboard(meet: Meet) -> None:
    clerk = meet()
    page = clerk.sign_in("sop")
    clerk.open(LIST)
    page.get_by_role("link", name="Vertaa").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Kahden tietueen vertailu")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    taken = page.get_by_role("radio", name=re.compile("etunimet, säilyvä", re.IGNORECASE))
    taken.focus()
    page.keyboard.press("ArrowDown")
    other = page.get_by_role("radio", name=re.compile("etunimet, yhdistettävä", re.IGNORECASE))
    expect(other).to_be_checked()
    page.keyboard.press("ArrowUp")
    expect(taken).to_be_checked()
    reason = page.locator("form.stack").get_by_label("Perustelu")
    reason.focus()
    page.keyboard.type("Liian")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    reason.focus()
    page.keyboard.type(" lyhyt perustelu: sama henkilö kahdesti.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Tietueet on yhdistetty.")).to_be_visible()
    page.get_by_role("link", name=re.compile("^Kumoa")).focus()
    page.keyboard.press("Enter")
    page.get_by_label("Perustelu").focus()
    page.keyboard.type("Kokeiltiin yhdistämistä.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Yhdistäminen on kumottu.")).to_be_visible()
    clerk.open(LIST)
    expect(page.get_by_role("link", name="Vertaa")).to_have_count(1)
    assert not clerk.complaints
