"""Households of the demo company and of the bench."""

from __future__ import annotations

from itertools import islice

import pytest

from registry.households import demo, queries
from registry.households.models import Commitment, Guardian, Household, Membership, Trusteeship
from registry.persons import demo as people
from registry.persons.models import Identity, Person
from tests.people import system_access
from tests.registry.households.conftest import TODAY
from vuokra.demo.registry import Scale

pytestmark = pytest.mark.django_db


def test_everybody_of_the_demo_company_lives_somewhere() -> None:
    told: list[tuple[int, int]] = []
    with system_access():
        people.make_persons(list(islice(people.invent(seed=3), 60)))
        demo.fill(Scale(60, TODAY), lambda done, total: told.append((done, total)))
        assert Membership.objects.count() == Person.objects.count() > 60
        children = Identity.objects.filter(hetu_index__isnull=True, birth_date__year__gte=2010)
        assert children.count() == Person.objects.count() - 60
        assert {row.person_id for row in Guardian.objects.all()} == {
            child.person_id for child in children
        }
        assert Commitment.objects.exists()
        assert Trusteeship.objects.exists()
        assert queries.nobody_lives_anywhere() is False
    assert told[-1][0] == told[-1][1] > 0


def test_households_of_the_bench_are_of_every_size_in_turn() -> None:
    assert [len(group) for group in demo.grouped(range(20))] == list(demo.SIZES)
    with system_access():
        persons = people.make_persons(list(islice(people.invent(seed=4), 20)))
        groups = list(demo.grouped([one.pk for one in persons]))
        assert demo.make_households(groups, TODAY) == 20
        assert Household.objects.count() == len(demo.SIZES)
