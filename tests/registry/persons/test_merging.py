"""What a merge re-points: no room forgets a table, and homes of two records follow each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations

import pytest
from django.apps import apps
from django.db.models import ForeignKey
from hypothesis import given
from hypothesis import strategies as st

from registry.persons import merging
from registry.persons.homes import Period, fit_homes
from registry.persons.merging import RegisteredTwice
from registry.persons.models import Person
from vuokra.policy.catalogue import OWN, TableKind, tables

START = date(2020, 1, 1)


def pointing_at_people() -> Iterator[tuple[str, str]]:
    """Every column that names a person: by the catalogue's subject paths, and by foreign keys.

    Tables of the tests themselves, which only they describe, are no room's.
    """
    for table in tables(TableKind.PERSONAL):
        if table.name.startswith("prototype_"):
            continue
        if table.subject is not None and table.subject.column:
            yield table.name, table.subject.column
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_concrete_fields:
            if isinstance(field, ForeignKey) and field.related_model is Person:
                yield model._meta.db_table, str(field.column)


def settled() -> set[tuple[str, str]]:
    registered = {(r.model._meta.db_table, r.column) for r in merging.references()}
    return registered | {(e.table, e.column) for e in merging.exemptions()}


def test_every_reference_to_a_person_is_registered_or_exempt() -> None:
    forgotten = set(pointing_at_people()) - settled()
    assert not forgotten, "register these with registry.persons.merging.repoint, or exempt them"


def test_tables_with_a_longer_subject_path_name_persons_by_registered_columns() -> None:
    """A path in SQL ends at rows of tables that are registered, or the table itself is exempt."""
    exempted = {exemption.table for exemption in merging.exemptions()}
    known = {name for name, _ in settled()}
    for table in tables(TableKind.PERSONAL):
        if table.subject is not None and table.subject.sql and table.name not in exempted:
            named = {name for name in known if name in table.subject.sql}
            assert named or table.name in known, f"{table.name}: exempt it, or register it"


def test_nothing_is_registered_that_does_not_exist() -> None:
    assert settled() <= set(pointing_at_people())
    assert ("registry_persons_person", OWN.column) in settled()


def test_a_field_is_registered_once() -> None:
    with pytest.raises(RegisteredTwice):
        merging.repoint("registry_persons.ContactPoint")
    with pytest.raises(ValueError):
        merging.exempt("registry_persons_person", "uuid", "no")


def period(pk: int, first: int, last: int | None, *, kept: bool) -> Period:
    def day(number: int) -> date:
        return START + timedelta(days=number)

    return Period(pk, day(first), None if last is None else day(last), kept)


def days(periods: list[Period]) -> dict[int, tuple[int, int | None]]:
    return {
        p.pk: ((p.first - START).days, None if p.last is None else (p.last - START).days)
        for p in periods
    }


@pytest.mark.parametrize(
    ("kept", "moving", "expected"),
    [
        ((10, None), (0, None), {1: (10, None), 2: (0, 9)}),
        ((0, None), (10, None), {1: (0, 9), 2: (10, None)}),
        ((0, None), (0, None), {1: (0, None)}),
        ((0, None), (10, 20), {1: (0, None)}),
        ((10, 20), (0, None), {1: (10, 20), 2: (21, None)}),
        ((0, 9), (10, None), {1: (0, 9), 2: (10, None)}),
    ],
    ids=["older-ends", "newer-holds", "same-day", "inside", "outlasts", "apart"],
)
def test_home_addresses_follow_each_other(
    kept: tuple[int, int | None],
    moving: tuple[int, int | None],
    expected: dict[int, tuple[int, int | None]],
) -> None:
    found = fit_homes([period(1, *kept, kept=True), period(2, *moving, kept=False)])
    assert days(found) == expected


@st.composite
def homes(draw: st.DrawFn, kept: bool, pk: int) -> list[Period]:
    """Homes of one record: they never overlap, and only the last may be open."""
    cuts = sorted(draw(st.lists(st.integers(0, 60), unique=True, max_size=6)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    found = [period(pk + n, a, b, kept=kept) for n, (a, b) in enumerate(pairs)]
    if found and draw(st.booleans()):
        last = found[-1]
        found[-1] = Period(last.pk, last.first, None, kept)
    return found


@given(homes(kept=True, pk=1), homes(kept=False, pk=100))
def test_fitted_homes_never_overlap_and_the_survivor_loses_none(
    kept: list[Period], moving: list[Period]
) -> None:
    fitted = fit_homes([*moving, *kept])
    assert all(not a.overlaps(b) for a, b in combinations(fitted, 2))
    assert all(p.first <= p.end for p in fitted)
    assert {p.pk for p in kept} <= {p.pk for p in fitted}
