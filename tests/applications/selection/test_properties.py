"""Whom a choice may depend on: need, wealth, income and what the law names, on nothing else.

Source: aravarajoituslaki 4 a–4 b §, VNa 166/2008 5 §. Names and sex are not even known to rules;
of nationality only the right to live here, of age only whether somebody is of age.
"""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from applications.intake.codes import Residence
from applications.intake.models import Application
from applications.selection.queries import ranking
from applications.selection.rules import facts
from applications.selection.rules.facts import Facts, Permit
from applications.selection.rules.ranking import Policy
from applications.selection.rules.snapshot import Compared, order
from applications.selection.services import assess_due
from leases.homes.models import Flat
from registry.persons.models import Person
from tests.applications.selection.conftest import flat as flat
from tests.applications.selection.conftest import site as site
from tests.applications.selection.conftest import stair as stair
from tests.applications.selection.conftest import system_access
from tests.applications.selection.households import TODAY, assessed
from tests.applications.selection.households import flat as home
from tests.applications.selection.test_ranking import (
    facts_of,
    municipality_says,
    various,
    wanted,
)
from tests.applications.selection.test_rules_snapshot import HOUSEHOLDS
from tests.leases.contracts.rows import SEEDS
from vuokra.rules.rules import add_years

POLICIES = st.builds(Policy, st.sampled_from(["income_wealth", "wealth_income"]), st.booleans())
SEVERAL = st.lists(HOUSEHOLDS, min_size=1, max_size=5)
EQUAL_RIGHTS = (Residence.CITIZEN, Residence.REGISTERED, Residence.STUDY)
"""Rights to live here between which the law makes no difference (4 § 3 mom.)."""


def placed(households: list[Facts], policy: Policy) -> list[tuple[int, bool | None]]:
    """Place and eligibility of each household, in the order in which they were given."""
    compared = [Compared(str(at), assessed(one)) for at, one in enumerate(households)]
    found = {one.id: one for one in order(SEEDS, home(), compared, policy, TODAY)}
    stands = [found[str(at)] for at in range(len(households))]
    return [(one.place, one.judgement.eligible) for one in stands]


def test_the_rules_know_no_name_and_no_sex() -> None:
    known = {field.name for field in (*fields(facts.Person), *fields(facts.Facts))}
    assert known == {
        "part", "born_on", "residence", "permit", "incomes", "assets", "debts", "applied_on",
        "people", "situations", "home", "unborn", "away_counted", "local",
    }  # fmt: skip


@settings(max_examples=60)
@given(SEVERAL, POLICIES, st.randoms(use_true_random=False))
def test_the_order_of_entry_alters_nothing(
    households: list[Facts], policy: Policy, random: Random
) -> None:
    before = placed(households, policy)
    at = list(range(len(households)))
    random.shuffle(at)
    assert placed([households[one] for one in at], policy) == [before[one] for one in at]


@settings(max_examples=60)
@given(SEVERAL, POLICIES, st.sampled_from(EQUAL_RIGHTS))
def test_of_nationality_only_the_right_to_live_here_counts(
    households: list[Facts], policy: Policy, right: Residence
) -> None:
    others = [
        replace(one, people=[
            replace(person, residence=right) if person.residence in EQUAL_RIGHTS else person
            for person in one.people
        ])
        for one in households
    ]  # fmt: skip
    assert placed(others, policy) == placed(households, policy)


@settings(max_examples=60)
@given(SEVERAL, POLICIES, st.integers(0, 30))
def test_of_age_only_whether_somebody_is_of_age_counts(
    households: list[Facts], policy: Policy, years: int
) -> None:
    def older(born: date | None) -> date | None:
        grown = born is not None and add_years(born, 18) <= TODAY
        return add_years(born, -years) if born is not None and grown else born

    others = [
        replace(one, people=[
            replace(person, born_on=older(person.born_on)) for person in one.people
        ])
        for one in households
    ]  # fmt: skip
    assert placed(others, policy) == placed(households, policy)


@settings(max_examples=40)
@given(HOUSEHOLDS, st.integers(12, 90))
def test_how_long_a_permit_is_counts_from_a_year_on_not_at_all(one: Facts, months: int) -> None:
    def with_permit(last: date) -> Facts:
        held = Permit(date(2026, 1, 1), last)
        people = [replace(person, residence=Residence.PERMIT, permit=held) for person in one.people]
        return replace(one, people=people)

    short, long = date(2026, 12, 31), date(2026, 1, 1) + timedelta(days=31 * months)
    assert placed([with_permit(short)], Policy()) == placed([with_permit(long)], Policy())


@pytest.mark.django_db
def test_in_the_database_names_and_the_order_of_entry_alter_nothing(flat: Flat) -> None:
    with system_access():
        municipality_says()
        seeds = list(range(12))
        made = {seed: various(Random(seed), seed).pk for seed in seeds}
        again = {seed: various(Random(seed), 500 - seed).pk for seed in reversed(seeds)}
        for person in Person.objects.all():
            person.surname, person.given_names = f"Äijälä{person.pk % 7}", "Öystein"
            person.save()
        assess_due(TODAY + timedelta(days=5))
        rows = ranking.ranked(
            ranking.matching(wanted(flat), "", TODAY), facts_of(flat), Policy(), TODAY, "Hillakoski"
        )
        stands = {one.pk: (one.place, one.failed, one.missing) for one in rows}
        assert len(stands) == Application.objects.count() == 2 * len(seeds)
        for seed in seeds:
            assert stands[made[seed]] == stands[again[seed]]
