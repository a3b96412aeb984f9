"""Rows of requests in the work queue: when, to whom, and when they go."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from registry.consents.codes import BY_CODE
from registry.disclosures import services as disclosures
from registry.disclosures.desk import telling_rows
from registry.disclosures.models import NotifyState, Recipient
from registry.persons.models import Ground, Person
from registry.rights import clock, desk, services
from registry.rights.models import Right, Way
from registry.rights.queries.notices import notices_of
from registry.rights.services import matters, objecting
from tests.registry.rights.conftest import (
    acting,
    decided,
    in_progress,
    informed,
    take_in,
)
from vuokra.access.context import current
from vuokra.accounts.models import User
from vuokra.desk import queries
from vuokra.desk.rows import Row
from vuokra.desk.rules import Band

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(person: Person) -> Recipient:
    """A recipient that was given the person's name and telephone."""
    return informed(person)


def rows(user: User, day: date | None = None) -> list[Row]:
    with acting(user):
        return list(desk.rows(current().actor, day or clock.today()))


def keys(user: User, day: date | None = None) -> list[str]:
    return [row.key for row in rows(user, day)]


def test_an_open_request_has_a_row_for_whoever_keeps_requests_and_goes_with_its_cause(
    registrar: User, leader: User, person: Person
) -> None:
    with acting(registrar):
        row = take_in(person)
    (found,) = rows(registrar)
    assert (found.due, found.statutory, found.owner) == (row.target, True, registrar.pk)
    assert found.soon and row.number in str(found.facts)
    assert keys(leader) == []
    with acting(registrar):
        services.withdraw(row, note="Soitti", version=row.version)
    assert keys(registrar) == []


ALERTS = {7: "Määräaika lähestyy.", 2: "Määräaika aivan lähellä."}


@pytest.mark.parametrize("left", [8, 7, 3, 2])
def test_alerts_at_seven_and_two_days_go_to_the_leader_too(
    registrar: User, leader: User, person: Person, left: int
) -> None:
    row = in_progress(registrar, person)
    near = row.target - timedelta(days=left)
    assert keys(leader, near) == ([f"request-{row.pk}"] if left <= 7 else [])
    assert rows(registrar, near)[0].soon is (left <= 7)
    (own,) = rows(registrar, row.deadline - timedelta(days=left))  # words tell of the lawful day
    told = [days for days, words in ALERTS.items() if words in str(own.facts)]
    assert told == {8: [], 7: [7], 3: [7], 2: [2]}[left]


def test_a_deadline_that_passed_is_told_to_both(
    registrar: User, leader: User, person: Person
) -> None:
    row = in_progress(registrar, person)
    day = row.deadline + timedelta(days=1)
    for user in (registrar, leader):
        (found,) = rows(user, day)
        assert "Määräaika on ohi." in str(found.facts)


def test_DP_A57_what_nobody_took_is_told_to_the_deputy_and_the_leader(
    clerk: User, registrar: User, second: User, leader: User, person: Person
) -> None:
    """A request that lay over the holidays: everybody who keeps requests sees it, and the leader
    once the days have gone in which it should have been begun."""
    with acting(clerk):
        row = take_in(person, received_on=clock.today() - timedelta(days=14))
    for user in (registrar, second):
        (found,) = rows(user)
        assert found.owner is None and "Kukaan ei ole ottanut käsittelyyn." in str(found.facts)
    assert keys(leader) == [f"request-{row.pk}"]


def test_an_answer_to_approve_is_a_row_of_the_second_person(
    registrar: User, second: User, leader: User, person: Person
) -> None:
    row = decided(registrar, person, Right.ACCESS)
    with acting(registrar):
        services.submit(row, version=row.version)
    for user in (second, leader):
        (found,) = rows(user)
        assert found.key == f"review-{row.pk}" and found.url.endswith("/hyvaksyminen/")
    assert keys(registrar) == [f"request-{row.pk}"]


def test_DP_A57_working_days_are_counted_over_any_time(
    clerk: User, leader: User, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three working days after a Friday end on Wednesday; half a year later it still waits."""
    with acting(clerk):
        row = take_in(person, received_on=date(2026, 10, 2))
    for day, heard in (
        (date(2026, 10, 7), []),
        (date(2026, 10, 8), [f"request-{row.pk}"]),
        (date(2027, 4, 1), [f"request-{row.pk}"]),
    ):
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        monkeypatch.setattr(clock, "read", partial(clock.Reading, noon, None))
        assert keys(leader, day) == heard, day


def test_a_confirmation_of_an_objection_waits_until_it_is_sent(
    registrar: User, person: Person
) -> None:
    with acting(registrar):
        row = take_in(person, Right.MARKETING)
        objecting.object_to(row, forbidden=[BY_CODE["marketing:post"]], version=row.version)
    assert keys(registrar) == [f"confirm-{row.pk}"]
    with acting(registrar):
        objecting.confirm(row, way=Way.EMAIL, version=row.version)
    assert keys(registrar) == []


def test_DP_A51_a_clock_that_went_back_makes_a_row_and_puts_off_no_alert(
    registrar: User, leader: User, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = in_progress(registrar, person)
    noon = datetime(row.target.year, row.target.month, row.target.day, 12, tzinfo=UTC)
    back = clock.Reading(noon - timedelta(days=20), noon - timedelta(days=1))
    monkeypatch.setattr(clock, "read", lambda: back)
    day = timezone.localdate(back.now)
    assert keys(leader, day) == ["clock", f"request-{row.pk}"]


def test_soon_rows_stand_in_sight_under_a_heading_that_does_not_say_this_week(
    registrar: User, person: Person
) -> None:
    with acting(registrar):
        take_in(person)
        found = queries.queue(current().actor, timezone.now(), kind="tietopyynto")
    assert [(line.in_sight, line.band) for line in found.lines] == [(True, Band.SOON)]


def test_statements_do_not_grow_with_requests(registrar: User, person: Person) -> None:
    def statements() -> int:
        with acting(registrar), CaptureQueriesContext(connection) as captured:
            list(desk.rows(current().actor, clock.today()))
        return len(captured)

    with acting(registrar):
        take_in(person)
    statements()  # reads the rules, which the process keeps
    before = statements()
    with acting(registrar):
        for _ in range(5):
            take_in(person, Right.PORTABILITY)
    assert statements() == before


def test_a_recipient_to_be_told_is_a_row_until_it_was(
    registrar: User, person: Person, told: Recipient
) -> None:
    row = in_progress(registrar, person, Right.RESTRICTION)
    with acting(registrar):
        matters.restrict(row, Ground.CLAIMS, version=row.version)

    def waiting() -> list[Row]:
        with acting(registrar):
            return list(telling_rows(current().actor, clock.today()))

    (one,) = waiting()
    assert told.name in str(one.facts) and one.person_id == person.pk
    with acting(registrar):
        (task,) = notices_of(row)
        disclosures.finish_notification(
            task, NotifyState.NOTIFIED, note="Kirje", now=clock.now()
        )  # fmt: skip
    assert waiting() == []
