"""Many leases: the list, its pages and stages, and what is closed to the user among them."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import cycle
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leases.contracts import demo, queries
from leases.contracts.models import Lease, Party
from leases.contracts.queries import Filters
from leases.contracts.rules.stages import Stage
from leases.homes import demo as stock
from leases.homes.models import Occupancy
from registry.households.demo import make_households
from registry.persons.models import Person, TieKind
from registry.persons.services.standing import record_tie
from tests.leases.contracts.conftest import TODAY, invented
from tests.leases.homes.conftest import acting
from tests.people import make_user, system_access
from vuokra.access.stated import raw_sql
from vuokra.demo.registry import Scale
from vuokra.policy.roles import Role as StaffRole

FLATS = 60
CODES = ("010190-903T", "010190-904U", "010190-905V", "010190-906W")


@pytest.fixture
def people(db: None) -> list[Person]:
    with system_access():
        return [invented(f"Asukas{one[-1]}", "Aino", one) for one in CODES]


@pytest.fixture
def leases(people: list[Person]) -> list[Lease]:
    """One that ended and one that runs in each flat, and two that wait."""
    with system_access():
        random = Random(7)  # an invented stock
        flats = stock.make_site(900, "Iso", "Isokatu", FLATS + 2, TODAY, random)
        renters = cycle(people)
        assert demo.let_many(flats[:FLATS], renters, Scale(FLATS, TODAY)) == FLATS
        running = Lease.objects.select_related("flat").order_by("id")
        assert demo.ended_before(list(running), renters) == FLATS
        for flat in flats[FLATS:]:
            demo.draw_up(flat, people[0], TODAY + timedelta(days=5), TODAY)
        return list(Lease.objects.order_by("-starts_on", "-id"))


def test_every_page_and_stage_tells_the_leases_that_are_its_own(leases: list[Lease]) -> None:
    found: list[int] = []
    with system_access():
        for number in (1, 2, 3):
            page = queries.lease_list(Filters(), number, today=TODAY)
            assert (page.paginator.num_pages, page.paginator.count) == (3, 2 * FLATS + 2)
            found += [row.lease.pk for row in page.object_list]
        assert found == [one.pk for one in leases]
        for stage in Stage:
            page = queries.lease_list(Filters(stage), 1, today=TODAY)
            assert page.paginator.count == sum(one.stage_on(TODAY) is stage for one in leases)
            assert all(row.stage is stage and row.tenants for row in page.object_list)
        assert page.paginator.count == 0
    assert Occupancy.objects.count() == 2 * FLATS


def test_a_page_costs_the_same_wherever_it_is(leases: list[Lease], people: list[Person]) -> None:
    """The last page of many, and one row beside fifty."""
    sent = []
    with acting(make_user(StaffRole.SOP)):
        for filters, number in ((Filters(), 1), (Filters(), 3), (Filters(Stage.WAITING), 1)):
            with CaptureQueriesContext(connection) as asked:
                assert queries.lease_list(filters, number, today=TODAY).object_list
            sent.append(len(asked))
        with CaptureQueriesContext(connection) as asked:
            waiting = queries.waiting(today=TODAY)
    assert sent == [4, 4, 4]
    assert [len(one) for one in (waiting.unsigned, waiting.moving_in)] == [2, 0]
    assert len(asked) <= 6


def test_A2_leases_of_the_users_household_are_closed_and_no_other(
    leases: list[Lease], people: list[Person]
) -> None:
    own, near, far, colleague = people
    clerk, other = make_user(StaffRole.SOP), make_user(StaffRole.TAL, username="toinen")
    with system_access():
        make_households([[own.pk, near.pk], [far.pk]], TODAY - timedelta(days=30))
        record_tie(own, clerk.pk, TieKind.OWN, valid_from=date(2024, 1, 1))
        record_tie(colleague, other.pk, TieKind.OWN, valid_from=date(2024, 1, 1))
        theirs = set(Party.objects.filter(person=far).values_list("lease", flat=True))
    with acting(clerk):
        page = queries.lease_list(Filters(), 1, today=TODAY)
        assert {row.lease.pk for row in page.object_list} == theirs
        assert not queries.waiting(today=TODAY).unsigned


def test_whose_record_is_closed_is_asked_of_the_ties_and_not_of_every_lease(
    leases: list[Lease],
) -> None:
    """A subplan would run for each lease there is: no condition may become one."""
    with acting(make_user(StaffRole.SOP)), raw_sql("a plan"):
        chosen = Lease.objects.filter(queries.of_nobody_closed(TODAY)).values("pk")
        plan = chosen.order_by(*queries.NEWEST)[:50].explain()
    assert "Anti Join" in plan
    assert "SubPlan" not in plan
