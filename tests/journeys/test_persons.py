"""What the staff do with people all day, in a real browser on the whole site."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import HETU, Meet, Visitor

pytestmark = pytest.mark.browser
PHONE = re.compile(r"0\d\d \d{3} \d{4}")


def test_find_by_keyboard_open_reveal_and_hide(visitor: Visitor) -> None:
    page = visitor.sign_in("sop")
    visitor.open_card()
    surname = page.locator("h1").inner_text().split()[0]

    page.locator("h1").click()
    page.keyboard.press("/")
    expect(page.locator("#search-field")).to_be_focused()
    page.keyboard.type(surname)
    page.keyboard.press("Enter")
    page.wait_for_url("**/haku/")
    assert surname.lower() not in page.url.lower()
    assert surname not in page.title()
    expect(page.get_by_role("link", name=re.compile(surname)).first).to_be_visible()

    visitor.open_card()
    assert not HETU.search(page.content())
    page.get_by_role("button", name="Näytä, henkilötunnus").click()
    expect(page.locator(".revealed")).to_have_text(HETU)
    expect(page.locator("[data-countdown]")).to_have_text(re.compile(r"^(60|5\d) s$"))
    page.get_by_role("button", name="Piilota, henkilötunnus").click()
    assert not HETU.search(page.content())
    expect(page.get_by_role("button", name="Näytä, henkilötunnus")).to_be_focused()


def test_one_sees_oneself_in_who_has_looked(visitor: Visitor) -> None:
    page = visitor.sign_in("sop2")
    visitor.open_card()
    page.reload()
    lookers = page.locator(".lookers li")
    expect(lookers.filter(has_text="Soini Sorjamo").nth(1)).to_be_visible()
    visitor.open("/kayttoloki/omat/")
    expect(page.locator("tbody tr").first).to_be_visible()


def test_a_reveal_shows_in_the_log_to_the_log_inspector(meet: Meet) -> None:
    clerk = meet()
    page = clerk.sign_in("tal")
    clerk.open_card()
    number = re.search(r"Asiakas (\d+)", page.locator(".facts").inner_text())
    assert number is not None
    page.get_by_role("button", name="Näytä, henkilötunnus").click()
    expect(page.locator(".revealed")).to_have_text(HETU)

    inspector = meet()
    log = inspector.sign_in("tar")
    inspector.open("/kayttoloki/")
    row = log.locator("tbody tr").filter(has_text="Taimi Talvela").filter(has_text=number[1])
    expect(row.first).to_be_visible()
    assert not HETU.search(log.content())
    answer = inspector.open("/henkilot/")
    assert answer.status == 403


def test_an_error_keeps_what_was_typed_and_the_correction_is_saved(visitor: Visitor) -> None:
    page = visitor.sign_in("hak")
    card = visitor.open_card()
    page.get_by_role("link", name="Lisää yhteystieto").click()
    page.get_by_label("Laji").select_option(label="Puhelin")
    page.get_by_label("Numero tai osoite").fill("040 x12")
    with page.expect_response(lambda answer: answer.request.method == "POST") as answer:
        page.get_by_role("button", name="Tallenna").click()
    assert answer.value.status == 422
    expect(page.locator(".error-summary")).to_be_focused()
    page.locator(".error-summary a").first.click()
    field = page.get_by_label("Numero tai osoite")
    expect(field).to_be_focused()
    expect(field).to_have_value("040 x12")
    expect(field).to_have_attribute("aria-invalid", "true")

    field.fill("049 x")
    page.get_by_role("button", name="Tallenna").click()
    expect(field).to_have_value("049 x")
    expect(page.locator(".error-summary")).to_be_focused()

    field.fill("049 999 8877")
    page.get_by_role("button", name="Tallenna").click()
    page.wait_for_url(f"**{card}*")
    expect(page.locator("#notices")).to_contain_text("Yhteystieto on lisätty.")
    expect(page.get_by_text("049 999 8877")).to_be_visible()


def test_the_language_changes_and_stays(visitor: Visitor) -> None:
    page = visitor.sign_in("joh")
    visitor.open("/ohje/")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    visitor.open("/henkilot/")
    expect(page.locator("h1")).to_have_text("People")
    visitor.open("/ohje/")
    page.get_by_role("button", name="Suomeksi").click()
    expect(page.locator("html")).to_have_attribute("lang", "fi")


def test_DP_A42_after_signing_out_the_back_button_shows_nothing(visitor: Visitor) -> None:
    page = visitor.sign_in("per")
    visitor.open_card()
    name = page.locator("h1").inner_text()
    page.get_by_role("button", name="Kirjaudu ulos").click()
    page.wait_for_url("**/kirjaudu/**")
    page.go_back()
    page.wait_for_load_state()
    assert name not in page.content()
    assert "/kirjaudu/" in page.url


def test_DP_A43_a_printed_card_has_no_identity_code(visitor: Visitor) -> None:
    page = visitor.sign_in("rek")
    visitor.open_card()
    page.get_by_role("button", name="Näytä, henkilötunnus").click()
    expect(page.locator(".revealed")).to_be_visible()
    page.emulate_media(media="print")
    assert not HETU.search(page.locator("body").inner_text())
    expect(page.locator(".print-only")).to_contain_text("Reetta Rekivaara")


def test_without_javascript_one_searches_opens_reveals_and_saves(meet: Meet) -> None:
    visitor = meet(javascript=False)
    page = visitor.sign_in("sop")
    card = visitor.open_card()
    surname = page.locator("h1").inner_text().split()[0]
    page.locator("#search-field").fill(surname)
    page.locator("#search-field").press("Enter")
    page.get_by_role("link", name=re.compile(surname)).first.click()

    visitor.open(card)
    page.get_by_role("button", name="Näytä, henkilötunnus").click()
    expect(page.locator(".revealed")).to_have_text(HETU)
    assert page.locator("meta[http-equiv=refresh]").get_attribute("content") == f"60; url={card}"
    page.get_by_role("link", name="Piilota").click()
    page.wait_for_url(f"**{card}")
    assert not HETU.search(page.content())

    page.get_by_role("link", name="Lisää yhteystieto").click()
    page.get_by_label("Laji").select_option(label="Sähköposti")
    page.get_by_label("Numero tai osoite").fill("ilman.skriptia@example.fi")
    page.get_by_role("button", name="Tallenna").click()
    expect(page.get_by_text("ilman.skriptia@example.fi")).to_be_visible()
