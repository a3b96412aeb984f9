"""Adding months, rolling over holidays, and the Finnish holidays themselves."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vuokra.rules import rules

DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2090, 12, 31))
MONTHS = st.integers(-600, 600)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2026-11-22", 3, "2027-02-22"),
        ("2027-01-31", 1, "2027-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-12-31", 2, "2027-02-28"),
        ("2027-03-31", -1, "2027-02-28"),
        ("2026-06-30", 36, "2029-06-30"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2026-12-15", 0, "2026-12-15"),
        ("2026-01-15", -1, "2025-12-15"),
    ],
)
def test_add_months(day: str, months: int, expected: str) -> None:
    added = rules.add_months(dt.date.fromisoformat(day), months)
    assert added == dt.date.fromisoformat(expected)


@given(DAYS, MONTHS)
def test_add_months_keeps_the_day_or_takes_the_last(day: dt.date, months: int) -> None:
    added = rules.add_months(day, months)
    assert (added.year - day.year) * 12 + added.month - day.month == months
    assert added.day == day.day or (added.day < day.day and (added + rules.DAY).day == 1)


@given(DAYS, DAYS, st.integers(0, 600))
def test_add_months_keeps_order(one: dt.date, other: dt.date, months: int) -> None:
    first, second = sorted((one, other))
    assert rules.add_months(first, months) <= rules.add_months(second, months)


def test_add_months_has_an_end() -> None:
    with pytest.raises(OverflowError):
        rules.add_months(dt.date(9999, 12, 1), 1)


def test_add_years_from_a_leap_day() -> None:
    assert rules.add_years(dt.date(2028, 2, 29), 1) == dt.date(2029, 2, 28)


# Published days (University of Helsinki almanac, Aleph): Easter by year.
@pytest.mark.parametrize(
    ("year", "month", "day"),
    [(1818, 3, 22), (1943, 4, 25), (2000, 4, 23), (2008, 3, 23), (2011, 4, 24), (2016, 3, 27),
     (2019, 4, 21), (2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (2027, 3, 28), (2030, 4, 21),
     (2036, 4, 13), (2038, 4, 25)],
)  # fmt: skip
def test_easter(year: int, month: int, day: int) -> None:
    assert rules.easter_sunday(year) == dt.date(year, month, day)


def test_holidays_of_2027() -> None:
    days = {one.name.fi: one.day for one in rules.finnish_holidays(2027)}
    assert days == {
        "uudenvuodenpäivä": dt.date(2027, 1, 1),
        "loppiainen": dt.date(2027, 1, 6),
        "pitkäperjantai": dt.date(2027, 3, 26),
        "pääsiäispäivä": dt.date(2027, 3, 28),
        "toinen pääsiäispäivä": dt.date(2027, 3, 29),
        "vappu": dt.date(2027, 5, 1),
        "helatorstai": dt.date(2027, 5, 6),
        "helluntaipäivä": dt.date(2027, 5, 16),
        "juhannusaatto": dt.date(2027, 6, 25),
        "juhannuspäivä": dt.date(2027, 6, 26),
        "pyhäinpäivä": dt.date(2027, 11, 6),
        "itsenäisyyspäivä": dt.date(2027, 12, 6),
        "jouluaatto": dt.date(2027, 12, 24),
        "joulupäivä": dt.date(2027, 12, 25),
        "tapaninpäivä": dt.date(2027, 12, 26),
    }


@given(st.integers(1993, 2200))
def test_moving_holidays_stay_in_their_seasons(year: int) -> None:
    days = {one.name.fi: one.day for one in rules.finnish_holidays(year)}
    assert dt.date(year, 3, 22) <= days["pääsiäispäivä"] <= dt.date(year, 4, 25)
    assert days["pääsiäispäivä"].weekday() == 6
    assert days["helatorstai"].weekday() == 3
    assert dt.date(year, 6, 20) <= days["juhannuspäivä"] <= dt.date(year, 6, 26)
    assert dt.date(year, 10, 31) <= days["pyhäinpäivä"] <= dt.date(year, 11, 6)
    assert days["juhannuspäivä"].weekday() == days["pyhäinpäivä"].weekday() == 5
    quiet = [one.name.fi for one in rules.finnish_holidays(year) if not one.rolls]
    assert quiet == ["juhannusaatto", "jouluaatto"]


@given(DAYS, st.frozensets(DAYS, max_size=30))
def test_roll_goes_to_the_first_working_day(day: dt.date, holidays: frozenset[dt.date]) -> None:
    rolled = rules.roll_to_working_day(day, holidays)
    assert rules.is_working_day(rolled, holidays)
    between = [day + n * rules.DAY for n in range((rolled - day).days)]
    assert not any(rules.is_working_day(one, holidays) for one in between)


@given(DAYS, st.integers(1, 30), st.frozensets(DAYS, max_size=30))
def test_working_days_are_counted(day: dt.date, n: int, holidays: frozenset[dt.date]) -> None:
    end = rules.add_working_days(day, n, holidays)
    passed = [day + k * rules.DAY for k in range(1, (end - day).days + 1)]
    assert sum(rules.is_working_day(one, holidays) for one in passed) == n
    assert rules.is_working_day(end, holidays)


def test_last_day_of_year() -> None:
    assert rules.last_day_of_year(dt.date(2026, 8, 15)) == dt.date(2026, 12, 31)
