"""The main user changes a number of the company and sees first what it changes."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Meet

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("javascript", [True, False])
def test_a_new_value_of_a_rule(meet: Meet, javascript: bool) -> None:
    key, day = ("retention.R3", "1.1.2040") if javascript else ("retention.R4", "1.1.2041")
    visitor = meet(javascript=javascript)
    page = visitor.sign_in("paa")
    visitor.open("/hallinta/")
    page.get_by_role("link", name="Säännöt", exact=True).last.click()
    page.get_by_role("row").filter(has_text=key).get_by_role("link").click()
    page.get_by_role("link", name="Lisää uusi versio").click()
    page.get_by_label("Arvo").fill("kuusi")
    page.get_by_label("Voimassa alkaen").fill(day)
    page.get_by_label("Lähde").fill("Hallituksen päätös 1.12.2026")
    page.get_by_role("button", name="Näytä vaikutus").click()
    expect(page.get_by_text("Syötä kokonaisluku.")).to_be_visible()
    page.get_by_label("Arvo").fill("12")
    page.get_by_role("button", name="Näytä vaikutus").click()
    expect(page.get_by_text(f"Arvo on {day} alkaen 12 kk.")).to_be_visible()
    page.get_by_role("button", name="Muokkaa").click()
    page.get_by_label("Arvo").fill("18")
    page.get_by_role("button", name="Näytä vaikutus").click()
    page.get_by_role("button", name="Tallenna versio").click()
    row = page.get_by_role("row").filter(has_text="18 kk")
    expect(row).to_contain_text("Tulossa")
    row.get_by_role("button", name="Peru versio 2").click()
    expect(page.get_by_role("row").filter(has_text="18 kk")).to_contain_text("Peruttu")
