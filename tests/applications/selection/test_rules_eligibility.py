"""Income, wealth, right to live here, age and size: who may be chosen (SEL-T cases)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications.intake.codes import (
    AssetKind,
    IncomeKind,
    LeftOut,
    Part,
    Period,
    Residence,
    Situation,
)
from applications.selection.rule_rows import (
    EXTRA_ADULT,
    FIRST_ADULT,
    FIRST_CHILD,
    LIMIT_EXISTS,
    NEXT_CHILD,
)
from applications.selection.rules import income, wealth
from applications.selection.rules.exceptions import Deviation, waives
from applications.selection.rules.facts import Asset, Debt, Income, Permit, Person
from applications.selection.rules.findings import Outcome, Reason, Test
from applications.selection.rules.lasting import good_until
from applications.selection.rules.regimes import Restriction
from applications.selection.rules.regimes import regime as regime_on
from leases.homes.models import Funding, SpecialGroup
from tests.applications.selection.households import (
    LIMITS,
    TODAY,
    adult,
    assessed,
    child,
    eur,
    flat,
    household,
    judged,
    owning,
    regime,
    savings,
)
from tests.leases.contracts.rows import SEEDS, cited
from vuokra.rules.errors import RuleMissing
from vuokra.rules.rules import DAY

PARTNER = adult(part=Part.CO_APPLICANT)


def test_SEL_T01_what_equals_the_limit_does_not_exceed_it() -> None:
    found = judged(household(adult("3540.00")))[Test.INCOME]
    assert (found.outcome, found.limit) == (Outcome.PASS, eur("3540"))
    assert cited(found.why)[:2] == [(LIMIT_EXISTS, 2), (FIRST_ADULT, 1)]


def test_SEL_T02_a_cent_over_the_limit_is_too_much() -> None:
    result = judged(household(adult("3540.01")))
    assert result.eligible is False
    assert [one.reason for one in result.barring] == [Reason.INCOME_OVER]
    assert Reason.INCOME_OVER.value == "ENIMMAISTULO"


def test_SEL_T03_two_adults_and_two_children() -> None:
    limit = assessed(household(adult(), PARTNER, child(7), child(15))).limit
    assert limit.euros == eur("7270")
    assert [key for key, _ in cited(limit.why)][:5] == [
        LIMIT_EXISTS, FIRST_ADULT, EXTRA_ADULT, FIRST_CHILD, NEXT_CHILD,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("adults", "limits"),
    [
        (1, (3540, 4190, 4790, 5390, 5990)),
        (2, (6020, 6670, 7270, 7870, 8470)),
        (3, (8500, 9150, 9750, 10350, 10950)),
    ],
)
def test_the_published_table_of_limits(adults: int, limits: tuple[int, ...]) -> None:
    for children, expected in enumerate(limits):
        found = income.limit(SEEDS, adults, children, TODAY)
        assert found is not None and found.euros == expected


def test_SEL_T06_no_limit_was_in_force_before_2025() -> None:
    day = date(2024, 12, 31)
    found = judged(household(adult("3400"), applied_on=day), on=day)[Test.INCOME]
    assert (found.outcome, found.value) == (Outcome.NOT_ASKED, eur("3400"))


def test_SEL_T07_the_limit_holds_from_its_first_day() -> None:
    day = date(2025, 1, 1)
    facts = household(adult("3900"), applied_on=day)
    assert judged(facts, on=day).eligible is False
    assert judged(facts, on=date(2024, 12, 31)).eligible is True


def test_SEL_T08_no_limit_for_a_flat_of_a_special_group() -> None:
    home = flat(regime=regime(group=SpecialGroup.OLD))
    result = judged(household(adult("3900")), home, in_group=True)
    assert result[Test.INCOME].outcome is Outcome.NOT_ASKED
    assert result.eligible is True
    unproven = judged(household(adult("3900")), home)
    assert [one.reason for one in unproven.barring] == [Reason.GROUP_UNPROVEN]
    assert unproven.eligible is None
    denied = judged(household(adult("3900")), home, in_group=False)
    assert [one.reason for one in denied.barring] == [Reason.GROUP_DENIED]
    assert denied.eligible is False


def test_SEL_T09_a_change_by_ones_own_wish_waives_wealth_but_not_the_limit() -> None:
    waiver = waives(SEEDS, Deviation.CHANGE, TODAY)
    rich = owning(savings("90000"), incomes=[Income(IncomeKind.WAGE, eur("4500"))])
    result = judged(household(rich), waiver=waiver)
    assert result[Test.WEALTH].outcome is Outcome.WAIVED
    assert [one.reason for one in result.barring] == [Reason.INCOME_OVER]


def test_SEL_T10_a_change_for_a_reason_of_the_owner_waives_both() -> None:
    waiver = waives(SEEDS, Deviation.CHANGE, TODAY, external_reason=True)
    result = judged(household(adult("4500")), waiver=waiver)
    assert (result[Test.INCOME].outcome, result.eligible) == (Outcome.WAIVED, True)


def test_SEL_T11_a_child_living_elsewhere_counts_for_a_reason_only() -> None:
    father = household(adult("4100"), child(9, Part.AWAY))
    assert assessed(father).limit.euros == eur("3540")
    assert judged(father).eligible is False
    counted = replace(father, away_counted=True)
    assert assessed(counted).limit.euros == eur("4190")
    assert judged(counted).eligible is True
    assert assessed(counted).persons == 1


COTTAGE = Asset(AssetKind.COTTAGE, eur("28000"))


def test_SEL_T12_debts_are_taken_off_what_is_owned() -> None:
    facts = household(owning(COTTAGE, savings("9000"), debts=[Debt(eur("8000"))]))
    assert assessed(facts).wealth.euros == eur("29000")
    assert judged(facts)[Test.WEALTH].outcome is Outcome.PASS


@pytest.mark.parametrize(
    ("given_on", "net"), [("2025-11-10", "29000"), ("2025-11-21", "29000"), ("2025-11-22", "33000")]
)
def test_SEL_T14_what_was_given_up_counts_for_twelve_months(given_on: str, net: str) -> None:
    gift = Asset(AssetKind.GIVEN_UP, eur("4000"), given_up_on=date.fromisoformat(given_on))
    facts = household(owning(COTTAGE, savings("9000"), gift, debts=[Debt(eur("8000"))]))
    assert assessed(facts).wealth.euros == eur(net)


def test_SEL_T15_a_home_left_behind_for_work() -> None:
    home = Asset(AssetKind.DWELLING, eur("105000"))
    kept = household(owning(home, debts=[Debt(eur("40000"))]), PARTNER, child(4))
    over = judged(kept)
    assert over[Test.WEALTH].value == eur("65000")
    assert [one.reason for one in over.barring] == [Reason.WEALTH_OVER]
    assert Reason.WEALTH_OVER.value == "VARALLISUUS"
    left = replace(home, left_out=LeftOut.WORK_MOVE)
    moved = household(owning(left, debts=[Debt(eur("40000"), left_out=True)]), PARTNER, child(4))
    found = judged(moved)[Test.WEALTH]
    assert (found.outcome, found.reason, found.value) == (Outcome.PASS, Reason.WORK_MOVE, 0)


def test_SEL_T16_the_table_goes_on_by_its_step() -> None:
    assert LIMITS.limit(5) == eur("80000")


def test_a_table_with_a_largest_household_has_no_step() -> None:
    nokia = wealth.WealthTable({1: eur("10"), 2: eur("20"), 3: eur("30")}, Decimal(0), "3+")
    assert nokia.limit(7) == eur("30")
    with pytest.raises(ValueError, match="somebody"):
        nokia.limit(0)


def test_a_table_with_a_gap_is_no_table() -> None:
    for amounts in ({}, {2: eur("20")}, {1: eur("10"), 3: eur("30")}):
        with pytest.raises(ValueError, match="each number of persons"):
            wealth.WealthTable(amounts, Decimal(0), "gap")


def test_SEL_T17_without_the_municipalitys_table_nothing_is_said_of_wealth() -> None:
    home = flat(wealth_table=None)
    result = judged(household(adult("1000")), home)
    assert result.eligible is None
    assert [one.reason for one in result.barring] == [Reason.WEALTH_TABLE]
    waived = judged(household(adult("1000")), home, waiver=waives(SEEDS, Deviation.SUPPORT, TODAY))
    assert waived.eligible is True


@pytest.mark.parametrize(
    ("residence", "permit", "outcome"),
    [
        pytest.param(
            Residence.PERMIT, Permit(date(2026, 5, 1), date(2026, 12, 31)), Outcome.FAIL,
            id="SEL_T22_eight_months_are_too_short",
        ),
        pytest.param(
            Residence.PERMIT, Permit(date(2026, 5, 1), date(2027, 4, 30)), Outcome.PASS,
            id="a_year_to_the_day",
        ),
        pytest.param(
            Residence.PERMIT, Permit(date(2026, 5, 1), date(2027, 4, 29)), Outcome.FAIL,
            id="a_day_short_of_a_year",
        ),
        pytest.param(
            Residence.PERMIT, Permit(date(2026, 5, 1), None), Outcome.PASS, id="permanent"
        ),
        pytest.param(
            Residence.STUDY, Permit(date(2026, 8, 1), date(2027, 1, 31)), Outcome.PASS,
            id="SEL_T24_a_permit_for_studies",
        ),
        pytest.param(Residence.REGISTERED, None, Outcome.PASS, id="SEL_T25_registered_right"),
        pytest.param(Residence.SEEKER, None, Outcome.FAIL, id="asylum_seeker"),
        pytest.param(Residence.PERMIT, None, Outcome.MISSING, id="permit_not_shown"),
        pytest.param(None, None, Outcome.MISSING, id="nothing_told"),
    ],
)  # fmt: skip
def test_the_right_to_live_here(
    residence: Residence | None, permit: Permit | None, outcome: Outcome
) -> None:
    facts = household(adult("1000", residence=residence, permit=permit))
    assert judged(facts)[Test.RESIDENCE].outcome is outcome


def test_one_with_a_right_is_enough_and_the_others_are_told() -> None:
    partner = adult(part=Part.CO_APPLICANT, residence=Residence.SEEKER)
    found = judged(household(adult("1000"), partner))[Test.RESIDENCE]
    assert (found.outcome, found.reason) == (Outcome.WARNING, Reason.MIXED)


@pytest.mark.parametrize(
    ("born", "outcome", "reason"),
    [
        (date(2008, 11, 22), Outcome.PASS, Reason.NONE),
        (date(2008, 11, 23), Outcome.WARNING, Reason.MINOR),
        (date(2011, 11, 22), Outcome.WARNING, Reason.MINOR),
        (date(2011, 11, 23), Outcome.FAIL, Reason.TOO_YOUNG),
        (None, Outcome.MISSING, Reason.BORN_UNKNOWN),
    ],
)
def test_the_age_of_who_applies(born: date | None, outcome: Outcome, reason: Reason) -> None:
    found = judged(household(adult("1000", born_on=born)))[Test.AGE]
    assert (found.outcome, found.reason) == (outcome, reason)


def test_a_restriction_that_ended_asks_nothing_SEL_T38() -> None:
    rows = [Restriction(Funding.ARAVA, SpecialGroup.NONE, date(1987, 7, 1), date(2027, 6, 30))]
    last, next_day = date(2027, 6, 30), date(2027, 7, 1)
    before, after = regime_on(SEEDS, rows, last), regime_on(SEEDS, rows, next_day)
    assert before is not None and (before.need, before.wealth, before.income_limit) == (True,) * 3
    assert after is not None and after.funding is Funding.FREE and not after.restricted
    rich = household(owning(savings("900000"), incomes=[Income(IncomeKind.WAGE, eur("9000"))]))
    assert judged(rich, flat(regime=after, wealth_table=None), next_day).eligible is True
    assert regime_on(SEEDS, [], last) is None
    assert regime_on(SEEDS, rows, date(1987, 6, 30)) is None


def test_short_subsidy_asks_for_the_income_limit_alone() -> None:
    home = flat(regime=regime(Funding.SHORT_SUBSIDY), wealth_table=None)
    assert judged(household(owning(savings("500000"))), home).eligible is True
    assert judged(household(adult("3600")), home).eligible is False


def test_income_that_the_decree_leaves_out_is_not_counted() -> None:
    told = [
        Income(IncomeKind.WAGE, eur("24000"), Period.YEAR),
        Income(IncomeKind.HOUSING_ALLOWANCE, eur("400")),
        Income(IncomeKind.CHILD_BENEFIT, eur("100")),
        Income(IncomeKind.MAINTENANCE, eur("190")),
    ]
    assert assessed(household(adult(incomes=told))).income.euros == eur("2000")


def test_income_that_has_ended_or_has_not_begun_is_not_counted() -> None:
    told = [
        Income(IncomeKind.WAGE, eur("3000"), until=TODAY - DAY),
        Income(IncomeKind.UNEMPLOYMENT, eur("800"), since=TODAY, until=TODAY),
        Income(IncomeKind.WAGE, eur("2500"), since=TODAY + DAY),
    ]
    facts = household(adult(incomes=told))
    assert assessed(facts).income.euros == eur("800")
    assert assessed(facts, TODAY + DAY).income.euros == eur("2500")
    assert good_until(SEEDS, facts, assessed(facts), TODAY) == TODAY


def test_a_kind_on_which_nobody_decided_leaves_the_income_open() -> None:
    student = adult(incomes=[Income(IncomeKind.STUDY_GRANT, eur("280"))])
    result = judged(household(student))
    assert result.eligible is None
    assert [one.reason for one in result.barring] == [Reason.INCOME_RULE]
    with pytest.raises(RuleMissing):
        income.counted(SEEDS, household(student), TODAY)


def test_what_was_not_told_is_missing_and_never_nothing() -> None:
    silent = Person(Part.APPLICANT, date(1990, 1, 1), Residence.CITIZEN)
    result = judged(household(silent))
    assert result.eligible is None
    assert {one.reason for one in result.barring} == {
        Reason.INCOME_UNKNOWN, Reason.WEALTH_UNKNOWN,
    }  # fmt: skip
    unborn_age = household(adult("1000"), Person(Part.RESIDENT, None, incomes=[], assets=[]))
    assert judged(unborn_age)[Test.INCOME].reason is Reason.BORN_UNKNOWN


def test_an_expected_child_counts_in_persons_and_limit() -> None:
    found = assessed(household(adult(), unborn=1))
    assert (found.persons, found.limit.euros) == (2, eur("4190"))


def test_the_size_is_guidance_and_bars_nobody() -> None:
    for rooms, outcome, reason in (
        (1, Outcome.PASS, Reason.NONE),
        (2, Outcome.PASS, Reason.NONE),
        (3, Outcome.WARNING, Reason.TOO_LARGE),
    ):
        result = judged(household(adult("1000")), flat(rooms))
        assert (result[Test.SIZE].outcome, result[Test.SIZE].reason) == (outcome, reason)
        assert result.eligible is True
    family = household(adult("1000"), PARTNER, child(3), child(5))
    assert judged(family, flat(2))[Test.SIZE].reason is Reason.TOO_SMALL


def test_a_household_of_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="somebody"):
        assessed(household(child(9, Part.AWAY)))


def test_without_a_ground_the_need_is_missing() -> None:
    from applications.selection.rules.judging import judge

    result = judge(SEEDS, assessed(household(adult("1000"))), flat(), TODAY)
    assert [one.reason for one in result.barring] == [Reason.NO_GROUND]


SUMS = st.decimals(0, 100_000, places=2)


@given(SUMS, SUMS, st.integers(0, 3), st.integers(0, 6))
def test_more_income_never_helps_and_more_people_never_lower_the_limit(
    wages: Decimal, more: Decimal, partners: int, children: int
) -> None:
    people = [adult(str(wages)), *[PARTNER] * partners, *[child(7)] * children]
    poorer = assessed(household(*people))
    richer = assessed(household(adult(str(wages + more)), *people[1:]))
    assert poorer.income.euros is not None and richer.income.euros is not None
    assert poorer.income.euros <= richer.income.euros
    grown = assessed(household(*people, child(1)))
    assert poorer.limit.euros is not None and grown.limit.euros is not None
    assert poorer.limit.euros < grown.limit.euros


@given(st.permutations([adult("900"), PARTNER, child(3), child(16), owning(COTTAGE)]))
def test_the_order_of_entry_changes_nothing(people: list[Person]) -> None:
    first = assessed(household(adult("900"), PARTNER, child(3), child(16), owning(COTTAGE)))
    other = assessed(household(*people))
    assert (other.income.euros, other.limit.euros, other.wealth.euros) == (
        first.income.euros, first.limit.euros, first.wealth.euros,
    )  # fmt: skip
    assert judged(household(*people)).eligible == judged(household(*people[::-1])).eligible


@given(
    st.dates(date(1930, 1, 1), date(2008, 11, 22)),
    st.sampled_from([Residence.CITIZEN, Residence.REGISTERED, Residence.STUDY]),
)
def test_age_beyond_the_law_and_citizenship_beyond_the_permit_change_nothing(
    born: date, residence: Residence
) -> None:
    plain = judged(household(adult("1000")))
    other = judged(household(adult("1000", born_on=born, residence=residence)))
    assert other.eligible == plain.eligible
    assert other[Test.INCOME].limit == plain[Test.INCOME].limit


def test_grounds_are_codes_of_the_form() -> None:
    assert {one.value[0] for one in Situation} == {"A", "B", "C"}
