"""Consents and objections in a real browser: by one click, also without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Meet, Visitor

pytestmark = pytest.mark.browser


def consent_by_form(visitor: Visitor, tab: str) -> None:
    """Record a consent to e-mail on a form; `tab` is the path of the person's consents."""
    page = visitor.page
    visitor.open(f"{tab}suostumus/")
    page.get_by_label("Suoramarkkinointi (versio 1)").check()
    page.get_by_label("Sähköposti").check()
    page.get_by_label("Miten henkilö ilmoitti").select_option(label="Lomakkeella")
    page.get_by_label("Tietosuojaseloste, joka annettiin").select_option(label="1")
    page.get_by_role("button", name="Tallenna").click()
    page.wait_for_url(f"**{tab}")


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
def test_a_consent_is_given_taken_back_and_marketing_forbidden(
    meet: Meet, javascript: bool
) -> None:
    clerk = meet(javascript=javascript)
    page = clerk.sign_in("sop")
    card = clerk.open_card("Ei suostumusta")
    page.locator(".tabs").get_by_role("link", name="Suostumukset", exact=True).click()
    consent_by_form(clerk, card.replace("/henkilot/", "/suostumukset/"))
    mail = page.locator("tbody tr", has_text="Sähköposti").first
    expect(mail).to_contain_text("Sallittu")
    page.get_by_role("button", name="Peruuta suostumus, Suoramarkkinointi, Sähköposti").click()
    expect(mail).to_contain_text("Peruutettu")
    page.get_by_label("Miten henkilö ilmoitti").select_option(label="Puhelimessa")
    page.get_by_role("button", name="Kiellä kaikki markkinointi ja kyselyt").click()
    expect(page.get_by_text("Kielto on voimassa.").first).to_be_visible()
    expect(mail).to_contain_text("Kielletty")
    expect(mail).to_contain_text("Puhelimessa")
    partners = page.locator("tbody", has_text="Kumppanin tai konsernin markkinointi")
    expect(partners.get_by_text("Kielletty", exact=True)).to_have_count(5)
    clerk.open(card)
    expect(page.locator(".page-title")).to_contain_text("Markkinointikielto")
