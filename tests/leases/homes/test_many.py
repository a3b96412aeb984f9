"""A stock of 50,000 flats: what the list answers, what it asks, and by which plans."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from time import process_time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from leases.contracts.models import Lease, Party
from leases.contracts.rules.persons import Role
from leases.homes import demo, queries
from leases.homes.finding import find
from leases.homes.models import Flat, OutReason, Vacancy
from leases.homes.queries import PAGE, Filters, Part, Sort
from leases.homes.rules import Standing
from registry.persons.models import Source
from registry.persons.queries.lists import COUNTED
from tests.leases.homes.conftest import DAY, TODAY
from tests.people import system_access
from tests.registry.persons.conftest import invented
from vuokra.access.stated import bulk_write, raw_sql

pytestmark = [pytest.mark.full, pytest.mark.django_db]

SITES, PER_SITE = 50, 1000
FREE_OF = 50  # one flat in fifty is free, one repaired, one freeing; the others are let
SECOND = 1.0


def stock() -> list[Flat]:
    """The flats in the order of the list."""
    random = Random(7)  # an invented stock
    for number in range(SITES):
        street = f"{chr(65 + number // 10)}{chr(97 + number % 10)}katu"
        demo.make_site(500 + number, f"K {number}", street, PER_SITE, TODAY, random)
    flats = list(Flat.objects.order_by("sort_key", "id"))
    let = [(flat, number % FREE_OF) for number, flat in enumerate(flats) if number % FREE_OF > 1]
    first = TODAY - 400 * DAY
    tenant = invented("Vuokkola", "Veikko", "010190-905V")
    with bulk_write("leases of one tenant"):
        leases = Lease.objects.bulk_create(
            Lease(
                flat=flat, starts_on=first,
                last_day=TODAY + timedelta(days=30) if place == 2 else None,
            )
            for flat, place in let
        )  # fmt: skip
        Party.objects.bulk_create(
            Party(
                lease=lease, person=tenant, role=Role.TENANT, source=Source.LEASE,
                valid_from=first, signed_on=first,
            )
            for lease in leases
        )  # fmt: skip
        Lease.objects.update(ready_at=timezone.now(), concluded_on=first)
    Vacancy.objects.bulk_create(
        Vacancy(flat=flat, reason=OutReason.RENOVATION, valid_from=TODAY - DAY)
        for flat in flats[1::FREE_OF]
    )
    return flats


@pytest.fixture
def flats(db: None) -> Iterator[list[Flat]]:
    with system_access():
        yield stock()


def test_the_list_of_fifty_thousand_flats(flats: list[Flat]) -> None:
    assert len(flats) == 50_000
    free, out = flats[::FREE_OF], flats[1::FREE_OF]
    for filters, expected in (
        (Filters(), flats), (Filters(Part.FREE), free), (Filters(Part.OUT), out),
        (Filters(Part.FREEING), flats[2::FREE_OF]), (Filters(reason=OutReason.RENOVATION), out),
    ):  # fmt: skip
        first = queries.flat_list(filters, 1, today=TODAY)
        last = queries.flat_list(filters, 900_000, today=TODAY)
        expected = expected[:COUNTED]
        assert first.paginator.count == len(expected)
        assert [row.flat.pk for row in first.object_list] == [one.pk for one in expected[:PAGE]]
        assert [row.flat.pk for row in last.object_list] == [one.pk for one in expected[-PAGE:]]
    assert {row.standing for row in last.object_list} == {Standing.OUT}
    assert sum(row.free for row in queries.site_list(today=TODAY)) == len(free)
    wanted = flats[-1]
    assert any(hit.title == wanted.address for hit in find(wanted.address, TODAY))
    _same_statements(flats)
    _plans()


def _same_statements(flats: list[Flat]) -> None:
    """The last page of all, the free ones of one site, and each within a second of processor."""
    site = flats[0].stair.building.site_id
    for filters, page in (
        (Filters(), 1), (Filters(), 900_000), (Filters(Part.FREE), 1),
        (Filters(Part.FREE, site=site), 1),
    ):  # fmt: skip
        began = process_time()
        with CaptureQueriesContext(connection) as asked:
            assert queries.flat_list(filters, page, today=TODAY).object_list
        assert len(asked) == 6, filters
        assert process_time() - began < SECOND


def _plans() -> None:
    """A page of all is read along the index of the order; what is free is found by joins, never by
    a question about each flat."""
    with CaptureQueriesContext(connection) as asked:
        queries.flat_list(Filters(), 1, today=TODAY, sort=Sort.ADDRESS_DOWN)
        queries.flat_list(Filters(Part.FREE), 1, today=TODAY)
    _count, page, *_rest = (one["sql"] for one in asked)
    free_count, free_page = (one["sql"] for one in list(asked)[6:8])
    assert "homes_flat_order" in _plan(page)
    for sql in (free_count, free_page):
        assert "Anti Join" in _plan(sql)
        assert "SubPlan" not in _plan(sql)


def _plan(sql: str) -> str:
    with raw_sql("a plan"), connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {sql}")
        return "\n".join(row for (row,) in cursor.fetchall())
