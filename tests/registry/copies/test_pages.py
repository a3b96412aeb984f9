"""Pages of a copy: progress, parts, decisions in words, the necessity test, what is refused."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from registry.copies import queries, services
from registry.copies.codes import Decision, Reason
from registry.copies.models import Copy, Finding, State
from registry.persons.models import Person, StaffLink, TieKind
from tests.people import system_access
from tests.registry.copies.conftest import (
    FROM,
    Gathered,
    acting,
    ban,
    browser,
    collected,
    places,
    remind,
    settle,
)
from tests.registry.persons.conftest import SignedIn, events
from vuokra.accounts.models import User


@pytest.fixture
def client(registrar: User) -> Client:
    return browser(registrar)


def page(copy: Copy, rest: str = "") -> str:
    return f"/tietopyynnot/kopio/{copy.uuid}/{rest}"


def test_the_page_tells_the_parts_and_the_next_one(
    person: Person, client: Client, gathered: Gathered
) -> None:
    copy = gathered(person)
    html = client.get(page(copy)).content.decode()
    assert "Tarkistus on kesken." in html and "osaa on lukematta" in html
    assert page(copy, "osa/VS-YHTEYS/") in html
    assert f'href="{page(copy, "osa/HK-TALOUSLKM+HK-TALOUSNIMI/")}"' in html
    assert "TP-2026-7" in html


def test_while_it_is_collected_the_page_asks_again(
    person: Person, registrar: User, client: Client
) -> None:
    with acting(registrar):
        copy = services.start_copy(person, language="fi", reference="TP-1", by=registrar)
    html = client.get(page(copy)).content.decode()
    assert "Tietoja kootaan" in html and 'http-equiv="refresh"' in html
    part = client.get(page(copy), headers={"HX-Request": "true"})
    assert "<progress" in part.content.decode() and "HX-Refresh" not in part
    collected(copy)
    assert client.get(page(copy), headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_one_that_was_left_behind_is_started_again(
    person: Person, registrar: User, client: Client
) -> None:
    with acting(registrar):
        copy = services.start_copy(person, language="fi", reference="TP-1", by=registrar)
        copy.ordered_at -= dt.timedelta(hours=1)
        copy.save()
    assert "Kokoaminen keskeytyi" in client.get(page(copy)).content.decode()
    assert client.post(page(copy, "uudelleen/")).status_code == 302
    assert collected(copy).state == State.REVIEW


def test_a_place_is_decided_on_and_the_same_words_with_it(
    person: Person, registrar: User, client: Client, gathered: Gathered
) -> None:
    copy = gathered(person)
    html = client.get(page(copy, "osa/VS-YHTEYS/")).content.decode()
    assert "<mark>Kaarina Esimerkki</mark>" in html and "Lehtovaara Elias" in html
    found = places(copy, registrar)["Kaarina Esimerkki"]
    answer = client.post(
        page(copy, f"kohta/{found.pk}/"), {"choice": "peita:other", "sivu": "1"}, follow=True
    )
    assert "samanlaiseen kohtaan" in answer.content.decode()
    assert answer.redirect_chain[0][0].endswith(f"/osa/VS-YHTEYS/#k{found.pk}")
    with system_access():
        decided = Finding.objects.get(pk=found.pk)
    assert (decided.decision, decided.reason) == (Decision.REDACTED, Reason.OTHER)
    assert decided.decided_by_id == registrar.pk


@pytest.mark.parametrize("choice", ["", "anna:other", "x"])
def test_a_wrong_choice_is_told_at_its_place(
    person: Person, registrar: User, client: Client, gathered: Gathered, choice: str
) -> None:
    copy = gathered(person)
    found = places(copy, registrar)["Kaarina Esimerkki"]
    answer = client.post(page(copy, f"kohta/{found.pk}/"), {"choice": choice})
    html = answer.content.decode()
    assert answer.status_code == 422 and "error-summary" in html
    assert f'href="#k{found.pk}-choice"' in html and f'id="k{found.pk}-choice"' in html
    with system_access():
        assert Finding.objects.get(pk=found.pk).decision == Decision.OPEN


def test_what_is_locked_has_no_form(
    person: Person, spouse: Person, registrar: User, client: Client, gathered: Gathered
) -> None:
    with system_access():
        ban(spouse)
    copy = gathered(person)
    found = places(copy, registrar)["Eliaksen"]
    html = client.get(page(copy, "osa/VS-YHTEYS/")).content.decode()
    assert "tieto jätetään aina pois" in html and f"kohta/{found.pk}/" not in html
    answer = client.post(page(copy, f"kohta/{found.pk}/"), {"choice": "anna:known"})
    assert answer.status_code == 422


def test_words_are_marked_by_hand_and_a_typing_error_is_given_back(
    person: Person, registrar: User, client: Client, gathered: Gathered
) -> None:
    with system_access():
        remind(person, "naapurin kalle soitti", registrar)
    copy = gathered(person)
    with acting(registrar):
        place = next(
            where for where, _e, value in queries.content_of(copy).values()
            if value.shown == "naapurin kalle soitti"
        )  # fmt: skip
    given = {"place": place, "words": "kallle", "reason": "other"}
    answer = client.post(page(copy, "merkitse/"), given)
    html = answer.content.decode()
    assert answer.status_code == 422 and 'value="kallle"' in html and "<details open>" in html
    assert client.post(page(copy, "merkitse/"), given | {"words": "kalle"}).status_code == 302
    assert "<mark>kalle</mark>" in client.get(page(copy, "osa/VS-YHTEYS/")).content.decode()


def test_reading_a_part_leads_to_the_next_one(
    person: Person, registrar: User, client: Client, gathered: Gathered
) -> None:
    copy = gathered(person)
    with acting(registrar):
        codes = queries.to_read(queries.content_of(copy))
    answer = client.post(page(copy, f"osa/{codes[0]}/luettu/"))
    assert answer.status_code == 302 and "/osa/" in answer["Location"]
    settle(copy, registrar)
    assert client.post(page(copy, f"osa/{codes[0]}/luettu/"))["Location"] == page(copy)
    assert "Kaikki on tarkistettu." in client.get(page(copy)).content.decode()


def test_a_changed_person_is_told_before_anything_is_built(
    person: Person, registrar: User, client: Client, gathered: Gathered
) -> None:
    copy = settle(gathered(person), registrar)
    with system_access():
        ban(person)
    html = client.get(page(copy)).content.decode()
    assert "muuttuneet kokoamisen jälkeen" in html and "Kokoa uudelleen" in html


def test_DP_A31_the_necessity_test_is_written_down(
    person: Person, client: Client, gathered: Gathered
) -> None:
    copy = gathered(person)
    answer = client.post(page(copy, "nimet/"), {"reason": "lyhyt"})
    assert answer.status_code == 422 and "lyhyt" in answer.content.decode()
    reason = "Epäily urkinnasta: nimet tarvitaan tutkintapyyntöön."
    assert client.post(page(copy, "nimet/"), {"reason": reason}).status_code == 302
    assert "tarpeellisuusarvion perusteella" in client.get(page(copy)).content.decode()


@pytest.mark.parametrize("role", ["SOP", "TAR", "HAK"])
def test_nobody_else_comes_near(
    person: Person, gathered: Gathered, signed_in: SignedIn, role: str
) -> None:
    copy = gathered(person)
    other = signed_in(role)
    for rest in ("", "nimet/", "osa/VS-YHTEYS/"):
        assert other.get(page(copy, rest)).status_code == 403
    for rest in ("uudelleen/", "merkitse/", "kohta/1/", "osa/VS-YHTEYS/luettu/"):
        assert other.post(page(copy, rest)).status_code == 403


def test_whoever_approves_reads_and_decides_nothing(
    person: Person, registrar: User, gathered: Gathered, signed_in: SignedIn
) -> None:
    copy = gathered(person)
    found = places(copy, registrar)["Kaarina Esimerkki"]
    manager = signed_in("JOH")
    html = manager.get(page(copy, "osa/VS-YHTEYS/")).content.decode()
    assert "<mark>Kaarina Esimerkki</mark>" in html and "Ratkaisematta" in html
    assert "kohta/" not in html and "merkitse/" not in html and "luettu/" not in html
    assert "nimet/" not in manager.get(page(copy)).content.decode()
    for rest in ("uudelleen/", "merkitse/", f"kohta/{found.pk}/", "osa/VS-YHTEYS/luettu/"):
        assert manager.post(page(copy, rest)).status_code == 403


def test_DP_A2_nobody_reads_the_copy_of_ones_own_record(
    person: Person, registrar: User, client: Client, gathered: Gathered
) -> None:
    copy = gathered(person)
    with system_access():
        StaffLink.objects.create(person=person, staff=registrar, kind=TieKind.OWN, valid_from=FROM)
    assert client.get(page(copy)).status_code == 403
    assert events()[-1].outcome == "denied"


def test_DP_A4_a_place_of_another_copy_is_not_found(
    person: Person, spouse: Person, registrar: User, client: Client, gathered: Gathered
) -> None:
    copy, other = gathered(person), gathered(spouse)
    found = places(copy, registrar)["Kaarina Esimerkki"]
    assert client.post(page(other, f"kohta/{found.pk}/"), {"choice": "x"}).status_code == 404
    assert client.get(page(copy, "osa/EI-OLE/")).status_code == 404
    assert client.post(page(copy, "osa/EI-OLE/luettu/")).status_code == 404


def test_reading_a_part_is_recorded_as_a_reveal(
    person: Person, client: Client, gathered: Gathered
) -> None:
    copy = gathered(person)
    client.get(page(copy, "osa/VS-YHTEYS/"))
    last = events()[-1]
    assert any(
        part["table"] == "registry_copies_copy" and part["kind"] == "reveal" for part in last.detail
    )
    assert person.pk in last.subjects and last.purpose == "P14"
