"""The import of homes: a file is checked row by row, and taken in whole or not at all."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import pytest

from leases.homes.imports import IMPORTER
from leases.homes.models import Building, Flat, Funding, Regime, Site, Stair
from tests.people import system_access
from vuokra.imports import services
from vuokra.imports.registry import Report

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)
HEAD = (
    "Kohdenumero;Kohteen nimi;Postinumero;Postitoimipaikka;Osoite;Huoneita;Keittiö;Pinta-ala;"
    "Kerros;Varustelu;Hissi;Rahoitusmuoto;Rajoitus alkoi;Rajoitus päättyy"
)
PLACE = "101;Koivurinne;97999;Hillakoski"
GOOD = (
    f"{PLACE};Koulukatu 5 A 1;2;kk;45,5;1;Parveke, sauna;kyllä;pitkä korkotuki;1.6.1987;31.5.2032",
    f"{PLACE};Koulukatu 5 A 2;3;k;68;2;;kyllä;arava;1.6.1987;",
    "101;;;;Koulukatu 5 B 3;1;avok;32.5;;;;;;",
    "102;Rantapiha;97999;Hillakoski;Rantatie 3 4;4;;84;1;oma piha;;vapaa;1.1.2000;",
)


def read(*rows: str, head: str = HEAD) -> tuple[Report, int, int]:
    file = io.BytesIO("\n".join([head, *rows]).encode())
    with system_access():
        run, result = services.import_now(
            IMPORTER, file, today=TODAY, tell=lambda *_: None, dry_run=False
        )
    return result.report, run.new, run.known


def test_flats_come_in_with_their_houses_and_again_nothing_changes() -> None:
    report, new, known = read(*GOOD)
    assert (report.errors, new, known) == (0, 4, 0)
    assert [flat.address for flat in Flat.objects.order_by("sort_key")] == [
        "Koulukatu 5 A 1", "Koulukatu 5 A 2", "Koulukatu 5 B 3", "Rantatie 3 4",
    ]  # fmt: skip
    first = Flat.objects.get(address="Koulukatu 5 A 1")
    assert (first.rooms, first.kitchen, first.area) == (2, "kk", Decimal("45.5"))
    assert first.equipment == ["balcony", "sauna"] and first.stair.lift
    assert Regime.objects.get(flat=first).funding == Funding.LONG_SUBSIDY
    assert (Site.objects.count(), Building.objects.count(), Stair.objects.count()) == (2, 2, 3)
    report, new, known = read(*GOOD)
    assert (report.errors, new, known) == (0, 0, 4)
    assert Flat.objects.count() == 4 and Regime.objects.count() == 3


@pytest.mark.parametrize(
    ("bad", "column"),
    [
        (f"{PLACE};Koulukatu;2;kk;45;;;;;;", "address"),
        (f"{PLACE};Koulukatu 5 A 9;nolla;kk;45;;;;;;", "rooms"),
        (f"{PLACE};Koulukatu 5 A 9;2;kk;suuri;;;;;;", "area"),
        (f"{PLACE};Koulukatu 5 A 9;2;uuni;45;;;;;;", "kitchen"),
        (f"{PLACE};Koulukatu 5 A 9;2;kk;45;;uima-allas;;;;", "equipment"),
        (f"{PLACE};Koulukatu 5 A 9;2;kk;45;;;;arava;;", "funding_from"),
        (f"{PLACE};Koulukatu 5 A 9;2;kk;45;;;;arava;1.6.2000;1.6.1999", "funding_to"),
        (f"{PLACE};Koulukatu 5 A 1;2;kk;45;;;;;;", "address"),
        ("101;Toinen nimi;97999;Hillakoski;Koulukatu 5 A 9;2;kk;45;;;;;;", "site"),
        ("103;;;;Ylätie 1 A 1;2;kk;45;;;;;;", "site_name"),
        ("103;Ylä;97999;Hillakoski;Koulukatu 5 A 9;2;kk;45;;;;;;", "site"),
        ("101;Talo 150685-906N;97999;Hillakoski;Koulukatu 5 A 9;2;kk;45;;;;;;", "site_name"),
    ],
)
def test_one_bad_row_keeps_the_whole_file_out(bad: str, column: str) -> None:
    report, new, _known = read(*GOOD, bad)
    assert report.errors >= 1 and new in (0, 4)
    assert column in {note.column for note in report.notes}
    assert {note.row for note in report.notes} == {6}
    assert not Flat.objects.exists() and not Site.objects.exists()
    assert "150685" not in " ".join(note.text for note in report.notes)


def test_english_headers_do_too() -> None:
    head = "Site number,Site name,Postcode,Town,Address,Rooms,Area"
    report, new, _known = read(
        "101,Koivurinne,97999,Hillakoski,Koulukatu 5 A 1,2,45.5",
        head=head.replace("Postcode", "Postal code"),
    )
    assert (report.errors, new) == (0, 1)


@pytest.mark.full
def test_thousands_of_flats_take_seconds() -> None:
    rows = [
        f"{number // 40 + 1};Kohde {number // 40};97999;Hillakoski;Koulukatu {number // 40 + 1} "
        f"A {number % 40 + 1};2;kk;45;1;;;arava;1.1.1990;"
        for number in range(4_000)
    ]
    report, new, _known = read(*rows)
    assert (report.errors, new) == (0, 4_000)
    assert Site.objects.count() == 100
