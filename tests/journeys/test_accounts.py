"""The main user's work: a new account from its making to its end, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Meet, Visitor

pytestmark = pytest.mark.browser
PASSWORD = "hiljainen korppi lentää etelään"


def make_account(page: Page, visitor: Visitor, username: str, name: str) -> str:
    """An account with a printed activation link; the link."""
    visitor.open("/hallinta/vuokra_accounts/user/add/")
    page.locator("#id_username").fill(username)
    page.locator("#id_full_name").fill(name)
    page.locator("[name=_save]").click()
    page.get_by_role("link", name="Tulosta aktivointilinkki").click()
    page.get_by_role("button", name="Tulosta aktivointilinkki").click()
    return page.locator("code").inner_text()


def give_role(page: Page, visitor: Visitor, username: str, role: str) -> None:
    """A role from today on."""
    visitor.open("/hallinta/vuokra_accounts/rolegrant/add/")
    option = page.locator("#id_user option").filter(has_text=f"({username})")
    page.locator("#id_user").select_option(option.get_attribute("value"))
    page.locator("#id_role").select_option(role)
    page.locator("#id_reason").fill("Uusi tehtävä")
    page.locator("[name=_save]").click()
    page.wait_for_url("**/rolegrant/")


def activate(visitor: Visitor, link: str) -> None:
    """Open the account: errors first, then the password and the duty of confidentiality."""
    page = visitor.page
    page.goto(link)
    page.get_by_label("Salasana", exact=True).fill("salasana")
    page.get_by_label("Salasana uudelleen").fill("salasana")
    page.get_by_label(re.compile("Olen saanut ohjeet")).check()
    page.get_by_role("button", name="Ota käyttöön").click()
    expect(page.locator(".error-summary, .field.invalid").first).to_be_visible()
    page.get_by_label("Salasana", exact=True).fill(PASSWORD)
    page.get_by_label("Salasana uudelleen").fill(PASSWORD)
    page.get_by_label(re.compile("Olen saanut ohjeet")).check()
    page.get_by_role("button", name="Ota käyttöön").click()
    page.wait_for_url("**/kirjaudu/")


def test_a_new_clerk_from_account_to_work_and_to_the_end(meet: Meet) -> None:
    """DP-A7 at its end: a closed account's session dies at once."""
    main_user, clerk = meet(), meet()
    desk = main_user.sign_in("paa")
    link = make_account(desk, main_user, "tulokas", "Tuomo Tulokas")
    activate(clerk, link)
    assert clerk.page.goto(link).status == 404, "the link opens once"
    page = clerk.sign_in("tulokas", PASSWORD)
    assert clerk.open("/henkilot/").status == 403

    give_role(desk, main_user, "tulokas", "SOP")
    assert clerk.open("/henkilot/").status == 200
    expect(page.locator("tbody tr").first).to_be_visible()

    main_user.open("/hallinta/vuokra_accounts/user/")
    desk.get_by_role("link", name="tulokas", exact=True).click()
    desk.get_by_role("link", name="Sulje tunnus").click()
    desk.get_by_role("button", name="Sulje tunnus").click()
    clerk.open("/henkilot/")
    assert "/kirjaudu/" in page.url
    assert page.locator("tbody tr").count() == 0


def test_the_log_inspectors_role_waits_for_a_second_main_user(meet: Meet) -> None:
    first, second, clerk = meet(), meet(), meet()
    desk = first.sign_in("paa")
    activate(clerk, make_account(desk, first, "tarkkailija", "Tarmo Tarkkailija"))
    give_role(desk, first, "tarkkailija", "TAR")
    clerk.sign_in("tarkkailija", PASSWORD)
    assert clerk.open("/kayttoloki/").status == 403

    other = second.sign_in("paa2")
    second.open("/hallinta/vuokra_accounts/rolegrant/?tila=odottaa")
    other.get_by_role("link", name=re.compile("Tarmo Tarkkailija")).click()
    other.get_by_role("link", name="Hyväksy").click()
    other.get_by_role("button", name="Hyväksy").click()
    assert clerk.open("/kayttoloki/").status == 200


def test_the_main_user_sees_nobody(visitor: Visitor) -> None:
    visitor.sign_in("paa")
    for path in ("/henkilot/", "/henkilot/haku/", "/henkilot/uusi/", "/kayttoloki/"):
        assert visitor.open(path).status == 403, path
    visitor.open("/hallinta/")
    expect(visitor.page.get_by_role("link", name="henkilö")).to_have_count(0)
