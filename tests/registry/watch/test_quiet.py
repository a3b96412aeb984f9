"""A look at somebody with whom there has been no case for long (9.5): what counts as a case."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from registry.persons import activity
from registry.persons.models import Person
from registry.watch.models import AlertEvent, Rule
from registry.watch.services import alerts as services
from tests.people import system_access
from tests.registry.persons.conftest import invented
from tests.registry.watch.conftest import NOON, Look, moment
from vuokra.accounts.models import User


def quiet(at: dt.datetime = NOON) -> list[int]:
    with system_access():
        services.go_through(moment(at.replace(hour=23)))
        found = AlertEvent.objects.filter(rule=Rule.QUIET).order_by("event_id")
        return [event.event_id for event in found]


def since(person: Person, day: dt.date | None) -> None:
    with system_access():
        person.customer_since = day
        person.save()


@pytest.mark.parametrize(
    ("began", "silent"),
    [
        (dt.date(2024, 11, 18), False),
        (dt.date(2024, 11, 17), True),
        (None, True),
        (dt.date(2027, 1, 1), True),
    ],
)
def test_the_customership_began_within_24_months(
    look: Look, clerk: User, person: Person, began: dt.date | None, silent: bool
) -> None:
    since(person, began)
    seen = look(clerk, person)
    assert quiet() == ([seen] if silent else [])


def test_a_page_of_a_household_is_about_whoever_has_a_case(
    look: Look, clerk: User, person: Person
) -> None:
    with system_access():
        other = invented("Aarnivuori", "Saimi", "311299-903B")
    since(person, dt.date(2020, 1, 1))
    since(other, dt.date(2026, 1, 1))
    look(clerk, person, other)
    assert quiet() == []


def test_whatever_was_written_of_a_person_is_a_case(
    look: Look, clerk: User, person: Person
) -> None:
    """Every table of every room leaves a row of the log when it is written."""
    since(person, dt.date(2020, 1, 1))
    tomorrow = timezone.localtime().replace(tzinfo=None) + dt.timedelta(days=1)
    look(clerk, person, at=tomorrow.replace(hour=12))
    assert quiet(tomorrow) == []


def test_a_room_that_knows_cases_tells_them(
    look: Look, clerk: User, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    since(person, dt.date(2020, 1, 1))
    monkeypatch.setattr(activity, "_conditions", [*activity._conditions, "{person} > 0"])
    look(clerk, person)
    assert quiet() == []
