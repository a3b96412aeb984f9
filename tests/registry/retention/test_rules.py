"""Retention dates: the numbered cases of data-protection 5.4."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.retention import effects, queries
from registry.retention.rule_rows import ROWS
from registry.retention.rules import (
    Facts,
    Length,
    Unit,
    codes_using,
    financial_year_end,
    retention_end,
)
from tests.people import system_access
from vuokra.policy.groups import Group
from vuokra.policy.retention import RETENTION
from vuokra.rules.registry import Proposed, spec

LENGTHS = {row.code: Length(row.amount, row.unit) for row in ROWS}


def end(code: str, **facts: object) -> date | None:
    return retention_end(code, Facts(**facts), LENGTHS)  # type: ignore[arg-type]


def test_DP_RT1_validity_of_an_application() -> None:
    assert end("R1", applied=date(2026, 11, 22)) == date(2027, 2, 22)


def test_DP_RT2_never_compared() -> None:
    assert end("R2", applied=date(2026, 11, 22)) == date(2029, 2, 22)
    assert end("R3", applied=date(2026, 11, 22)) == date(2027, 8, 22)


def test_DP_RT3_compared_and_renewed() -> None:
    """Renewed until 22.5.2027, compared on 10.3.2027: the later is the end of validity."""
    assert end("R2", applied=date(2027, 2, 22), compared=date(2027, 3, 10)) == date(2029, 5, 22)
    assert end("R2", applied=date(2026, 11, 22), compared=date(2027, 3, 10)) == date(2029, 3, 10)


LEASE = {"tenant": True, "tenancy_ended": date(2026, 6, 30)}


def test_DP_RT5_lease_file() -> None:
    year = financial_year_end(date(2026, 8, 15), 12)
    assert end("R6", **LEASE, financial_year_ended=year) == date(2032, 12, 31)
    assert end("R6", **LEASE) == date(2029, 6, 30)


@pytest.mark.parametrize(
    ("ended", "vouchers", "books"),
    [
        pytest.param(date(2017, 4, 30), date(2023, 12, 31), date(2027, 4, 30), id="DP_RT6"),
        pytest.param(date(2024, 3, 31), date(2030, 12, 31), date(2034, 3, 31), id="DP_RT7"),
    ],
)
def test_bookkeeping(ended: date, vouchers: date, books: date) -> None:
    assert end("R7", financial_year_ended=ended) == vouchers
    assert end("R7.books", financial_year_ended=ended) == books


def test_DP_RT8_unpaid_item() -> None:
    """It is barred three years after the letter; the date of the lease file does not move."""
    item = {"due": date(2026, 7, 1), "interrupted": date(2028, 5, 2)}
    assert end("R8", **item) == date(2031, 5, 2)
    assert end("R8", due=date(2026, 7, 1)) == date(2029, 7, 1)
    year = financial_year_end(date(2026, 8, 15), 12)
    assert end("R6", **LEASE, **item, financial_year_ended=year) == date(2032, 12, 31)


def test_DP_RT10_support_plan() -> None:
    facts = {"documented": date(2026, 1, 15), "tenancy_ended": date(2026, 3, 31)}
    assert end("R10.review", **facts) == date(2027, 1, 15)
    assert end("R10", **facts) == date(2027, 3, 31)
    assert end("R10", **facts, purpose_ended=date(2026, 2, 1)) == date(2027, 2, 1)


def test_messages_and_credit_follow_the_tenancy_or_the_application() -> None:
    applied = {"applied": date(2026, 11, 22)}
    assert end("R9", **applied) == end("R5", **applied) == date(2029, 2, 22)
    assert end("R9", **applied, **LEASE) == end("R5", **applied, **LEASE) == date(2029, 6, 30)


def test_permit_follows_the_decision() -> None:
    assert end("R17", applied=date(2026, 11, 22)) == date(2029, 2, 22)
    chosen = {"applied": date(2026, 11, 22), "chosen": date(2026, 12, 1)}
    assert end("R17", **chosen) == end("R4", **chosen) == date(2028, 12, 1)


@pytest.mark.parametrize(
    ("code", "facts", "expected"),
    [
        ("R13", {"happened": date(2026, 1, 1)}, date(2031, 1, 1)),
        ("R14", {"closed": date(2026, 2, 28)}, date(2029, 2, 28)),
        ("R15", {"closed": date(2028, 2, 29)}, date(2033, 2, 28)),
        ("R16", {"happened": date(2026, 1, 31)}, date(2028, 1, 31)),
        ("R18", {"moved_out": date(2026, 6, 30)}, date(2027, 6, 30)),
        ("R19", {"happened": date(2026, 11, 22)}, date(2026, 12, 27)),
        ("R11", {"permission_ended": date(2026, 5, 1)}, date(2029, 5, 1)),
        ("R-TILI", {"settled": date(2026, 7, 15)}, date(2028, 7, 15)),
        ("R-KÄ", {"employment_ended": date(2026, 7, 15)}, date(2031, 7, 15)),
    ],
)
def test_simple_codes(code: str, facts: dict[str, object], expected: date) -> None:
    assert end(code, **facts) == expected


@pytest.mark.parametrize("code", sorted(RETENTION))
def test_nothing_ends_before_it_has_begun(code: str) -> None:
    assert end(code) is None
    assert end(code, tenant=True) is None


@pytest.mark.parametrize(
    ("day", "month", "expected"),
    [
        (date(2026, 8, 15), 12, date(2026, 12, 31)),
        (date(2017, 4, 30), 4, date(2017, 4, 30)),
        (date(2017, 5, 1), 4, date(2018, 4, 30)),
        (date(2027, 12, 1), 2, date(2028, 2, 29)),
    ],
)
def test_financial_year(day: date, month: int, expected: date) -> None:
    assert financial_year_end(day, month) == expected


@given(st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.integers(1, 12))
def test_a_day_lies_in_its_financial_year(day: date, month: int) -> None:
    last = financial_year_end(day, month)
    assert day <= last
    assert (last - day).days < 366
    assert last.month == month


@pytest.mark.django_db
def test_lengths_are_the_company_s_rules() -> None:
    assert queries.lengths(date(2026, 11, 22)) == LENGTHS
    assert queries.length_rule("R14", date(2026, 11, 22)).integer == LENGTHS["R14"].amount
    assert spec("retention.R13").maximum == 12
    assert LENGTHS["R19"] == Length(35, Unit.DAYS)


def test_every_length_belongs_to_a_code() -> None:
    without_length = {"R12"}
    assert {row.code.partition(".")[0] for row in ROWS} == RETENTION.keys() - without_length


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("R1", {"R1", "R2", "R3", "R5", "R9", "R17"}),
        ("R4", {"R4", "R17"}),
        ("R7", {"R5", "R6", "R7"}),
        ("R7.books", {"R7.books"}),
        ("R14", {"R14"}),
        ("R14.identity", set()),
    ],
)
def test_which_codes_a_length_moves(name: str, codes: set[str]) -> None:
    assert set(codes_using(name, LENGTHS)) == codes


@pytest.mark.parametrize("name", [row.code for row in ROWS])
def test_a_length_moves_every_end_that_it_says_and_no_other(name: str) -> None:
    """By trying: with another length, some standing of a person has another last day."""
    longer = {**LENGTHS, name: Length(LENGTHS[name].amount + 40, LENGTHS[name].unit)}
    day = date(2026, 6, 15)
    names = {one for one in Facts.__slots__ if one != "tenant"}
    standings = [
        Facts(**dict.fromkeys(names - gone, day), tenant=tenant)  # type: ignore[arg-type]
        for tenant in (False, True)
        for gone in (set(), {"chosen"}, {"financial_year_ended"}, {"applied", "compared"})
    ]
    moved = {
        code
        for code in [*RETENTION, "R7.books", "R10.review"]
        if any(retention_end(code, one, LENGTHS) != retention_end(code, one, longer)
               for one in standings)
    }  # fmt: skip
    assert moved == set(codes_using(name, LENGTHS))


@pytest.mark.django_db
def test_a_new_length_tells_which_groups_of_data_are_kept_otherwise() -> None:
    with system_access():
        new = Proposed(12, date(2027, 1, 1), None, date(2026, 11, 22))
        told = " ".join(effects.kept_otherwise("R4", new))
    assert "R4, R17." in told
    assert str(Group.ECONOMY.label) in told
    assert str(Group.RIGHTS.label) not in told
    assert spec("retention.R4").effect is not None
