"""Pages of people, as several roles."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.forms import Textarea
from django.test import Client

from registry.persons.forms import TextField
from registry.persons.models import Person
from tests.people import system_access
from tests.registry.persons.conftest import CODE, SignedIn, events, invented
from vuokra.access.codes import Action, Outcome

CARD_ROLES = ("HAK", "VAL", "SOP", "TAL", "PER", "HUO", "ASN", "REK", "JOH")
NO_CARD_ROLES = ("MAR", "TAR", "PAA")


def card_of(person: Person) -> str:
    return f"/henkilot/{person.public_id}/"


@pytest.mark.parametrize("role", CARD_ROLES)
def test_card_opens_and_is_recorded(signed_in: SignedIn, person: Person, role: str) -> None:
    client = signed_in(role)
    page = client.get(card_of(person))
    assert page.status_code == 200
    assert "Lehtovaara" in page.content.decode()
    assert CODE not in page.content.decode()
    assert "150685" not in page.content.decode()
    event = events()[-1]
    assert (event.action, event.subjects, event.role) == (Action.VIEW, [person.pk], role)


@pytest.mark.parametrize("role", NO_CARD_ROLES)
def test_card_is_refused_and_recorded(signed_in: SignedIn, person: Person, role: str) -> None:
    page = signed_in(role).get(card_of(person))
    assert page.status_code == 403
    assert "Lehtovaara" not in page.content.decode()
    assert events()[-1].outcome == Outcome.DENIED


@pytest.mark.parametrize("role", [*CARD_ROLES, *NO_CARD_ROLES])
def test_contact_details_only_for_roles_that_may_read_them(
    signed_in: SignedIn, person: Person, role: str
) -> None:
    text = signed_in(role).get(card_of(person)).content.decode()
    may = role in ("HAK", "VAL", "SOP", "TAL", "PER", "REK")
    assert ("Koulukatu" in text) is may
    assert ("asukas" in text) is may


def test_a_browser_cuts_no_text_of_several_lines() -> None:
    """What is pasted would lose its end in silence; it is told how long it may be instead."""
    long, short = TextField(max_length=10, widget=Textarea()), TextField(max_length=10)
    assert "maxlength" not in long.widget.attrs and short.widget.attrs["maxlength"] == "10"
    with pytest.raises(ValidationError, match="10"):
        long.clean("x" * 11)


def test_sign_in_is_demanded(client: Client, person: Person) -> None:
    for address in ("/henkilot/", "/henkilot/haku/", card_of(person), "/kayttoloki/"):
        assert client.get(address).status_code == 302


def test_DP_A4_unknown_person_looks_like_a_missing_page(
    signed_in: SignedIn, person: Person
) -> None:
    client = signed_in("SOP")
    unknown, missing = client.get("/henkilot/zzzzzzzzzzzz/"), client.get("/henkilot/ei-ole/ei/")
    assert unknown.status_code == missing.status_code == 404
    assert events()[-1].outcome == Outcome.DENIED or events()[-2].outcome == Outcome.DENIED


def test_DP_A4_contact_of_another_person_is_not_found(signed_in: SignedIn, person: Person) -> None:
    with system_access():
        other = invented("Aarnivuori", "Saimi", "311299-903B")
        point = other.contact_points.first()
    client = signed_in("SOP")
    page = client.get(f"{card_of(person)}yhteystiedot/{point.pk}/")
    assert page.status_code == 404
    event = events()[-1]
    assert event.outcome == Outcome.DENIED
    assert {"table": "registry_persons_contactpoint", "kind": "denied", "columns": [],
            "rows": [point.pk]} in event.detail  # fmt: skip


def test_DP_A5_posted_extra_fields_are_ignored_and_logged(
    signed_in: SignedIn, person: Person
) -> None:
    before = person.customer_number
    page = signed_in("SOP").post(
        f"{card_of(person)}muokkaa/",
        {"surname": "Lehtovaara", "given_names": "Marjukka", "call_name": "", "language": "fi",
         "customer_since": "", "customer_number": "1", "is_admin": "1"},
    )  # fmt: skip
    assert page.status_code == 302
    with system_access():
        assert Person.objects.get(pk=person.pk).customer_number == before
    notes = [part for part in events()[-1].detail if part["kind"] == "note"]
    assert notes[0]["extra_fields"] == ["customer_number", "is_admin"]


def test_reveal_shows_the_code_once_and_is_recorded(signed_in: SignedIn, person: Person) -> None:
    client = signed_in("SOP")
    page = client.post(f"{card_of(person)}hetu/", headers={"HX-Request": "true"})
    assert page.status_code == 200
    assert CODE in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    event = events()[-1]
    assert event.action == Action.REVEAL
    assert event.subjects == [person.pk]
    assert CODE not in str(event.detail)
    assert CODE not in client.get(card_of(person)).content.decode()


def test_reveal_without_javascript_is_a_page_that_goes_away(
    signed_in: SignedIn, person: Person
) -> None:
    page = signed_in("SOP").post(f"{card_of(person)}hetu/")
    assert CODE in page.content.decode()
    assert 'http-equiv="refresh" content="60;' in page.content.decode()


@pytest.mark.parametrize("role", ["VAL", "HUO", "ASN", "JOH", "MAR", "TAR", "PAA"])
def test_reveal_is_refused_without_the_right(
    signed_in: SignedIn, person: Person, role: str
) -> None:
    page = signed_in(role).post(f"{card_of(person)}hetu/")
    assert page.status_code == 403
    assert CODE not in page.content.decode()


def test_DP_A44_code_is_never_got_and_never_remembered(signed_in: SignedIn, person: Person) -> None:
    client = signed_in("SOP")
    assert client.get(f"{card_of(person)}hetu/").status_code == 405
    for address in ("/henkilot/uusi/", f"{card_of(person)}tunniste/"):
        text = client.get(address).content.decode()
        field = next(line for line in text.split("<") if 'name="' in line and "hetu" in line)
        assert 'autocomplete="off"' in field


def test_DP_A43_print_names_the_printer_and_leaves_the_code_out(
    signed_in: SignedIn, person: Person
) -> None:
    text = signed_in("SOP").get(card_of(person)).content.decode()
    foot = text[text.rindex("print-only") :][:300]
    assert str(events()[-1].access_id)[:8] in foot
    code_row = text[text.index("Henkilötunnus") :]
    assert code_row.index("no-print") < code_row.index("</dd>")


def test_DP_A42_personal_pages_are_not_stored(signed_in: SignedIn, person: Person) -> None:
    client = signed_in("REK")
    for address in ("/henkilot/", card_of(person), "/kayttoloki/", "/kayttoloki/omat/"):
        assert "no-store" in client.get(address)["Cache-Control"]


def test_DP_A11_name_in_the_address_is_not_searched(signed_in: SignedIn, person: Person) -> None:
    page = signed_in("SOP").get("/henkilot/haku/", {"q": CODE})
    text = page.content.decode()
    assert page.status_code == 200
    assert "Lehtovaara" not in text
    assert CODE not in text
    assert all(CODE not in str(vars(event)) for event in events())


@pytest.mark.parametrize("typed", ["%", "*", "", "a", "__", "12", "%%%"])
def test_DP_A10_short_searches_are_refused(signed_in: SignedIn, person: Person, typed: str) -> None:
    page = signed_in("SOP").post("/henkilot/haku/", {"q": typed})
    assert page.status_code == 422
    assert "Marjukka" not in page.content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        "lehto",
        "MARJ leh",
        "lehtovaara marjukka",
        "le",
        "leht mar",
        "049 12",
        "+358 4912",
        "00358-49 12",
        "asukas",
        "Koulukatu 5",
        "koulu 5a 2",
        "koulukatu",
    ],
)
def test_search_finds_by_the_beginning_of_words(
    signed_in: SignedIn, person: Person, typed: str
) -> None:
    page = signed_in("SOP").post("/henkilot/haku/", {"q": typed})
    assert "Lehtovaara" in page.content.decode()
    event = events()[-1]
    assert (event.action, event.subjects) == (Action.SEARCH, [person.pk])
    assert f"'{typed.casefold()}'" not in str(event.detail).casefold()


def test_search_by_code_opens_the_card(signed_in: SignedIn, person: Person) -> None:
    page = signed_in("SOP").post("/henkilot/haku/", {"q": CODE})
    assert page.status_code == 302
    assert page["Location"] == card_of(person)
    event = events()[-1]
    assert event.subjects == [person.pk]
    assert CODE not in str(event.detail)


def test_search_by_code_is_refused_to_a_role_without_codes(
    signed_in: SignedIn, person: Person
) -> None:
    assert signed_in("HUO").post("/henkilot/haku/", {"q": CODE}).status_code == 403


def test_search_by_customer_number(signed_in: SignedIn, person: Person) -> None:
    page = signed_in("SOP").post("/henkilot/haku/", {"q": str(person.customer_number)})
    assert page["Location"] == card_of(person)


def test_new_person(signed_in: SignedIn, db: None) -> None:
    client = signed_in("HAK")
    page = client.post("/henkilot/uusi/", new_person("150685-906N"))
    assert page.status_code == 302
    with system_access():
        made = Person.objects.get(surname="Petäjäsuo")
        assert made.identity.hetu.reveal() == "150685-906N"
    assert client.get(page["Location"]).status_code == 200


def new_person(code: str, **more: str) -> dict[str, str]:
    return {
        "person-surname": "Petäjäsuo", "person-given_names": "Iida", "person-call_name": "",
        "person-language": "fi", "person-customer_since": "1.3.2026", "identity-kind": "hetu",
        "identity-hetu": code, "identity-birth_date": "", **more,
    }  # fmt: skip


def test_look_alike_code_is_shown_corrected_before_it_is_saved(
    signed_in: SignedIn, db: None
) -> None:
    client = signed_in("HAK")
    page = client.post("/henkilot/uusi/", new_person("150685–906n"))
    assert page.status_code == 422
    assert 'value="150685-906N"' in page.content.decode()
    with system_access():
        assert not Person.objects.filter(surname="Petäjäsuo").exists()


def test_wrong_code_saves_nothing_and_keeps_what_was_typed(signed_in: SignedIn, db: None) -> None:
    page = signed_in("HAK").post("/henkilot/uusi/", new_person("150685-906P"))
    assert page.status_code == 422
    assert "Tarkistusmerkki" in page.content.decode()
    assert "Petäjäsuo" in page.content.decode()
    with system_access():
        assert not Person.objects.filter(surname="Petäjäsuo").exists()


def test_duplicate_code_is_refused_without_telling_whose(
    signed_in: SignedIn, person: Person
) -> None:
    page = signed_in("HAK").post("/henkilot/uusi/", new_person(CODE))
    text = page.content.decode()
    assert page.status_code == 422
    assert "Lehtovaara" not in text
    assert str(person.customer_number) not in text


def test_DP_A14_other_separator_is_another_person_with_a_hint(
    signed_in: SignedIn, person: Person
) -> None:
    client = signed_in("HAK")
    data = new_person("150685Y906N") | {
        "person-surname": "Lehtovaara", "person-given_names": "Marjukka Anneli",
    }  # fmt: skip
    page = client.post("/henkilot/uusi/", data)
    assert "Samanniminen on jo rekisterissä" in page.content.decode()
    assert client.post("/henkilot/uusi/", data | {"confirmed": "1"}).status_code == 302
    with system_access():
        assert Person.objects.filter(surname="Lehtovaara").count() == 2


@pytest.mark.parametrize(
    "name",
    ["O'Brien; DROP TABLE", "<script>alert(1)</script>", "Ünal 😀", "محمد", "{{ 7|add:1 }}"],
)
def test_DP_A24_odd_names_are_shown_literally(signed_in: SignedIn, db: None, name: str) -> None:
    client = signed_in("HAK")
    data = new_person("150685-906N") | {"person-surname": name, "person-given_names": ""}
    page = client.post("/henkilot/uusi/", data)
    assert page.status_code == 302
    text = client.get(page["Location"]).content.decode()
    assert name.replace("<", "&lt;").replace(">", "&gt;").replace("'", "&#x27;") in text
    assert "<script>alert" not in text


def test_DP_A24_too_long_name_is_refused_with_words(signed_in: SignedIn, db: None) -> None:
    data = new_person("150685-906N") | {"person-surname": "A" * 300}
    page = signed_in("HAK").post("/henkilot/uusi/", data)
    assert page.status_code == 422
    assert "200" in page.content.decode()


def test_DP_A12_code_in_a_name_is_refused(signed_in: SignedIn, db: None) -> None:
    data = new_person("") | {"person-surname": "Petäjäsuo 150685-906N"}
    page = signed_in("HAK").post("/henkilot/uusi/", data)
    assert page.status_code == 422
    assert "henkilötunnus" in page.content.decode()


def test_contact_point_is_added_and_ended(signed_in: SignedIn, person: Person) -> None:
    client = signed_in("SOP")
    page = client.post(
        f"{card_of(person)}yhteystiedot/",
        {"kind": "phone", "value": "049 765 4321", "source": "SRC-ASIAKAS",
         "valid_from": "1.11.2026"},
    )  # fmt: skip
    assert page.status_code == 302
    text = client.get(card_of(person)).content.decode()
    assert "765" in text
    with system_access():
        point = person.contact_points.get(value="+358497654321")
    ended = client.post(f"{card_of(person)}yhteystiedot/{point.pk}/", {"last_day": "31.10.2026"})
    assert ended.status_code == 422
    assert client.post(
        f"{card_of(person)}yhteystiedot/{point.pk}/", {"last_day": "2.11.2026"}
    ).status_code == 302  # fmt: skip


def test_export_is_by_the_rights_and_recorded_by_batch(signed_in: SignedIn, person: Person) -> None:
    with system_access():
        invented('=HYPERLINK("x")', "Saimi", "311299-903B")
    page = signed_in("SOP").post("/henkilot/vienti/", {"reason": "P3"})
    text = b"".join(page.streaming_content).decode()
    assert page["Content-Type"] == "text/csv; charset=utf-8"
    assert text.startswith("\ufeffasiakasnumero;sukunimi;")
    assert "Koulukatu 5 A 2" in text
    assert "'=HYPERLINK" in text
    assert CODE not in text
    batches = [event for event in events() if event.action == Action.EXPORT and event.subjects]
    assert sum(event.subject_count for event in batches) == 2
    assert {event.purpose for event in batches} == {"P3"}


def test_export_leaves_out_what_the_role_may_not_read(signed_in: SignedIn, person: Person) -> None:
    page = signed_in("JOH").post("/henkilot/vienti/", {})
    text = b"".join(page.streaming_content).decode()
    assert "Lehtovaara" in text
    assert "Koulukatu" not in text


def test_export_is_refused_to_other_roles(signed_in: SignedIn, person: Person) -> None:
    assert signed_in("HAK").post("/henkilot/vienti/", {}).status_code == 403
