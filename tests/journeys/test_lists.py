"""The list of people in a real browser: rows by keyboard, choosing, saved views, files."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Meet, Visitor

pytestmark = pytest.mark.browser


def test_rows_are_walked_chosen_and_taken_out_by_keyboard(visitor: Visitor) -> None:
    page = visitor.sign_in("sop")
    visitor.open("/henkilot/")
    bar = page.locator("[data-bulk]")
    expect(bar).to_be_hidden()
    page.locator("h1").click()
    page.keyboard.press("j")
    expect(page.locator("tbody tr").first).to_be_focused()
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(bar).to_be_visible()
    expect(page.locator("[data-bulk-count]")).to_have_text("2 valittu")
    expect(page.locator("tr.selected")).to_have_count(2)
    bar.get_by_role("button", name="Vie tiedostoon").click()
    page.wait_for_url("**/henkilot/valitut/")
    page.get_by_label("Tiedosto", exact=True).select_option("xlsx")
    with page.expect_download() as download:
        page.get_by_role("button", name="Vie 2 henkilöä").click()
    assert download.value.suggested_filename == "henkilot.xlsx"


def test_choosing_the_page_and_the_whole_list(visitor: Visitor) -> None:
    page = visitor.sign_in("sop")
    visitor.open("/henkilot/")
    page.get_by_label("Valitse sivun kaikki rivit").check()
    expect(page.locator("[data-bulk-count]")).to_have_text("50 valittu")
    page.get_by_label(re.compile("^Valitse kaikki ")).check()
    page.locator("[data-bulk]").get_by_role("button", name="Vie tiedostoon").click()
    expect(page.get_by_role("button", name=re.compile(r"^Vie \d+ henkilöä$"))).to_be_visible()
    page.get_by_role("link", name="Peruuta").click()
    page.wait_for_url("**/henkilot/?")


def test_a_row_opens_by_enter(visitor: Visitor) -> None:
    page = visitor.sign_in("sop")
    visitor.open("/henkilot/")
    page.locator("h1").click()
    page.keyboard.press("j")
    page.keyboard.press("j")
    name = page.locator("tbody tr").nth(1).locator("a.name").inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url("**/henkilot/*/")
    expect(page.locator("h1")).to_contain_text(name.split()[0])


def test_filters_make_an_address_and_a_view(visitor: Visitor) -> None:
    page = visitor.sign_in("sop")
    visitor.open("/henkilot/")
    page.get_by_text("Suodata", exact=True).first.click()
    page.get_by_label("Alkukirjain").select_option("K")
    page.get_by_role("button", name="Suodata").click()
    page.wait_for_url("**/henkilot/?alku=K*")
    expect(page.locator("a.filter.on")).to_contain_text("Alkukirjain: K")
    page.get_by_text("Näkymät").click()
    page.get_by_label("Tallenna näkymä nimellä").fill("Koon lista")
    page.get_by_role("button", name="Tallenna näkymä").click()
    expect(page.get_by_role("status").first).to_contain_text("Näkymä on tallennettu")
    page.locator("a.filter.on").click()
    page.wait_for_url("**/henkilot/?")
    page.get_by_text("Näkymät").click()
    page.get_by_role("link", name="Koon lista").click()
    page.wait_for_url("**/henkilot/?alku=K")
    page.get_by_role("link", name="Nimi", exact=True).click()
    page.wait_for_url("**jarjestys=-nimi")
    expect(page.locator("th[aria-sort]")).to_have_attribute("aria-sort", "descending")


def test_without_javascript_rows_are_chosen_and_sent(meet: Meet) -> None:
    visitor = meet(javascript=False)
    page = visitor.sign_in("sop")
    visitor.open("/henkilot/?alku=K")
    page.locator("input[name=valittu]").nth(0).check()
    page.locator("input[name=valittu]").nth(2).check()
    page.locator("#chosen").get_by_role("button", name="Vie tiedostoon").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Vie 2 henkilöä").click()
    assert download.value.suggested_filename == "henkilot.csv"
