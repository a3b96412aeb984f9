"""What is not shown: an object looks missing, a function is named (ui 6, *Denied*)."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client

from registry.persons.models import Person
from tests.people import system_access
from tests.registry.persons.conftest import SignedIn, events, invented
from tests.registry.persons.test_pages import card_of
from vuokra.access.codes import Outcome

TOKEN = re.compile(r'(csrfmiddlewaretoken" value="|X-CSRFToken": ")[^"]+')


def looks(client: Client, path: str) -> tuple[int, str]:
    """The answer to a GET, without what differs at every request."""
    page = client.get(path)
    return page.status_code, TOKEN.sub("", page.text)


def test_DP_A4_denied_object_is_the_same_page_as_a_missing_one(
    signed_in: SignedIn, person: Person
) -> None:
    with system_access():
        other = invented("Aarnivuori", "Saimi", "311299-903B")
        point = other.contact_points.earliest("id")
    client = signed_in("SOP")
    status, missing = looks(client, "/henkilot/ei-ole/tallaista/sivua/")
    assert status == 404
    for path in (
        "/henkilot/zzzzzzzzzzzz/",
        "/henkilot/zzzzzzzzzzzz/muokkaa/",
        "/henkilot/zzzzzzzzzzzz/peruste/",
        f"{card_of(person)}yhteystiedot/{point.pk}/",
        f"{card_of(person)}yhteystiedot/999999/",
    ):
        assert looks(client, path) == (404, missing), path
        assert events()[-1].outcome == Outcome.DENIED


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fi", ["Sinulla ei ole oikeutta tähän toimintoon", "Nimi ja asiakkuus", "muuttaminen",
                "Rekisteriasiat", "pyydä se pääkäyttäjältä"]),
        ("en", ["You have no right to this function", "Name and customership", "change",
                "main user"]),
    ],
)  # fmt: skip
def test_a_missing_right_is_named_and_who_has_it(
    signed_in: SignedIn, db: None, language: str, words: list[str]
) -> None:
    client = signed_in("JOH")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = client.get("/henkilot/uusi/")
    assert page.status_code == 403
    assert [word for word in words if word.lower() not in page.text.lower()] == []
    assert events()[-1].outcome == Outcome.DENIED


@pytest.mark.parametrize("path", ["", "muokkaa/", "tunniste/", "muutokset/"])
def test_a_refusal_for_a_missing_right_names_the_person_asked_for(
    signed_in: SignedIn, person: Person, path: str
) -> None:
    """What was tried on whom is what the log auditor looks for (issue 2: the target's id)."""
    assert signed_in("TAR").get(f"{card_of(person)}{path}").status_code == 403
    event = events()[-1]
    assert (event.outcome, event.subjects) == (Outcome.DENIED, [person.pk])
    target = {"table": "registry_persons_person", "kind": "denied", "columns": [],
              "rows": [person.pk]}  # fmt: skip
    assert target in event.detail
    missing = "person:WRITE" if path == "muokkaa/" else "person:READ"
    assert {"kind": "note", "missing": [missing]} in event.detail


def test_a_refusal_at_an_address_of_nobody_names_nobody(signed_in: SignedIn, db: None) -> None:
    assert signed_in("TAR").get("/henkilot/zzzzzzzzzzzz/").status_code == 403
    assert events()[-1].subjects == []
