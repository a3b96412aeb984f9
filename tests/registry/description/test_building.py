"""What the two documents hold, against the catalogue and the sections that people know."""

from __future__ import annotations

import re

import pytest

from registry.description import queries
from registry.description.rules import Line, Part, Section
from tests.people import system_access
from tests.registry.persons.conftest import TODAY
from vuokra.company.models import Company
from vuokra.policy import catalogue
from vuokra.policy.catalogue import ColumnRole, TableKind
from vuokra.policy.items import ALL_ITEMS, ItemKind
from vuokra.policy.retention import RETENTION
from vuokra.policy.roles import Purpose, Role
from vuokra.rules import queries as rule_queries
from vuokra.rules.errors import RuleMissing

SECTIONS_OF_2019 = [
    "Rekisterinpitäjä",
    "Rekisteriasioita hoitava henkilö",
    "Rekisterin nimi",
    "Henkilötietojen käyttötarkoitus",
    "Rekisterin tietosisältö",
    "Perustiedot",
    "Asunnon hakemiseen ja asiakkuuden alkamiseen liittyvät tiedot",
    "Vuokrasuhteeseen liittyvät tiedot",
    "Muut asiakkuuteen liittyvät tiedot",
    "Säännönmukaiset tietolähteet",
    "Tietojen luovuttaminen ja siirtäminen",
    "Rekisterin suojaus",
    "Manuaalinen aineisto",
    "Digitaalinen aineisto",
    "Tarkastus-, kielto- ja korjausoikeus",
    "Aukioloajat",
    "Yhteystiedot",
]


@pytest.fixture
def content(company: Company) -> dict[Part, tuple[Section, ...]]:
    with system_access():
        return queries.draft(TODAY).content


def lines(sections: tuple[Section, ...], code: str = "") -> list[Line]:
    found = [part for part in sections if not code or f"{part.code}.".startswith(f"{code}.")]
    return [line for part in found for block in part.blocks for line in block.lines]


def words(sections: tuple[Section, ...], code: str = "", language: int = 0) -> str:
    return "\n".join(cell[language] for line in lines(sections, code) for cell in line.cells)


def test_every_section_of_the_old_description_is_found(
    content: dict[Part, tuple[Section, ...]],
) -> None:
    titles = [section.title.fi for section in content[Part.NOTICE]]
    missing = [old for old in SECTIONS_OF_2019 if not any(t.startswith(old) for t in titles)]
    assert missing == []


@pytest.mark.parametrize("number", range(1, 10))
def test_sections_keep_the_numbers_that_people_know(
    content: dict[Part, tuple[Section, ...]], number: int
) -> None:
    by_code = {section.code: section.title.fi for section in content[Part.NOTICE]}
    known = [title for title in SECTIONS_OF_2019 if by_code[str(number)].startswith(title)]
    assert known


def test_record_equals_the_catalogue(content: dict[Part, tuple[Section, ...]]) -> None:
    """GDPR article 30: every column that holds personal data is in the record, and no other."""
    held = {
        f"{table.name}.{name}"
        for table in catalogue.tables()
        if table.kind is not TableKind.PLAIN
        for name, column in table.columns.items()
        if column.role is ColumnRole.ITEM
    }
    columns = [line.cells[-1].fi for line in lines(content[Part.RECORD], "D")]
    told = {place for places in columns for place in places.split(", ") if place}
    of_tests = "prototype"  # an app that only tests use; some of its items are planned
    assert {place for place in told ^ held if not place.startswith(of_tests)} == set()


def test_record_names_every_item_in_use(content: dict[Part, tuple[Section, ...]]) -> None:
    built = {item.id for item in ALL_ITEMS if item.kind is ItemKind.COLUMN and item.built}
    assert {line.key for line in lines(content[Part.RECORD], "D")} == built
    assert {line.key for line in lines(content[Part.NOTICE], "5")} >= built


def test_record_has_every_purpose_and_role(content: dict[Part, tuple[Section, ...]]) -> None:
    assert [line.key for line in lines(content[Part.RECORD], "B")] == list(Purpose)
    assert [line.key for line in lines(content[Part.RECORD], "I")] == list(Role)


def test_retention_stands_with_the_company_s_lengths(
    content: dict[Part, tuple[Section, ...]],
) -> None:
    kept = {line.key: line.cells[1] for line in lines(content[Part.NOTICE], "10")[1:]}
    used = {code for item in ALL_ITEMS if item.built for code in item.retention}
    assert kept.keys() >= used
    named = {code for text in kept.values() for code in re.findall(r"\bR\d+\b", text.fi)}
    assert kept.keys() >= named
    assert list(kept) == [code for code in RETENTION if code in kept]
    assert "myöhempi + 24 kuukautta" in kept["R2"].fi
    assert "tositteet tilikauden päättymisvuoden lopusta + 6 vuotta" in kept["R7"].fi
    assert "kirjat tilikauden päättymisestä + 10 vuotta" in kept["R7"].fi
    assert "event + 5 years" in kept["R13"].en
    assert not any(" L " in f"{cell} " for text in kept.values() for cell in text)


def test_both_languages_are_whole(content: dict[Part, tuple[Section, ...]]) -> None:
    for part, sections in content.items():
        for section in sections:
            assert section.title.en != "" and section.title.fi != ""
            for line in lines((section,)):
                empty = [bool(cell.fi) != bool(cell.en) for cell in line.cells]
                assert not any(empty), (part, section.code, line.key)


def test_rights_name_no_signature_and_the_authority(
    content: dict[Part, tuple[Section, ...]],
) -> None:
    text = words(content[Part.NOTICE], "9")
    assert "Allekirjoitusta ei vaadita" in text
    assert "Tietosuojavaltuutetun toimisto" in text
    for article in (7, 15, 16, 17, 18, 20, 21, 77):
        assert f"{article} artikla" in text or f"({article} ja" in text, article


def test_the_company_stands_in_it(content: dict[Part, tuple[Section, ...]]) -> None:
    notice = content[Part.NOTICE]
    assert "Hillakosken Vuokra-asunnot Oy" in words(notice, "1")
    assert "Reetta Rekivaara" in words(notice, "2")
    assert "klo\xa09.00–16.00" in words(notice, "11")
    assert "Aina." in words(notice, "12") and "Always." in words(notice, "12", 1)


def test_officer_is_named_when_there_is_one(company: Company) -> None:
    company.protection_officer = "Tiina Tietosuoja"
    with system_access():
        company.save()
        text = words(queries.draft(TODAY).content[Part.NOTICE], "2")
    assert "Tietosuojavastaava" in text and "Tiina Tietosuoja" in text


def test_a_missing_length_stops_it(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    with system_access():
        rows = {key: found for key, found in rule_queries._rows().items() if key != "retention.R9"}
    monkeypatch.setattr(rule_queries, "_rows", lambda: rows)
    with system_access(), pytest.raises(RuleMissing, match="R9 viestit"):
        queries.draft(TODAY)
