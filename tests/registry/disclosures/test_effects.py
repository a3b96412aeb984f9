"""What the main user is told before a new number of disclosures is saved, and which are in use."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import connection
from django.utils import timezone

from registry.disclosures import effects, rule_rows, services
from registry.disclosures.models import EEA, NotifyReason, Recipient
from registry.disclosures.services import Fit, Wish
from registry.persons.models import Person
from registry.persons.outgoing import Taking
from tests.people import system_access
from tests.registry.disclosures.conftest import acting, given, someone, today
from vuokra.access.stated import raw_sql
from vuokra.accounts.models import User
from vuokra.policy.roles import Purpose
from vuokra.rules.models import RuleVersion
from vuokra.rules.registry import Proposed, rooms, spec
from vuokra.ui import formatting

EVER = date(2018, 5, 25)


def proposed(value: int, first: date = EVER) -> Proposed:
    return Proposed(value, first, None, today())


def used(key: str) -> bool:
    return RuleVersion.objects.filter(key=key, used_at__isnull=False).exists()


def test_a_limit_is_tried_on_what_was_given_lately(agency: Recipient, person: Person) -> None:
    with system_access():
        many = [person, someone("Berg"), someone("Carlstedt")]
        change = {"purpose": Purpose.SOPIMUS}
        services.record_disclosure(given(agency, *many, **change), today=today())
        services.record_disclosure(given(agency, person, **change), today=today())
        told = effects.approved_people(proposed(2))
        assert told == [
            "30 päivän luovutuksista ja vienneistä rajan ylittäisi 1, nyt 0."
        ]  # fmt: skip
        assert "ylittäisi 0" in effects.approved_people(proposed(3))[0]
        assert "ylittäisi 2" in effects.approved_people(proposed(0))[0]


def test_agreements_that_somebody_would_be_reminded_of(doors: Recipient) -> None:
    with system_access():
        last = doors.bases.get().valid_to
        days = (last - today()).days
        assert effects.warn_days(proposed(days - 1)) == [
            "Mistään voimassa olevasta perusteesta ei muistutettaisi."
        ]
        (text,) = effects.warn_days(proposed(days))
        assert f"Se päättyy {formatting.date(last)}." in text
        assert effects.warn_days(proposed(days - 1, today() + timedelta(days=1))) != [
            "Mistään voimassa olevasta perusteesta ei muistutettaisi."
        ]


def test_recipients_would_have_to_be_told_by_another_day(
    doors: Recipient, person: Person, registrar: User
) -> None:
    with system_access():
        services.record_disclosure(given(doors, person), today=today())
    with acting(registrar):
        services.notify_recipients(person, ["PT-PUH"], NotifyReason.RECTIFIED, "TP 4")
    none = ["Minkään avoimen ilmoituksen määräpäivä ei muuttuisi."]
    with system_access():
        (text,) = effects.notify_days(proposed(3))
        assert text.startswith("1 avoin ilmoitus")
        assert formatting.date(today() + timedelta(days=3)) in text
        assert effects.notify_days(proposed(7)) == none
        assert effects.notify_days(proposed(3, today() + timedelta(days=1))) == none


def test_approved_exports_keep_their_time(person: Person, clerk: User, registrar: User) -> None:
    taking = Taking("persons:list", (person.pk,), frozenset({"PT-NIMI"}), "csv")
    wish = Wish(recipient=None, purpose=Purpose.SOPIMUS)
    with acting(clerk):
        asked = services.ask_export(taking, wish, Fit(taking.people, taking.codes, None))
        assert effects.download_days(proposed(9)) == []
    with acting(registrar):
        services.approve_export(asked, now=timezone.now(), today=today())
        assert used(rule_rows.DOWNLOAD_DAYS)
    with system_access():
        assert "on 1: se pitää latausaikansa" in effects.download_days(proposed(9))[0]


def test_the_limit_that_decided_of_approval_is_in_use(doors: Recipient, person: Person) -> None:
    """Both by hand and in a file."""
    with system_access():
        assert not used(rule_rows.APPROVED_PEOPLE)
        services.record_disclosure(given(doors, person), today=today())
        assert used(rule_rows.APPROVED_PEOPLE)


def test_the_limit_of_files_is_in_use(person: Person, clerk: User) -> None:
    with acting(clerk):
        wish = Wish(recipient=None, purpose=Purpose.SOPIMUS)
        found = Fit((person.pk,), frozenset({"PT-NIMI"}), None)
        assert not services.needs_approval(wish, found, today=today())
        assert used(rule_rows.APPROVED_PEOPLE)


def test_the_rules_have_a_heading_and_tell_their_effect(db: None) -> None:
    assert dict(rooms())["disclosures"] == "Luovutukset"
    for key in ("APPROVED_PEOPLE", "WARN_DAYS", "NOTIFY_DAYS", "DOWNLOAD_DAYS"):
        assert spec(getattr(rule_rows, key)).effect is not None


def test_the_states_of_the_eea_are_the_same_in_the_database(db: None) -> None:
    """The constraint was written from the list: whoever changes one changes the other."""
    with raw_sql("a constraint's definition"), connection.cursor() as cursor:
        cursor.execute(
            r"""
            SELECT DISTINCT m[1] FROM pg_constraint c,
                regexp_matches(pg_get_constraintdef(c.oid), '\m''?([A-Z]{2})''?::', 'g') m
            WHERE c.conname = 'disclosures_recipient_country'
            """
        )
        assert {code for (code,) in cursor.fetchall()} == set(EEA)
