"""A flat is let: from the list of vacant flats to the signatures, a notice given and withdrawn."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visitor
from tests.journeys.pressing import press

pytestmark = [pytest.mark.browser, pytest.mark.full]


def save(page: Page, label: str = "Tallenna") -> None:
    """Press the form's button; what was saved is told on the next page."""
    press(page, label, exact=True)
    expect(page.locator(".error-summary")).to_have_count(0)


def tenants(visitor: Visitor) -> list[str]:
    """Customer numbers of two people who rent already, and so may."""
    visitor.open("/sopimukset/?rajaus=voimassa")
    leases = [link.get_attribute("href") for link in visitor.page.locator("tbody th a").all()[:2]]
    numbers = []
    for path in leases:
        visitor.open(str(path))
        with visitor.page.expect_navigation():
            visitor.page.locator("tbody th a.name").first.click()
        found = re.search(r"\d{5,9}", visitor.page.locator(".facts").inner_text())
        assert found is not None, path
        numbers.append(found[0])
    return numbers


def test_a_vacant_flat_is_let_to_two_and_the_notice_withdrawn(visitor: Visitor) -> None:
    page, today = visitor.sign_in("sop"), timezone.localdate()
    first, second = tenants(visitor)
    visitor.open("/kohteet/huoneistot/?rajaus=vapaat")
    with page.expect_navigation():
        page.locator("tbody th a").first.click()
    with page.expect_navigation():
        page.get_by_role("link", name="Tee vuokrasopimus").click()
    page.get_by_label("Vuokralainen: nimi tai asiakasnumero").fill(first)
    page.get_by_label("Sopimus alkaa").fill(f"{today.day}.{today.month}.{today.year}")
    save(page, "Tee luonnos")
    lease = page.url

    page.get_by_role("link", name="Lisää osapuoli tai asukas").click()
    page.get_by_label("Nimi tai asiakasnumero").fill(second)
    page.get_by_role("button", name="Etsi").click()
    page.locator("main [name=chosen]").first.check()
    page.get_by_label("Asema").select_option("co_tenant")
    save(page)
    page.get_by_role("link", name="Lisää vuokran osa").click()
    page.get_by_label("Mistä maksetaan").select_option("rent")
    page.get_by_label("Hinta, € kuukaudessa").fill("612,50")
    save(page)
    save(page, "Valmis allekirjoitettavaksi")
    for _party in range(2):
        page.get_by_role("link", name="Kirjaa allekirjoitus").first.click()
        save(page)
    expect(page.locator(".page-title")).to_contain_text("Voimassa")

    for again in (False, True):  # given, withdrawn, and given again
        page.get_by_role("link", name="Kirjaa ilmoitus").click()
        page.get_by_label("Asiakirja").select_option("tenant_notice")
        save(page)
        page.get_by_role("link", name="Merkitse tiedoksi annetuksi").click()
        expect(page.get_by_text("Jos ilmoitus annettiin tiedoksi tänään")).to_be_visible()
        page.get_by_label("Tapa").select_option("receipt")
        save(page)
        expect(page.get_by_text("Sopimus päättyy.")).to_be_visible()
        if not again:
            page.get_by_role("link", name=re.compile(r"^Peru\s*,")).first.click()
            save(page)
            expect(page.get_by_text("Sopimus päättyy.")).to_have_count(0)
    assert page.url == lease
