"""Turvakielto in a real browser: recorded by one clerk, opened for a reason, ended by two."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Meet, Visitor

pytestmark = pytest.mark.browser
CLOSED = "Turvakielto – ei näytetä"


def protected_card(visitor: Visitor) -> str:
    """The card of somebody with a turvakielto, from the list; its path."""
    for number in range(1, 6):
        visitor.open(f"/henkilot/?sivu={number}")
        row = visitor.page.locator("tbody tr", has=visitor.page.locator(".chip.priv"))
        if row.count():
            return str(row.first.locator("th a").get_attribute("href"))
    raise AssertionError("nobody in the first pages has a turvakielto")


def test_a_detail_opens_by_two_clicks_and_words_and_closes(meet: Meet) -> None:
    clerk = meet()
    page = clerk.sign_in("sop")
    card = protected_card(clerk)
    clerk.open(card)
    expect(page.get_by_text(CLOSED)).to_be_visible()
    expect(page.locator(".protection-banner")).to_be_visible()
    ask = page.get_by_label("Näytä…, Puhelin")
    ask.click()
    panel = page.locator("details[open] .reveal-panel")
    panel.get_by_role("button", name="Näytä 60 sekuntia").click()
    expect(page.locator(".revealed")).to_have_count(0)  # the browser asks for the words first
    panel.locator("input[name=reason_text]").fill("Vesivahinko")
    panel.get_by_role("button", name="Näytä 60 sekuntia").click()
    expect(page.locator(".revealed")).to_have_text(re.compile(r"0\d\d\s\d{3}\s\d{4}"))
    expect(page.locator("[data-countdown]")).to_have_text(re.compile(r"^(60|5\d) s$"))
    page.get_by_role("button", name="Piilota, Puhelin").click()
    expect(page.locator(".revealed")).to_have_count(0)
    clerk.open(card)
    page.get_by_role("button", name="Näytä, Sähköposti").click()
    expect(page.locator(".revealed")).to_have_text(re.compile("@example"))


def test_without_scripts_the_same(meet: Meet) -> None:
    clerk = meet(javascript=False)
    page = clerk.sign_in("hak")
    clerk.open(protected_card(clerk))
    page.get_by_label("Näytä…, Puhelin").click()
    page.locator("details[open] input[name=reason_text]").fill("Vesivahinko")
    page.locator("details[open]").get_by_role("button", name="Näytä 60 sekuntia").click()
    expect(page.locator(".revealed")).to_have_text(re.compile(r"0\d\d\s\d{3}\s\d{4}"))
    page.get_by_role("link", name="Piilota").click()
    expect(page.get_by_text(CLOSED)).to_be_visible()


def test_a_ban_is_recorded_by_one_and_ended_by_two(meet: Meet) -> None:
    clerk, registrar = meet(), meet()
    page = clerk.sign_in("sop2")
    card = clerk.open_card()
    page.get_by_label("Muut toiminnot").click()
    page.get_by_role("link", name="Turvakielto", exact=True).click()
    page.get_by_role("link", name="Merkitse turvakielto").click()
    page.get_by_label("Voimassa asti").fill("31.12.2030")
    page.get_by_role("button", name="Tallenna").click()
    expect(page.get_by_text("Tarkistettavat asiat").first).to_be_visible()
    clerk.open(card)
    expect(page.get_by_text(CLOSED).first).to_be_visible()
    clerk.open(card.replace("/henkilot/", "/turvakielto/") + "paattaminen/")
    page.get_by_label("Peruste").fill("DVV ilmoitti päättymisestä")
    page.get_by_role("button", name="Tallenna").click()
    expect(page.get_by_text("Päättämistä on ehdotettu.").first).to_be_visible()
    expect(page.get_by_role("link", name="Käsittele päättäminen")).to_have_count(0)

    other = registrar.sign_in("rek")
    registrar.open(card.replace("/henkilot/", "/turvakielto/"))
    other.get_by_role("link", name="Käsittele päättäminen").click()
    other.get_by_role("button", name="Hyväksy päättäminen").click()
    expect(other.locator(".protection-banner")).to_have_count(0)
    expect(other.get_by_text(CLOSED)).to_have_count(0)
