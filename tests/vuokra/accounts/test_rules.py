"""Rules of sign-in and grants, without a database."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vuokra.accounts.rules import (
    Backoff,
    approves_at_once,
    may_approve,
    needs_passkey,
    session_ended,
    session_over,
    wait_after,
)

BACKOFF = Backoff(
    free=4, first=dt.timedelta(seconds=30), longest=dt.timedelta(minutes=15), lock_at=100
)


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(0, 0), (4, 0), (5, 30), (6, 60), (7, 120), (9, 480), (10, 900), (99, 900)],
)
def test_wait_grows_and_stops_growing(failures: int, seconds: int) -> None:
    assert wait_after(failures, BACKOFF) == dt.timedelta(seconds=seconds)


@given(st.integers(0, 500))
def test_wait_never_shrinks(failures: int) -> None:
    assert wait_after(failures, BACKOFF) <= wait_after(failures + 1, BACKOFF)


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


@pytest.mark.parametrize(
    ("seen", "ended", "told"),
    [
        (10, None, 40),  # nobody has come back: it was over by itself
        (10, 300, 40),  # noted at the next request, hours later
        (10, 12, 12),  # somebody ended it
        (590, None, 600),  # at the latest ten hours from the sign-in
        (590, 640, 600),
    ],
)
def test_when_a_session_came_to_its_end(seen: int, ended: int | None, told: int) -> None:
    start, minute = dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC), dt.timedelta(minutes=1)
    assert told * minute + start == session_ended(
        started=start, last_seen=start + seen * minute,
        ended=None if ended is None else start + ended * minute,
        idle=30 * minute, longest=600 * minute,
    )  # fmt: skip
