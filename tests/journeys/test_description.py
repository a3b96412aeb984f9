"""The registrar publishes the description; a clerk reads it and takes the paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Meet

pytestmark = pytest.mark.browser


def test_a_changed_company_leads_to_a_new_version(meet: Meet) -> None:
    main_user = meet()
    page = main_user.sign_in("paa")
    main_user.open("/hallinta/vuokra_company/company/1/change/")
    page.locator("#id_email").fill("uusi@example.fi")
    page.locator("[name=_save]").click()

    registrar = meet()
    page = registrar.sign_in("rek")
    page.get_by_role("link", name="Rekisteriseloste").click()
    page.get_by_role("link", name="3 kohtaa eroaa julkaistusta").click()
    expect(page.locator("ins", has_text="uusi@example.fi").first).to_be_visible()
    registrar.open("/rekisteriseloste/")
    page.get_by_role("link", name="Julkaise uusi versio").click()
    page.get_by_label("Mikä muuttui").fill("Sähköpostiosoite")
    page.get_by_label("Version tunnus").fill("1")
    page.get_by_role("button", name="Julkaise").click()
    expect(page.locator(".field.invalid")).to_contain_text("on jo olemassa")
    expect(page.get_by_label("Mikä muuttui")).to_have_value("Sähköpostiosoite")
    page.get_by_label("Version tunnus").fill("3")
    page.get_by_role("button", name="Julkaise").click()
    expect(page.get_by_text("Seloste on julkaistu.")).to_be_visible()
    expect(page.get_by_text("uusi@example.fi").first).to_be_visible()

    clerk = meet(javascript=False)
    page = clerk.sign_in("sop")
    clerk.open("/rekisteriseloste/viimeisin/")
    expect(page.get_by_role("heading", name="5 Rekisterin tietosisältö")).to_be_visible()
    expect(page.get_by_role("link", name="Seloste käsittelytoimista")).to_have_count(0)
    paper = page.get_by_role("link", name="PDF suomeksi").get_attribute("href")
    answer = page.request.get(f"{clerk.site.base_url}{paper}")
    assert answer.body().startswith(b"%PDF")
