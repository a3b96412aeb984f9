"""One alert for a rule, user and day; what is concluded of it; suspicions, samples, pages."""

from __future__ import annotations

import datetime as dt
import secrets

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from registry.persons.models import Person
from registry.rights import services as rights
from registry.rights.models import Right
from registry.watch.models import (
    Alert,
    Disposition,
    Listed,
    Outcome,
    Round,
    Rule,
    Sample,
    Suspicion,
)
from registry.watch.queries import alerts as queries
from registry.watch.services import alerts as services
from tests.people import make_user, sign_in, system_access
from tests.registry.persons.conftest import SINCE, SignedIn
from tests.registry.rights.conftest import delivered
from tests.registry.watch.conftest import (
    DAY,
    EVENING,
    NOON,
    Look,
    acting,
    day,
    go,
    moment,
    raised,
    times,
)
from vuokra.access.stated import raw_sql
from vuokra.accounts.models import User
from vuokra.policy.roles import Role
from vuokra.rules.services import add_version


@pytest.fixture(autouse=True)
def everybody_has_a_case(db: None) -> None:
    """The rule of people without a case has tests of its own (test_quiet)."""
    with system_access():
        add_version("watch.quiet_months", 600, dt.date(2020, 1, 1), source="testi")


# -- one alert for rule × user × day ------------------------------------------------------------


@pytest.fixture
def watched(auditor: User, person: Person) -> Person:
    with acting(auditor):
        services.list_person(person, why="Julkisuuden henkilö", valid_from=SINCE)
    return person


def test_running_again_makes_nothing_new(look: Look, clerk: User, watched: Person) -> None:
    look(clerk, watched)
    assert go() == 1
    assert go() == 0
    assert go(EVENING + dt.timedelta(minutes=30)) == 0
    with system_access():
        assert (Alert.objects.count(), Round.objects.count()) == (1, 3)


def test_more_on_the_same_day_joins_the_open_alert(
    look: Look, clerk: User, watched: Person
) -> None:
    first = look(clerk, watched, at=times(9, 0))
    assert go(times(10, 0)) == 1
    second = look(clerk, watched, at=times(11, 0))
    assert go() == 0
    assert raised() == {Rule.LISTED: [first, second]}
    other = make_user(Role.SOP, username="toinen")
    look(other, watched, at=times(12, 0))
    look(clerk, watched, at=NOON + dt.timedelta(days=1))
    assert go(EVENING + dt.timedelta(days=1)) == 2


def test_what_is_done_after_the_disposal_is_not_hidden_by_it(
    look: Look, clerk: User, watched: Person, auditor: User
) -> None:
    look(clerk, watched, at=times(9, 0))
    go(times(10, 0))
    with acting(auditor):
        services.dispose(Alert.objects.get(), outcome=Outcome.UNFOUNDED, text="Asiakas soitti.")
    later = look(clerk, watched, at=times(15, 0))
    assert go() == 1
    with system_access():
        second = Alert.objects.get(part=2)
        assert [one.event_id for one in second.events.all()] == [later]


def test_days_without_a_run_are_caught_up(look: Look, clerk: User, watched: Person) -> None:
    go(NOON - dt.timedelta(days=6))
    for days in (5, 3):
        look(clerk, watched, at=NOON - dt.timedelta(days=days))
    assert go() == 2


def test_the_statements_of_a_run_do_not_grow_with_the_events(
    look: Look, clerk: User, watched: Person
) -> None:
    look(clerk, watched)
    with CaptureQueriesContext(connection) as few:
        go()
    for minutes in range(25):
        look(clerk, watched, at=times(13, minutes))
    with CaptureQueriesContext(connection) as many:
        go()
    assert len(many) <= len(few) + 6, "one more day, no statement for an event"


# -- disposing ----------------------------------------------------------------------------------


@pytest.fixture
def alert(look: Look, clerk: User, watched: Person) -> Alert:
    look(clerk, watched)
    go()
    with system_access():
        return Alert.objects.get()


def test_suspected_misuse_starts_the_clock(alert: Alert, auditor: User, registrar: User) -> None:
    with acting(auditor):
        services.dispose(alert, outcome=Outcome.SUSPECTED, text="Ei mitään asiaa.")
    with acting(registrar):
        suspicion = queries.open_suspicions().get()
        assert queries.notify_by(suspicion) - suspicion.aware_at == dt.timedelta(hours=72)
        services.pass_on(suspicion, where="Loukkausasia 3/2026")
        with pytest.raises(ValidationError, match="jo siirretty"):
            services.pass_on(suspicion, where="Toisaalle")
        with pytest.raises(DatabaseError), transaction.atomic():
            suspicion.delete()


@pytest.mark.parametrize(
    ("instant", "due"),
    [
        (day(2027, 3, 27, 12, 0), "30.3. 13.00"),
        (day(2026, 10, 24, 12, 0), "27.10. 11.00"),
        (day(2026, 12, 18, 16, 0), "21.12. 16.00"),
        (day(2026, 12, 23, 15, 30), "26.12. 15.30"),
    ],
)
def test_DP_B_the_clock_runs_in_hours_on_end(db: None, instant: dt.datetime, due: str) -> None:
    with system_access():
        found = timezone.localtime(queries.notify_by(Suspicion(aware_at=moment(instant))))
    assert f"{found.day}.{found.month}. {found:%H.%M}" == due


def test_nobody_disposes_of_his_own_alert_nor_twice(
    look: Look, watched: Person, auditor: User
) -> None:
    look(auditor, watched)
    go()
    other = make_user(Role.TAR, username="toinen")
    with system_access():
        alert = Alert.objects.get()
    with acting(auditor):
        assert not queries.open_alerts().exists()
        with pytest.raises(ValidationError, match="koskee sinua"):
            services.dispose(alert, outcome=Outcome.UNFOUNDED, text="Itse katsoin.")
        with pytest.raises(DatabaseError), transaction.atomic():
            Disposition.objects.create(
                alert=alert, decided_by=auditor, outcome="unfounded", text="Itse katsoin."
            )
    with acting(other):
        services.dispose(alert, outcome=Outcome.EXPLAINED, text="Asiakas pyysi tietonsa.")
        with pytest.raises(ValidationError, match="jo käsitelty"):
            services.dispose(alert, outcome=Outcome.UNFOUNDED, text="Vielä kerran.")


@pytest.mark.parametrize("text", ["", "  x ", "Asukas 150685-906N pyysi"])
def test_grounds_are_words_without_codes(alert: Alert, auditor: User, text: str) -> None:
    with acting(auditor), pytest.raises(ValidationError):
        services.dispose(alert, outcome=Outcome.UNFOUNDED, text=text)


def test_an_alert_is_due_in_five_working_days(alert: Alert) -> None:
    friday = moment(day(2026, 11, 20, 10, 0))
    with system_access():
        assert queries.disposal_due(friday) == dt.date(2026, 11, 27)


@pytest.mark.parametrize("table", ["alert", "alertevent", "disposition", "sample", "samplereview"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_alerts_and_what_was_concluded_stay(
    alert: Alert, auditor: User, table: str, statement: str
) -> None:
    with acting(auditor):
        services.dispose(alert, outcome=Outcome.UNFOUNDED, text="Asiakas soitti.")
        sample = services.draw_sample(DAY - dt.timedelta(days=DAY.weekday()))
        assert sample is not None
        services.review_sample(sample, text="Ei huomautettavaa.")
    with (
        system_access(),
        raw_sql("a test of the guard"),
        connection.cursor() as cursor,
        pytest.raises(DatabaseError),
        transaction.atomic(),
    ):
        cursor.execute(statement.format(f"registry_watch_{table}"))


# -- samples ------------------------------------------------------------------------------------


def test_the_weekly_sample_is_drawn_once_and_repeats(
    look: Look, clerk: User, person: Person
) -> None:
    ids = {look(clerk, person, at=times(9, minutes)) for minutes in range(50)}
    look(clerk, person, at=NOON + dt.timedelta(days=7))
    week = DAY - dt.timedelta(days=DAY.weekday())
    with system_access():
        sample = services.draw_sample(week)
        assert sample is not None
        assert (sample.population, len(sample.event_ids)) == (50, 30)
        assert set(sample.event_ids) <= ids
        assert services.repeats(sample)
        assert services.draw_sample(week) is None
        assert Sample.objects.count() == 1


def test_a_sample_that_was_not_drawn_by_its_seed_does_not_repeat(
    look: Look, clerk: User, person: Person
) -> None:
    ids = [look(clerk, person, at=times(9, minutes)) for minutes in range(50)]
    with system_access():
        chosen = Sample.objects.create(
            week=DAY - dt.timedelta(days=DAY.weekday()), seed=secrets.token_hex(32), population=50,
            event_ids=ids[:30],
        )  # fmt: skip
        assert not services.repeats(chosen)


def test_the_night_draws_last_weeks_sample(db: None) -> None:
    with system_access():
        services.of_the_night()
        sample = Sample.objects.get()
    today = timezone.localdate()
    assert sample.week == today - dt.timedelta(days=today.weekday() + 7)


# -- pages --------------------------------------------------------------------------------------


@pytest.fixture
def seen(clerk: User, watched: Person) -> Person:
    """The clerk has opened the card of the watched person, just now."""
    assert sign_in(Client(), clerk).get(f"/henkilot/{watched.public_id}/").status_code == 200
    return watched


def test_L6_the_auditor_sees_who_did_what_and_no_content(
    signed_in: SignedIn, clerk: User, seen: Person
) -> None:
    with system_access():
        services.go_through(timezone.now())
    browser = signed_in("TAR")
    with system_access():
        alert = Alert.objects.get(rule=Rule.LISTED)
    text = browser.get("/valvonta/?saanto=listed").content.decode()
    assert "Seurattava henkilö" in text and clerk.full_name in text
    page = browser.get(f"/valvonta/halytys/{alert.pk}/").content.decode()
    assert str(seen.customer_number) in page and "Kortti avattu" in page
    assert "Lehtovaara" not in page and "Koulukatu" not in page
    given = {"outcome": "", "text": "Asiakas soitti."}
    refused = browser.post(f"/valvonta/halytys/{alert.pk}/", given)
    assert refused.status_code == 422
    assert "Asiakas soitti." in refused.content.decode(), "nothing typed is lost"
    answer = browser.post(f"/valvonta/halytys/{alert.pk}/", given | {"outcome": "explained"})
    assert answer.status_code == 302
    rest = browser.get("/valvonta/?saanto=listed").content.decode()
    assert clerk.full_name not in _rows(rest)
    done = browser.get("/valvonta/?saanto=listed&tila=kasitellyt").content.decode()
    assert clerk.full_name in _rows(done)


def _rows(text: str) -> str:
    return text[text.index("<tbody>") :] if "<tbody>" in text else ""


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("saanto=listed", True), ("saanto=pace", False), ("saanto=outo", True),
        ("kayttaja=999999", False), ("kayttaja=x", True), ("tila=kaikki&sivu=9", True),
    ],
)  # fmt: skip
def test_the_list_is_narrowed(
    signed_in: SignedIn, alert: Alert, clerk: User, query: str, shown: bool
) -> None:
    text = signed_in("TAR").get(f"/valvonta/?{query}").content.decode()
    assert (clerk.full_name in _rows(text)) is shown


@pytest.mark.parametrize("role", ["SOP", "HAK", "JOH", "PAA", "HUO"])
@pytest.mark.parametrize("page", ["", "otannat/", "epailyt/", "seurattavat/"])
def test_who_does_not_watch(signed_in: SignedIn, role: str, page: str) -> None:
    assert signed_in(role).get(f"/valvonta/{page}").status_code == 403


def test_a_sample_is_gone_through_on_its_page(signed_in: SignedIn, seen: Person) -> None:
    today = timezone.localdate()
    with system_access():
        sample = services.draw_sample(today - dt.timedelta(days=today.weekday()))
    assert sample is not None
    browser = signed_in("TAR")
    assert "Käy viikko-otanta läpi" in browser.get("/").content.decode()
    page = f"/valvonta/otannat/{sample.pk}/"
    text = browser.get(page).content.decode()
    assert str(seen.customer_number) in text
    assert browser.post(page, {"text": ""}).status_code == 422
    assert browser.post(page, {"text": "Ei huomautettavaa."}).status_code == 302
    assert "Käy viikko-otanta läpi" not in browser.get("/").content.decode()


def test_a_person_is_listed_by_number_and_taken_off(signed_in: SignedIn, person: Person) -> None:
    browser = signed_in("REK")
    given = {
        "number": str(person.customer_number),
        "why": "Julkisuudessa",
        "valid_from": "1.11.2026",
    }
    unknown = browser.post("/valvonta/seurattavat/", given | {"number": "99999999"})
    assert unknown.status_code == 422
    assert browser.post("/valvonta/seurattavat/", given).status_code == 302
    twice = browser.post("/valvonta/seurattavat/", given)
    assert twice.status_code == 422
    assert "jo seurattavien" in twice.content.decode()
    with system_access():
        row = Listed.objects.get()
    end = f"/valvonta/seurattavat/{row.pk}/"
    assert browser.post(end, {"last_day": "1.1.2020"}).status_code == 422
    assert browser.post(end, {"last_day": "30.11.2026"}).status_code == 302


def test_a_suspicion_is_passed_on_by_the_registrar(
    signed_in: SignedIn, alert: Alert, auditor: User
) -> None:
    with acting(auditor):
        services.dispose(alert, outcome=Outcome.SUSPECTED, text="Ei mitään asiaa.")
    browser = signed_in("REK")
    assert "Arvioi loukkausepäily" in browser.get("/").content.decode()
    with system_access():
        suspicion = Suspicion.objects.get()
    page = f"/valvonta/epailyt/{suspicion.pk}/"
    assert f"/valvonta/halytys/{alert.pk}/" in browser.get(page).content.decode()
    assert browser.post(page, {"where": "Loukkausasia 3/2026"}).status_code == 302
    assert "Arvioi loukkausepäily" not in browser.get("/").content.decode()
    assert "Loukkausasia 3/2026" in browser.get("/valvonta/epailyt/").content.decode()


# -- wrong sends (DP-A30) -----------------------------------------------------------------------


def test_DP_A30_an_answer_that_went_wrong_is_a_suspected_breach_with_its_hours(
    signed_in: SignedIn, registrar: User, clerk: User, watched: Person
) -> None:
    second = make_user(Role.REK, username="toinen")
    row = delivered(registrar, second, watched, Right.ACCESS)
    with acting(registrar):
        delivery = row.deliveries.get()
        rights.report_missent(delivery, what="Väärä osoite")
        suspicion = Suspicion.objects.get()
        assert (suspicion.delivery_id, suspicion.reference) == (delivery.pk, row.number)
        assert queries.notify_by(suspicion) - suspicion.aware_at == dt.timedelta(hours=72)
    leader = signed_in("JOH")
    mine = leader.get("/").content.decode()
    assert "Tietopyynnön vastaus meni väärään paikkaan" in mine and row.number in mine
    browser = signed_in("REK")
    assert f"Vastaus meni väärään paikkaan: {row.number}" in browser.get("/").content.decode()
    assert row.number in browser.get("/valvonta/epailyt/").content.decode()
    page = f"/valvonta/epailyt/{suspicion.pk}/"
    assert f"/tietopyynnot/{row.slug}/" in browser.get(page).content.decode()
    assert browser.post(page, {"where": "Loukkausasia 4/2026"}).status_code == 302
    assert row.number not in leader.get("/").content.decode()


def test_a_suspicion_is_of_one_thing_and_a_wrong_send_is_named(db: None) -> None:
    with system_access():
        for wrong in ({}, {"delivery_id": 7}, {"reference": "TP-2026-0001"}):
            with pytest.raises(IntegrityError, match="watch_suspicion"), transaction.atomic():
                Suspicion(**wrong).save()
