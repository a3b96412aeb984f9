"""Until when an application is valid (hakemuksen voimassaolo).

Source: resident-selection specification, section 10.4; the length is the dated rule `retention.R1`
(at least three months), which tells both how long an application is valid and how long it is kept
as such.
"""

from __future__ import annotations

from datetime import date, timedelta

from vuokra.rules.rules import add_months


def valid_until(confirmed_on: date, months: int) -> date:
    """The last day of validity: the same day number so many months after the applicant told or
    confirmed it, or the last day of the month (SEL-T26, SEL-T27)."""
    return add_months(confirmed_on, months)


def has_expired(last_day: date, today: date) -> bool:
    """Whether its validity is over; the last day is one of it."""
    return today > last_day


def expires_soon(last_day: date, today: date, days: int) -> bool:
    """Whether its validity ends within so many days, and has not ended."""
    return today <= last_day <= today + timedelta(days=days)
