"""What the main user is told before a new number of the review is saved, and which are in use."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from registry.persons.models import Person
from registry.watch import rule_rows as keys
from registry.watch.models import Alert, Outcome, Rule
from registry.watch.queries import alerts as queries
from registry.watch.queries import glass
from registry.watch.services import alerts as services
from registry.watch.services import glass as glass_services
from tests.people import system_access
from tests.registry.watch.conftest import acting
from vuokra.accounts.models import User
from vuokra.rules.models import RuleVersion
from vuokra.rules.registry import Proposed, rooms, spec
from vuokra.ui import formatting

EVER = dt.date(2018, 5, 25)
NONE = ["Minkään odottavan määräpäivä ei muuttuisi."]


def proposed(value: object, first: dt.date = EVER) -> Proposed:
    return Proposed(value, first, None, timezone.localdate())  # type: ignore[arg-type]


@pytest.fixture
def alert(db: None) -> Alert:
    with system_access():
        return Alert.objects.create(rule=Rule.LISTED, actor="user:7", day=timezone.localdate())


def test_another_time_to_dispose_moves_what_waits(alert: Alert, auditor: User) -> None:
    told = spec(keys.DISPOSE_DAYS).effect
    assert told is not None
    with system_access():
        assert told(proposed(5)) == NONE
        (text,) = told(proposed(9))
        assert text.startswith("1 odottava")
        assert formatting.date(queries.disposal_due(alert.raised_at)) not in text
        assert told(proposed(9, timezone.localdate() + dt.timedelta(days=1))) == NONE
    with acting(auditor):
        services.dispose(alert, outcome=Outcome.UNFOUNDED, text="Asiakas soitti.")
    with system_access():
        assert told(proposed(9)) == NONE


def test_another_time_to_review_moves_break_glasses(person: Person, clerk: User) -> None:
    told = spec(keys.GLASS_REVIEW_DAYS).effect
    assert told is not None
    with acting(clerk):
        opened = glass_services.open_glass(
            person, reason="Vesivahinko kello kaksi yöllä.", wants_special=False,
            now=timezone.now(),
        )  # fmt: skip
    with system_access():
        assert told(proposed(2)) == NONE
        (text,) = told(proposed(8))
        assert text.startswith("1 odottava")
        assert formatting.date(glass.review_due(opened.opened_at)) not in text


def test_a_rule_out_of_use_tells_what_it_raised(alert: Alert) -> None:
    told = spec(keys.ON["listed"]).effect
    assert told is not None
    with system_access():
        on = told(proposed(True))
        assert on == ["Säännöstä on tullut 1 hälytys 90 päivän aikana."]
        off = told(proposed(False, dt.date(2099, 1, 1)))
        assert off == [*on, "Niitä ei tulisi enää 1.1.2099 alkaen."]
        other = spec(keys.ON["hours"]).effect
        assert other is not None
        assert "0 hälytystä" in other(proposed(True))[0]


def test_the_size_of_a_drawn_sample_is_in_use(db: None) -> None:
    with system_access():
        services.draw_sample(dt.date(2026, 11, 16))
        assert RuleVersion.objects.get(key=keys.SAMPLE_SIZE).used_at is not None


def test_the_rules_have_a_heading(db: None) -> None:
    assert dict(rooms())["watch"] == "Käytönvalvonta"
