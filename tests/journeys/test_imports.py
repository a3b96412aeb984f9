"""Bringing people in from a file: three bad rows, mended, imported, and the same file again."""

from __future__ import annotations

import csv
import io
import re

import openpyxl
import pytest
from playwright.sync_api import FilePayload, expect

from tests.journeys.conftest import Meet, Visitor

pytestmark = pytest.mark.browser

HEADERS = ["Sukunimi", "ETUNIMET", "Personal identity code", "tunnisteen laji", "Puhelin", "Lähde"]
GOOD = [
    ["Koealku", "Aada", "010594Y9032", "keinotunnus", "049 111 0001", "Asuntohakemus"],
    ["Koejatko", "Åke", "020594X903P", "keinotunnus", "049 111 0002", "Vuokrasopimus"],
    ["Koeloppu", "Öörni", "030594W903B", "keinotunnus", "049 111 0003", "asiakas itse"],
    ["Koelisä", "Ulla", "040594V9030", "keinotunnus", "", ""],
]
CSV_TYPE = "text/csv"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def csv_file(rows: list[list[str]], encoding: str = "cp1252") -> FilePayload:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([HEADERS, *rows])
    return {"name": "a.csv", "mimeType": CSV_TYPE, "buffer": text.getvalue().encode(encoding)}


def xlsx_file(rows: list[list[str]]) -> FilePayload:
    book, content = openpyxl.Workbook(), io.BytesIO()
    for row in [HEADERS, *rows]:
        book.active.append(row)
    book.save(content)
    return {"name": "a.xlsx", "mimeType": XLSX_TYPE, "buffer": content.getvalue()}


def upload(visitor: Visitor, file: FilePayload) -> None:
    visitor.open("/henkilot/tuonti/")
    visitor.page.get_by_label("Tiedosto").set_input_files(file)
    visitor.page.get_by_role("button", name="Tarkista tiedosto").click()


@pytest.mark.usefixtures("at_work")
def test_three_bad_rows_mended_and_imported(visitor: Visitor) -> None:
    page = visitor.sign_in("sop")
    page.locator(".new-menu summary").click()
    page.get_by_role("link", name="Henkilöitä tiedostosta").click()
    expect(page.locator("h1")).to_have_text("Henkilöiden tuonti")

    bad = [list(row) for row in GOOD]
    bad[0][2], bad[1][4], bad[2][5] = "010594Y9033", "049 x", "naapuri"
    upload(visitor, csv_file(bad))
    expect(page.get_by_text("Tiedostossa on 3 virhettä.")).to_be_visible(timeout=30_000)
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(3)
    expect(rows.nth(0)).to_contain_text(re.compile(r"2\s*Henkilötunnus\s*Virhe\s*Tarkistusmerkki"))
    expect(rows.nth(1)).to_contain_text(re.compile(r"3\s*Puhelin"))
    expect(rows.nth(2)).to_contain_text(re.compile(r"4\s*Lähde"))
    assert "010594" not in page.content()
    with page.expect_download() as report:
        page.get_by_role("link", name="Lataa raportti").click()
    assert report.value.suggested_filename == "tuontiraportti.csv"

    page.get_by_role("link", name="Tuo korjattu tiedosto").click()
    upload(visitor, xlsx_file(GOOD))
    page.get_by_role("button", name="Tuo 4 henkilöä").click(timeout=30_000)
    expect(page.get_by_text("4 henkilöä tuotiin.")).to_be_visible(timeout=30_000)

    upload(visitor, xlsx_file(GOOD))
    expect(page.get_by_text("Kaikki ovat jo rekisterissä.")).to_be_visible(timeout=30_000)
    expect(page.get_by_role("button", name=re.compile("^Tuo "))).to_have_count(0)
    page.locator("#search-field").fill("Koejatko")
    page.locator("#search-field").press("Enter")
    expect(page.get_by_role("link", name=re.compile("Koejatko")).first).to_be_visible()


def test_what_is_no_table_is_told_at_the_field(visitor: Visitor) -> None:
    page = visitor.sign_in("rek")
    upload(visitor, {"name": "a.xlsx", "mimeType": XLSX_TYPE, "buffer": b"%PDF-1.7\n\0\0"})
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.locator(".field.invalid .error")).to_contain_text("ei ole taulukko")


@pytest.mark.usefixtures("at_work")
def test_without_javascript_the_page_follows_the_run(meet: Meet) -> None:
    visitor = meet(javascript=False)
    page = visitor.sign_in("hak")
    row = ["Koehiljainen", "Hilja", "050594U903M", "keinotunnus", "", ""]
    upload(visitor, csv_file([row], "utf-8"))
    page.get_by_role("button", name="Tuo 1 henkilö").click(timeout=30_000)
    expect(page.get_by_text("1 henkilö tuotiin.")).to_be_visible(timeout=30_000)
