"""Names, their Finnish order, telephone numbers and e-mail addresses."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.persons import rules
from registry.persons.rules import ContactError

IN_ORDER = [
    "Aalto", "Aalto-Setälä", "Łukasz", "Müller", "Myllymäki", "Ñuñez", "O'Brien", "Virtanen",
    "von Essen", "Wirtanen", "Zetterberg", "Þór", "Åberg", "Äijälä", "Ærø", "Öhman", "Østby",
]  # fmt: skip


def test_finnish_order_against_a_fixed_list() -> None:
    by_code_point = sorted(IN_ORDER)
    assert by_code_point != IN_ORDER
    assert sorted(by_code_point, key=rules.finnish_sort_key) == IN_ORDER


def test_v_and_w_are_different_letters() -> None:
    assert rules.finnish_sort_key("Virtanen") != rules.finnish_sort_key("Wirtanen")


def test_short_surname_comes_before_the_longer_that_begins_with_it() -> None:
    keys = [
        rules.person_sort_key("Essen", "Örjan"),
        rules.person_sort_key("Essen Holm", "Anna"),
        rules.person_sort_key("Essen-Holm", "Anna"),
        rules.person_sort_key("Essenberg", "Aatu"),
    ]
    assert keys == sorted(keys)


def test_DP_A24_single_name_has_a_key() -> None:
    assert rules.person_sort_key("", "Sukarno") == rules.person_sort_key("Sukarno", "") == "sukarno"


@given(st.text())
def test_key_does_not_depend_on_composition_or_case(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", unicodedata.normalize("NFC", text))
    assert rules.finnish_sort_key(text) == rules.finnish_sort_key(decomposed)


@given(st.text(alphabet="aåäöøæüvwz -'éšł", max_size=20))
def test_key_of_upper_and_lower_case_is_the_same(text: str) -> None:
    assert rules.finnish_sort_key(text) == rules.finnish_sort_key(text.upper())


@given(st.text(alphabet="abyzåäö", min_size=1, max_size=8), st.text(alphabet="aåäöz ", max_size=8))
def test_range_holds_exactly_the_keys_that_begin_with_it(start: str, rest: str) -> None:
    low, high = rules.sort_key_range(start)
    assert low <= rules.finnish_sort_key(start + rest) < high


def test_DP_A24_names_are_kept_literally() -> None:
    for name in ("O'Brien; DROP TABLE", "<script>alert(1)</script>", "Ünal 😀", "محمد", "=1+1"):
        assert rules.clean_text(name) == name


def test_DP_A24_direction_controls_and_hidden_characters_are_stripped() -> None:
    assert (
        rules.clean_text("Mat\u202eti\u200b \u2066Meik\u00adäläinen\u0000\x1b")
        == "Matti Meikäläinen"
    )


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = rules.clean_text(text)
    assert rules.clean_text(once) == once


def test_search_words_ignore_wildcards_and_apostrophes() -> None:
    assert rules.search_words("O'Brien %mäk*") == ["obrien", "m|k"]
    assert rules.search_words("% * _ ' ") == []
    assert rules.without_dots("m|k{{}") == "makaao"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("040 123 4567", "+358401234567"),
        ("+358 40 123 4567", "+358401234567"),
        ("00358401234567", "+358401234567"),
        ("09-123 456", "+3589123456"),
        ("+46 8 123 45 67", "+4681234567"),
    ],
)
def test_phone_is_stored_in_one_form(typed: str, stored: str) -> None:
    assert rules.normalise_phone(typed) == stored
    assert rules.normalise_phone(stored) == stored


@pytest.mark.parametrize(
    "typed", ["", "12", "soita", "040 abc", "0800 KOTI", "040 123 4567 89012345", "1" * 40]
)
def test_impossible_phones_are_refused_without_the_value(typed: str) -> None:
    with pytest.raises(ContactError) as error:
        rules.normalise_phone(typed)
    assert str(error.value) == "phone"


@pytest.mark.parametrize("typed", ["maija@example.fi", "M.o'n+x@sub.example.com"])
def test_email_is_kept_as_given(typed: str) -> None:
    assert rules.normalise_email(f" {typed} ") == typed


@pytest.mark.parametrize(
    "typed",
    [
        "maija", "@example.fi", "a@b", "a b@example.fi", "a@b@c.fi", "a@example..fi",
        f"{'a' * 300}@b.fi", "a@b.fi\nBcc: c@d.fi",
    ],
)  # fmt: skip
def test_impossible_emails_are_refused(typed: str) -> None:
    with pytest.raises(ContactError):
        rules.normalise_email(typed)


@pytest.mark.parametrize(
    ("typed", "beginning", "end"),
    [
        ("040 12", "+3584012", ""), ("+358 40", "+35840", ""), ("00 358-40", "+35840", ""),
        ("+46 70 123", "+4670123", ""), ("358 40 1", "+358401", "358401"),
        ("(040) 12", "+3584012", ""),
        ("123 4567", "", "1234567"), ("4567", "", ""),
    ],
)  # fmt: skip
def test_part_of_a_phone_in_any_spelling(typed: str, beginning: str, end: str) -> None:
    assert rules.phone_search(typed) == rules.PhoneSearch(beginning, end)


@pytest.mark.parametrize("typed", ["", "12", "040x", "+", "1" * 20, "matti"])
def test_no_part_of_a_phone(typed: str) -> None:
    assert rules.phone_search(typed) is None


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Koulukatu 5", ("koulukatu", "5")), ("koulu 5a2", ("koulu", "5 a 2")),
        ("Männikkötie 12 B", ("m|nnikk}tie", "12 b")), ("Vanha tie", ("vanha tie", "")),
        ("5 A 2", None), ("k 5", None), ("", None),
    ],
)  # fmt: skip
def test_street_search(typed: str, found: tuple[str, str] | None) -> None:
    assert rules.street_search(typed) == found


@pytest.mark.parametrize(
    ("typed", "words"),
    [("ma", ["ma"]), ("leht m", ["leht", "m"]), ("a", []), ("l m", []), ("12", []), ("%_", [])],
)
def test_two_letters_are_a_name(typed: str, words: list[str]) -> None:
    assert rules.name_words(typed) == words
