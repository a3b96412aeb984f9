"""Coming of age, and the regime of identity codes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.households.rules import HetuRegime, Situation, hetu_regime
from registry.persons.ages import adult_on, is_minor, youngest_adult_born

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
    assert adult_on(born) == adult
    assert is_minor(born, adult - timedelta(days=1))
    assert not is_minor(born, adult)


@given(DAYS, st.integers(min_value=-2, max_value=2))
def test_the_bound_of_queries_is_the_same_rule(today: date, around: int) -> None:
    bound = youngest_adult_born(today)
    born = bound + timedelta(days=around)
    assert is_minor(born, today) is (born > bound)


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
