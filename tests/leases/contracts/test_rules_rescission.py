"""Rescission: grounds, warnings, the company's limit of arrears."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from leases.contracts.rule_rows import ARREARS_MONTHS
from leases.contracts.rules import rescission
from leases.contracts.rules.numbers import Numbers
from leases.contracts.rules.rescission import Block, Conduct, Ground, Verdict, WrittenWarning
from tests.leases.contracts.rows import SeedRows, cited, day, lease
from vuokra.rules.errors import RuleMissing

TODAY = day("2026-11-22")
NOISE = Conduct(ground=Ground.DISTURBANCE, happened_on=day("2026-11-20"))


def judge(conduct: Conduct, *warnings: WrittenWarning) -> Verdict:
    return rescission.judge(lease("2020-03-01"), conduct, warnings, TODAY)


def warned(
    served_on: str | None, rectified_on: str | None = None, ground: Ground = Ground.DISTURBANCE
) -> WrittenWarning:
    return WrittenWarning(
        ground, day(served_on) if served_on else None, day(rectified_on) if rectified_on else None
    )


def test_TEN_K36_disturbance_is_warned_of_first_and_rescinded_for_when_repeated() -> None:
    first = judge(NOISE)
    assert first.blocks == (Block.NO_WARNING,)
    assert first.needs_warning and not first.allowed
    second = judge(NOISE, warned("2026-11-10"))
    assert second.allowed and not second.needs_warning


@pytest.mark.parametrize(
    ("warning", "block"),
    [
        (warned(None), Block.NO_WARNING),
        (warned("2026-11-23"), Block.NO_WARNING),  # served tomorrow
        (warned("2026-11-10", ground=Ground.UPKEEP), Block.NO_WARNING),
        (warned("2026-11-20"), Block.NOT_SINCE),
        (warned("2026-11-21"), Block.NOT_SINCE),
    ],
)
def test_only_a_served_warning_for_the_same_conduct_before_it_counts(
    warning: WrittenWarning, block: Block
) -> None:
    assert judge(NOISE, warning).blocks == (block,)


@pytest.mark.parametrize("ground", [Ground.USE, Ground.UPKEEP, Ground.ORDER])
def test_what_was_put_right_after_a_warning_gives_no_right(ground: Ground) -> None:
    conduct = replace(NOISE, ground=ground)
    right = warned("2026-10-01", "2026-10-05", ground)
    assert judge(conduct, right).blocks == (Block.RECTIFIED,)
    assert judge(conduct, right, warned("2026-11-10", None, ground)).allowed


def test_disturbance_that_comes_back_after_a_quiet_time_needs_no_new_warning() -> None:
    assert judge(NOISE, warned("2026-10-01", "2026-10-05")).allowed


@pytest.mark.parametrize("ground", list(Ground))
def test_which_grounds_need_a_warning_and_which_an_extreme_case_excuses(ground: Ground) -> None:
    conduct = Conduct(
        ground=ground, happened_on=day("2026-11-20"), unpaid=Decimal(1300), month_rent=Decimal(650)
    )
    needs = {Ground.USE, Ground.DISTURBANCE, Ground.UPKEEP, Ground.ORDER}
    assert judge(conduct).needs_warning is (ground in needs)
    extreme = judge(replace(conduct, extreme=True))
    assert extreme.needs_warning is (ground in {Ground.USE, Ground.UPKEEP})
    assert judge(replace(conduct, minor=True), warned("2026-11-10", None, ground)).blocks == (
        Block.MINOR,
    )


def test_the_right_lasts_while_the_conduct_goes_on_or_a_reasonable_time() -> None:
    over = replace(NOISE, goes_on=False)
    assert judge(over, warned("2026-11-10")).blocks == (Block.ENDED,)
    handed_over = Conduct(ground=Ground.TRANSFER, happened_on=day("2026-11-20"), goes_on=False)
    assert judge(handed_over).allowed
    assert judge(handed_over).reasonable_time
    assert not judge(NOISE, warned("2026-11-10")).reasonable_time


def arrears(unpaid: str) -> Conduct:
    return Conduct(
        ground=Ground.PAYMENT, happened_on=day("2026-11-02"), unpaid=Decimal(unpaid),
        month_rent=Decimal("650.00"),
    )  # fmt: skip


def test_arrears_are_held_against_the_companys_limit() -> None:
    below = judge(arrears("1299.99"))
    assert below.blocks == (Block.ARREARS,)
    assert judge(arrears("1300.00")).allowed
    assert cited(below.why) == [(ARREARS_MONTHS, 1)]


def test_arrears_are_not_judged_without_their_amounts_or_their_limit() -> None:
    with pytest.raises(ValueError, match="arrears"):
        judge(Conduct(ground=Ground.PAYMENT, happened_on=TODAY))
    numbers = Numbers(SeedRows(without={ARREARS_MONTHS}))
    with pytest.raises(RuleMissing, match=ARREARS_MONTHS):
        rescission.judge(numbers, arrears("1300.00"), [], TODAY)
