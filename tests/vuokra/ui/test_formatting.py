"""Finnish forms: examples of the user-interface direction, and what must hold for any value."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

import pytest
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from vuokra.ui import formatting as f

S = "\u00a0"
MONDAY = dt.date(2026, 11, 23)
MORNING = dt.datetime(2026, 11, 23, 8, 4, 12, tzinfo=dt.UTC)  # 10.04.12 in Helsinki
AMOUNTS = st.decimals(-(10**9), 10**9, places=4, allow_nan=False)


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (f.date(MONDAY), "23.11.2026"),
        (f.date(dt.date(2026, 1, 2)), "2.1.2026"),
        (f.date(MONDAY, year=False), "23.11."),
        (f.date(MONDAY, year=False, weekday=True), f"ma{S}23.11."),
        (f.date(dt.datetime(2026, 12, 31, 22, 30, tzinfo=dt.UTC)), "1.1.2027"),
        (f.time(MORNING), f"klo{S}10.04"),
        (f.time(MORNING, word=False), "10.04"),
        (f.time(MORNING, seconds=True), "10.04.12"),
        (f.time(dt.time(7, 5)), f"klo{S}7.05"),
        (f.moment(MORNING), f"23.11.2026{S}klo{S}10.04"),
        (f.moment(MORNING, seconds=True, year=False), f"23.11.{S}10.04.12"),
        (f.date_range(dt.date(2026, 6, 1), MONDAY), "1.6.–23.11.2026"),
        (f.date_range(dt.date(2025, 12, 1), dt.date(2026, 1, 31)), "1.12.2025–31.1.2026"),
        (f.money(Decimal("1234.5")), f"1{S}234,50{S}€"),
        (f.money(Decimal("-839")), f"−839,00{S}€"),
        (f.money(Decimal("0.005")), f"0,01{S}€"),
        (f.money(Decimal("-0.004")), f"0,00{S}€"),
        (f.money(1234567), f"1{S}234{S}567,00{S}€"),
        (f.area(Decimal("54.5")), f"54,5{S}m²"),
        (f.percent(Decimal("97.4")), f"97,4{S}%"),
        (f.number(48211, 0), f"48{S}211"),
        (f.reference("20210147005"), f"2{S}02101{S}47005"),
        (f.reference("20210 14700"), f"20210{S}14700"),
        (f.reference("1232"), "1232"),
        (f.iban_mask("FI21 1234 5600 0007 85"), f"••••{S}••••{S}••••{S}••••{S}85"),
        (f.iban_mask("AB12"), "••••"),
        (f.phone("+358401234567"), f"040{S}123{S}4567"),
        (f.phone("0401234567"), f"040{S}123{S}4567"),
        (f.phone("+46701234567"), f"+46{S}70{S}123{S}45{S}67"),
        (f.phone("ei puhelinta"), "ei puhelinta"),
        (f.phone_link("040 123 4567"), "tel:+358401234567"),
        (f.phone_link("+46701234567"), "tel:+46701234567"),
        (f.phone_link("ei puhelinta"), ""),
        (f.phone_link("112 (hätä)"), ""),
        (f.hetu_mask("150685-906N"), f"1985{S}••••••"),
        (f.hetu_mask("150855+901C"), f"1855{S}••••••"),
        (f.hetu_mask("010203F911D"), f"2003{S}••••••"),
        (f.hetu_mask(dt.date(1986, 3, 14)), f"1986{S}••••••"),
        (f.hetu_mask(1986), f"1986{S}••••••"),
        (f.hetu_mask("150685"), f"••••••{S}••••"),
        (f.hetu_mask(None), f"••••••{S}••••"),
    ],
)
def test_finnish_forms(shown: str, expected: str) -> None:
    assert shown == expected


def test_the_words_of_days_and_times_are_english_in_english() -> None:
    with translation.override("en"):
        assert f.moment(MORNING) == f"23.11.2026{S}10.04"
        assert f.date(MONDAY, year=False, weekday=True) == f"Mon{S}23.11."


@given(AMOUNTS)
def test_an_amount_is_held_together_and_can_be_read_back(amount: Decimal) -> None:
    shown = f.money(amount)
    assert " " not in shown and "-" not in shown and "." not in shown
    digits = shown.removesuffix(f"{S}€").replace(S, "").replace("−", "-").replace(",", ".")
    assert abs(Decimal(digits) - amount) <= Decimal("0.005")
    groups = shown.removeprefix("−").split(",")[0].split(S)
    assert all(len(group) == 3 for group in groups[1:]) and 1 <= len(groups[0]) <= 3


@given(AMOUNTS)
def test_a_debt_and_a_credit_differ_by_the_sign_alone(amount: Decimal) -> None:
    assert f.money(-amount).removeprefix("−") == f.money(amount).removeprefix("−")


@pytest.mark.parametrize("value", ["NaN", "Infinity"])
def test_what_is_no_number_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="finite"):
        f.money(Decimal(value))


@given(st.text("0123456789", min_size=1, max_size=20))
def test_a_reference_keeps_its_digits_in_fives_from_the_right(digits: str) -> None:
    groups = f.reference(digits).split(S)
    assert "".join(groups) == digits
    assert all(len(group) == 5 for group in groups[1:]) and groups[0]


@given(st.text("ABCDEFGHIJ0123456789 ", max_size=40))
def test_an_iban_shows_two_characters_at_most(value: str) -> None:
    shown = re.sub(r"[\s•]", "", f.iban_mask(value))
    assert len(shown) <= 2


@given(st.text(max_size=20))
def test_a_hidden_code_shows_nothing_but_a_year(value: str) -> None:
    assert re.fullmatch(rf"(\d{{4}}|••••••){S}•+", f.hetu_mask(value))


@given(st.dates(dt.date(1900, 1, 1)))
def test_a_date_can_be_read_back(day: dt.date) -> None:
    assert dt.datetime.strptime(f.date(day), "%d.%m.%Y").date() == day  # noqa: DTZ007  # a date


@given(st.text(max_size=30))
def test_no_text_breaks_the_telephone_form(value: str) -> None:
    assert isinstance(f.phone(value), str)
    assert isinstance(f.phone_link(value), str)


@pytest.mark.parametrize(
    ("template", "value", "expected"),
    [
        ("{{ x|pvm }}", MONDAY, "23.11.2026"),
        ('{{ x|pvm:"lyhyt viikonpäivä" }}', MONDAY, f"ma{S}23.11."),
        ("{{ x|pvm }}", None, ""),
        ('{{ x|klo:"loki" }}', MORNING, "10.04.12"),
        ("{{ x|pvmklo }}", MORNING, f"23.11.2026{S}klo{S}10.04"),
        ("{{ x|eur }}", Decimal(0), f"0,00{S}€"),
        ("{{ x|eur }}", None, ""),
        ("{{ x|m2 }}", 30, f"30,0{S}m²"),
        ("{{ x|prosentti }}", 5, f"5,0{S}%"),
        ("{{ x|luku }}", 1000, f"1{S}000"),
        ("{{ x|viite }}", "1232", "1232"),
        ("{{ x|puh }}", "", ""),
        ("{{ x|iban_peite }}", "FI2112345600000785", f"••••{S}••••{S}••••{S}••••{S}85"),
        ("{{ x|hetu_peite }}", None, f"••••••{S}••••"),
        ("{{ x|jakso:y }}", dt.date(2026, 6, 1), "1.6.–23.11.2026"),
    ],
)
def test_filters(template: str, value: Any, expected: str) -> None:
    page = Template("{% load formats %}" + template)
    assert page.render(Context({"x": value, "y": MONDAY})) == expected
