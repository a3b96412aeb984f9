"""On-call hours of the register description (S10-02) at their edges; local time."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from leases.doors.queries.on_call import on_call_at
from leases.doors.rule_rows import EVES
from leases.doors.rules.on_call import Hours, next_on_call, on_call, on_call_until
from tests.people import system_access
from vuokra.rules.services import add_version

HELSINKI = ZoneInfo("Europe/Helsinki")
HOURS = Hours(time(15, 30), time(13, 45), time(7))
INDEPENDENCE = date(2027, 12, 6)  # a Monday
ASCENSION = date(2027, 5, 6)  # a Thursday
HOLIDAYS = {INDEPENDENCE, ASCENSION}


def at(day: str, clock: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=HELSINKI)


@pytest.mark.parametrize(
    ("day", "clock", "expected"),
    [
        ("2026-11-26", "15:29:59", False),  # Thursday
        ("2026-11-26", "15:30", True),
        ("2026-11-27", "06:59:59", True),  # Friday
        ("2026-11-27", "07:00", False),
        ("2026-11-27", "13:44:59", False),
        ("2026-11-27", "13:45", True),
        ("2026-11-28", "12:00", True),
        ("2026-11-29", "23:59", True),
        ("2026-11-30", "06:59:59", True),  # Monday
        ("2026-11-30", "07:00", False),
        ("2027-05-05", "15:29", False),  # the eve of a holiday is a day like others
        ("2027-05-05", "15:30", True),
        ("2027-05-06", "10:00", True),
        ("2027-05-07", "06:59", True),
        ("2027-05-07", "07:00", False),
        ("2027-12-06", "07:00", True),
        ("2027-12-07", "07:00", False),
    ],
)
def test_S10_02_on_call_at_the_edges(day: str, clock: str, expected: bool) -> None:
    assert on_call(at(day, clock), HOURS, HOLIDAYS) is expected


@pytest.mark.parametrize(
    ("day", "clock", "ends"),
    [
        ("2026-11-26", "15:30", at("2026-11-27", "07:00")),
        ("2026-11-26", "03:00", at("2026-11-26", "07:00")),
        ("2026-11-27", "13:45", at("2026-11-30", "07:00")),
        ("2026-11-29", "03:00", at("2026-11-30", "07:00")),
        ("2027-12-03", "20:00", at("2027-12-07", "07:00")),  # the Monday is a holiday
        ("2027-05-06", "03:00", at("2027-05-07", "07:00")),
        ("2026-11-26", "12:00", None),
    ],
)
def test_S10_02_on_call_lasts_until_the_next_working_day(
    day: str, clock: str, ends: datetime | None
) -> None:
    assert on_call_until(at(day, clock), HOURS, HOLIDAYS) == ends


def test_the_next_on_call_time_begins_the_same_day() -> None:
    assert next_on_call(at("2026-11-26", "12:00"), HOURS, HOLIDAYS) == at("2026-11-26", "15:30")
    assert next_on_call(at("2026-11-27", "12:00"), HOURS, HOLIDAYS) == at("2026-11-27", "13:45")
    assert next_on_call(at("2026-11-28", "12:00"), HOURS, HOLIDAYS) is None


@pytest.mark.django_db
def test_the_rows_say_the_hours_of_the_register_description() -> None:
    with system_access():
        friday = on_call_at(at("2026-11-27", "13:45"))
        before = on_call_at(at("2026-11-27", "13:44"))
        epiphany = on_call_at(at("2027-01-06", "12:00"))  # a Wednesday
    assert (friday.now, friday.until, friday.begins) == (True, at("2026-11-30", "07:00"), None)
    assert (before.now, before.begins) == (False, at("2026-11-27", "13:45"))
    assert epiphany.until == at("2027-01-07", "07:00")


@pytest.mark.django_db
def test_the_eves_follow_their_rule() -> None:
    noon = at("2026-12-24", "12:00")  # a Thursday
    with system_access():
        assert on_call_at(noon).until == at("2026-12-28", "07:00")
        add_version(EVES, False, date(2026, 12, 1), source="Testi")
    with system_access():
        assert not on_call_at(noon).now
