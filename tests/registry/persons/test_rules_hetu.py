"""Identity codes: every vector of data-protection 8.2, and what must hold for all of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.persons import rules
from registry.persons.rules import HetuError, HetuProblem

TODAY = date(2026, 11, 22)

VALID = [
    "150855+901C",
    "311299-903B",
    "290296-9059",
    "150685-906N",
    "150685Y906N",
    "150685X907P",
    "150685W908R",
    "150685V909S",
    "150685U910T",
    "290200A904F",
    "010203A911D",
    "010203B911D",
    "010203C911D",
    "010203D911D",
    "010203E911D",
    "010203F911D",
    "290224A912X",
    "010594Y9032",
    "020594X903P",
    "030594W903B",
    "040594V9030",
    "050594U903M",
    "010516B903X",
    "020516C903K",
    "030516D9037",
    "010501E9032",
    "020502E902X",
    "020503F9037",
    "020504A902E",
]

INVALID = {
    "290200-904F": HetuProblem.DATE,
    "290201A904R": HetuProblem.DATE,
    "310403A9045": HetuProblem.DATE,
    "150685-906P": HetuProblem.CHECK,
    "150685G906N": HetuProblem.SEPARATOR,
    "010190-999K": HetuProblem.CHECK,
    "150685906N": HetuProblem.FORMAT,
    "150685 906N": HetuProblem.SEPARATOR,
    "150685–906N": HetuProblem.SEPARATOR,
    "150685−906N": HetuProblem.SEPARATOR,
    "150685-906n": HetuProblem.FORMAT,
    "１５０６８５-９０６Ｎ": HetuProblem.FORMAT,
    "150685-906N\u200b": HetuProblem.FORMAT,
    "": HetuProblem.FORMAT,
}


def make_code(born: date, separator: str, number: int) -> str:
    digits = born.strftime("%d%m%y")
    return f"{digits}{separator}{number:03}{rules.hetu_check_character(digits, f'{number:03}')}"


@pytest.mark.parametrize("code", VALID)
def test_valid_vectors(code: str) -> None:
    hetu = rules.parse_hetu(f" {code} ", today=TODAY, artificial_allowed=True)
    assert hetu.code == code
    assert hetu.artificial and not hetu.real


@pytest.mark.parametrize(("text", "problem"), INVALID.items())
def test_invalid_vectors(text: str, problem: HetuProblem) -> None:
    with pytest.raises(HetuError) as error:
        rules.parse_hetu(text, today=TODAY, artificial_allowed=True)
    assert error.value.problem is problem
    assert text == "" or text not in repr(error.value)


def test_DP_A15_date_must_exist_in_the_century_of_the_separator() -> None:
    with pytest.raises(HetuError) as error:
        rules.parse_hetu("290200-904F", today=TODAY, artificial_allowed=True)
    assert error.value.problem is HetuProblem.DATE
    leap = rules.parse_hetu("290200A904F", today=TODAY, artificial_allowed=True)
    assert leap.birth_date == date(2000, 2, 29)


def test_DP_A14_same_check_character_different_person() -> None:
    first, second = (
        rules.parse_hetu(code, today=TODAY, artificial_allowed=True)
        for code in ("150685-906N", "150685Y906N")
    )
    assert first.code != second.code
    assert first.birth_date == second.birth_date == date(1985, 6, 15)


def test_future_depends_on_the_day_given() -> None:
    assert rules.parse_hetu("010126A999C", today=TODAY, artificial_allowed=True)
    code = "010127A900E"
    with pytest.raises(HetuError) as error:
        rules.parse_hetu(code, today=date(2026, 12, 31), artificial_allowed=True)
    assert error.value.problem is HetuProblem.FUTURE
    assert rules.parse_hetu(code, today=date(2027, 1, 1), artificial_allowed=True)


def test_artificial_codes_are_refused_in_production() -> None:
    with pytest.raises(HetuError) as error:
        rules.parse_hetu("150685-906N", today=TODAY, artificial_allowed=False)
    assert error.value.problem is HetuProblem.ARTIFICIAL


def test_specimen_is_accepted_everywhere_and_is_nobody() -> None:
    hetu = rules.parse_hetu(rules.SPECIMEN, today=TODAY, artificial_allowed=False)
    assert not hetu.artificial and not hetu.real


@pytest.mark.parametrize("number", [0, 1])
def test_individual_numbers_000_and_001_are_not_used(number: int) -> None:
    with pytest.raises(HetuError) as error:
        rules.parse_hetu(
            make_code(date(1985, 6, 15), "-", number), today=TODAY, artificial_allowed=True
        )
    assert error.value.problem is HetuProblem.INDIVIDUAL


@pytest.mark.parametrize(
    "typed",
    [
        "150685–906N",
        "150685−906n",
        "150685‑906N",
        "１５０６８５－９０６Ｎ",
        " 150685-906N\u200b",
        "150685-906n",
    ],
)
def test_look_alikes_are_corrected_for_showing(typed: str) -> None:
    assert rules.corrected_hetu(typed) == "150685-906N"


def test_a_missing_separator_is_never_supplied() -> None:
    assert rules.corrected_hetu("150685906n") == "150685906N"
    assert rules.corrected_hetu("150685 906n") == "150685 906N"


born = st.dates(date(1900, 1, 1), date(1999, 12, 31))
artificial = st.integers(900, 999)


@given(born, st.sampled_from("-YXWVU"), artificial)
def test_every_artificial_code_is_read_back(day: date, separator: str, number: int) -> None:
    code = make_code(day, separator, number)
    hetu = rules.parse_hetu(code, today=TODAY, artificial_allowed=True)
    assert (hetu.code, hetu.birth_date, hetu.individual) == (code, day, number)


@given(born, artificial, st.integers(0, 10), st.sampled_from("0123456789ABCDEFHJKLMNPRSTUVWXY"))
def test_one_wrong_digit_is_always_noticed(day: date, number: int, at: int, other: str) -> None:
    code = make_code(day, "-", number)
    if at == 6 or code[at] == other or (at != 10 and not other.isdigit()):
        return
    with pytest.raises(HetuError):
        rules.parse_hetu(code[:at] + other + code[at + 1 :], today=TODAY, artificial_allowed=True)


@given(st.text(max_size=40))
def test_any_text_is_refused_or_is_a_code(text: str) -> None:
    try:
        hetu = rules.parse_hetu(text, today=TODAY, artificial_allowed=True)
    except HetuError as error:
        assert text == "" or text not in str(error) or len(text) < 3
    else:
        assert hetu.code == text.strip()


@given(st.text(max_size=20), born, artificial, st.text(max_size=20))
def test_DP_A12_code_is_found_in_any_text(before: str, day: date, number: int, after: str) -> None:
    code = make_code(day, "-", number)
    assert code in rules.find_hetus(f"{before} {code}, {after}")


@pytest.mark.parametrize(
    "text",
    [
        "Hakijan tunnus on 150685-906N.",
        "hakija_150685-906n.pdf",
        "150685–906N",
        "tunnus: 150685 - 906N",
        "150685906N soitti",
    ],
)
def test_DP_A12_ways_people_write_a_code(text: str) -> None:
    assert len(rules.find_hetus(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Soitto 0401234567",
        "viite 2 02101 47005",
        "150685-906P",
        "Koulukatu 5 A 2",
        "FI2112345600000785",
    ],
)
def test_DP_A12_ordinary_numbers_are_not_codes(text: str) -> None:
    assert rules.find_hetus(text) == []


@given(st.dates(TODAY + timedelta(days=1), date(2099, 12, 31)), artificial)
def test_nobody_is_born_tomorrow(day: date, number: int) -> None:
    with pytest.raises(HetuError) as error:
        rules.parse_hetu(make_code(day, "A", number), today=TODAY, artificial_allowed=True)
    assert error.value.problem is HetuProblem.FUTURE
