"""Opening too much (DP-A9): cards and reveals by the hour stop, identity codes by the day alarm."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from registry.persons import demo
from registry.persons.models import Person
from tests.people import PASSWORD, identified, make_user, sign_in, system_access
from tests.registry.persons.conftest import events
from vuokra.access.codes import Action, Outcome
from vuokra.access.models import AccessEvent
from vuokra.access.stated import raw_sql
from vuokra.accounts.models import User
from vuokra.company.models import Limits
from vuokra.company.services import save_limits
from vuokra.policy.roles import Role

LIMIT = 4


@pytest.fixture
def people(db: None) -> list[Person]:
    with system_access():
        made = demo.invent(seed=7)
        demo.make_persons([next(made) for _ in range(LIMIT + 3)])
        save_limits(Limits(cards_per_hour=LIMIT, reveals_per_day=2))
        return list(Person.objects.order_by("id"))


@pytest.fixture
def clerk(db: None) -> User:
    return make_user(Role.SOP, username="sari")


@pytest.fixture
def browser(clerk: User) -> Client:
    return sign_in(Client(), clerk)


def card(person: Person) -> str:
    return f"/henkilot/{person.public_id}/"


def use_up(browser: Client, people: list[Person]) -> None:
    for person in people[:LIMIT]:
        assert browser.get(card(person)).status_code == 200


def limits_noted() -> list[AccessEvent]:
    return [e for e in events() if any("limit" in part for part in e.detail)]


def test_DP_A9_a_script_with_a_cookie_stops_at_the_limit(
    browser: Client, people: list[Person]
) -> None:
    use_up(browser, people)
    for person in people[LIMIT:]:
        page = browser.get(card(person))
        assert page.status_code == 302
        assert page["Location"].startswith("/kirjaudu/uudelleen/")
        assert person.surname not in page.content.decode()
    stopped = limits_noted()
    assert [e.outcome for e in stopped] == [Outcome.DENIED] * 3
    assert [e.alarm for e in stopped] == [True, False, False]
    assert all(e.subjects == [] for e in stopped)


def test_DP_A9_who_identifies_again_goes_on(browser: Client, people: list[Person]) -> None:
    use_up(browser, people)
    asked = browser.get(card(people[LIMIT]))
    assert "Olet avannut paljon tietoja" in browser.get(asked["Location"]).content.decode()
    wrong = browser.post(asked["Location"], {"password": "väärä"})
    assert wrong.status_code == 200
    assert browser.get(card(people[LIMIT])).status_code == 302
    answer = browser.post(asked["Location"], {"password": PASSWORD})
    assert answer["Location"] == card(people[LIMIT])
    for person in people[LIMIT:]:
        assert browser.get(card(person)).status_code == 200


def test_DP_A9_another_session_of_the_user_is_counted_too(
    browser: Client, clerk: User, people: list[Person]
) -> None:
    use_up(browser, people)
    other = sign_in(Client(), clerk)
    assert other.get(card(people[-1])).status_code == 200, "the password was given just now"
    identified(other, clerk, ago=3600)
    assert other.get(card(people[0])).status_code == 302


def test_DP_A9_the_same_card_again_and_rows_of_a_list_do_not_count(
    browser: Client, people: list[Person]
) -> None:
    for _ in range(LIMIT + 2):
        assert browser.get(card(people[0])).status_code == 200
        assert browser.get("/henkilot/").status_code == 200
    assert browser.get(card(people[1])).status_code == 200


def test_DP_A9_reveals_count_and_are_stopped(browser: Client, people: list[Person]) -> None:
    use_up(browser, people)
    page = browser.post(f"{card(people[0])}hetu/")
    assert page.status_code == 302
    fragment = browser.post(f"{card(people[0])}hetu/", headers={"HX-Request": "true"})
    assert fragment.status_code == 204
    assert fragment["HX-Redirect"].startswith("/kirjaudu/uudelleen/")
    assert not [e for e in events() if e.action == Action.REVEAL and e.outcome == Outcome.OK]


def test_DP_A9_the_history_of_changes_counts_as_a_card(
    browser: Client, people: list[Person]
) -> None:
    """It tells the addresses and numbers that a card tells, and those before them."""
    for person in people[: LIMIT - 1]:
        assert browser.get(f"{card(person)}muutokset/").status_code == 200
        assert browser.get(card(person)).status_code == 200, "the same person counts once"
    assert browser.get(f"{card(people[LIMIT - 1])}muutokset/").status_code == 200
    stopped = browser.get(f"{card(people[-1])}muutokset/")
    assert stopped["Location"].startswith("/kirjaudu/uudelleen/")
    assert browser.get(card(people[-1])).status_code == 302


def test_DP_A9_many_identity_codes_in_a_day_raise_an_alarm(
    browser: Client, people: list[Person]
) -> None:
    coded = [person for person in people if _reveal(browser, person)]
    assert len(coded) >= 3
    reveals = [e for e in events() if e.action == Action.REVEAL and e.outcome == Outcome.OK]
    assert [e.alarm for e in reveals[:3]] == [False, False, True]
    assert {"kind": "note", "limit": ["reveals"]} in reveals[2].detail


def _reveal(browser: Client, person: Person) -> bool:
    return browser.post(f"{card(person)}hetu/").status_code == 200


def test_DP_A9_pages_that_are_about_nobody_stay_open(browser: Client, people: list[Person]) -> None:
    use_up(browser, people)
    for address in ("/henkilot/", "/ohje/", "/kayttoloki/omat/", "/kirjaudu/tunnisteet/"):
        assert browser.get(address).status_code == 200, address


def test_DP_A9_counting_costs_two_statements(browser: Client, people: list[Person]) -> None:
    browser.get(card(people[0]))
    with CaptureQueriesContext(connection) as captured:
        browser.get(card(people[0]))
    asked = [
        q["sql"]
        for q in captured
        if "access_pace" in q["sql"] or "company_queries__limits" in q["sql"]
    ]
    assert len(asked) == 2


@pytest.mark.parametrize("name", ["vuokra_access_pace", "vuokra_access_revealed"])
def test_DP_A9_counting_one_reads_nobody_elses_hour(db: None, name: str) -> None:
    with system_access(), raw_sql("plan of a query"), connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = %s", [name])
        asked = re.search(
            r"FROM (public.vuokra_access_event e\s+WHERE .*?)(;|\s+AND e.action)",
            cursor.fetchone()[0],
            re.DOTALL,
        )
        assert asked is not None
        rows = asked[1].replace("acting", "$1").replace("since", "$2")
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")
        cursor.execute(f"PREPARE pace (bigint, timestamptz) AS SELECT count(*) FROM {rows}")
        cursor.execute("EXPLAIN EXECUTE pace (1, now())")
        plan = "\n".join(row[0] for row in cursor.fetchall())
        cursor.execute("DEALLOCATE pace")
    found = re.findall(r"(?:Index Scan|Index Only Scan) using (\S+)", plan)
    assert found and all("actor" in one for one in found)


def test_without_a_saved_row_the_defaults_hold(db: None) -> None:
    from vuokra.company.queries import limits

    assert (limits().cards_per_hour, limits().reveals_per_day) == (60, 10)
