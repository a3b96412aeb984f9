"""Deviating from the criteria: what each ground waives and when it may be used (SEL-T cases)."""

from __future__ import annotations

from datetime import date

import pytest

from applications.selection.rules.exceptions import (
    Circumstances,
    Deviation,
    PermitTerms,
    Unmet,
    longest_permit,
    unmet,
    waives,
)
from applications.selection.rules.findings import Outcome, Reason, Test
from tests.applications.selection.households import TODAY, adult, household, judged
from tests.leases.contracts.rows import SEEDS


def building(let: int, flats: int = 20) -> Circumstances:
    return Circumstances(in_extension=True, flats_of_building=flats, let_by_share=let)


def test_SEL_T32_at_most_fifteen_in_a_hundred_flats_of_a_building() -> None:
    assert unmet(SEEDS, Deviation.EXTENSION, building(2), TODAY) is None
    assert unmet(SEEDS, Deviation.EXTENSION, building(3), TODAY) is Unmet.SHARE_FULL
    assert unmet(SEEDS, Deviation.EXTENSION, building(0, 6), TODAY) is Unmet.SHARE_FULL
    assert (
        unmet(SEEDS, Deviation.EXTENSION, Circumstances(flats_of_building=20), TODAY)
        is Unmet.NOT_EXTENSION
    )


def test_SEL_T34_somebody_who_comes_closest_when_nobody_meets_the_criteria() -> None:
    over = household(adult("3740"))
    assert [one.reason for one in judged(over).barring] == [Reason.INCOME_OVER]
    assert unmet(SEEDS, Deviation.NOBODY, Circumstances(), TODAY) is None
    waiver = waives(SEEDS, Deviation.NOBODY, TODAY)
    found = judged(over, waiver=waiver)
    assert (found.eligible, found[Test.INCOME].outcome) == (True, Outcome.WAIVED)
    others = Circumstances(eligible_others=1)
    assert unmet(SEEDS, Deviation.NOBODY, others, TODAY) is Unmet.OTHERS_ELIGIBLE


PERMIT = PermitTerms(
    date(2026, 1, 1),
    date(2028, 12, 31),
    need=False,
    wealth=True,
    income_limit=True,
    flats=5,
    used=4,
)


@pytest.mark.parametrize(
    ("on", "used", "found"),
    [
        (date(2026, 1, 1), 4, None),
        (date(2028, 12, 31), 4, None),
        (date(2025, 12, 31), 4, Unmet.PERMIT_DAYS),
        (date(2029, 1, 1), 4, Unmet.PERMIT_DAYS),
        (TODAY, 5, Unmet.PERMIT_FULL),
    ],
)
def test_a_permit_of_the_municipality_has_days_and_a_number(
    on: date, used: int, found: Unmet | None
) -> None:
    permit = PermitTerms(
        PERMIT.valid_from, PERMIT.valid_to, PERMIT.need, PERMIT.wealth, PERMIT.income_limit, 5, used
    )
    assert unmet(SEEDS, Deviation.PERMIT, Circumstances(permit=permit), on) is found


def test_a_permit_waives_what_it_says() -> None:
    waiver = waives(SEEDS, Deviation.PERMIT, TODAY, permit=PERMIT)
    assert (waiver.need, waiver.wealth, waiver.income_limit) == (False, True, True)
    assert unmet(SEEDS, Deviation.PERMIT, Circumstances(), TODAY) is Unmet.NO_PERMIT
    with pytest.raises(ValueError, match="permit"):
        waives(SEEDS, Deviation.PERMIT, TODAY)


def test_a_permit_is_given_for_four_years_and_two_before_2025() -> None:
    assert longest_permit(SEEDS, date(2026, 1, 1)) == date(2029, 12, 31)
    assert longest_permit(SEEDS, date(2024, 12, 31)) == date(2026, 12, 30)


@pytest.mark.parametrize(
    ("deviation", "waived"),
    [
        (Deviation.SWAP, {"wealth"}),
        (Deviation.CHANGE, {"wealth"}),
        (Deviation.CARETAKER, {"wealth", "income_limit"}),
        (Deviation.CONTINUES, {"need", "wealth", "income_limit"}),
        (Deviation.EXTENSION, {"wealth", "income_limit"}),
        (Deviation.SUPPORT, {"wealth"}),
        (Deviation.FREES_FLAT, {"need"}),
        (Deviation.NOBODY, {"need", "wealth", "income_limit"}),
        (Deviation.ORDER, {"order"}),
    ],
)
def test_the_table_of_exceptions(deviation: Deviation, waived: set[str]) -> None:
    waiver = waives(SEEDS, deviation, TODAY)
    names = ("need", "wealth", "income_limit", "order")
    assert {name for name in names if getattr(waiver, name)} == waived


def test_before_2025_a_change_of_flats_waived_the_limit_without_a_reason() -> None:
    assert waives(SEEDS, Deviation.CHANGE, date(2024, 12, 31)).income_limit
    assert waives(SEEDS, Deviation.CHANGE, TODAY, external_reason=True).income_limit
    assert not waives(SEEDS, Deviation.CHANGE, TODAY).income_limit


def test_other_conditions() -> None:
    rich = Circumstances(wealth_suffices=True)
    assert unmet(SEEDS, Deviation.SUPPORT, rich, TODAY) is Unmet.WEALTH_SUFFICES
    assert unmet(SEEDS, Deviation.SUPPORT, Circumstances(), TODAY) is None
    assert unmet(SEEDS, Deviation.CONTINUES, Circumstances(), TODAY) is Unmet.NOT_SELECTION
    for free in (Deviation.SWAP, Deviation.CHANGE, Deviation.CARETAKER, Deviation.ORDER):
        assert unmet(SEEDS, free, Circumstances(), TODAY) is None
