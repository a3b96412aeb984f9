"""A whole request of access, from the telephone to its closing, by those whose work it is."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.journeys.conftest import Meet, Visitor
from tests.journeys.test_papers import go_through

pytestmark = [pytest.mark.browser, pytest.mark.full, pytest.mark.usefixtures("at_work")]


PRIMARY = ".page-head .button.primary"


def take_step(page: Page, label: str) -> None:
    """The primary button of the request, which names the next step."""
    step = page.locator(PRIMARY)
    expect(step).to_have_text(label)  # waits: the step before it may still be on its way
    page.wait_for_load_state()
    with page.expect_navigation():
        step.click()


def taken_in(clerk: Visitor) -> tuple[str, str]:
    """A clerk answers the telephone: the number of the request, and who lives with the person."""
    page = clerk.sign_in("sop")
    clerk.open_card("Asuu myös")
    housemate = page.locator("dt", has_text="Asuu myös").locator("xpath=..").locator("a").first
    name = housemate.inner_text()
    page.get_by_label("Muut toiminnot").click()
    page.get_by_role("link", name="Uusi tietopyyntö").click()
    page.locator("select[name=channel]").select_option(label="Puhelin")
    page.get_by_label("Tarkastusoikeus").check()
    page.get_by_label("Mitä pyydetään").fill("Kaikki, mitä minusta on.")
    page.get_by_role("button", name="Kirjaa pyyntö").click()
    told = page.get_by_text("Rekisteriasioiden hoitaja vastaa siihen.").first.inner_text()
    number = re.search(r"TP-\d+-\d+", told)
    assert number is not None, told
    return number[0], name


def open_documents(page: Page) -> None:
    """Every document that goes along with the copy; which there are is up to the person's past."""
    for link in page.locator("a[href*='/liite/']").all():
        with page.expect_download() as download:
            link.click()
        assert Path(download.value.path()).stat().st_size


def opened(pdf: Path, password: str) -> str:
    """Everything that the package tells: the pages and the files attached to them."""
    reader = PdfReader(io.BytesIO(pdf.read_bytes()))
    assert reader.is_encrypted
    assert reader.decrypt(password)
    files = [content.decode() for name, all_ in reader.attachments.items()
             if name.endswith(".json") for content in all_]  # fmt: skip
    assert files
    return "\n".join([page.extract_text() for page in reader.pages] + files)


def test_access_from_the_telephone_to_the_closing(meet: Meet) -> None:
    clerk, registrar, other = meet(), meet(), meet()
    number, housemate = taken_in(clerk)
    address = f"/tietopyynnot/{number.lower()}/"
    assert clerk.open(address).status == 403  # whoever took it in does not answer it

    page = registrar.sign_in("rek")
    registrar.open(address)
    take_step(page, "Ota käsittelyyn")
    take_step(page, "Varmista henkilöllisyys")
    call = page.get_by_label("Soitettiin rekisterin numeroon")
    expect(call).to_have_count(0)  # a call is not enough for a copy, and is not offered
    page.get_by_label("Kuvallinen henkilötodistus nähtiin käynnillä").check()
    page.get_by_role("button", name="Tallenna").click()
    expect(page.get_by_text("Henkilöllisyys on varmistettu.").first).to_be_visible()

    take_step(page, "Kokoa tiedot")
    take_step(page, "Tarkista koottu jäljennös")
    left_out = go_through(page)
    assert set(housemate.split()) <= set(" ".join(left_out).split())
    page.get_by_role("link", name="Pyynnön sivulle").click()
    take_step(page, "Ratkaise: tarkastusoikeus")
    page.get_by_label("Toteutetaan", exact=True).check()
    page.get_by_role("button", name="Tallenna").click()
    take_step(page, "Anna tarkastettavaksi")
    expect(page.locator(PRIMARY)).to_have_count(0)  # nobody approves his own

    second = other.sign_in("rek2")
    other.open(address)
    take_step(second, "Tarkasta ja hyväksy")
    second.get_by_role("link", name="Katso annettavana").click()
    expect(second.get_by_text(housemate)).to_have_count(0)
    open_documents(second)
    other.open(address)
    take_step(second, "Tarkasta ja hyväksy")
    second.get_by_role("button", name="Hyväksy vastaus").click()
    expect(second.get_by_text("Vastaus on hyväksytty.").first).to_be_visible()

    registrar.open(address)
    take_step(page, "Tee jäljennös annettavaksi")
    page.get_by_role("button", name="Tee salattu paketti").click()
    expect(page.get_by_text("Paketti on valmis.")).to_be_visible()
    password = page.locator("code.secret").inner_text()
    with page.expect_download() as download:
        page.get_by_role("button", name="Lataa paketti").click()
    told = opened(Path(download.value.path()), password)
    assert number in told
    assert [name for name in housemate.split() if name in told] == []
    page.get_by_role("link", name="Takaisin pyyntöön").click()

    take_step(page, "Kirjaa toimitus")
    page.get_by_label("Luovutettu paikan päällä").check()
    page.get_by_role("button", name="Tallenna").click()
    expect(page.locator(".error-summary")).to_be_visible()  # nothing is delivered without a proof
    page.get_by_label("Mikä osoittaa toimituksen").fill("Kuittaus saatu")
    page.get_by_role("button", name="Tallenna").click()
    expect(page.get_by_text("Vastaus on kirjattu toimitetuksi.").first).to_be_visible()
    take_step(page, "Sulje pyyntö")
    expect(page.get_by_text("Pyyntö on suljettu.").first).to_be_visible()
    expect(page.locator(".page-title")).to_contain_text("Suljettu")
