"""Rules of sign-in and grants, without a database."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vuokra.accounts.rules import (
    approves_at_once,
    may_approve,
    months_before,
    needs_passkey,
    session_over,
    wait_after,
)


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(0, 0), (4, 0), (5, 30), (6, 60), (7, 120), (9, 480), (10, 900), (99, 900)],
)
def test_wait_grows_and_stops_growing(failures: int, seconds: int) -> None:
    assert wait_after(failures) == dt.timedelta(seconds=seconds)


@given(st.integers(0, 500))
def test_wait_never_shrinks(failures: int) -> None:
    assert wait_after(failures) <= wait_after(failures + 1)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (dt.date(2026, 11, 22), dt.date(2026, 5, 22)),
        (dt.date(2026, 6, 30), dt.date(2025, 12, 30)),
        (dt.date(2026, 8, 31), dt.date(2026, 2, 28)),
        (dt.date(2028, 8, 29), dt.date(2028, 2, 29)),
        (dt.date(2026, 12, 1), dt.date(2026, 6, 1)),
    ],
)
def test_six_months_before(day: dt.date, expected: dt.date) -> None:
    assert months_before(day, 6) == expected


@given(st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1)), st.integers(0, 60))
def test_months_before_keeps_order(day: dt.date, months: int) -> None:
    earlier = months_before(day, months)
    assert (day.year * 12 + day.month) - (earlier.year * 12 + earlier.month) == months
    assert earlier.day <= day.day


def test_who_approves() -> None:
    assert approves_at_once("SOP", user_id=1, main_user_id=2)
    assert not approves_at_once("SOP", user_id=2, main_user_id=2)
    assert not approves_at_once("TAR", user_id=1, main_user_id=2)
    assert may_approve("TAR", user_id=1, requested_by_id=2, approver_id=3)
    assert not may_approve("TAR", user_id=1, requested_by_id=2, approver_id=2)
    assert not may_approve("SOP", user_id=3, requested_by_id=2, approver_id=3)
    assert may_approve("SOP", user_id=1, requested_by_id=3, approver_id=3)


def test_passkey_roles() -> None:
    assert needs_passkey({"SOP", "REK"})
    assert not needs_passkey({"SOP", "TAL"})
    assert not needs_passkey(())


def test_session_limits() -> None:
    start = dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC)
    limits = {"idle": dt.timedelta(minutes=30), "longest": dt.timedelta(hours=10)}

    def over(minutes: int, seen: int) -> str:
        moment = dt.timedelta(minutes=1)
        return session_over(
            start + minutes * moment, started=start, last_seen=start + seen * moment, **limits
        )

    assert over(29, 0) == ""
    assert over(30, 0) == "idle"
    assert over(599, 598) == ""
    assert over(600, 599) == "age"
