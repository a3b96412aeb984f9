"""Pages of the access log: who sees what, and that looking leaves a line."""

from __future__ import annotations

from typing import Any

import psycopg2
import pytest

from registry.persons.models import Person
from tests.people import system_access
from tests.registry.persons.conftest import CODE, SignedIn, events
from vuokra.access import log_queries
from vuokra.access.codes import Action, Outcome
from vuokra.access.log_queries import Segment


def card_of(person: Person) -> str:
    return f"/henkilot/{person.public_id}/"


@pytest.mark.parametrize(("role", "status"), [
    ("TAR", 200), ("REK", 200), ("SOP", 403), ("HAK", 403), ("PAA", 403), ("JOH", 403),
])  # fmt: skip
def test_log_at_large_is_for_its_roles(signed_in: SignedIn, role: str, status: int) -> None:
    assert signed_in(role).get("/kayttoloki/").status_code == status


def test_log_names_staff_and_numbers_but_not_the_person_to_the_auditor(
    signed_in: SignedIn, person: Person
) -> None:
    signed_in("SOP").get(card_of(person))
    text = signed_in("TAR").get("/kayttoloki/").content.decode()
    assert "Kotivaara Sari" in text
    assert f"Henkilö {person.customer_number}" in text
    assert "Lehtovaara" not in text
    assert person.public_id not in text


def test_looking_at_the_log_is_logged(signed_in: SignedIn, person: Person) -> None:
    signed_in("REK").get(f"/kayttoloki/henkilo/{person.public_id}/")
    event = events()[-1]
    assert (event.action, event.subjects) == (Action.VIEW_LOG, [person.pk])


def test_log_of_a_person_by_segment(signed_in: SignedIn, person: Person) -> None:
    clerk = signed_in("SOP")
    clerk.get(card_of(person))
    clerk.post(f"{card_of(person)}hetu/")
    officer = signed_in("REK")
    address = f"/kayttoloki/henkilo/{person.public_id}/"
    reveals = officer.get(address, {"rajaus": "paljastukset"}).content.decode()
    assert "Paljastus: Henkilötunnus" in reveals
    assert "Kortti avattu" not in reveals
    assert CODE not in reveals
    with system_access():
        counts = log_queries.event_counts(subject=person.pk)
    assert counts[Segment.REVEALS] == 1
    assert counts[Segment.ALL] == sum(1 for event in all_events() if person.pk in event.subjects)


def all_events() -> list[log_queries.LogRow]:
    """Every event, read without making one about the person."""
    from vuokra.access.models import AccessEvent

    with system_access():
        return list(AccessEvent.objects.all())  # type: ignore[arg-type]


def test_denied_attempt_is_in_its_segment(signed_in: SignedIn, person: Person) -> None:
    signed_in("TAR").get(card_of(person))
    text = signed_in("REK").get("/kayttoloki/", {"rajaus": "estetyt"}).content.decode()
    assert "Estetty" in text
    assert [event.route for event in events() if event.outcome == Outcome.DENIED] == [
        "persons:card"
    ]


def test_everybody_sees_own_views_and_nobody_elses(signed_in: SignedIn, person: Person) -> None:
    signed_in("HAK").get(card_of(person))
    clerk = signed_in("SOP")
    before = clerk.get("/kayttoloki/omat/").content.decode()
    assert "Kortti avattu" not in before
    clerk.get(card_of(person))
    after = clerk.get("/kayttoloki/omat/").content.decode()
    assert "Kortti avattu" in after
    assert f"Henkilö {person.customer_number}" in after


def test_card_tells_who_has_looked(signed_in: SignedIn, person: Person) -> None:
    signed_in("HAK").get(card_of(person))
    text = signed_in("SOP").get(card_of(person)).content.decode()
    panel = text[text.index("Kuka on katsonut") :]
    assert panel.count("Kortti avattu") == 2  # this visit and the other clerk's
    assert "Hakemuskäsittelijä" in panel


def test_log_tab_is_absent_without_the_right(signed_in: SignedIn, person: Person) -> None:
    address = f"/kayttoloki/henkilo/{person.public_id}/"
    assert address not in signed_in("SOP").get(card_of(person)).content.decode()
    assert address in signed_in("REK").get(card_of(person)).content.decode()
    assert signed_in("HAK").get(address).status_code == 403


@pytest.mark.parametrize(("role", "status"), [("JOH", 200), ("TAR", 200), ("REK", 200),
                                              ("SOP", 403), ("PAA", 403)])  # fmt: skip
def test_seals_are_shown_to_those_who_answer_for_them(
    signed_in: SignedIn, role: str, status: int
) -> None:
    assert signed_in(role).get("/kayttoloki/eheys/").status_code == status


@pytest.mark.parametrize("query", ["rajaus=x&sivu=y&pv=z", "sivu=99999999", "sivu=0", "pv=-1"])
def test_odd_addresses_give_the_usual_page(signed_in: SignedIn, query: str) -> None:
    assert signed_in("REK").get(f"/kayttoloki/?{query}").status_code == 200


@pytest.mark.parametrize(
    "question",
    [
        "SELECT * FROM vuokra_access_event_counts(ARRAY[1], NULL, NULL)",
        "SELECT * FROM vuokra_access_events("
        "ARRAY[1], NULL, NULL, NULL, NULL, false, NULL, false, NULL, NULL, NULL, false, 6)",
        "SELECT registry_persons_find(ARRAY['lehto'], 50)",
    ],
)
def test_functions_refuse_without_a_context(as_role: Any, question: str) -> None:
    with (
        as_role("vuokra_app").cursor() as cursor,
        pytest.raises(psycopg2.Error, match="no access context"),
    ):
        cursor.execute(question)
