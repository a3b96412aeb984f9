"""A flat is let by choosing: applicants are compared by the keys, one is passed over and taken
back, another chosen and offered the flat; the memorandum is printed. Whoever draws up leases draws
up the one of an accepted offer, and with its last signature the selection is over."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Meet
from tests.journeys.pressing import press

pytestmark = [pytest.mark.browser, pytest.mark.full, pytest.mark.usefixtures("at_work")]


def fresh_round(page: Page) -> None:
    """A selection that is only open, with two applicants who may be told of."""
    for row in page.locator("tbody tr").filter(has_text="Valinta kesken").all():
        path = row.get_by_role("link").first.get_attribute("href")
        assert path is not None
        page.goto(page.url.split("/valinta/")[0] + path)
        boxes, passed = page.locator("[data-choose]").count(), page.locator("tbody s").count()
        if boxes > 1 and not passed and not page.get_by_role("link", name="Päätös").count():
            return
        page.go_back()
    raise AssertionError("no selection is fresh")


def choose_next(page: Page) -> None:
    """By the keys, the next row of somebody who may be told of."""
    page.keyboard.press("j")
    while not page.locator("[data-row]:focus [data-choose]").count():
        page.keyboard.press("j")
    page.keyboard.press("x")


def pass_over_first(page: Page) -> None:
    """The first of those who wait was not reached; a skip takes words."""
    page.get_by_role("link", name="Ohita").first.click()
    page.get_by_label("Peruste", exact=True).select_option(label="Ei tavoitettu")
    press(page)
    expect(page.locator(".error-summary")).to_be_visible()
    page.get_by_label("Perustelu", exact=True).fill("Soitettu kolmena päivänä, ei vastausta.")
    press(page)


def first_chosen(page: Page) -> bool:
    """Choose the first, with words where several stand first; not one whose application is being
    completed."""
    page.get_by_role("link", name="Valitse ensimmäinen").click()
    press(page)
    refused = page.locator(".error-summary")
    if refused.count() and "täydennetään" in refused.inner_text():
        return False
    if refused.count():
        page.get_by_label("Jos valitset muun kuin ensimmäisen").select_option(
            label="Tasatilanne, harkittu"
        )
        page.locator("[name=reason]").fill("Tasatilanne: tämä pääsee muuttamaan heti.")
        press(page)
    return True


def test_from_comparing_to_the_memorandum(meet: Meet) -> None:
    chooser = meet()
    page = chooser.sign_in("val")
    chooser.open("/valinta/")
    fresh_round(page)

    for _ in range(2):
        choose_next(page)
    with page.expect_navigation():
        page.keyboard.press("v")
    expect(page.locator("#vertailu")).to_be_focused()
    expect(page.locator("#vertailu caption")).to_contain_text(
        re.compile("ero ratkeaa kohdassa|ovat tasoissa")
    )

    pass_over_first(page)
    expect(page.locator("tbody s")).to_have_count(1)
    with page.expect_navigation():
        page.get_by_role("button", name="Peru ohitus").click()
    expect(page.locator("tbody s")).to_have_count(0)

    while not first_chosen(page):
        page.get_by_role("link", name="Peruuta").click()
        pass_over_first(page)
    with page.expect_navigation(url=re.compile("/tarjous/")):
        page.keyboard.press("t")
    page.get_by_label("Välitystapa").select_option(label="Puhelin")
    press(page)
    page.get_by_role("link", name="Hakija hyväksyi").click()
    press(page)
    expect(page.locator(".page-head")).to_contain_text("Hyväksytty")

    page.get_by_role("button", name="Tulosta valintamuistio").click()
    page.get_by_text("SHA-256").wait_for(timeout=60_000)
    expect(page.get_by_role("link", name="Lataa PDF")).to_be_visible()


def test_an_accepted_offer_becomes_a_signed_lease(meet: Meet) -> None:
    clerk = meet()
    page = clerk.sign_in("sop")
    page.locator("a[href^='/sopimustilaukset/']").first.click()
    address = page.locator(".facts a").first.inner_text()
    page.get_by_label("Vuokra, € kuukaudessa").fill("ei tiedossa")
    page.get_by_role("button", name="Tee luonnos").click()
    expect(page.locator(".error-summary")).to_be_visible()
    page.get_by_label("Vuokra, € kuukaudessa").fill("640,50")
    with page.expect_navigation(url=re.compile(r"/sopimukset/\d+/")):
        page.get_by_role("button", name="Tee luonnos").click()
    expect(page.locator("main")).to_contain_text("640,50")
    press(page, "Valmis allekirjoitettavaksi")
    while page.get_by_role("link", name="Kirjaa allekirjoitus").count():
        page.get_by_role("link", name="Kirjaa allekirjoitus").first.click()
        press(page)
    expect(page.locator(".page-head")).not_to_contain_text("Odottaa")

    chooser = meet()
    page = chooser.sign_in("val")
    for _attempt in range(30):  # the worker ends the selection
        chooser.open("/valinta/?rajaus=paattyneet")
        if page.get_by_text(address).count():
            break
        page.wait_for_timeout(1_000)
    expect(page.locator("tbody")).to_contain_text(address)
