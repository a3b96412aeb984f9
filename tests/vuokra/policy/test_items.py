"""The register description holds every row of the specification, and each row is whole."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from django.utils import translation

from vuokra.policy.basis import BASIS_TEXTS, PURPOSE_BASES, Basis
from vuokra.policy.items import ALL_ITEMS, BY_ID, ITEMS, DataSubject, ItemKind, Protection
from vuokra.policy.register.model import SUBJECT_TEXTS, RegisterItem
from vuokra.policy.retention import RETENTION
from vuokra.policy.roles import Purpose, Role
from vuokra.policy.sources import Source

COLUMNS = [item for item in ALL_ITEMS if item.kind is ItemKind.COLUMN]


def numbers(section: str, last: int) -> set[str]:
    return {f"{section}-{number:02}" for number in range(1, last + 1)}


EXPECTED = (
    numbers("S1", 1)
    | numbers("S2", 1)
    | numbers("S3", 1)
    | numbers("S4", 14)
    | numbers("S5", 48)
    | {"S5-00a", "S5-00b", "S5-02b"}
    | numbers("S6", 7)
    | numbers("S7", 7)
    | numbers("S8", 10)
    | numbers("S9", 9)
    | numbers("S10", 3)
    | numbers("SY", 15)  # the specification has seven; the rest are of its rules
)


def test_every_row_of_the_specification_is_there_once() -> None:
    assert Counter(item.id for item in ALL_ITEMS) == Counter(EXPECTED)
    assert BY_ID.keys() == EXPECTED


def test_codes_are_unique() -> None:
    codes = [code for item in ALL_ITEMS for code in (item.code, *item.more_codes)]
    assert len(codes) == len(set(codes)) == len(ITEMS)


@pytest.mark.parametrize(
    ("id_", "code", "classes"),
    [
        ("S5-01", "PT-NIMI", "A"),
        ("S5-02", "PT-HETU", "C"),
        ("S5-03", "PT-OSOITE", "AD"),
        ("S5-11", "HK-TARVE", "BD"),
        ("S5-21", "HK-EDUNV", "CD"),
        ("S5-25", "HK-OLESK", "D"),
        ("S5-32", "VS-TOIMI", "BC"),
        ("S5-35", "VS-TILI-VAK", "C"),
        ("S5-48", "MU-TURVA", "D"),
        ("SY-01", "KÄYTTÄJÄ", "AC"),
        ("SY-06", "SY-06", "B"),
    ],
)
def test_codes_and_classes_as_the_specification_says(id_: str, code: str, classes: str) -> None:
    item = BY_ID[id_]
    assert item.code == code
    assert "".join(filter(None, (item.protection, item.stricter))) == classes


def test_special_data_are_known_as_such() -> None:
    wholly = {item.id for item in COLUMNS if item.protection is Protection.D}
    assert wholly == {"S5-25", *(f"S5-{n}" for n in (36, 37, 38, 39, 40, 42, 48))}
    assert all(BY_ID[id_].special for id_ in wholly | {"S5-03", "S5-11", "S5-16", "S5-30"})
    assert not BY_ID["S5-02"].special


def test_the_stricter_class_is_stricter_and_explained() -> None:
    for item in COLUMNS:
        if item.stricter:
            assert item.protection and item.protection < item.stricter, item.id
            assert item.note, item.id


@pytest.mark.parametrize("item", COLUMNS, ids=lambda item: item.id)
def test_an_item_held_in_columns_says_all_that_the_notice_tells(item: RegisterItem) -> None:
    assert item.title.fi and item.title.en
    assert item.purposes and item.legal_bases and item.subjects and item.retention
    assert set(item.retention) <= RETENTION.keys()
    if item.id != "S5-00b":  # history: group, class and readers are those of each item
        assert item.group and item.protection and item.seen_by
    assert not item.proof, "its proof is the column"


def test_other_kinds_have_no_group_and_say_what_they_demand() -> None:
    for item in ALL_ITEMS:
        if item.kind is not ItemKind.COLUMN:
            assert item.title.fi and item.title.en and item.note, item.id
            assert not item.groups and not item.protection, item.id
            assert item.built == bool(item.proof), item.id


def test_sources_and_purposes_are_items_of_their_own() -> None:
    sources = {item.code for item in ALL_ITEMS if item.kind is ItemKind.SOURCE}
    assert sources == set(Source.values)
    purposes = {item.code for item in ALL_ITEMS if item.kind is ItemKind.PURPOSE}
    assert purposes == set(Purpose.values) - {Purpose.VALVONTA}
    assert BY_ID["S8-10"].purposes == (Purpose.VALVONTA,)


def test_every_code_used_has_words() -> None:
    assert BASIS_TEXTS.keys() == set(Basis)
    assert PURPOSE_BASES.keys() == set(Purpose)
    assert SUBJECT_TEXTS.keys() == set(DataSubject)
    assert Basis.CONSENT not in PURPOSE_BASES[Purpose.HAKEMUS]
    assert Basis.CONSENT not in PURPOSE_BASES[Purpose.SOPIMUS]
    assert {f"R{number}" for number in range(1, 20)} < RETENTION.keys()


def test_no_length_of_time_stands_in_the_texts() -> None:
    """Lengths are dated rules that the company approves, never numbers in code."""
    for rule in RETENTION.values():
        for text in rule.formula:
            assert not re.search(r"\d", re.sub(r"\bR\d+", "", text)), rule.code


def test_what_is_built_now() -> None:
    built = {item.id for item in COLUMNS if item.built}
    assert built == {
        "S5-01", "S5-02", "S5-02b", "S5-03", "S5-04", "S5-05", "S5-06", "S5-07", "S5-08",
        "S5-09", "S5-10", "S5-11", "S5-12", "S5-13", "S5-14", "S5-15", "S5-16", "S5-17", "S5-18",
        "S5-21",
        "S5-22", "S5-23", "S5-24", "S5-25", "S5-26", "S5-27", "S5-29", "S5-31", "S5-32",
        "S5-33", "S5-35",
        "S5-46", "S5-47", "S5-48",
        "SY-01", "SY-02", "SY-03", "SY-04", "SY-06", "SY-07",
        "SY-08", "SY-09", "SY-10", "SY-11", "SY-12", "SY-13", "SY-14", "SY-15",
    }  # fmt: skip
    others = {item.id for item in ALL_ITEMS if item.built} - built
    assert others == (
        {"S1-01", "S2-01", "S3-01", "S6-01", "S6-02", "S6-03", "S6-05"}
        | {"S10-01", "S10-02", "S10-03"}
        | {"S8-01", "S8-02", "S8-03", "S8-04", "S8-05", "S8-06", "S8-08", "S8-10"}
        | {f"S9-{number:02}" for number in range(2, 10)}
        | numbers("S4", 14)
        | numbers("S7", 7)
    )


def test_the_main_user_sees_no_person_and_the_log_reviewer_no_content() -> None:
    for item in COLUMNS:
        if item.id not in {"SY-01", "SY-02", "SY-07", "SY-15", "S5-06"}:
            assert not {Role.PAA, Role.TAR} & set(item.seen_by), item.id


def test_titles_follow_the_language() -> None:
    title = BY_ID["S5-02"].title
    with translation.override("fi"):
        assert str(title) == "henkilötunnus"
    with translation.override("en"):
        assert f"{title}" == "personal identity code"
    with translation.override(None):
        assert str(title) == "henkilötunnus"
