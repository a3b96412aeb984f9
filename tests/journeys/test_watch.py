"""Break-glass in a real browser: opened by whom the record is closed to, and reviewed."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Meet, Visitor

pytestmark = pytest.mark.browser

WHY = "Naapuri kuuli avunhuutoja, ja pelastuslaitos kysyy, keitä asunnossa on."


def closed_card(clerk: Visitor) -> str:
    """The card of a person with whom the clerk works, which he records himself."""
    page = clerk.page
    clerk.open("/henkilot/")
    card = str(page.locator("th[scope=row] a").last.get_attribute("href"))
    clerk.open(f"{card}sidonnaisuus/")
    page.get_by_label("Työtoveri").check()
    page.get_by_role("button", name="Tallenna").click()
    page.wait_for_url("**/sidonnaisuudet/")
    return card


def test_a_closed_record_is_opened_for_an_emergency_and_reviewed(meet: Meet) -> None:
    clerk, auditor = meet(), meet()
    page = clerk.sign_in("sop")
    card = closed_card(clerk)
    assert clerk.open(card).status == 403
    page.get_by_role("link", name="Avaa hätäkatseluna").click()
    expect(page.get_by_text("15 minuutiksi")).to_be_visible()
    page.get_by_label("Mitä on tapahtunut").fill("hätä")
    page.get_by_role("button", name="Avaa hätäkatselu").click()
    expect(page.locator(".error-summary")).to_be_visible()
    page.get_by_label("Mitä on tapahtunut").fill(WHY)
    page.get_by_role("button", name="Avaa hätäkatselu").click()
    page.wait_for_url(f"**{card}")
    expect(page.get_by_text(re.compile(r"Hätäkatselu, päättyy klo \d+\.\d\d"))).to_be_visible()
    expect(page.get_by_role("heading", name="Ruokakunta")).to_be_visible()
    number = page.locator(".facts").inner_text().split()[1]
    assert clerk.open(f"{card}muokkaa/").status == 403  # it is for reading
    clerk.open(card)
    page.get_by_role("button", name="Lopeta hätäkatselu").click()
    expect(page.get_by_text("Hätäkatselu on lopetettu.").first).to_be_visible()
    assert clerk.open(card).status == 403

    other = auditor.sign_in("tar")
    auditor.open("/valvonta/hatakatselut/")
    row = other.locator("tbody tr", has_text=WHY)
    expect(row).to_contain_text("Sohvi Soininvaara")
    expect(row).to_contain_text(number)
    expect(row).to_contain_text("Katselmoimatta")
    row.get_by_role("link").first.click()
    expect(other.get_by_role("region", name="Käyttölokin tapahtumat")).to_contain_text(number)
    other.get_by_label("Aiheellinen").check()
    other.get_by_label("Perustelu").fill("Pelastuslaitos vahvisti kysymyksen.")
    other.get_by_role("button", name="Kirjaa katselmointi").click()
    expect(other.get_by_text("Katselmointi on kirjattu.").first).to_be_visible()
    expect(row).to_contain_text("Aiheellinen")
