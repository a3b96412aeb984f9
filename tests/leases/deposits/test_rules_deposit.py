"""Deposits: the limit, the day of return, the balance."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from leases.contracts.rule_rows import DEPOSIT_MAX, RETURN_BINDS, RETURN_DAYS, RETURN_START
from leases.contracts.rules import money
from leases.contracts.rules.numbers import Numbers
from leases.deposits.rules import deposit
from leases.deposits.rules.deposit import Deduction, Payer, Reason, Receipt
from tests.leases.contracts.rows import HOLIDAYS, SeedRows, cited, day, lease
from vuokra.rules.errors import RuleMissing

RENT = Decimal("650.00")
CONCLUDED = day("2026-10-15")


# -- how much ----------------------------------------------------------------------------------


def test_TEN_K12_three_months_rent_is_the_most_and_the_refusal_names_it() -> None:
    numbers = lease("2026-10-15")
    limit = deposit.check_demand(numbers, RENT * 3, RENT, CONCLUDED)
    assert (limit.euros, limit.months) == (Decimal("1950.00"), 3)
    assert cited(limit.why) == [(DEPOSIT_MAX, 1)]
    with pytest.raises(ValidationError) as refused:
        deposit.check_demand(numbers, RENT * Decimal("3.5"), RENT, CONCLUDED)
    assert refused.value.code == "deposit_limit"
    assert "1\xa0950,00\xa0€ (3 kuukauden vuokra)" in refused.value.messages[0]
    assert "mitätön" in refused.value.messages[0]
    with pytest.raises(ValidationError):
        deposit.check_demand(numbers, Decimal("1950.01"), RENT, CONCLUDED)


def test_without_its_row_no_deposit_is_judged() -> None:
    numbers = Numbers(SeedRows(without={DEPOSIT_MAX}), CONCLUDED)
    with pytest.raises(RuleMissing, match=r"deposit\.max_months"):
        deposit.check_demand(numbers, RENT, RENT, CONCLUDED)


def test_the_usual_deposit_and_what_kela_covers() -> None:
    numbers = lease("2026-10-15")
    assert deposit.usual(numbers, RENT, CONCLUDED).euros == Decimal("650.00")
    assert deposit.kela_largest(numbers, RENT, CONCLUDED).euros == Decimal("1300.00")
    more = deposit.kela_largest(numbers, RENT, CONCLUDED, justified=True)
    assert more.euros == Decimal("1950.00")


@pytest.mark.parametrize("amount", ["650.005", "-1", "NaN", "Infinity"])
def test_an_amount_is_whole_cents_from_zero(amount: str) -> None:
    with pytest.raises(ValueError, match=r"whole cents|decimal number"):
        money.cents(Decimal(amount))


def test_an_amount_is_never_a_binary_fraction() -> None:
    with pytest.raises(ValueError, match="decimal number"):
        money.cents(650.1)  # type: ignore[arg-type]
    assert str(money.cents(Decimal("650"))) == "650.00"


@pytest.mark.parametrize(
    ("given", "received", "allowed"),
    [
        (None, None, True),
        ("2026-11-02", None, False),
        ("2026-11-10", None, False),
        ("2026-11-10", "2026-11-09", True),
        ("2026-11-10", "2026-11-10", False),
        ("2026-11-02", "2026-11-01", False),
    ],
)
def test_a_deposit_that_was_not_given_allows_rescission_until_it_is_given(
    given: str | None, received: str | None, allowed: bool
) -> None:
    found = deposit.may_rescind(
        due_on=day("2026-11-02"),
        given_on=day(given) if given else None,
        rescission_received_on=day(received) if received else None,
        today=day("2026-11-22"),
    )
    assert found is allowed


def test_on_the_agreed_day_itself_nothing_is_late() -> None:
    due = day("2026-11-02")
    assert not deposit.may_rescind(
        due_on=due, given_on=None, rescission_received_on=None, today=due
    )


# -- returned when -----------------------------------------------------------------------------


def test_TEN_K13_fourteen_days_moved_by_the_law_and_the_task_before_them() -> None:
    ended = day("2026-10-31")
    found = deposit.return_until(lease("2020-03-01"), ended, ended, HOLIDAYS)
    assert found.starts_on == ended and found.binds
    assert found.last.counted == day("2026-11-14")
    assert found.last.moved == day("2026-11-16")
    assert found.last.task_on == day("2026-11-13")
    assert cited(found.last.why) == [(RETURN_DAYS, 2), (RETURN_BINDS, 2), (RETURN_START, 1)]
    assert not found.is_late(None, day("2026-11-16"))
    assert found.is_late(None, day("2026-11-17"))
    assert not found.is_late(day("2026-11-16"), day("2026-12-01"))
    assert found.is_late(day("2026-11-17"), day("2026-12-01"))


def test_TEN_K15_before_the_reform_the_days_are_a_guideline_and_nothing_is_late() -> None:
    ended = day("2026-09-30")
    found = deposit.return_until(lease("2020-03-01"), ended, ended, HOLIDAYS)
    assert not found.binds
    assert found.last.counted == day("2026-10-14")
    assert not found.is_late(None, day("2027-10-14"))
    assert cited(found.last.why) == [(RETURN_DAYS, 1), (RETURN_BINDS, 1), (RETURN_START, 1)]
    assert found.last.why[0].source == "Yhtiön ohje"


@pytest.mark.parametrize(
    ("handed_over", "starts_on"),
    [(None, "2026-10-31"), ("2026-10-20", "2026-10-31"), ("2026-11-02", "2026-11-02")],
)
def test_the_time_runs_from_the_end_or_the_handing_over_the_later(
    handed_over: str | None, starts_on: str
) -> None:
    found = deposit.return_until(
        lease("2026-10-01"), day("2026-10-31"), day(handed_over) if handed_over else None, HOLIDAYS
    )
    assert found.starts_on == day(starts_on)


# -- settlement --------------------------------------------------------------------------------

CASH = [Receipt(Payer.TENANT, Decimal("650.00"))]
CLEANING = Deduction(Reason.CLEANING, Decimal("120.50"), "lasku 17")


def test_the_balance_is_returned_to_the_tenant() -> None:
    found = deposit.settle(CASH, [CLEANING], interest=Decimal("3.25"))
    assert (found.received, found.deducted) == (Decimal("650.00"), Decimal("120.50"))
    assert (found.returned, found.uncovered) == (Decimal("532.75"), Decimal("0.00"))
    assert found.to == Payer.TENANT and not found.shared


@pytest.mark.parametrize("payer", [Payer.KELA, Payer.SOCIAL])
def test_money_of_kela_or_the_social_services_goes_back_to_them(payer: Payer) -> None:
    found = deposit.settle([Receipt(payer, Decimal("1300.00"))], [CLEANING])
    assert (found.returned, found.to) == (Decimal("1179.50"), payer)


def test_what_is_not_covered_stays_a_debt_and_nothing_is_returned() -> None:
    damage = Deduction(Reason.DAMAGE, Decimal("700.00"), "loppukatselmus, kohta 4")
    found = deposit.settle(CASH, [damage])
    assert (found.returned, found.uncovered) == (Decimal("0.00"), Decimal("50.00"))
    assert found.to is None and not found.shared


def test_a_commitment_without_money_returns_nothing() -> None:
    found = deposit.settle([], [])
    assert (found.returned, found.to, found.shared) == (Decimal("0.00"), None, False)


def test_between_several_payers_a_person_decides() -> None:
    found = deposit.settle([*CASH, Receipt(Payer.SOCIAL, Decimal("650.00"))], [CLEANING])
    assert (found.returned, found.to, found.shared) == (Decimal("1179.50"), None, True)


def test_a_deduction_that_nothing_shows_is_refused() -> None:
    with pytest.raises(ValueError, match="what shows it"):
        deposit.settle(CASH, [Deduction(Reason.OTHER, Decimal("1.00"), " ")])


AMOUNTS = st.decimals(0, 10_000, places=2)


@given(st.lists(AMOUNTS, max_size=4), st.lists(AMOUNTS, max_size=4), AMOUNTS)
def test_no_cent_is_lost_in_a_settlement(
    received: list[Decimal], deducted: list[Decimal], interest: Decimal
) -> None:
    found = deposit.settle(
        [Receipt(Payer.TENANT, euros) for euros in received],
        [Deduction(Reason.RENT, euros, "reskontra") for euros in deducted],
        interest=interest,
    )
    assert found.returned - found.uncovered == sum(received) + interest - sum(deducted)
    assert min(found.returned, found.uncovered) == 0
