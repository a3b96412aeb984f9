"""Groups and order of the queue: every deadline has its group, and lateness never waits."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from vuokra.desk.rules import Band, band, days_late, deadline, due_day, order, put_off

MONDAY = dt.date(2026, 11, 23)
days = st.dates(dt.date(2020, 1, 1), dt.date(2035, 12, 31))
clocks = st.builds(dt.datetime.combine, days, st.times(timezones=st.just(dt.UTC)))


def at(day: dt.date, hour: int = 9, minute: int = 0) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (dt.date(2026, 11, 20), Band.LATE),
        (dt.date(2026, 11, 22), Band.LATE),
        (dt.date(2026, 11, 23), Band.TODAY),
        (at(MONDAY, 8, 59), Band.LATE),
        (at(MONDAY, 9, 0), Band.LATE),
        (at(MONDAY, 16), Band.TODAY),
        (dt.date(2026, 11, 24), Band.WEEK),
        (dt.date(2026, 11, 29), Band.WEEK),
        (at(dt.date(2026, 11, 29), 23, 59), Band.WEEK),
        (dt.date(2026, 11, 30), Band.LATER),
        (None, Band.UNDATED),
    ],
)
def test_group_on_a_monday_morning(due: dt.date | dt.datetime | None, expected: Band) -> None:
    assert band(due, at(MONDAY)) is expected


def test_on_a_sunday_the_week_is_over() -> None:
    sunday = at(dt.date(2026, 11, 29))
    assert band(dt.date(2026, 11, 29), sunday) is Band.TODAY
    assert band(dt.date(2026, 11, 30), sunday) is Band.LATER


@given(days | clocks, clocks)
def test_late_means_that_the_deadline_has_passed(
    due: dt.date | dt.datetime, now: dt.datetime
) -> None:
    assert (band(due, now) is Band.LATE) == (deadline(due) <= now)
    if band(due, now) is not Band.LATE:
        assert days_late(due, timezone.localdate(now)) == 0


@given(st.lists(days | clocks, min_size=2), clocks)
def test_groups_follow_one_another_in_the_order_of_deadlines(
    dues: list[dt.date | dt.datetime], now: dt.datetime
) -> None:
    bands = [band(due, now) for due in sorted(dues, key=deadline)]
    ranks = [[Band.LATE, Band.TODAY, Band.WEEK, Band.LATER].index(b) for b in bands]
    assert ranks == sorted(ranks)


def test_order_is_deadline_then_legal_effect_then_age() -> None:
    monday, tuesday = MONDAY, MONDAY + dt.timedelta(days=1)
    old, new = dt.date(2026, 1, 1), dt.date(2026, 11, 1)
    rows = {
        "noon": order(at(monday, 12), 0, new, "noon"),
        "law": order(monday, 30, new, "law"),
        "old": order(monday, 0, old, "old"),
        "new": order(monday, 0, new, "new"),
        "unknown age": order(monday, 0, None, "unknown age"),
        "tuesday": order(tuesday, 90, old, "tuesday"),
        "undated": order(None, 99, old, "undated"),
    }
    assert sorted(rows, key=rows.__getitem__) == list(rows)


@given(days | clocks | st.none(), days)
def test_what_is_put_off_is_due_so_much_later_and_never_late(
    due: dt.date | dt.datetime | None, today: dt.date
) -> None:
    until = put_off(due, 7, today)
    assert until >= today + dt.timedelta(days=7)
    if due is not None and due_day(due) >= today:
        assert until - due_day(due) == dt.timedelta(days=7)
