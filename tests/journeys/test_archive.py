"""Paper in a real browser: recorded on the card, lent and returned, destroyed before a witness."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Meet

pytestmark = pytest.mark.browser


def test_papers_are_recorded_lent_and_destroyed_by_two(meet: Meet) -> None:
    clerk = meet()
    page = clerk.sign_in("sop")
    card = clerk.open_card()
    page.get_by_role("link", name="Paperit", exact=True).click()
    page.get_by_role("link", name="Kirjaa aineisto").click()
    page.get_by_label("Aineisto", exact=True).select_option("lease")
    page.get_by_label("Säilytyspaikka").select_option(index=1)
    page.get_by_label("Ensimmäinen päiväys").fill("1.3.2015")
    page.get_by_label("Säilytetään asti").fill("31.12.2024")
    page.get_by_label("Miten aineisto tuli").select_option("found")
    page.get_by_role("button", name="Tallenna").click()
    page.get_by_role("row").filter(has_text="Tuhottava").first.get_by_role("link").click()
    paper = page.url

    page.get_by_role("link", name="Lainaa").click()
    page.get_by_label("Palautetaan viimeistään").fill("+7")
    page.get_by_role("button", name="Tallenna").click()
    expect(page.locator("h1 + *, main").first).to_contain_text("Lainassa")
    page.get_by_role("button", name="Kirjaa palautus").click()

    page.get_by_role("link", name="Kirjaa tuhoaminen").click()
    page.get_by_label("Tapa").select_option("shredded")
    page.get_by_label("Todistaja").select_option(label="Taimi Talvela")
    page.get_by_role("button", name="Tallenna").click()
    expect(page.get_by_text("odottaa todistajan vahvistusta")).to_be_visible()
    expect(page.get_by_role("button", name="Vahvistan")).to_have_count(0)

    witness = meet()
    theirs = witness.sign_in("tal")
    row = theirs.locator("tr[data-row]").filter(has_text="Vahvista, että näit")
    row.get_by_role("link", name=re.compile("^Vahvista")).last.click()
    assert theirs.url == paper
    theirs.get_by_role("button", name="Vahvistan, näin tuhoamisen").click()
    expect(theirs.get_by_text("Tuhoaja ja todistaja")).to_be_visible()
    clerk.open(card)
    expect(page.get_by_text("Kaikki kirjatut paperit on tuhottu.")).to_have_count(0)
