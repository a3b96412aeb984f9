"""Urgency classes, cramped homes, and the order of applicants (SEL-T cases)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications.intake.codes import Situation
from applications.selection.rule_rows import (
    CLASSES,
    PER_ROOM,
    VERY_AREA,
    VERY_PER_ROOM,
    urgency_key,
)
from applications.selection.rules import need
from applications.selection.rules.facts import PresentHome
from applications.selection.rules.judging import judge
from applications.selection.rules.ranking import (
    Factor,
    Policy,
    Standing,
    decides,
    part_of,
    places,
    standing,
)
from tests.applications.selection.households import (
    LIMITS,
    TODAY,
    adult,
    assessed,
    flat,
    household,
    owning,
    savings,
)
from tests.leases.contracts.rows import SEEDS, cited
from vuokra.rules.queries import RuleValue


def home(rooms: int, area: str, residents: int) -> PresentHome:
    return PresentHome(rooms, Decimal(area), residents)


@pytest.mark.parametrize(
    ("present", "situation", "row"),
    [
        pytest.param(home(1, "38", 4), Situation.VERY_CRAMPED, VERY_PER_ROOM, id="SEL_T18"),
        pytest.param(home(2, "30", 3), Situation.VERY_CRAMPED, VERY_AREA, id="SEL_T19"),
        pytest.param(home(1, "60", 3), Situation.CRAMPED, PER_ROOM, id="three_in_a_room"),
        pytest.param(home(2, "30.1", 3), Situation.CRAMPED, PER_ROOM, id="ten_m2_and_a_bit"),
        pytest.param(home(2, "60", 2), None, None, id="one_in_a_room"),
        pytest.param(home(0, "25", 1), None, None, id="kitchen_only"),
    ],
)
def test_cramped_living(present: PresentHome, situation: Situation | None, row: str | None) -> None:
    found = need.crowding(SEEDS, present, 0, TODAY)
    assert found.situation == situation
    assert [key for key, _ in cited(found.why)] == ([row] if row else [])


def test_an_expected_child_makes_a_home_more_cramped() -> None:
    present = home(1, "60", 3)
    assert need.crowding(SEEDS, present, 1, TODAY).situation is Situation.VERY_CRAMPED


def test_a_home_without_people_or_area_is_refused() -> None:
    for present in (home(1, "0", 2), home(1, "20", 0)):
        with pytest.raises(ValueError, match="area"):
            need.crowding(SEEDS, present, 0, TODAY)


def test_SEL_T18_and_T19_are_most_urgent() -> None:
    for present in (home(1, "38", 4), home(2, "30", 3)):
        found = assessed(household(adult(), home=present)).urgency
        assert found is not None
        assert (found.urgency, found.deciding) == (1, (Situation.VERY_CRAMPED,))


@dataclass(frozen=True)
class NoticeMostUrgent:
    """The seeds, but for a company whose table makes B1 most urgent from a day."""

    since: date

    def __call__(self, key: str, on: date) -> RuleValue:
        row = SEEDS(key, on)
        if key == urgency_key(Situation.NOTICE) and on >= self.since:
            return replace(row, value="1", version=2, label=CLASSES["1"])
        return row


def test_SEL_T21_the_class_of_a_notice_is_the_companys() -> None:
    facts = household(adult(), situations=[Situation.NOTICE])
    by_guidance = need.urgency(SEEDS, facts, TODAY)
    assert by_guidance is not None and by_guidance.urgency == 2
    assert cited(by_guidance.why) == [(urgency_key("B1"), 1)]
    company = NoticeMostUrgent(date(2026, 11, 1))
    by_company = need.urgency(company, facts, TODAY)
    assert by_company is not None and by_company.urgency == 1
    assert cited(by_company.why) == [(urgency_key("B1"), 2)]
    before = need.urgency(company, facts, date(2026, 10, 31))
    assert before is not None and before.urgency == 2


def test_the_most_urgent_ground_decides() -> None:
    told = [Situation.WISH, Situation.NOTICE, Situation.SHELTER]
    found = need.urgency(SEEDS, household(adult(), situations=told), TODAY)
    assert found is not None and (found.urgency, found.deciding) == (1, (Situation.SHELTER,))


def test_numbers_decide_over_what_is_told_of_a_cramped_home() -> None:
    told = household(adult(), situations=[Situation.VERY_CRAMPED])
    assert need.urgency(SEEDS, told, TODAY).urgency == 1  # type: ignore[union-attr]
    roomy = replace(told, home=home(3, "80", 1))
    found = need.urgency(SEEDS, roomy, TODAY)
    assert found is not None and (found.urgency, found.deciding) == (3, (Situation.WISH,))


def test_no_ground_and_a_roomy_home_are_no_need() -> None:
    assert need.urgency(SEEDS, household(adult(), home=home(2, "60", 1)), TODAY) is None


# -- order ----------------------------------------------------------------------------------------


def standing_of(situation: Situation, wages: str, saved: str, *, local: bool = False) -> Standing:
    facts = household(
        owning(savings(saved), incomes=adult(wages).incomes), situations=[situation], local=local
    )
    found = assessed(facts)
    eligible = judge(SEEDS, found, flat(), TODAY).eligible
    return standing(found, eligible=eligible, fits=True, wealth_limit=LIMITS.limit(1))


def test_SEL_T29_need_goes_before_money() -> None:
    first = standing_of(Situation.SHELTER, "3400", "20000")
    second = standing_of(Situation.NOTICE, "1200", "0")
    assert places([second, first], Policy()) == [2, 1]
    assert decides(first, second, Policy()) is Factor.NEED


@pytest.mark.parametrize(
    ("order", "factor"), [("income_wealth", Factor.INCOME), ("wealth_income", Factor.WEALTH)]
)
def test_SEL_T30_between_equal_needs_less_income_and_wealth_go_first(
    order: str, factor: Factor
) -> None:
    first = standing_of(Situation.NOTICE, "2000", "12000")
    second = standing_of(Situation.NOTICE, "1500", "5000")
    assert places([first, second], Policy(order)) == [2, 1]
    assert decides(first, second, Policy(order)) is factor


def test_SEL_T31_a_resident_goes_first_between_equals_where_the_company_says_so() -> None:
    here = standing_of(Situation.NOTICE, "1500", "0", local=True)
    elsewhere = standing_of(Situation.NOTICE, "1500", "0")
    enabled = Policy(local_first=True)
    assert places([elsewhere, here], enabled) == [2, 1]
    assert decides(here, elsewhere, enabled) is Factor.LOCAL
    assert Factor.LOCAL.value == "SIJAINTIKUNTA"
    assert places([elsewhere, here], Policy()) == [1, 1]
    assert decides(here, elsewhere, Policy()) is None


def test_residence_in_the_municipality_never_beats_money() -> None:
    here = standing_of(Situation.NOTICE, "1600", "0", local=True)
    poorer = standing_of(Situation.NOTICE, "1500", "0")
    assert places([here, poorer], Policy(local_first=True)) == [2, 1]


def test_income_is_weighed_by_its_limit_exactly() -> None:
    assert part_of(Decimal("1180"), Decimal("3540")) == Fraction(1, 3)
    assert part_of(Decimal("1180"), None) == 1180
    assert part_of(None, Decimal(1)) is None


def test_what_is_missing_keeps_its_place_by_need_and_stands_last_by_money() -> None:
    known = standing_of(Situation.NOTICE, "3000", "0")
    silent = assessed(household(adult(incomes=None), situations=[Situation.NOTICE]))
    missing = standing(silent, eligible=None, fits=True, wealth_limit=LIMITS.limit(1))
    other = standing_of(Situation.WISH, "100", "0")
    assert places([other, missing, known], Policy()) == [3, 2, 1]


def test_those_who_may_not_be_chosen_are_listed_last() -> None:
    over = standing_of(Situation.SHELTER, "5000", "0")
    other = standing_of(Situation.WISH, "100", "0")
    assert over.eligible is False
    assert places([over, other], Policy()) == [2, 1]


def test_an_unknown_order_is_refused() -> None:
    with pytest.raises(ValueError, match="no order"):
        Policy("queue_time")


STANDINGS = st.builds(
    Standing,
    eligible=st.sampled_from([True, False, None]),
    urgency=st.sampled_from([1, 2, 3, None]),
    fits=st.booleans(),
    income=st.none() | st.fractions(0, 2),
    wealth=st.none() | st.fractions(0, 2),
    local=st.booleans(),
)
POLICIES = st.builds(Policy, st.sampled_from(["income_wealth", "wealth_income"]), st.booleans())


@given(st.lists(STANDINGS, max_size=12), POLICIES, st.randoms())
def test_places_do_not_depend_on_the_order_of_entry(
    standings: list[Standing], policy: Policy, random: object
) -> None:
    given_places = places(standings, policy)
    order = list(range(len(standings)))
    random.shuffle(order)  # type: ignore[attr-defined]
    shuffled = places([standings[at] for at in order], policy)
    assert [given_places[at] for at in order] == shuffled


@given(STANDINGS, STANDINGS, POLICIES)
def test_what_decides_agrees_with_the_places(
    one: Standing, other: Standing, policy: Policy
) -> None:
    first, second = places([one, other], policy)
    factor = decides(one, other, policy)
    assert (factor is None) == (first == second)
    if factor is not None:
        assert (one.key(factor) < other.key(factor)) == (first < second)


def test_ranks_know_nothing_of_who_the_household_is() -> None:
    """No name, sex, citizenship, day of application or number can enter the comparison."""
    assert set(Standing.__slots__) == {"eligible", "urgency", "fits", "income", "wealth", "local"}
