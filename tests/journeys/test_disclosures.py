"""Disclosures in a real browser: a large export by two, an officer's call, a new recipient."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Meet, Visitor

pytestmark = pytest.mark.browser


def test_many_people_are_taken_out_by_two(meet: Meet) -> None:
    clerk, registrar = meet(), meet()
    page = clerk.sign_in("sop")
    clerk.open("/henkilot/?kieli=fi")
    page.locator(".actions").get_by_role("button", name="Vie tiedostoon").click()
    expect(page.get_by_text("tarvitsee toisen henkilön hyväksynnän")).to_be_visible()
    page.get_by_label("Tarkenne").fill("Vuokrankorotuskirjeet")
    page.get_by_role("button", name=re.compile(r"^Vie \d+ henkilöä$")).click()
    page.wait_for_url(re.compile(r"/luovutukset/viennit/\d+/"))
    asked = page.url.removeprefix(clerk.site.base_url)
    expect(page.get_by_text("Odottaa hyväksyntää")).to_be_visible()
    expect(page.get_by_role("button", name="Hyväksy vienti")).to_have_count(0)

    other = registrar.sign_in("rek")
    registrar.open(asked)
    expect(other.get_by_text("Vuokrankorotuskirjeet")).to_be_visible()
    other.get_by_role("button", name="Hyväksy vienti").click()
    expect(other.get_by_text("Vienti on hyväksytty.").first).to_be_visible()

    clerk.open("/")
    page.get_by_role("link", name="Lataa hyväksytty vienti", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Lataa tiedosto").click()
    assert download.value.suggested_filename == "henkilot.csv"
    clerk.open(asked)
    expect(page.get_by_text("Ladattu", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Lataa tiedosto")).to_have_count(0)


def test_an_officer_on_the_telephone_without_scripts(meet: Meet) -> None:
    """A clerk takes the call, the registrar calls back and decides, another approves."""
    clerk, registrar, other = (meet(javascript=False) for _ in range(3))
    page = clerk.sign_in("sop")
    card = clerk.open_card()
    page.get_by_label("Muut toiminnot").click()
    page.get_by_role("link", name="Viranomainen pyytää tietoja").click()
    expect(page.get_by_text("Älä kerro mitään soittajalle.")).to_be_visible()
    page.get_by_label("Mikä viranomainen").fill("Pohjolan poliisilaitos")
    page.get_by_label("Kuka pyysi").fill("Komisario Tuisku Tuulela")
    page.get_by_label("Mitä pyydettiin ja mihin").fill("Uusi osoite")
    page.get_by_role("button", name="Kirjaa pyyntö").click()
    page.wait_for_url(f"**{card}")
    expect(page.get_by_text("Pyyntö on kirjattu.").first).to_be_visible()

    desk = registrar.sign_in("rek")
    registrar.open("/luovutukset/viranomaiset/")
    desk.locator("tbody tr").first.get_by_role("link").click()
    expect(desk.get_by_text("Komisario Tuisku Tuulela")).to_be_visible()
    request = desk.url.removeprefix(registrar.site.base_url)
    desk.get_by_role("link", name="Varmista pyytäjä").click()
    desk.get_by_label("Soitettu takaisin vaihteen numeroon").check()
    desk.get_by_role("button", name="Tallenna").click()
    expect(desk.locator(".error-summary")).to_be_visible()
    desk.get_by_label("Vaihteen numero, johon soitit").fill("0295 440 000")
    desk.get_by_role("button", name="Tallenna").click()
    desk.get_by_role("link", name="Päätä antaa tiedot").click()
    desk.locator("select[name=recipient]").select_option(label="Pohjolan poliisilaitos")
    desk.get_by_label("Säädös").fill("poliisilaki 872/2011")
    desk.get_by_label("Pykälä").fill("4 luku 3 §")
    desk.get_by_label("Postiosoitteet", exact=True).check()
    desk.get_by_role("button", name="Tallenna").click()
    expect(desk.get_by_text("Toinen henkilö hyväksyy päätöksesi.")).to_be_visible()

    approver = other.sign_in("rek2")
    other.open(request)
    approver.get_by_role("button", name="Hyväksy päätös").click()
    expect(approver.get_by_text("Päätös on hyväksytty.").first).to_be_visible()

    registrar.open(request)
    desk.get_by_role("link", name="Kirjaa vastaus").click()
    desk.locator("select[name=channel]").select_option("letter")
    desk.get_by_role("button", name="Tallenna").click()
    expect(desk.get_by_text("Vastaus on kirjattu luovutukseksi.").first).to_be_visible()
    desk.get_by_role("link", name="Avaa luovutus").click()
    expect(desk.get_by_text("poliisilaki 872/2011 4 luku 3 §")).to_be_visible()


def test_a_recipient_gets_its_basis(visitor: Visitor) -> None:
    page = visitor.sign_in("rek2")
    visitor.open("/luovutukset/vastaanottajat/")
    page.get_by_role("link", name="Uusi vastaanottaja").click()
    page.get_by_label("Nimi").fill("Lukkopalvelu Salpa Oy")
    page.locator("select[name=category]").select_option("LUO-AVAUS")
    page.get_by_role("button", name="Tallenna").click()
    row = page.locator("tr", has_text="Lukkopalvelu Salpa Oy")
    expect(row).to_contain_text("Ei perustetta")
    row.get_by_role("link").click()
    page.get_by_role("link", name="Uusi peruste").click()
    page.get_by_label("Sopimuksen numero").fill("LS-1")
    page.get_by_label("Kunnossapito").check()
    page.get_by_label("Puhelinnumerot").check()
    page.get_by_role("button", name="Tallenna").click()
    expect(page.locator(".error-summary")).to_contain_text("Sopimuksella on oltava päättymispäivä")
    page.get_by_label("Voimassa asti").fill("31.12.2030")
    page.get_by_role("button", name="Tallenna").click()
    expect(page.get_by_text("Peruste on hyväksytty.").first).to_be_visible()
    visitor.open("/luovutukset/vastaanottajat/")
    expect(row).to_contain_text("Voimassa")
