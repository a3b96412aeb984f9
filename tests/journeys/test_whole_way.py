"""The whole way of a home: an application on paper is recorded and admitted, chosen for a flat
while another is passed over, offered, accepted, let. Then a rule changes, and the old decision
still plays again in its old order."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Meet, Visitor
from tests.journeys.pressing import press

pytestmark = [pytest.mark.browser, pytest.mark.full, pytest.mark.usefixtures("at_work")]
NAME = "Matkalainen"
PLAYED = "Järjestys laskettiin uudelleen tallennetuista tiedoista, ja se on sama."


def recorded(clerk: Visitor, page: Page, today: str) -> str:
    """An application that came on paper, admitted to selections; its number."""
    clerk.open("/hakemukset/uusi/")
    page.select_option("[name=channel]", index=1)
    page.select_option("[name=kind]", index=1)
    page.check("[name=subsidised]")
    for name, value in (
        ("received_on", today), ("assured_on", today), ("signed_on", today),
        ("surname", NAME), ("given_names", "Toini Maria"), ("birth_date", "3.4.1979"),
    ):  # fmt: skip
        page.fill(f"[name={name}]", value)
    with page.expect_navigation():
        page.locator("main form button[type=submit]").last.click()
    match = re.search(r"H-\d{4}-\d{4,6}", page.url)
    assert match is not None, page.url
    number = match[0]
    for link, given in (
        ("Muuta , Hakija", {"residence": "citizen"}),
        ("Lisää peruste", {"situation": "A1"}),
        ("Muuta nykyistä asuntoa", {"tenure": "none"}),
        ("Muuta haettavaa asuntoa", {"rooms_from": "1"}),
        ("Lisää tulo", {"kind": "wage", "euros": "900", "period": "month"}),
    ):
        page.get_by_role("link", name=re.compile(link)).first.click()
        for name, value in given.items():
            field = page.locator(f"main [name={name}]")
            if field.evaluate("one => one.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)
        press(page)
    page.get_by_role("link", name="Kaikki ilmoitettu?").first.click()
    page.check("[name=income]")
    page.check("[name=wealth]")
    press(page)
    page.get_by_role("link", name="Vastaanota").first.click()
    with page.expect_navigation():
        page.locator("main form button[type=submit]").last.click()
    press(page, "Hyväksy valintaan")
    expect(page.locator(".page-head")).to_contain_text("Voimassa")
    return number


def opened(chooser: Visitor, page: Page, today: str) -> str:
    """A selection of a flat without one; its address."""
    chooser.open("/valinta/?rajaus=ilman")
    row = page.locator("tbody tr", has_text=re.compile("Arava|korkotuki")).first
    row.get_by_role("link", name="Avaa valinta").click()
    page.fill("[name=free_from]", today)
    page.fill("[name=rent_eur]", "655,00")
    page.fill("[name=open_to_all_from]", today)
    press(page)
    return page.url


def passed_over(page: Page) -> None:
    """Whoever stands before our applicant was not reached; the last of the list neither."""
    others = page.locator("tbody tr", has=page.get_by_role("link", name="Ohita"))
    while NAME not in others.first.inner_text():
        _skip(page, others.first)
    if others.count() > 1:
        _skip(page, others.last)
    expect(page.locator("tbody s").first).to_be_visible()


def _skip(page: Page, row: Locator) -> None:
    row.get_by_role("link", name="Ohita").click()
    page.get_by_label("Peruste", exact=True).select_option(label="Ei tavoitettu")
    page.get_by_label("Perustelu", exact=True).fill("Soitettu kolmena päivänä.")
    press(page)


def chosen(page: Page, number: str) -> str:
    """The applicant of this number; the address of the decision."""
    page.get_by_role("link", name="Valitse numerolla").click()
    page.fill("[name=number]", number)
    press(page, "Jatka")
    press(page)
    if page.locator(".error-summary").count():  # another is level
        page.select_option("[name=out_of_order]", label="Tasatilanne, harkittu")
        page.fill("[name=reason]", "Tasatilanne: asunnoton pääsee muuttamaan heti.")
        press(page)
    expect(page.locator("main")).to_contain_text("Valinta on päätetty.")
    return page.url


def let(clerk: Visitor, page: Page, address: str) -> None:
    """The lease that was ordered for the flat is drawn up and signed."""
    clerk.open("/?laji=sopimustilaus")
    page.get_by_role("row", name=address).get_by_role("link", name="Laadi").last.click()
    press(page, "Tee luonnos")
    press(page, "Valmis allekirjoitettavaksi")
    while page.get_by_role("link", name="Kirjaa allekirjoitus").count():
        page.get_by_role("link", name="Kirjaa allekirjoitus").first.click()
        press(page)
    expect(page.locator(".page-head")).to_contain_text("Voimassa")


def another_order(main_user: Visitor, page: Page, day: str) -> None:
    """The company decides to compare wealth before income."""
    main_user.open("/hallinta/")
    page.get_by_role("link", name="Säännöt", exact=True).last.click()
    page.get_by_role("row").filter(has_text="selection.order").get_by_role("link").click()
    page.get_by_role("link", name="Lisää uusi versio").click()
    page.get_by_label("Arvo").select_option(index=1)
    page.get_by_label("Voimassa alkaen").fill(day)
    page.get_by_label("Lähde").fill("Hallituksen päätös")
    page.get_by_role("button", name="Näytä vaikutus").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Tallenna versio").click()
    expect(page.get_by_role("row").filter(has_text=f"{day}").first).to_be_visible()


def test_from_a_paper_application_to_a_lease_and_its_replay(meet: Meet) -> None:
    today = f"{timezone.localdate():%d.%m.%Y}"
    clerk = meet()
    number = recorded(clerk, clerk.sign_in("hak"), today)

    chooser = meet()
    page = chooser.sign_in("val")
    opened(chooser, page, today)
    address = page.locator("h1").inner_text()
    passed_over(page)
    decision = chosen(page, number)
    page.get_by_role("link", name="Tarjoa asunto").click()
    page.get_by_label("Välitystapa").select_option(label="Puhelin")
    press(page)
    page.get_by_role("link", name="Hakija hyväksyi").click()
    press(page)
    expect(page.locator("main")).to_contain_text("Odottaa vuokrasopimusta")

    writer = meet()
    let(writer, writer.sign_in("sop"), address)

    main_user = meet()
    another_order(main_user, main_user.sign_in("paa"), today)

    for _attempt in range(30):  # the worker ends the selection
        page.goto(decision)
        if page.get_by_text("Asunto annettu").count():
            break
        page.wait_for_timeout(1_000)
    expect(page.locator(".page-head")).to_contain_text("Asunto annettu")
    expect(page.locator("main")).to_contain_text(PLAYED)
    page.get_by_role("button", name="Tulosta valintamuistio").click()
    page.get_by_text("SHA-256").wait_for(timeout=60_000)
    expect(page.get_by_role("link", name="Lataa PDF")).to_be_visible()
    clerk.open(f"/hakemukset/{number}/")
    expect(clerk.page.locator(".page-head")).to_contain_text("Sopimus tehty")
