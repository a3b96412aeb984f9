"""Article 20: what the person gave on contract or consent, by the register items themselves."""

from __future__ import annotations

import pytest

from registry.copies.portability import ADDED, BASES, LEFT_OUT, PORTABLE, goes_along, is_portable
from vuokra.policy.groups import Group
from vuokra.policy.items import ITEMS, ItemKind
from vuokra.policy.register.model import RegisterItem, column

EXTRACT = {
    "PT-NIMI", "PT-HETU", "PT-SYNT", "PT-OSOITE", "PT-PUH", "PT-EMAIL",
    "HK-TALOUSLKM", "HK-TALOUSNIMI", "HK-VELKAJ", "HK-PERINTÄ", "HK-EDUNV", "HK-HUOLT",
    "HK-MAKSUS", "HK-TAKAUS",
    "VS-SOP", "VS-MAKSU", "VS-VAKUUS", "VS-VIESTI", "VS-PÄÄT", "VS-TILI-IRT", "VS-TILI-VAK",
    "MU-ELÄMÄ", "MU-VERKOSTO", "MU-HAAST", "MU-MARKVAST", "MU-LUPA", "MU-KIELTO",
}  # fmt: skip
STAYS = {
    # the company's own: numbers, notes, measures, marketing, its papers
    "PT-RYHMÄ", "PT-HIST", "HK-ASNRO", "HK-ALKU", "VS-YHTEYS", "VS-TOIMI", "MU-MARK",
    "MU-MARKKÄYTTÖ", "ASIAKIRJA", "PAPERI",
    # of others, or by law, or of the dead
    "HK-TALOUSHETU", "HK-LUOTTO", "MU-PUOLTO", "MU-SUUNN", "MU-TUKIYHT", "MU-YHTSOP", "MU-TURVA",
    "KUOLEMA", "KUOLINPESÄ",
}  # fmt: skip


def on_contract_or_consent() -> set[str]:
    return {
        code
        for code, item in ITEMS.items()
        if item.kind is ItemKind.COLUMN and not BASES.isdisjoint(item.legal_bases)
    }


def test_which_items_the_extract_holds() -> None:
    assert PORTABLE == EXTRACT


def test_a_new_item_on_contract_or_consent_is_looked_at() -> None:
    """Whoever adds an item on contract or consent writes here whether it goes along."""
    assert on_contract_or_consent() - EXTRACT == STAYS


def test_what_is_decided_by_hand_is_needed() -> None:
    """Nothing is added that comes along by itself, or left out that would not come."""
    assert not any(goes_along(ITEMS[code]) for code in ADDED)
    assert all(goes_along(ITEMS[code]) for code in LEFT_OUT)


def made(purposes: str, sources: str) -> RegisterItem:
    return column(
        "S5-99", "UUSI", "uusi tieto", "new data", "A", group=Group.PERSON, purposes=purposes,
        subjects="VU", seen="SOP", retention="R6", sources=sources, built=True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("purposes", "sources", "goes"),
    [
        ("P3", "ASIAKAS", True),  # contract
        ("P12", "ASIAKAS", True),  # consent
        ("P9", "ASIAKAS MUU", True),  # explicit consent among others
        ("P2", "HAK", False),  # the selection: a public task
        ("P3", "TAPAHT", False),  # what the company noted
        ("P3", "DVV", False),
        ("P3", "", False),  # the register makes it itself
        ("P14", "ASIAKAS", False),  # a duty of law
    ],
)
def test_a_new_item_comes_along_by_basis_and_source(
    purposes: str, sources: str, goes: bool
) -> None:
    assert goes_along(made(purposes, sources)) is goes


@pytest.mark.parametrize(
    ("code", "source", "portable"),
    [
        ("PT-OSOITE", "SRC-ASIAKAS", True),
        ("PT-OSOITE", "SRC-DVV", False),
        ("VS-SOP", None, True),
        ("MU-LUPA", "SRC-ASIAKAS", True),
        ("VS-YHTEYS", None, False),  # a note of staff
        ("HK-LUOTTO", None, False),
        ("SY-06", None, False),
        ("HK-ARA", None, False),
    ],
)
def test_which_rows_go_into_the_extract(code: str, source: str | None, portable: bool) -> None:
    assert is_portable([code], source) is portable
