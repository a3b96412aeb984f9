"""Restricted data are opened for four purposes only, each stated and recorded (art. 18, A35)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from registry.persons.models import Ground, MarkKind, Person
from registry.persons.restriction import KEY
from registry.persons.services import marks as marking
from tests.people import system_access
from tests.registry.persons.conftest import SignedIn, events, invented

pytestmark = pytest.mark.django_db
WHY = {"ground": "claims", "reason_text": "Riita R-17"}


@pytest.fixture
def restricted(person: Person) -> Person:
    with system_access():
        marking.add_mark(
            person, MarkKind.RESTRICTION, Ground.ACCURACY, valid_from=timezone.localdate()
        )
    return person


def card(person: Person) -> str:
    return f"/henkilot/{person.public_id}/"


def asking(person: Person) -> str:
    return f"{card(person)}rajoitettu/"


@pytest.mark.parametrize("role", ["SOP", "TAL", "REK", "JOH"])
def test_DP_A35_every_read_is_refused_until_one_of_the_purposes_is_stated(
    signed_in: SignedIn, restricted: Person, role: str
) -> None:
    client = signed_in(role)
    answer = client.get(card(restricted))
    assert (answer.status_code, answer["Location"]) == (302, asking(restricted))
    assert events()[-1].outcome == "denied"
    page = client.get(asking(restricted)).content.decode()
    assert "Käsittelyä rajoitettu" in page and "Lehtovaara" not in page
    assert client.post(asking(restricted), WHY).status_code == 302
    assert "Lehtovaara" in client.get(card(restricted)).content.decode()
    note = next(part for part in events()[-1].detail if part["kind"] == "note")
    assert note["restricted"] == ["claims"]


@pytest.mark.parametrize("wrong", [{}, {"ground": "claims"}, {"ground": "x", "reason_text": "y"}])
def test_a_purpose_and_words_are_demanded(
    signed_in: SignedIn, restricted: Person, wrong: dict[str, str]
) -> None:
    client = signed_in("SOP")
    assert client.post(asking(restricted), wrong).status_code == 422
    assert client.get(card(restricted)).status_code == 302


def test_it_holds_for_that_person_in_that_session_for_a_while(
    signed_in: SignedIn, restricted: Person
) -> None:
    with system_access():
        other = invented("Aarnivuori", "Saimi", "311299-903B")
        marking.add_mark(
            other, MarkKind.RESTRICTION, Ground.CLAIMS, valid_from=timezone.localdate()
        )
    client, another = signed_in("SOP"), signed_in("HAK")
    client.post(asking(restricted), WHY)
    assert client.get(f"{card(restricted)}muokkaa/").status_code == 200
    assert client.get(card(other)).status_code == 302
    assert another.get(card(restricted)).status_code == 302
    age(client, restricted, timedelta(hours=1))
    assert client.get(card(restricted)).status_code == 302


def age(client: Client, person: Person, by: timedelta) -> None:
    """Let what was stated have been stated that much earlier."""
    session = client.session
    session[KEY] = {person.public_id: ["claims", (timezone.now() - by).isoformat()]}
    session.save()


def test_a_fragment_leads_to_the_page_that_asks(signed_in: SignedIn, restricted: Person) -> None:
    answer = signed_in("SOP").post(
        f"{card(restricted)}hetu/", headers={"HX-Request": "true"}
    )  # fmt: skip
    assert answer["HX-Redirect"] == asking(restricted)


def test_DP_A35_lists_tell_no_contact_details(signed_in: SignedIn, restricted: Person) -> None:
    page = signed_in("SOP").get("/henkilot/").content.decode()
    assert "Lehtovaara" in page and "Koulukatu" not in page and "@example.fi" not in page


def test_when_the_restriction_is_over_the_card_opens(
    signed_in: SignedIn, restricted: Person
) -> None:
    with system_access():
        mark = restricted.marks.get()
        mark.valid_from -= timedelta(days=2)
        mark.save()
        marking.end_mark(
            mark, last_day=timezone.localdate() - timedelta(days=1),
            told_on=timezone.localdate() - timedelta(days=1),
        )  # fmt: skip
    assert signed_in("SOP").get(card(restricted)).status_code == 200
