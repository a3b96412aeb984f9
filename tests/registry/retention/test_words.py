"""Retention in words, and the start events that rooms tell."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.utils import translation

from registry.retention import starts, words
from registry.retention.rule_rows import ROWS
from registry.retention.rules import Length, Unit
from registry.retention.starts import Kept
from vuokra.policy.catalogue import lookup
from vuokra.policy.retention import RETENTION

LENGTHS = {row.code: Length(row.amount, row.unit) for row in ROWS}


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("R14", "pyynnön päättyminen + 3 vuotta; henkilöllisyystodistusta ei säilytetä"),
        ("R7", "tositteet tilikauden päättymisvuoden lopusta + 6 vuotta, kirjat tilikauden "
               "päättymisestä + 10 vuotta"),
        ("R10", "tarkistus asiakirjan päiväyksestä 12 kuukautta välein; viimeistään 12 kuukautta "
                "vuokrasuhteen tai tarpeen päättymisestä; poistetaan"),
        ("R8", "kunnes maksettu, luovuttu tai vanhentunut; sitten kuten kirjanpito (R7)"),
    ],
)  # fmt: skip
def test_formulas_have_the_lengths_in_words(code: str, told: str) -> None:
    assert words.formula(code, LENGTHS).fi == told


def test_a_formula_is_told_in_both_languages() -> None:
    assert words.formula("R13", LENGTHS).en == "event + 5 years; dropped month by month"
    assert words.worded(Length(1, Unit.YEARS)) == ("1 vuosi", "1 year")
    with translation.override("en"):
        assert str(words.titled("R14")) == "R14 request files"


@pytest.mark.parametrize("code", RETENTION)
def test_no_length_stays_a_letter(code: str) -> None:
    assert not any(re.search(r"\bL\b", text) for text in words.formula(code, LENGTHS))


def test_a_length_without_a_rule_is_not_told() -> None:
    with pytest.raises(KeyError):
        words.formula("R14", {})


def test_a_table_is_registered_once_and_described() -> None:
    assert all(lookup(table) is not None for table in starts._tables)
    taken = next(iter(starts._tables))
    with pytest.raises(ValueError, match=taken):
        starts.register(taken, lambda ids, lengths, today: {})


def test_only_rows_whose_start_is_known_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Kept("R14", date(2029, 5, 1))
    monkeypatch.setattr(starts, "_tables", {"known": lambda ids, lengths, today: {1: kept}})
    told = starts.kept({"known": {1, 2}, "other": {1}}, LENGTHS, date(2026, 11, 22))
    assert told == {("known", 1): kept}
