"""The work queue by keyboard alone, and an idle page, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Meet, Visitor

pytestmark = pytest.mark.browser
NEW = "/tyojono/muistutukset/uusi/"


def remind(visitor: Visitor, text: str, due: str = "+0") -> None:
    """Write a reminder without the mouse: the text has the focus, Enter saves."""
    page = visitor.page
    visitor.open(NEW)
    expect(page.get_by_label("Muistutus", exact=True)).to_be_focused()
    page.keyboard.type(text)
    page.keyboard.press("Tab")
    page.keyboard.type(due)
    page.keyboard.press("Control+Enter")
    page.wait_for_url(visitor.site.base_url + "/")


def test_a_reminder_is_written_found_done_and_undone_by_keyboard(visitor: Visitor) -> None:
    page = visitor.sign_in("mar")  # nothing else waits for them
    assert page.url == visitor.site.base_url + "/"
    remind(visitor, "Tarkista lokakuun suoritukset")
    remind(visitor, "Soita Kelaan")
    expect(page.locator(".nav-item a[aria-current] .nav-count")).to_contain_text("2")

    page.keyboard.press("j")
    first = page.locator("tr[data-row]").first
    expect(first).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator("tr[data-row]").nth(1)).to_be_focused()
    expect(page.locator("tr[data-row][tabindex='0']")).to_have_count(1)
    page.keyboard.press("k")
    expect(first).to_be_focused()
    task = first.locator("[data-open]").inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url("**/tyojono/muistutukset/*/")
    expect(page.get_by_label("Muistutus", exact=True)).to_have_value(task)

    page.get_by_role("button", name="Merkitse tehdyksi").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(visitor.site.base_url + "/")
    expect(page.locator("#notices")).to_contain_text("Muistutus on merkitty tehdyksi.")
    expect(page.locator("tr[data-row]").filter(has_text=task)).to_have_count(0)
    page.get_by_role("button", name="Kumoa").focus()
    page.keyboard.press("Enter")
    expect(page.locator("tr[data-row]").filter(has_text=task)).to_have_count(1)


def test_g_t_leads_home_and_letters_in_a_field_do_not(visitor: Visitor) -> None:
    page = visitor.sign_in("hak")
    visitor.open("/asetukset/")
    page.keyboard.press("g")
    page.keyboard.press("t")
    page.wait_for_url(visitor.site.base_url + "/")
    visitor.open(NEW)
    field = page.get_by_label("Muistutus", exact=True)
    field.focus()
    page.keyboard.type("gt jk")
    expect(field).to_have_value("gt jk")


def test_shortcuts_are_turned_off_in_the_settings(visitor: Visitor) -> None:
    page = visitor.sign_in("val")
    remind(visitor, "Kutsu asuntonäyttöön")
    visitor.open("/asetukset/")
    page.get_by_role("button", name="Ota pois käytöstä").click()
    expect(page.get_by_role("button", name="Ota käyttöön")).to_be_visible()
    visitor.open("/")
    page.keyboard.press("j")
    expect(page.locator("tr[data-row]").first).not_to_be_focused()


def test_a_row_of_a_role_is_taken_and_handed_over(meet: Meet) -> None:
    clerk = meet()
    page = clerk.sign_in("sop")
    clerk.open(NEW)
    page.get_by_label("Muistutus", exact=True).fill("Vaihda oven nimikyltti")
    page.get_by_label("Määräpäivä").fill("+0")
    page.get_by_label("Kenelle").select_option("rooli:SOP")
    page.get_by_role("button", name="Tallenna").click()
    line = page.locator("tr[data-row]").filter(has_text="Vaihda oven nimikyltti")
    line.get_by_role("button", name="Ota, Vaihda oven nimikyltti").click()
    expect(line).to_contain_text("Sohvi S.")

    line.locator("a.plain").click()
    page.get_by_label("Kenelle").select_option(label="Soini Sorjamo")
    page.get_by_role("button", name="Siirrä", exact=True).click()
    expect(line).to_have_count(0)
    other = meet()
    other.sign_in("sop2")
    expect(
        other.page.locator("tr[data-row]").filter(has_text="Vaihda oven nimikyltti")
    ).to_contain_text("Soini S.")


def test_an_idle_page_warns_is_covered_and_goes_on(visitor: Visitor) -> None:
    page = visitor.page
    page.clock.install()
    visitor.sign_in("joh")
    visitor.open("/asetukset/")
    page.clock.run_for(13 * 60_000)
    expect(page.get_by_role("alertdialog")).to_be_visible()
    expect(page.get_by_role("button", name="Jatka työtä")).to_be_focused()
    expect(page.locator("h1")).to_be_visible()
    page.clock.run_for(2 * 60_000)
    expect(page.locator("h1")).to_be_hidden()
    with page.expect_response("**/istunto/") as answer:
        page.keyboard.press("Enter")
    assert answer.value.status == 204
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("#idle")).to_be_hidden()


def test_typing_keeps_the_session_alive(visitor: Visitor) -> None:
    page = visitor.page
    page.clock.install()
    visitor.sign_in("joh")
    visitor.open(NEW)
    with page.expect_response("**/istunto/") as answer:
        for _minute in range(7):
            page.keyboard.type("a")
            page.clock.run_for(60_000)
    assert answer.value.status == 204
    expect(page.locator("#idle")).to_be_hidden()


def test_without_javascript_a_reminder_is_written_and_done(meet: Meet) -> None:
    visitor = meet(javascript=False)
    page = visitor.sign_in("per")
    visitor.open(NEW)
    page.get_by_label("Muistutus", exact=True).fill("Lähetä maksusopimus")
    page.get_by_label("Määräpäivä").fill("+0")
    page.get_by_role("button", name="Tallenna").click()
    page.get_by_role("button", name="Kuittaa, Lähetä maksusopimus").click()
    page.get_by_role("button", name="Kumoa").click()
    expect(page.get_by_role("link", name="Lähetä maksusopimus", exact=True)).to_be_visible()
