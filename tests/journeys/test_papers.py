"""A letter from the card to the file, and a copy of one's data gone through part by part."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page
from pypdf import PdfReader

from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.full, pytest.mark.usefixtures("at_work")]


def test_a_letter_is_ordered_and_opened(visitor: Visitor) -> None:
    page = visitor.sign_in("sop")
    card = visitor.open_card()
    visitor.open(card)
    page.get_by_role("link", name="Asiakirjat", exact=True).click()
    page.get_by_role("button", name="Tee tarkistuskirje").click()
    page.get_by_text("SHA-256").wait_for()
    with page.expect_download() as started:
        page.get_by_role("link", name="Lataa PDF").click()
    name = started.value.suggested_filename
    assert re.fullmatch(r"asiakirja-[0-9a-f]{12}\.pdf", name)
    pdf = PdfReader(io.BytesIO(Path(started.value.path()).read_bytes()))
    assert "Asiakasnumero" in pdf.pages[0].extract_text()
    visitor.open(card)
    assert page.get_by_role("link", name="Tarkista yhteystietosi").count()


def go_through(page: Page) -> list[str]:
    """Leave out every place of a copy that is about others and read its parts; what was left out.

    Begins and ends on the page of the copy.
    """
    left_out = []
    page.get_by_role("heading", name="Tietojen osat").wait_for(timeout=60_000)
    copy = page.url
    for _part in range(20):
        following = page.get_by_role("link", name=re.compile("^Jatka tarkistusta"))
        if not following.count():
            break
        with page.expect_navigation():
            following.click()
        while (place := _undecided(page)) is not None:
            left_out.append(place.locator("strong").inner_text())
            place.locator("select[name=choice]").select_option("peita:other")
            with page.expect_navigation():
                place.get_by_role("button").click()
        read = page.get_by_role("button", name="Olen lukenut tämän osan")
        if read.count():
            with page.expect_navigation():
                read.click()
        page.goto(copy)
    return left_out


def _undecided(page: Page) -> Locator | None:
    """The first place of the page that is not decided on."""
    for choice in page.locator("select[name=choice]").filter(visible=True).all():
        if choice.input_value() == "":
            return choice.locator("xpath=ancestor::div[@id][1]")
    return None


def test_a_copy_is_gone_through_part_by_part(visitor: Visitor) -> None:
    page = visitor.sign_in("rek")
    visitor.open("/tietopyynnot/kopio/")
    page.locator("th[scope=row] a").last.click()  # the demo company's
    assert go_through(page)
    page.get_by_text("Kaikki on tarkistettu.").wait_for()
    assert page.get_by_text("Ratkaistava").count() == 0
