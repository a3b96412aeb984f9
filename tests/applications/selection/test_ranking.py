"""The order in SQL is the order of the rules; only those whom the flat suits are compared."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

import pytest

from applications.intake.codes import State
from applications.intake.models import Application
from applications.selection.models import Round, WealthLimit, WealthTable
from applications.selection.queries import bounds, ranking, suitable
from applications.selection.queries.households import known
from applications.selection.rules.assessing import assess
from applications.selection.rules.judging import Flat as FlatFacts
from applications.selection.rules.ranking import Policy
from applications.selection.rules.snapshot import Compared, order
from applications.selection.services import assess_due
from leases.homes.models import Flat, Regime, Site
from registry.persons.models import Person
from tests.applications.selection.conftest import (
    DAY,
    TODAY,
    asking,
    flat,
    person,
    site,
    somebody,
    stair,
    system_access,
)
from vuokra.rules.queries import rule
from vuokra.rules.rules import add_years

pytestmark = pytest.mark.django_db
__all__ = ["flat", "person", "site", "stair"]
LIMITS = {1: 30_000, 2: 45_000, 3: 60_000}


def municipality_says(name: str = "Hillakoski") -> WealthTable:
    table = WealthTable.objects.create(
        municipality=name, valid_from=date(2026, 1, 1), step_eur=10_000,
        decision="Kunnanhallitus 12.1.2026 § 9",
    )  # fmt: skip
    for persons, euros in LIMITS.items():
        WealthLimit.objects.create(table=table, persons=persons, euros=euros)
    return table


def facts_of(flat: Flat, funding: str = "arava", group: str = "") -> FlatFacts:
    Regime.objects.create(flat=flat, funding=funding, group=group, valid_from=date(2000, 1, 1))
    asked = bounds.regime_of(flat, TODAY)
    assert asked is not None
    return bounds.flat_facts(flat, asked, TODAY)


def wanted(flat: Flat, rent: str = "600") -> ranking.Wanted:
    return ranking.Wanted(flat, Decimal(rent))


def various(random: Random, number: int) -> Application:
    """An application like any other: some urgent, some rich, some with children."""
    return asking(
        somebody(number),
        wages=random.choice(["0", "900", "1500", "1500", "2950.50", "3540", "3541", "9000"]),
        saved=random.choice(["0", "0", "29000", "30001", "52000", "70000"]),
        situations=random.choice([(), ("A1",), ("B1",), ("B1", "C1"), ("C1",)]),
        children=tuple(
            add_years(TODAY, -random.choice([3, 17, 18]))
            for _ in range(random.choice([0, 0, 1, 3, 6]))
        ),
        residence=random.choice(["citizen", "citizen", "registered", ""]),
        municipality=random.choice(["Hillakoski", "hillakoski", "Muualla", ""]),
    )


@pytest.mark.parametrize("funding", ["arava", "long", "short", "free"])
def test_the_database_ranks_as_the_rules_do(flat: Flat, funding: str) -> None:
    with system_access():
        municipality_says()
        for number in range(40):
            various(Random(number), number)
        assess_due(TODAY)
        facts = facts_of(flat, funding)
        applications = ranking.matching(wanted(flat), "", TODAY)
        pure = {
            str(pk): assess(
                rule, replace(one.facts, local=one.home_municipality.lower() == "hillakoski"), TODAY
            )
            for pk, one in known(Application.objects.all()).items()
        }
        for policy in (Policy(), Policy("wealth_income", local_first=True)):
            rows = list(ranking.ranked(applications, facts, policy, TODAY, "Hillakoski"))
            placed = order(
                rule, facts, [Compared(pk, one) for pk, one in pure.items()], policy, TODAY
            )
            assert len(rows) == len(placed) == 40
            assert {str(one.pk): one.place for one in rows} == {one.id: one.place for one in placed}
            eligible = {one.id: one.judgement.eligible for one in placed}
            for one in rows:
                expected = False if one.failed else None if one.missing else True
                assert eligible[str(one.pk)] == expected, one.pk


@pytest.mark.parametrize(
    ("wish", "suits"),
    [
        ({}, True),
        ({"rooms_from": 2, "rooms_to": 2}, True),
        ({"rooms_from": 3}, False),
        ({"rooms_to": 1}, False),
        ({"area_from": 55}, False),
        ({"area_to": 54}, False),
        ({"rent_most_eur": 599}, False),
        ({"rent_most_eur": 600}, True),
        ({"floor_from": 2}, False),
        ({"floor_to": 1}, True),
        ({"group": "students"}, False),
        ({"access": "step_free"}, False),
        ({"equipment": ["sauna"]}, False),
    ],
)
def test_whom_a_flat_suits(flat: Flat, wish: dict[str, object], suits: bool) -> None:
    with system_access():
        asking(somebody(1), wish=wish)
        assess_due(TODAY)
        assert ranking.matching(wanted(flat), "", TODAY).exists() == suits
        round_ = Round.objects.create(
            flat=flat, free_from=TODAY, rent_eur=600, open_to_all_from=TODAY
        )
        rounds, one = Round.objects.all(), Application.objects.get()
        assert list(suitable.without_applicants(rounds, TODAY)) == ([] if suits else [round_])
        assert list(suitable.suiting(one, rounds, TODAY)) == ([round_] if suits else [])


def test_sites_wished_for_keep_others_out(flat: Flat, site: Site) -> None:
    elsewhere = Site.objects.create(number=7, name="Muu", postal_code="97999", town="Hillakoski")
    with system_access():
        here = asking(somebody(1), wish={"sites": [site.pk, elsewhere.pk]})
        asking(somebody(2), wish={"sites": [elsewhere.pk]})
        assess_due(TODAY)
        assert [one.pk for one in ranking.matching(wanted(flat), "", TODAY)] == [here.pk]
        Round.objects.create(flat=flat, free_from=TODAY, rent_eur=600, open_to_all_from=TODAY)
        rounds = Round.objects.all()
        found = [suitable.suiting(one, rounds, TODAY).exists() for one in Application.objects.all()]
        assert found == [one.pk == here.pk for one in Application.objects.all()]


def test_who_is_not_valid_today_is_not_compared(flat: Flat) -> None:
    with system_access():
        made = asking(somebody(1))
        asking(somebody(2), state=State.RECEIVED)
        assess_due(TODAY)
        assert [one.pk for one in ranking.matching(wanted(flat), "", TODAY)] == [made.pk]
        last = made.valid_until
        assert last is not None
        assert ranking.matching(wanted(flat), "", last).exists()
        assert not ranking.matching(wanted(flat), "", last + DAY).exists()


def test_without_a_table_wealth_is_missing_for_everybody(flat: Flat) -> None:
    with system_access():
        asking(somebody(1))
        assess_due(TODAY)
        facts = facts_of(flat)
        assert facts.wealth_table is None
        rows = ranking.matching(wanted(flat), "", TODAY)
        (one,) = ranking.ranked(rows, facts, bounds.policy(TODAY), TODAY, "Hillakoski")
    assert (one.failed, one.missing, one.wealth_limit) == (False, True, None)


def test_the_limits_are_those_of_the_day(flat: Flat) -> None:
    with system_access():
        municipality_says("HILLAKOSKI")
        table = bounds.wealth_table("Hillakoski", TODAY)
        assert table is not None and table.limit(5) == 80_000
        assert bounds.wealth_table("Hillakoski", date(2025, 12, 31)) is None
        assert bounds.wealth_table("Muualla", TODAY) is None
        gap = municipality_says("Muualla")
        WealthLimit.objects.create(table=gap, persons=5, euros=1)
        assert bounds.wealth_table("Muualla", TODAY) is None, "nothing is said of four persons"


def test_a_flat_whose_funding_nobody_recorded_has_no_regime(flat: Flat, person: Person) -> None:
    assert bounds.regime_of(flat, TODAY) is None
