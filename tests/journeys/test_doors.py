"""A door is opened in a browser: asked, ordered, reported, put right; on call on a telephone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Meet, Visitor
from tests.journeys.test_axe import violations
from tests.plugins.cluster import manage
from tests.plugins.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.full]

PHONE = {"width": 390, "height": 844}
ON_CALL, LIST = "/ovet/paivystys/", "/ovet/avaukset/"
FEE = "25,00"
SETTING = """
from datetime import date, timedelta
from decimal import Decimal
from django.utils import timezone
from leases.doors.rule_rows import FEE, FRIDAY_FROM, FROM
from registry.watch.models import Duty
from vuokra.accounts.models import User
from vuokra.rules.services import add_version

add_version(FEE, Decimal(25), date(2020, 1, 1), source="Testi")
for key in (FROM, FRIDAY_FROM):
    add_version(key, 0, date(2020, 1, 1), source="Testi")
staff, now = User.objects.get(username="huo"), timezone.now()
own = Duty.objects.filter(staff=staff, ends_at__gt=now).order_by("starts_at").first()
if own is None or own.starts_at > now:
    ends = now + timedelta(hours=2)
    Duty.objects.create(
        staff=staff, recorded_by=staff, starts_at=now,
        ends_at=min(ends, own.starts_at) if own else ends,
    )
"""
"""Every hour is on-call time, huo is on duty, and an opened door costs the resident something."""


@pytest.fixture(scope="module", autouse=True)
def every_hour_on_call(site: Site) -> None:
    manage(
        "shell", "--purpose", "P15", "--reason", "Päivystys kokeilua varten", "-c", SETTING,
        env=site.environment,
    )  # fmt: skip


def press(page: Page, label: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=label, exact=True).click()


def follow(page: Page, link: Locator) -> None:
    with page.expect_navigation():
        link.click()


def home_of_a_tenant(visitor: Visitor) -> tuple[str, str, str]:
    """The flat of a lease in force: its page and address, and the tenant's customer number."""
    page = visitor.page
    visitor.open("/sopimukset/?rajaus=voimassa")
    follow(page, page.locator("tbody th a").first)
    flat = page.locator(".facts a").first
    home, address = str(flat.get_attribute("href")), flat.inner_text()
    follow(page, page.locator("tbody th a.name").first)
    number = re.search(r"\d{5,9}", page.locator(".facts").inner_text())
    assert number is not None
    return home, address, number[0]


def ask(page: Page, number: str) -> None:
    page.get_by_label("Asiakasnumero").fill(number)
    page.get_by_label("Miten henkilöllisyys todettiin").select_option("document")
    press(page, "Kysy")


def test_a_door_is_opened_with_a_fee_and_put_right(visitor: Visitor) -> None:
    page = visitor.sign_in("sop")
    home, address, number = home_of_a_tenant(visitor)
    visitor.open(home)
    follow(page, page.get_by_role("link", name="Kysy, saako päästää sisään"))
    expect(page.get_by_label("Huoneiston osoite")).to_have_value(address)
    press(page, "Kysy")
    expect(page.locator(".error-summary")).to_contain_text("Miten henkilöllisyys todettiin")
    found = violations(visitor)
    ask(page, number)
    expect(page.get_by_text("Saa päästää.")).to_be_visible()
    found += violations(visitor)
    follow(page, page.get_by_role("link", name="Tilaa ovenavaus"))
    order = page.url
    press(page, "Tilaa")
    expect(page.locator(".error-summary")).to_contain_text("Kuka avaa")
    found += violations(visitor)
    page.get_by_label("Kuka avaa").select_option("0")
    page.get_by_label("Lisätieto").fill("Odottaa alaovella")
    press(page, "Tilaa")
    opening = page.url
    expect(page.get_by_text("Odottaa alaovella")).to_be_visible()
    found += violations(visitor)
    page.goto(order)
    assert page.url == opening, "an order that was made leads to its opening"
    expect(page.get_by_text("Ovenavaus on jo tilattu.")).to_be_visible()

    follow(page, page.get_by_role("link", name="Kirjaa tulos"))
    expect(page.get_by_label("Lisätieto")).to_have_value("Odottaa alaovella")
    page.get_by_label("Tulos").select_option("opened")
    page.get_by_label("Kello").fill("25.00")
    press(page, "Tallenna")
    expect(page.locator(".error-summary")).to_contain_text("Tarkista kellonaika.")
    expect(page.get_by_label("Tulos")).to_have_value("opened")
    found += violations(visitor)
    page.goto(f"{opening}tulos/")
    page.get_by_label("Tulos").select_option("opened")
    press(page, "Tallenna")
    expect(page.get_by_text(re.compile(rf"{FEE}\s€"))).to_be_visible()

    follow(page, page.get_by_role("link", name="Oikaise"))
    press(page, "Tallenna")
    expect(page.locator(".error-summary")).to_contain_text("Miksi oikaistaan")
    found += violations(visitor)
    page.get_by_label("Kustannuksen maksaa").select_option("company")
    page.get_by_label("Miksi oikaistaan").fill("Lukko oli viallinen.")
    press(page, "Tallenna")
    expect(page.get_by_text("Lukko oli viallinen.")).to_be_visible()
    expect(page.get_by_text(re.compile(rf"{FEE}\s€"))).to_have_count(0)
    found += violations(visitor)
    assert not found, "\n".join(found)


def test_whoever_is_on_call_asks_on_a_telephone(meet: Meet) -> None:
    office, caretaker = meet(), meet()
    office.sign_in("sop")
    _home, address, number = home_of_a_tenant(office)
    page = caretaker.page
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a size
    caretaker.sign_in("huo")
    found: list[str] = []

    def look() -> None:
        found.extend(violations(caretaker))
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= PHONE["width"], f"{page.url} scrolls sideways: {wide}"

    assert caretaker.open(ON_CALL).status == 200
    look()
    press(page, "Kysy")
    expect(page.locator(".error-summary")).to_be_visible()
    look()
    page.get_by_label("Huoneiston osoite").fill(address)
    ask(page, "9999999")
    expect(page.get_by_text("Ei voida vahvistaa.")).to_be_visible()
    expect(page.get_by_text("Huoneiston avaimet")).to_have_count(0)
    look()
    ask(page, number)
    expect(page.get_by_text("Saa päästää.")).to_be_visible()
    expect(page.get_by_text("Huoneiston avaimet")).to_be_visible()
    expect(page.locator("main a[href^='tel:+358']").first).to_be_visible()
    look()
    follow(page, page.get_by_role("link", name="Tilaa ovenavaus"))
    look()
    page.get_by_label("Kuka avaa").select_option("0")
    press(page, "Tilaa")
    look()
    follow(page, page.get_by_role("link", name="Kirjaa tulos"))
    page.get_by_label("Tulos").select_option("not_opened")
    press(page, "Tallenna")
    expect(page.locator(".page-title")).to_contain_text("Ei avattu")
    look()
    for address in (LIST, "/ovet/vuorot/"):
        caretaker.open(address)
        look()
    assert not found, "\n".join(found)


def test_the_closed_view_tells_when_it_opens(visitor: Visitor) -> None:
    visitor.sign_in("sop")
    assert visitor.open(ON_CALL).status == 403
    expect(visitor.page.get_by_text("Et ole nyt päivystysvuorossa.")).to_be_visible()
    found = violations(visitor)
    assert not found, "\n".join(found)
