"""Stating another purpose for a person's pages (Vaihda peruste), and what the card tells of it."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from registry.persons import purposes, stated
from registry.persons.models import Person
from registry.persons.rule_rows import PURPOSE_MINUTES
from tests.people import system_access
from tests.registry.persons.conftest import SignedIn, events, invented
from tests.registry.persons.test_pages import card_of
from vuokra.rules.services import add_version


def banner(text: str) -> str:
    return text[text.index('class="access-banner"') :][:900]


def test_another_purpose_holds_for_the_person_and_is_recorded(
    signed_in: SignedIn, person: Person
) -> None:
    with system_access():
        other = invented("Aarnivuori", "Saimi", "311299-903B")
    client = signed_in("SOP")
    assert "Asiakkuuden ja vuokrasuhteen hoito" in banner(client.get(card_of(person)).text)
    page = client.post(
        f"{card_of(person)}peruste/", {"reason": "P6", "reason_text": "HP-2026-0419"}
    )
    assert (page.status_code, page["Location"]) == (302, card_of(person))
    assert events()[-1].purpose == "P6"
    assert "Kunnossapito" in banner(client.get(card_of(person)).text)
    assert (events()[-1].purpose, events()[-1].subjects) == ("P6", [person.pk])
    client.get(card_of(other))
    assert events()[-1].purpose == "P3"


def test_the_purpose_of_opening_a_code_stands_beside_the_button(
    signed_in: SignedIn, person: Person
) -> None:
    """No words are asked: what is recorded is in sight before the click, and can be changed."""
    client, url = signed_in("SOP"), f"{card_of(person)}hetu/"

    def beside(text: str) -> str:
        return text[text.index("Näytä, henkilötunnus") :][:600]

    assert "peruste: Asiakkuuden ja vuokrasuhteen hoito" in beside(client.get(card_of(person)).text)
    client.post(f"{card_of(person)}peruste/", {"reason": "P6"})
    assert "peruste: Kunnossapito" in beside(client.get(card_of(person)).text)
    fragment = client.post(url, headers={"HX-Request": "true"})
    assert "peruste: Kunnossapito" in beside(fragment.text), "for opening it again"
    assert (events()[-1].action, events()[-1].purpose) == ("reveal", "P6")


def test_the_reason_is_kept_beside_the_event_and_not_in_it(
    signed_in: SignedIn, person: Person
) -> None:
    client = signed_in("SOP")
    client.post(f"{card_of(person)}peruste/", {"reason": "P6"})
    assert events()[-1].payload_digest is None
    client.post(f"{card_of(person)}peruste/", {"reason": "P6", "reason_text": "HP-2026-0419"})
    assert events()[-1].payload_digest is not None
    assert "HP-2026-0419" not in str(vars(events()[-1]))


def test_it_ends_after_half_an_hour_and_with_the_web_session(
    signed_in: SignedIn, person: Person
) -> None:
    client = signed_in("SOP")
    client.post(f"{card_of(person)}peruste/", {"reason": "P6"})
    with system_access():
        add_version(PURPOSE_MINUTES, 0, date(2020, 1, 1), source="Testi")
    client.get(card_of(person))
    assert events()[-1].purpose == "P3"


@pytest.mark.parametrize("purpose", ["P5", "P12", "", "muu"])
def test_a_purpose_that_the_role_does_not_have_is_refused(
    signed_in: SignedIn, person: Person, purpose: str
) -> None:
    client = signed_in("SOP")
    assert client.post(f"{card_of(person)}peruste/", {"reason": purpose}).status_code == 422
    client.get(card_of(person))
    assert events()[-1].purpose == "P3"


def test_a_role_with_one_purpose_is_not_asked(signed_in: SignedIn, person: Person) -> None:
    assert "Vaihda peruste" not in signed_in("HUO").get(card_of(person)).text


def test_an_identity_code_is_no_reason(signed_in: SignedIn, person: Person) -> None:
    page = signed_in("SOP").post(
        f"{card_of(person)}peruste/", {"reason": "P6", "reason_text": "150685-906N"}
    )
    assert page.status_code == 422


def test_no_more_than_twenty_are_kept(signed_in: SignedIn, person: Person) -> None:
    client = signed_in("SOP")
    session = client.session
    session[purposes.STATED.key] = {
        f"nobody{number}": ["P6", timezone.now().isoformat()] for number in range(40)
    }
    session.save()
    client.post(f"{card_of(person)}peruste/", {"reason": "P6"})
    assert len(client.session[purposes.STATED.key]) == stated.KEPT


def test_a_printed_card_opens_with_its_purpose(signed_in: SignedIn, person: Person) -> None:
    text = signed_in("SOP").get(card_of(person)).text
    cover = text[text.index("print-cover") :][:300]
    assert "Peruste: Asiakkuuden ja vuokrasuhteen hoito." in cover
    assert text.index("print-cover") < text.index("<h1>")


def test_only_a_sheet_about_a_protected_person_carries_the_printers_name_across(
    signed_in: SignedIn, person: Person
) -> None:
    assert "watermark" not in signed_in("SOP").get(card_of(person)).text
