"""Two who approve each other's disclosures (A52): once is allowed, the third in 30 days is told."""

from __future__ import annotations

import datetime as dt

import pytest

from registry.disclosures.rules import MutualPair
from registry.watch.models import Alert, AlertEvent, Rule
from registry.watch.services import alerts as services
from tests.people import make_user, system_access
from tests.registry.watch.conftest import DAY, Look, go, moment, times
from vuokra.accounts.models import User
from vuokra.policy.roles import Role

ROUTE = "disclosures:approve_export"


@pytest.fixture
def pair(registrar: User, monkeypatch: pytest.MonkeyPatch) -> tuple[User, User]:
    """Two registrars whom the room of disclosures reports."""
    other = make_user(Role.REK, username="toinen")
    found = MutualPair(registrar.pk, other.pk, 3, moment(times(11, 0)))
    monkeypatch.setattr(services, "mutual_approvals", lambda now, today: [found])
    return registrar, other


def test_DP_A52_each_of_the_two_gets_an_alert_with_the_approvals_given(
    look: Look, pair: tuple[User, User]
) -> None:
    first, second = pair
    given = [
        look(first, at=times(9, 0) - dt.timedelta(days=20), route=ROUTE),
        look(first, at=times(9, 0), route=ROUTE),
    ]
    answered = look(second, at=times(11, 0), route="disclosures:approve")
    look(first, at=times(10, 0), route=ROUTE, outcome="denied")
    look(first, at=times(10, 0), route="disclosures:exports")
    look(first, at=times(9, 0) - dt.timedelta(days=40), route=ROUTE)
    assert go() == 2
    with system_access():
        alerts = {one.staff_id: one for one in Alert.objects.filter(rule=Rule.APPROVALS)}
        events = {
            staff: sorted(one.events.values_list("event_id", flat=True))
            for staff, one in alerts.items()
        }
    assert events == {first.pk: given, second.pk: [answered]}
    assert {one.day for one in alerts.values()} == {DAY}
    assert {(one.threshold, one.version) for one in alerts.values()} == {("3", 1)}


def test_DP_A52_the_same_approvals_are_told_once(look: Look, pair: tuple[User, User]) -> None:
    for user in pair:
        look(user, at=times(9, 0), route=ROUTE)
    assert (go(), go()) == (2, 0)
    look(pair[0], at=times(12, 0), route=ROUTE)
    assert go() == 0, "it joins the open alert"
    with system_access():
        assert AlertEvent.objects.count() == 3
