"""Coming of age, and the regime of identity codes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.households.rules import HetuRegime, Situation, Stay, hetu_regime, sharers
from registry.persons.ages import has_reached, latest_born, reached_on

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))


@pytest.mark.parametrize(
    ("born", "adult"),
    [
        (date(2008, 11, 22), date(2026, 11, 22)),
        (date(2008, 2, 29), date(2026, 2, 28)),
        (date(2010, 3, 1), date(2028, 3, 1)),
        (date(1981, 12, 31), date(1999, 12, 31)),
    ],
)
def test_a_child_comes_of_age_on_its_birthday(born: date, adult: date) -> None:
    assert reached_on(born, 18) == adult
    assert not has_reached(born, 18, adult - timedelta(days=1))
    assert has_reached(born, 18, adult)


@given(DAYS, st.integers(min_value=-2, max_value=2))
def test_the_bound_of_queries_is_the_same_rule(today: date, around: int) -> None:
    bound = latest_born(18, today)
    born = bound + timedelta(days=around)
    assert has_reached(born, 18, today) is (born <= bound)


OUTSIDE = [Situation.FREE_APPLICATION, Situation.TENANCY]


@pytest.mark.parametrize("situation", OUTSIDE)
@pytest.mark.parametrize(("child", "becomes_party"), [(True, False), (True, True), (False, False)])
def test_DP_A13_code_of_a_child_or_no_party_needs_a_reason(
    situation: Situation, child: bool, becomes_party: bool
) -> None:
    def regime(has_reason: bool) -> HetuRegime:
        return hetu_regime(
            situation, is_minor=child, becomes_party=becomes_party, has_reason=has_reason
        )

    assert regime(has_reason=False) is HetuRegime.REFUSED
    assert regime(has_reason=True) is HetuRegime.EXCEPTION


@pytest.mark.parametrize("has_reason", [False, True])
@pytest.mark.parametrize("child", [False, True])
def test_DP_A13_code_is_accepted_in_a_subsidised_application_for_the_selection_only(
    child: bool, has_reason: bool
) -> None:
    regime = hetu_regime(
        Situation.SUBSIDISED_APPLICATION,
        is_minor=child,
        becomes_party=False,
        has_reason=has_reason,
    )
    assert regime is HetuRegime.SELECTION_ONLY


@pytest.mark.parametrize("situation", Situation)
def test_DP_A13_code_of_an_adult_party_is_recorded_everywhere(situation: Situation) -> None:
    regime = hetu_regime(situation, is_minor=False, becomes_party=True, has_reason=False)
    assert regime is HetuRegime.ACCEPTED


NOW = date(2026, 11, 22)


def stay(person: int, home: int, first: int = -100, last: int | None = None) -> Stay:
    """Days counted from today."""
    end = None if last is None else NOW + timedelta(days=last)
    return Stay(person, home, NOW + timedelta(days=first), end)


@pytest.mark.parametrize(
    ("stays", "reached"),
    [
        ([stay(1, 10), stay(2, 10)], {1: 0, 2: 0}),
        ([stay(1, 10), stay(2, 10, 5)], {1: 0, 2: 5}),
        ([stay(1, 10), stay(2, 10, last=-1)], {1: 0}),
        ([stay(1, 10), stay(2, 10, last=0), stay(2, 20, 9), stay(3, 20)], {1: 0, 2: 0, 3: 9}),
        ([stay(1, 10), stay(2, 20, last=4), stay(3, 20), stay(2, 10, 5)], {1: 0, 2: 5}),
        ([stay(2, 20), stay(3, 20)], {1: 0}),
    ],
)
def test_DP_7_2_who_shares_a_home_from_the_day_they_are_reached(
    stays: list[Stay], reached: dict[int, int]
) -> None:
    found = sharers({1: NOW}, stays)
    assert {who: (day - NOW).days for who, day in found.items()} == reached


STAYS = st.lists(
    st.builds(
        stay, st.integers(1, 6), st.integers(10, 13), st.integers(-9, 9),
        st.one_of(st.none(), st.integers(9, 18)),
    ),
    max_size=12,
)  # fmt: skip


@given(STAYS, STAYS)
def test_what_more_is_known_reaches_nobody_later(some: list[Stay], more: list[Stay]) -> None:
    before, after = sharers({1: NOW}, some), sharers({1: NOW}, some + more)
    assert all(after[who] <= day for who, day in before.items())
    assert sharers(after, some + more) == after, "whoever is reached reaches nobody new"
