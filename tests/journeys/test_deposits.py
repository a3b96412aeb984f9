"""A deposit in a real browser, over the lease that was let: demanded, paid, settled, returned."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Meet, Visitor
from tests.journeys.test_leases import save, tenants

pytestmark = [pytest.mark.browser, pytest.mark.full]

IBAN = "FI21 1234 5600 0007 85"


def follow(page: Page, label: str) -> None:
    with page.expect_navigation():
        page.get_by_role("link", name=label).first.click()


def refused(page: Page, label: str, words: str) -> None:
    """Press the form's button; it tells what is missing."""
    with page.expect_navigation():
        page.get_by_role("button", name=label, exact=True).click()
    expect(page.locator(".error-summary")).to_contain_text(words)


def let(visitor: Visitor, today: str) -> None:
    """A vacant flat to a tenant, with 612,50 € of rent and 700 € of deposit demanded."""
    page = visitor.page
    tenant, _other = tenants(visitor)
    visitor.open("/kohteet/huoneistot/?rajaus=vapaat")
    with page.expect_navigation():
        page.locator("tbody th a").first.click()
    follow(page, "Tee vuokrasopimus")
    page.get_by_label("Vuokralainen: nimi tai asiakasnumero").fill(tenant)
    page.get_by_label("Sopimus alkaa").fill(today)
    save(page, "Tee luonnos")
    lease = page.url
    follow(page, "Lisää vuokran osa")
    page.get_by_label("Mistä maksetaan").select_option("rent")
    page.get_by_label("Hinta, € kuukaudessa").fill("612,50")
    save(page)
    follow(page, "Sovi vakuudesta")
    page.get_by_label("Sovittu vakuus, €").fill("700")
    page.get_by_label("Annettava viimeistään").fill(today)
    save(page)
    page.goto(lease)
    save(page, "Valmis allekirjoitettavaksi")
    follow(page, "Kirjaa allekirjoitus")
    save(page)


def test_a_deposit_from_its_demand_to_its_return(meet: Meet) -> None:
    clerk, accountant, second = meet(), meet(), meet()
    now = timezone.localdate()
    today = f"{now.day}.{now.month}.{now.year}"
    page = clerk.sign_in("sop")
    let(clerk, today)
    lease = page.url
    expect(page.get_by_text("Puuttuu")).to_be_visible()
    follow(page, "Avaa vakuus")
    deposit = page.url
    follow(page, "Kirjaa maksu")
    refused(page, "Tallenna", "Määrä, €")
    page.get_by_label("Määrä, €").fill("700,00")
    page.get_by_label("Saatu", exact=True).fill(today)
    save(page)
    expect(page.get_by_role("link", name="Kirjaa maksu", exact=True)).to_have_count(0)

    page.goto(lease)
    follow(page, "Sovi päättymisestä")
    page.get_by_label("Sopimuksen viimeinen päivä").fill(today)
    save(page)
    page.goto(deposit)
    expect(page.get_by_text("Huoneistoa ei ole tarkastettu.")).to_be_visible()
    follow(page, "Kirjaa luovutus ja tarkastus")
    refused(page, "Tallenna", "Kirjoita luovutuspäivä, tarkastuspäivä tai molemmat.")
    page.get_by_label("Huoneisto luovutettu").fill(today)
    page.get_by_label("Huoneisto tarkastettu").fill(today)
    save(page)
    follow(page, "Kirjaa vähennys")
    page.get_by_label("Syy").select_option("cleaning")
    page.get_by_label("Määrä, €").fill("120,50")
    page.get_by_label("Mikä osoittaa sen").fill("Loppukatselmus, kohta 4")
    save(page)

    money = accountant.sign_in("tal")
    money.goto(deposit)
    follow(money, "Vahvista loppusaldo")
    money.get_by_label("Maksamatta, €").fill("0")
    save(money)
    follow(money, "Kirjaa palautustili")
    money.get_by_label("Tilinumero (IBAN)").fill(f"{IBAN[:-1]}6")
    refused(money, "Tallenna", "Tilinumero (IBAN)")
    money.get_by_label("Tilinumero (IBAN)").fill(IBAN)
    save(money)

    page.goto(deposit)
    assert IBAN not in page.content()
    follow(page, "Laadi selvitys")
    save(page)
    expect(page.get_by_text("Selvitys on laadittu. Toinen henkilö hyväksyy sen.")).to_be_visible()
    expect(page.get_by_role("button", name="Hyväksy selvitys")).to_have_count(0)

    other = second.sign_in("tal2")
    other.goto(deposit)
    save(other, "Hyväksy selvitys")
    expect(other.get_by_text("579,50").first).to_be_visible()
    follow(other, "Kirjaa maksetuksi")
    save(other)
    expect(other.get_by_text(f"maksettu {today}")).to_be_visible()
    expect(other.locator(".page-title")).to_contain_text("Selvitetty")
