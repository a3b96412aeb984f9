"""A1 on applications: of whoever lives in the user's street it is asked first what is done."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from applications.intake.codes import State
from applications.intake.models import Application
from applications.intake.purposes import STATED
from registry.persons.models import Ground, MarkKind, Person, TieKind
from registry.persons.services import marks as marking
from registry.persons.services.standing import record_tie
from registry.watch.models import Alert, Rule
from registry.watch.services import alerts
from tests.applications.intake.conftest import (
    TODAY,
    SignedIn,
    ban,
    invented,
    row,
    system_access,
    with_member,
)
from tests.registry.persons.conftest import events
from vuokra.accounts.models import User

pytestmark = pytest.mark.django_db
WHY = {"reason": "P1", "reason_text": "Hakija soitti ja kysyi päätöstä."}


@pytest.fixture
def made(person: Person, other: Person) -> Application:
    """An application of which the applicant's spouse alone lives in the street."""
    with system_access():
        found = row(person, State.RECEIVED)
        with_member(found, other)
        person.addresses.get().delete()
    return found


@pytest.fixture
def clerk(signed_in: SignedIn) -> Client:
    """Signed in as HAK, with a record of the clerk's own in the street."""
    client = signed_in("HAK")
    with system_access():
        own = invented("Kettukangas", "Sari", "010180-9026")
        record_tie(own, User.objects.get(username="hak").pk, TieKind.OWN, valid_from=TODAY)
    return client


def at(name: str, application: Application) -> str:
    return reverse(f"applications:{name}", args=[application.number])


def test_DP_A1_the_application_of_a_neighbour_asks_the_purpose(
    clerk: Client, made: Application
) -> None:
    for name in ("application", "review", "change_need"):
        asked = clerk.get(at(name, made))
        text = asked.content.decode()
        assert asked.status_code == 403
        assert "samalla kadulla" in text and "Lehtovaara" not in text
        assert at("purpose", made) in text
    assert {"kind": "note", "asked": ["neighbour"]} in events()[-1].detail
    page = clerk.get(at("purpose", made)).content.decode()
    assert "Lehtovaara" not in page and 'value="P1"' in page and 'value="P3"' not in page
    for given in (WHY | {"reason_text": "asia"}, WHY | {"reason": "P3"}, WHY | {"reason": ""}):
        assert clerk.post(at("purpose", made), given).status_code == 422
    stated = clerk.post(at("purpose", made), WHY)
    assert stated["Location"] == at("application", made)
    assert events()[-1].purpose == "P1"
    assert clerk.get(at("application", made)).status_code == 200
    assert clerk.get(at("review", made)).status_code == 200


def test_DP_A1_opening_it_raises_an_alert(clerk: Client, made: Application) -> None:
    clerk.post(at("purpose", made), WHY)
    clerk.get(at("application", made))
    with system_access():
        alerts.go_through(timezone.now())
        assert Alert.objects.filter(rule=Rule.SAME_STREET).count() == 1


def test_what_is_stated_serves_for_that_application_and_for_a_while(
    clerk: Client, made: Application
) -> None:
    with system_access():
        second = row(invented("Ruskasalmi", "Otso", "150685-907P"), State.RECEIVED)
    clerk.post(at("purpose", made), WHY)
    assert clerk.get(at("application", second)).status_code == 403
    assert clerk.get(at("application", made)).status_code == 200
    session = clerk.session
    long_ago = timezone.now() - timedelta(hours=9)
    session[STATED.key] = {made.number: ["P1", long_ago.isoformat()]}
    session.save()
    assert clerk.get(at("application", made)).status_code == 403


def test_of_others_nothing_is_asked(
    clerk: Client, signed_in: SignedIn, made: Application, other: Person
) -> None:
    assert signed_in("VAL").get(at("application", made)).status_code == 200  # no record of his own
    with system_access():
        other.addresses.get().delete()
    assert clerk.get(at("application", made)).status_code == 200
    assert clerk.get(at("purpose", made))["Location"] == at("application", made)


def test_a_home_under_turvakielto_does_not_tell_its_street_by_being_asked_about(
    clerk: Client, made: Application, other: Person
) -> None:
    with system_access():
        ban(other)
    assert clerk.get(at("application", made)).status_code == 200


def test_A35_a_restricted_neighbour_is_asked_about_both_ways_and_then_opens(
    clerk: Client, made: Application, other: Person
) -> None:
    with system_access():
        marking.add_mark(other, MarkKind.RESTRICTION, Ground.ACCURACY, valid_from=TODAY)
    assert at("purpose", made) in clerk.get(at("application", made)).content.decode()
    clerk.post(at("purpose", made), WHY)
    restricted = clerk.get(at("application", made))
    assert restricted["Location"] == reverse("persons:restricted", args=[other.public_id])
    clerk.post(restricted["Location"], {"ground": "request", "reason_text": "Oma pyyntö 5/2026"})
    assert clerk.get(at("application", made)).status_code == 200
