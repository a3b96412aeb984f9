"""What the main user is told before a new number of requests is saved: counts and days alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from registry.persons.models import Person
from registry.rights import clock, effects, services
from registry.rights.models import DataRequest, ExtensionGround, Right, Way
from registry.rights.rule_rows import ANSWER_MONTHS, FIRST_ALERT, GDPR, LAPSE_DAYS
from tests.people import make_user, sign_in, system_access
from tests.registry.rights.conftest import acting, days_ago, forced, in_progress, take_in
from vuokra.accounts.models import User
from vuokra.policy.roles import Role
from vuokra.rules import queries
from vuokra.rules.registry import Proposed, spec
from vuokra.ui import formatting


def proposed(value: int, first: date, last: date | None = None) -> Proposed:
    return Proposed(value, first, last, clock.today())


def deadline(received: date, months: int) -> date:
    from registry.rights.rules import due
    from vuokra.rules.rules import add_months

    holidays = queries.holidays_between(received, add_months(received, months))
    return due(received, months, holidays).deadline


@pytest.fixture
def two(person: Person, clerk: User) -> list[DataRequest]:
    """Requests that came ten and five days ago."""
    with acting(clerk):
        return [
            take_in(person, Right.RECTIFICATION, received_on=days_ago(days)) for days in (10, 5)
        ]


def test_another_time_to_answer_moves_open_requests_of_its_days(two: list[DataRequest]) -> None:
    with system_access():
        count, note = effects.answer_months(proposed(2, GDPR))
        earliest = deadline(days_ago(10), 2)
        assert count == (
            "2 avointa pyyntöä saisi toisen määräajan. Aikaisin uusi määräaika on "
            f"{formatting.date(earliest)}."
        )
        assert note.startswith("Kirjattu määräaika vaihtuu")
        one, _note = effects.answer_months(proposed(2, days_ago(5)))
        assert one.startswith("1 avoin pyyntö")
        none = ["Minkään avoimen pyynnön määräaika ei muuttuisi."]
        assert effects.answer_months(proposed(2, days_ago(4))) == none
        assert effects.answer_months(proposed(2, GDPR, days_ago(11))) == none
        assert effects.answer_months(proposed(1, GDPR)) == none


def test_an_answered_request_moves_no_more(two: list[DataRequest], registrar: User) -> None:
    with acting(registrar):
        services.withdraw(two[0], note="Pyytäjä perui.", version=two[0].version)
    with system_access():
        assert effects.answer_months(proposed(2, GDPR))[0].startswith("1 avoin pyyntö")


def test_another_extension_moves_those_that_were_extended(
    two: list[DataRequest], person: Person, registrar: User
) -> None:
    row = in_progress(registrar, person, Right.RECTIFICATION, received_on=days_ago(3))
    with acting(registrar):
        services.extend(
            row, ExtensionGround.COMPLEX, reason="Useita järjestelmiä.", way=Way.LETTER,
            version=row.version,
        )  # fmt: skip
    with system_access():
        text, _note = effects.extension_months(proposed(1, GDPR))
        assert text.startswith("1 avoin pyyntö")
        assert formatting.date(deadline(days_ago(3), 2)) in text


def test_alerts_are_counted_on_the_first_day_of_the_value(two: list[DataRequest]) -> None:
    with system_access():
        until = (two[0].target - clock.today()).days
        assert "hälytettäisiin 0 nyt" in effects.first_alert(proposed(until - 1, GDPR))[0]
        assert "hälytettäisiin 1 nyt" in effects.first_alert(proposed(until, GDPR))[0]
        later = effects.first_alert(proposed(until, clock.today() + timedelta(days=5)))[0]
        assert "hälytettäisiin 2 nyt" in later
        assert formatting.date(clock.today() + timedelta(days=5)) in later
        assert effects.second_alert(proposed(until, GDPR, days_ago(1))) == []


def test_requests_that_nobody_identified_could_lapse(two: list[DataRequest]) -> None:
    with system_access():
        for row in two:
            forced(row, state="identifying", asked_on=row.received_on, reminded_on=days_ago(4))
        assert "1 pyyntö" in effects.lapse_days(proposed(8, GDPR))[0]
        assert "2 pyyntöä" in effects.lapse_days(proposed(5, GDPR))[0]


def test_the_main_user_is_told_without_a_right_to_requests(
    client: Client, two: list[DataRequest], person: Person
) -> None:
    sign_in(client, make_user(Role.PAA, username="paakayttaja"))
    given = {
        "value": "2", "valid_from": "25.5.2020", "valid_until": "", "source": "Hallitus",
        "note": "",
    }  # fmt: skip
    text = client.post(f"/hallinta/vuokra_rules/ruleversion/{ANSWER_MONTHS}/uusi/", given).text
    assert "2 avointa pyyntöä saisi toisen määräajan" in text
    for secret in (person.surname, str(person.customer_number), two[0].number):
        assert secret not in text


def test_holidays_that_are_not_entered_are_told(two: list[DataRequest]) -> None:
    from vuokra.rules.effects import sentences

    with system_access():
        (text,) = sentences(spec(ANSWER_MONTHS), proposed(12 * 30, GDPR))
        assert text.startswith("Vaikutusta ei voi laskea:")
        assert "pyhäpäivät" in text


@pytest.mark.parametrize("key", [ANSWER_MONTHS, FIRST_ALERT, LAPSE_DAYS])
def test_the_rules_tell_their_effect(key: str) -> None:
    assert spec(key).effect is not None
