"""The review rules of 9.5: what raises an alert and what does not; what is concluded of it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from registry.persons.models import Person, TieKind
from registry.persons.services import add_address
from registry.persons.services.contacts import PostalAddress
from registry.watch.models import (
    Alert,
    Duty,
    Rule,
)
from registry.watch.services import alerts as services
from tests.people import make_user, sign_in, system_access
from tests.registry.persons.conftest import SINCE, events, invented
from tests.registry.watch.conftest import (
    DAY,
    NOON,
    Look,
    acting,
    day,
    go,
    moment,
    raised,
    tie,
    times,
)
from vuokra.accounts.models import User
from vuokra.company.models import Company, Limits, OfficeHours
from vuokra.company.services import save_company, save_limits
from vuokra.policy.roles import Role
from vuokra.policy.sources import Source
from vuokra.rules.services import add_version

CODE = [
    {"table": "registry_persons_identity", "kind": "reveal", "columns": ["hetu"], "rows": [1]},
]
SEALED = [
    {"table": "registry_protection_protecteddetail", "kind": "reveal", "columns": ["content"],
     "rows": [1]},
]  # fmt: skip


@pytest.fixture(autouse=True)
def everybody_has_a_case(db: None) -> None:
    """The rule of people without a case has tests of its own (test_quiet)."""
    with system_access():
        add_version("watch.quiet_months", 600, dt.date(2020, 1, 1), source="testi")


@pytest.fixture
def others(db: None) -> list[Person]:
    with system_access():
        return [
            invented("Aarnivuori", "Saimi", "311299-903B"),
            invented("Ruskasalmi", "Otso", "150685-907P"),
        ]


@pytest.fixture
def own(clerk: User) -> Person:
    """The record of the clerk himself, in the same street as everybody's."""
    with system_access():
        made = invented("Kettukangas", "Sari", "010180-9026")
    tie(made, clerk, TieKind.OWN)
    return made


@pytest.fixture
def hours(db: None) -> None:
    """Monday to Thursday 9–16, Friday 9–15 (S10-01)."""
    with system_access():
        company = save_company(
            Company(
                name="Hillakosken Vuokra-asunnot Oy", business_id="0000001-9",
                street_address="Koskikatu 1", postal_code="97999", city="Hillakoski",
                phone="+358490000001", email="toimisto@example.fi", contact_person="Meri Mallikas",
                contact_phone="+358490000002", contact_email="rekisteri@example.fi",
            )
        )  # fmt: skip
        for weekday in range(1, 6):
            OfficeHours.objects.create(
                company=company, weekday=weekday, opens=dt.time(9),
                closes=dt.time(15 if weekday == 5 else 16),
            )  # fmt: skip


# -- the rules of 9.5 ------------------------------------------------------------------------


def test_an_ordinary_look_raises_nothing(look: Look, clerk: User, person: Person) -> None:
    look(clerk, person)
    assert go() == 0
    assert raised() == {}


def test_the_same_surname_as_the_users_name(
    look: Look, person: Person, others: list[Person]
) -> None:
    user = make_user(Role.SOP, username="otso")
    with system_access():
        user.full_name = "Otso Ruskasalmi"
        user.save(update_fields=["full_name"])
    seen = look(user, others[1])
    look(user, person)
    go()
    assert raised() == {Rule.SAME_NAME: [seen]}


def test_the_same_surname_as_in_the_users_own_record(look: Look, clerk: User, own: Person) -> None:
    with system_access():
        relative = invented("Kettukangas", "Aili", "311299-903B")
        relative.addresses.all()
    seen = look(clerk, relative)
    go()
    assert raised()[Rule.SAME_NAME] == [seen]


def test_DP_A1_the_same_street_as_the_users(
    look: Look, clerk: User, own: Person, person: Person
) -> None:
    with system_access():
        elsewhere = invented("Aarnivuori", "Saimi", "311299-903B")
        elsewhere.addresses.all()[0].delete()
        add_address(
            elsewhere, "home", PostalAddress("Koskikatu 9", "97999", "Hillakoski"),
            source=Source.PERSON, valid_from=SINCE,
        )  # fmt: skip
    seen = look(clerk, person)
    look(clerk, elsewhere)
    go()
    assert raised() == {Rule.SAME_STREET: [seen]}


def test_colleagues_by_their_own_record_and_by_a_tie(
    look: Look, clerk: User, own: Person, person: Person, others: list[Person]
) -> None:
    other = make_user(Role.SOP, username="toinen")
    tie(others[0], other, TieKind.COLLEAGUE)
    first, second = look(other, own), look(other, others[0])
    look(other, person)
    look(clerk, others[0])
    go()
    found = raised()
    assert found[Rule.COLLEAGUE] == [first, second]


def test_a_listed_person_is_watched_while_listed(
    look: Look, clerk: User, auditor: User, person: Person, others: list[Person]
) -> None:
    with acting(auditor):
        services.list_person(person, why="Julkisuuden henkilö", valid_from=DAY)
        gone = services.list_person(others[0], why="Julkisuuden henkilö", valid_from=SINCE)
    with system_access():
        gone.valid_to = DAY - dt.timedelta(days=1)
        gone.save()
    seen = look(clerk, person)
    look(clerk, others[0])
    go()
    assert raised() == {Rule.LISTED: [seen]}


def test_DP_A9_more_cards_in_an_hour_than_the_limit(
    look: Look, clerk: User, person: Person, others: list[Person]
) -> None:
    with system_access():
        save_limits(Limits(cards_per_hour=2))
    for minutes, one in ((0, person), (1, person), (30, others[0])):
        look(clerk, one, at=times(10, minutes))
    third = look(clerk, others[1], at=times(10, 59))
    look(clerk, person, at=times(13, 0))
    go()
    assert raised() == {Rule.PACE: [third]}


def test_the_pace_passes_midnight(
    look: Look, clerk: User, person: Person, others: list[Person]
) -> None:
    with system_access():
        save_limits(Limits(cards_per_hour=2))
    night = NOON.replace(hour=0)
    look(clerk, person, at=night - dt.timedelta(minutes=20))
    look(clerk, others[0], at=night - dt.timedelta(minutes=10))
    third = look(clerk, others[1], at=night + dt.timedelta(minutes=10))
    go()
    assert raised() == {Rule.PACE: [third]}


@pytest.mark.parametrize(
    ("at", "late"),
    [
        (NOON.replace(hour=7, minute=30), False),  # the margin before the opening
        (NOON.replace(hour=7, minute=29), True),
        (NOON.replace(hour=17, minute=29), False),
        (NOON.replace(hour=17, minute=30), True),
        (day(2026, 11, 20, 16, 31), True),
        (day(2026, 11, 21, 12, 0), True),
        (day(2026, 12, 25, 12, 0), True),
    ],
)
def test_outside_office_hours(
    hours: None, look: Look, clerk: User, person: Person, at: dt.datetime, late: bool
) -> None:
    seen = look(clerk, person, at=at)
    go(at.replace(hour=23))
    assert raised() == ({Rule.HOURS: [seen]} if late else {})


def test_on_call_duty_explains_a_look_at_night(
    hours: None, look: Look, clerk: User, person: Person
) -> None:
    other = make_user(Role.SOP, username="toinen")
    with system_access():
        Duty.objects.create(
            staff=clerk, recorded_by=other, starts_at=moment(times(16, 0)),
            ends_at=moment(times(23, 0)),
        )  # fmt: skip
    look(clerk, person, at=times(20, 0))
    seen = look(other, person, at=times(20, 0))
    go(times(23, 30))
    assert raised() == {Rule.HOURS: [seen]}


def test_without_office_hours_there_is_no_outside(look: Look, clerk: User, person: Person) -> None:
    look(clerk, person, at=times(3, 0))
    assert go() == 0


def test_class_d_without_a_case(look: Look, clerk: User, person: Person) -> None:
    seen = look(clerk, person, action="reveal", detail=SEALED)
    look(clerk, person, action="reveal", detail=SEALED, case_kind="hakemus")
    look(clerk, person, action="reveal", detail=CODE)
    go()
    assert raised() == {Rule.SPECIAL: [seen]}


def test_repeated_refusals_and_not_the_question_of_a_purpose(
    look: Look, clerk: User, person: Person
) -> None:
    asked = [{"kind": "note", "asked": ["neighbour"]}]
    for minutes in range(6):
        look(clerk, person, at=times(9, minutes), outcome="denied", detail=asked)
    go(times(10, 0))
    assert raised() == {}
    refused = [look(clerk, at=times(11, minutes), outcome="denied") for minutes in range(6)]
    go()
    assert raised() == {Rule.DENIED: refused}


def test_five_refusals_are_not_yet_many(look: Look, clerk: User) -> None:
    for minutes in range(5):
        look(clerk, at=times(11, minutes), outcome="denied")
    assert go() == 0


def test_an_export_of_many_in_one_day(
    look: Look, clerk: User, person: Person, others: list[Person]
) -> None:
    with system_access():
        add_version("watch.export_persons", 2, DAY, source="testi")
    first = look(clerk, person, others[0], action="export", surface="export", at=times(9, 0))
    go(times(10, 0))
    assert raised() == {}
    second = look(clerk, person, others[1], action="export", surface="export", at=times(11, 0))
    go()
    assert raised() == {Rule.EXPORT: [first, second]}


def test_many_identity_codes_in_one_day(
    look: Look, clerk: User, person: Person, others: list[Person]
) -> None:
    with system_access():
        save_limits(Limits(reveals_per_day=2))
    opened = [
        look(clerk, one, at=times(9, n), action="reveal", detail=CODE)
        for n, one in enumerate((person, *others))
    ]
    go()
    assert raised() == {Rule.CODES: opened}


def test_alarms_of_the_system_become_alerts(look: Look, clerk: User, person: Person) -> None:
    seen = look(clerk, person, alarm=True)
    look(clerk, person, alarm=True, action="break_glass")  # it has a review of its own
    go()
    assert raised() == {Rule.ALARM: [seen]}


def test_DP_A2_an_attempt_on_ones_own_record_reaches_the_auditor(
    clerk: User, person: Person, auditor: User
) -> None:
    tie(person, clerk, TieKind.OWN)
    sign_in(Client(), clerk).get(f"/henkilot/{person.public_id}/")
    browser = sign_in(Client(), auditor)
    assert "uusi hälytys lokissa" in browser.get("/").content.decode()
    browser.post("/valvonta/kay-lapi/")
    text = browser.get("/").content.decode()
    assert "uusi hälytys lokissa" not in text and "Käsittele hälytys" in text


def test_DP_A1_a_neighbours_card_asks_the_purpose_and_raises_an_alert(
    clerk: User, own: Person, person: Person, auditor: User
) -> None:
    browser = sign_in(Client(), clerk)
    card = f"/henkilot/{person.public_id}/"
    asked = browser.get(card)
    assert asked.status_code == 403
    text = asked.content.decode()
    assert "samalla kadulla" in text and "Lehtovaara" not in text and f"{card}peruste/" in text
    assert {"kind": "note", "asked": ["neighbour"]} in events()[-1].detail
    short = browser.post(f"{card}peruste/", {"reason": "P3", "reason_text": "asia"})
    assert short.status_code == 422
    stated = browser.post(
        f"{card}peruste/", {"reason": "P3", "reason_text": "Sopimuksen jatko 17/2026"}
    )
    assert stated["Location"] == card
    assert browser.get(card).status_code == 200
    assert events()[-1].purpose == "P3"
    with system_access():
        services.go_through(timezone.now())
    with system_access():
        alert = Alert.objects.get(rule=Rule.SAME_STREET)
        assert (alert.staff_id, alert.day) == (clerk.pk, timezone.localdate())


def test_DP_A1_who_lives_elsewhere_is_not_asked(clerk: User, own: Person, person: Person) -> None:
    with system_access():
        address = own.addresses.get()
        address.street = "Koskikatu 9"
        address.save()
    assert sign_in(Client(), clerk).get(f"/henkilot/{person.public_id}/").status_code == 200


# -- dated settings ---------------------------------------------------------------------------


def test_a_rule_out_of_use_raises_nothing_from_its_day(
    look: Look, clerk: User, auditor: User, person: Person
) -> None:
    with acting(auditor):
        services.list_person(person, why="Julkisuuden henkilö", valid_from=SINCE)
    with system_access():
        add_version("watch.listed", False, DAY, source="testi")
    before = look(clerk, person, at=NOON - dt.timedelta(days=1))
    look(clerk, person)
    go()
    assert raised() == {Rule.LISTED: [before]}


def test_an_alert_keeps_the_number_that_was_passed(look: Look, clerk: User) -> None:
    for minutes in range(6):
        look(clerk, at=times(11, minutes), outcome="denied")
    go()
    with system_access():
        alert = Alert.objects.get()
    assert (alert.threshold, alert.version) == ("5", 1)
