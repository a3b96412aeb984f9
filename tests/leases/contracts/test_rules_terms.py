"""Fixed terms, chains of short ones, anniversaries, and when notice can be given."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from leases.contracts.rule_rows import OPEN_ENDED_FROM, SHORT_TERM_MONTHS
from leases.contracts.rules import terms
from leases.contracts.rules.terms import Because, Giver, Kind, Nature, Term
from tests.leases.contracts.rows import cited, day, lease
from vuokra.rules.rules import DAY, add_months


def term(starts_on: str, ends_on: str | None = None) -> Term:
    return Term(day(starts_on), day(ends_on) if ends_on else None)


FIRST = term("2026-01-01", "2026-03-31")
SECOND = term("2026-04-01", "2026-06-30")
THIRD = term("2026-07-01", "2026-09-30")


def test_TEN_K33_the_third_short_term_in_a_row_is_open_ended() -> None:
    numbers = lease("2026-06-20")
    assert terms.nature(numbers, FIRST).kind == Kind.FIXED_TERM
    second = terms.nature(numbers, SECOND, earlier=[FIRST])
    assert (second.kind, second.in_row) == (Kind.FIXED_TERM, 2)
    third = terms.nature(numbers, THIRD, earlier=[SECOND, FIRST])
    assert (third.kind, third.because, third.in_row) == (Kind.OPEN_ENDED, Because.CHAIN, 3)
    assert cited(third.why) == [(OPEN_ENDED_FROM, 1), (SHORT_TERM_MONTHS, 1)]


def test_a_longer_term_breaks_the_row_and_a_gap_does_not() -> None:
    numbers = lease("2026-06-20")
    longer = term("2026-04-01", "2026-07-01")
    broken = terms.nature(numbers, term("2026-07-02", "2026-09-30"), earlier=[FIRST, longer])
    assert (broken.kind, broken.in_row) == (Kind.FIXED_TERM, 1)
    gap = terms.nature(numbers, term("2026-10-01", "2026-11-30"), earlier=[FIRST, SECOND])
    assert (gap.kind, gap.in_row) == (Kind.OPEN_ENDED, 3)
    assert terms.nature(numbers, longer, earlier=[FIRST]) == Nature(
        Kind.FIXED_TERM, Because.AGREED, 0, ()
    )


def test_a_lease_without_a_term_or_without_writing_is_open_ended() -> None:
    numbers = lease("2026-06-20")
    assert terms.nature(numbers, term("2026-07-01")).because == Because.AGREED
    assert terms.nature(numbers, term("2026-07-01")).kind == Kind.OPEN_ENDED
    unwritten = terms.nature(numbers, term("2026-07-01", "2027-06-30"), written=False)
    assert (unwritten.kind, unwritten.because) == (Kind.OPEN_ENDED, Because.UNWRITTEN)


def test_a_term_does_not_end_before_it_starts() -> None:
    assert term("2026-07-01", "2026-07-01").ends_on == day("2026-07-01")
    with pytest.raises(ValidationError) as refused:
        term("2026-07-01", "2026-06-30")
    assert [one.code for one in refused.value.error_dict["ends_on"]] == ["end_before_start"]


@pytest.mark.parametrize(
    ("starts_on", "months", "last"),
    [
        ("2026-01-01", 3, "2026-03-31"),
        ("2026-02-15", 3, "2026-05-14"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2028-02-29", 48, "2032-02-28"),
        ("2027-03-01", 12, "2028-02-29"),
    ],
)
def test_the_last_day_of_so_many_months(starts_on: str, months: int, last: str) -> None:
    assert terms.last_day_of(day(starts_on), months) == day(last)


@given(st.dates(date(1995, 5, 1), date(2059, 12, 31)), st.integers(1, 120))
def test_the_next_day_after_the_last_is_that_of_the_same_number_or_the_first(
    starts_on: date, months: int
) -> None:
    after = terms.last_day_of(starts_on, months) + DAY
    assert after.day in (starts_on.day, 1)
    assert add_months(starts_on, months) <= after
    assert (after - add_months(starts_on, months)).days <= 1


@pytest.mark.parametrize(
    ("began_on", "years", "on", "lasted"),
    [
        ("2025-12-01", 1, "2026-11-30", False),
        ("2025-12-01", 1, "2026-12-01", True),
        ("2028-02-29", 1, "2029-02-27", False),
        ("2028-02-29", 1, "2029-02-28", True),
        ("2028-02-29", 4, "2032-02-28", False),
        ("2028-02-29", 4, "2032-02-29", True),
        ("2026-11-01", 2, "2028-10-31", False),
        ("2026-11-01", 2, "2028-11-01", True),
    ],
)
def test_the_anniversary_completes_the_year(
    began_on: str, years: int, on: str, lasted: bool
) -> None:
    assert terms.has_lasted(day(began_on), years, day(on)) is lasted


@pytest.mark.parametrize(
    ("kind", "giver", "agreed", "first"),
    [
        (Kind.OPEN_ENDED, Giver.TENANT, None, "2026-10-15"),
        (Kind.OPEN_ENDED, Giver.TENANT, "2027-04-30", "2027-04-30"),
        (Kind.OPEN_ENDED, Giver.LANDLORD, "2026-01-01", "2026-10-15"),
        (Kind.FIXED_TERM, Giver.TENANT, None, None),
        (Kind.FIXED_TERM, Giver.LANDLORD, "2027-04-30", None),
        (Kind.FIXED_TERM, Giver.ESTATE, "2027-04-30", "2026-10-15"),
    ],
)
def test_from_when_notice_can_be_given(
    kind: Kind, giver: Giver, agreed: str | None, first: str | None
) -> None:
    found = terms.first_notice(
        kind, giver, concluded_on=day("2026-10-15"), agreed_on=day(agreed) if agreed else None
    )
    assert found == (day(first) if first else None)
