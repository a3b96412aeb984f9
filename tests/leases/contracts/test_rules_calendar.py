"""Last days of acts by AHVL 12 §, and the due day of rent."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leases.contracts.rule_rows import DUE_DAY
from leases.contracts.rules import calendar
from leases.contracts.rules.calendar import LastDay
from tests.leases.contracts.rows import HOLIDAYS, OTHER_HOLIDAYS, SeedRows, cited, day, lease
from vuokra.rules.errors import RuleMissing
from vuokra.rules.rules import roll_to_working_day

DAYS = st.dates(date(1996, 1, 1), date(2059, 12, 1))


@pytest.mark.parametrize(
    ("counted", "moved", "task_on"),
    [
        ("2026-11-16", "2026-11-16", "2026-11-16"),  # Monday
        ("2026-11-14", "2026-11-16", "2026-11-13"),  # Saturday
        ("2026-12-24", "2026-12-28", "2026-12-23"),  # Christmas Eve, a Thursday
        ("2027-06-25", "2027-06-28", "2027-06-24"),  # Midsummer Eve, a Friday
        ("2026-05-01", "2026-05-04", "2026-04-30"),  # May Day, a Friday
        ("2027-12-06", "2027-12-07", "2027-12-03"),  # Independence Day, a Monday
        ("2027-03-28", "2027-03-30", "2027-03-25"),  # Easter Sunday
        ("2027-01-01", "2027-01-04", "2026-12-31"),  # New Year's Day, a Friday
    ],
)
def test_the_last_day_of_an_act_moves_forward_and_the_task_back(
    counted: str, moved: str, task_on: str
) -> None:
    found = calendar.last_day(day(counted), HOLIDAYS)
    assert found == LastDay(day(counted), day(moved), day(task_on))


def test_it_is_not_the_calendar_of_data_protection() -> None:
    for eve in (day("2026-12-24"), day("2027-06-25")):
        assert roll_to_working_day(eve, OTHER_HOLIDAYS) == eve
        assert calendar.moved(eve, HOLIDAYS) > eve


@given(DAYS)
def test_days_move_over_days_of_rest_only(counted: date) -> None:
    found = calendar.last_day(counted, HOLIDAYS)
    assert found.task_on <= counted <= found.moved
    for end in (found.task_on, found.moved):
        assert end.weekday() < 5 and end not in HOLIDAYS
    between = [found.task_on + timedelta(n) for n in range(1, (found.moved - found.task_on).days)]
    assert all(one.weekday() >= 5 or one in HOLIDAYS for one in between)


@given(DAYS, DAYS)
def test_a_later_day_never_moves_to_an_earlier_one(one: date, other: date) -> None:
    first, second = sorted((one, other))
    assert calendar.moved(first, HOLIDAYS) <= calendar.moved(second, HOLIDAYS)
    assert calendar.last_working_day(first, HOLIDAYS) <= calendar.last_working_day(second, HOLIDAYS)


def test_what_is_done_on_the_moved_day_is_in_time() -> None:
    found = calendar.last_day(day("2026-11-14"), HOLIDAYS)
    assert found.in_time(day("2026-11-16"))
    assert not found.in_time(day("2026-11-17"))


def test_TEN_K10_the_rent_of_january_is_due_on_the_first_working_day_after_the_second() -> None:
    due = calendar.rent_due(lease("2020-03-01"), day("2027-01-01"), HOLIDAYS)
    assert (due.counted, due.moved) == (day("2027-01-02"), day("2027-01-04"))
    assert cited(due.why) == [(DUE_DAY, 1)]
    assert due.why[0].source == "AHVL 481/1995 34 § 1 mom."


def test_a_lease_may_agree_on_another_due_day_and_then_no_rule_is_named() -> None:
    due = calendar.rent_due(lease("2020-03-01"), day("2026-12-01"), HOLIDAYS, agreed_day=6)
    assert (due.counted, due.moved, due.why) == (day("2026-12-06"), day("2026-12-07"), ())
    middle = calendar.rent_due(lease("2020-03-01"), day("2026-11-15"), HOLIDAYS)
    assert middle.counted == day("2026-11-16")


@pytest.mark.parametrize("agreed", [0, 29])
def test_a_due_day_outside_every_month_is_refused(agreed: int) -> None:
    with pytest.raises(ValueError, match="1–28"):
        calendar.rent_due(lease("2020-03-01"), day("2027-01-01"), HOLIDAYS, agreed_day=agreed)


def test_without_its_row_no_due_day_is_counted() -> None:
    numbers = calendar.Numbers(SeedRows(without={DUE_DAY}), day("2020-03-01"))
    with pytest.raises(RuleMissing, match=r"rent\.due_day"):
        calendar.rent_due(numbers, day("2027-01-01"), HOLIDAYS)
