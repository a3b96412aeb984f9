"""Pages of households, as several roles."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from registry.households import services
from registry.households.models import GroundCode, HetuGround, Household, Membership
from registry.households.rules import Situation
from registry.persons.models import Person, Source, TieKind
from registry.persons.services.standing import record_tie
from tests.people import make_user, sign_in, system_access
from tests.registry.households.conftest import MINOR_CODE, TODAY, SignedIn, events
from vuokra.access.codes import Outcome
from vuokra.policy.roles import Role

READERS = ("HAK", "VAL", "SOP", "REK")
OTHERS = ("TAL", "PER", "HUO", "ASN", "JOH")
MOVED = dt.date(2026, 6, 1)


@pytest.fixture
def family(person: Person, adult: Person, child: Person) -> Person:
    """A person who lives with an adult and a child."""
    with system_access():
        for member in (adult, child):
            services.add_member(
                person, member, valid_from=MOVED, source=Source.APPLICATION, today=TODAY
            )
    return person


def card_of(person: Person) -> str:
    return f"/henkilot/{person.public_id}/"


def page_of(person: Person) -> str:
    return f"{card_of(person)}ruokakunta/"


def form(**given: str) -> dict[str, str]:
    return {
        "q": "", "searched": "", "surname": "", "given_names": "", "birth_date": "", "hetu": "",
        "ground": "", "ground_text": "", "valid_from": "1.6.2026", "source": "SRC-ASIAKAS",
    } | given  # fmt: skip


@pytest.mark.parametrize("role", [*READERS, *OTHERS])
def test_members_are_named_only_to_roles_that_need_them(
    signed_in: SignedIn, family: Person, role: str
) -> None:
    text = signed_in(role).get(card_of(family)).content.decode()
    assert ("Aarnivuori" in text) is (role in READERS)
    assert ("1 alaikäinen" in text) is (role in READERS)
    assert "Untuva" not in text, "a child is a number on the card"
    subjects = events()[-1].subjects
    assert (len(subjects) > 1) is (role in READERS), "what is not shown is not read"


def test_child_is_named_on_the_page_of_the_household(
    signed_in: SignedIn, family: Person, child: Person
) -> None:
    text = signed_in("SOP").get(page_of(family)).content.decode()
    assert "Untuva" in text
    assert "7.2.2019" in text
    assert child.pk in events()[-1].subjects


@pytest.mark.parametrize("role", OTHERS)
def test_page_is_refused_to_other_roles(signed_in: SignedIn, family: Person, role: str) -> None:
    page = signed_in(role).get(page_of(family))
    assert page.status_code == 403
    assert "Aarnivuori" not in page.content.decode()


@pytest.mark.parametrize("role", ["VAL", "REK", "TAL"])
def test_only_those_who_may_write_add_members(
    signed_in: SignedIn, family: Person, role: str
) -> None:
    assert signed_in(role).get(f"{page_of(family)}uusi/").status_code == 403


def test_child_is_registered_by_name_and_birth_date(signed_in: SignedIn, person: Person) -> None:
    client = signed_in("SOP")
    page = client.post(
        f"{page_of(person)}uusi/",
        form(surname="Lehtovaara", given_names="Pilvi", birth_date="3.4.2020"),
    )
    assert page.status_code == 302
    assert "Pilvi" in client.get(page["Location"]).content.decode()


def test_search_keeps_what_was_typed_and_adds_the_chosen(
    signed_in: SignedIn, person: Person, adult: Person
) -> None:
    client = signed_in("SOP")
    data = form(q="aarniv", surname="Keskeneräinen", search="1")
    page = client.post(f"{page_of(person)}uusi/", data)
    text = page.content.decode()
    assert page.status_code == 200
    assert "Aarnivuori" in text
    assert 'value="Keskeneräinen"' in text
    assert 'name="searched" value="aarniv"' in text
    data = form(q="aarniv", searched="aarniv", chosen=adult.public_id)
    assert client.post(f"{page_of(person)}uusi/", data).status_code == 302
    with system_access():
        assert Membership.objects.filter(person=adult, household__memberships__person=person)


def test_changed_search_text_searches_with_enter_too(
    signed_in: SignedIn, person: Person, adult: Person
) -> None:
    data = form(q="aarniv")
    page = signed_in("SOP").post(f"{page_of(person)}uusi/", data)
    assert "Aarnivuori" in page.content.decode()
    with system_access():
        assert not Membership.objects.exists()


def test_search_by_customer_number_and_a_short_one(
    signed_in: SignedIn, person: Person, adult: Person
) -> None:
    client = signed_in("HAK")
    address = f"{page_of(person)}uusi/"
    text = client.post(address, form(q=str(adult.customer_number), search="1")).content.decode()
    assert "Aarnivuori" in text
    assert client.post(address, form(q="a", search="1")).status_code == 422


def test_code_that_was_searched_is_not_put_back(
    signed_in: SignedIn, person: Person, adult: Person
) -> None:
    page = signed_in("SOP").post(f"{page_of(adult)}uusi/", form(q="150685-906N", search="1"))
    text = page.content.decode()
    assert "Lehtovaara" in text
    assert "150685" not in text


def test_nobody_told_is_an_error_at_its_field(signed_in: SignedIn, person: Person) -> None:
    page = signed_in("SOP").post(f"{page_of(person)}uusi/", form())
    assert page.status_code == 422
    assert "Etsi ja valitse henkilö" in page.content.decode()


def test_same_name_is_shown_before_somebody_new_is_made(
    signed_in: SignedIn, person: Person, adult: Person
) -> None:
    client = signed_in("SOP")
    data = form(surname="Aarnivuori", given_names="Saimi", birth_date="6.5.1980")
    page = client.post(f"{page_of(person)}uusi/", data)
    text = page.content.decode()
    assert page.status_code == 422
    assert str(adult.customer_number) in text
    assert "Samanniminen on jo rekisterissä" in text
    again = client.post(f"{page_of(person)}uusi/", data | {"confirmed": "on"})
    assert again.status_code == 302


def test_DP_A13_code_of_a_child_is_refused_with_words_and_an_exception(
    signed_in: SignedIn, person: Person
) -> None:
    client = signed_in("SOP")
    data = form(surname="Lehtovaara", given_names="Pilvi", hetu=MINOR_CODE)
    page = client.post(f"{page_of(person)}uusi/", data)
    text = page.content.decode()
    assert page.status_code == 422
    assert "kirjataan syntymäaika" in text
    assert 'value="Pilvi"' in text
    with system_access():
        assert not Person.objects.filter(given_names="Pilvi").exists()
    reason = {"ground": "claim", "ground_text": "Perintösaatava koskee lasta"}
    assert client.post(f"{page_of(person)}uusi/", data | reason).status_code == 302
    with system_access():
        assert HetuGround.objects.get().code == "claim"
    assert MINOR_CODE not in client.get(page_of(person)).content.decode()


@pytest.fixture
def grounded(person: Person) -> HetuGround:
    """A reason for the code of somebody who is no party."""
    with system_access():
        return services.households.keep_ground(
            person, Situation.TENANCY, services.Ground(GroundCode.CLAIM, "Perintösaatava")
        )


@pytest.mark.parametrize("role", ["SOP", "HAK", "REK", "TAL", "PER"])
def test_the_reason_for_a_code_is_shown_to_those_who_may_know_of_codes(
    signed_in: SignedIn, person: Person, grounded: HetuGround, role: str
) -> None:
    client, card = signed_in(role), f"/henkilot/{person.public_id}/"
    text = client.get(card).text
    assert "Henkilötunnuksen peruste" in text and "Saatava tai muu oikeus" in text
    assert "Perintösaatava" not in text
    opened = client.post(f"{card}tunnuksen-peruste/{grounded.pk}/", headers={"HX-Request": "true"})
    assert "Perintösaatava" in opened.text
    assert (events()[-1].action, events()[-1].subjects) == ("reveal", [person.pk])


@pytest.mark.parametrize("role", ["VAL", "HUO", "ASN", "JOH"])
def test_nobody_else_is_told_that_there_is_one(
    signed_in: SignedIn, person: Person, grounded: HetuGround, role: str
) -> None:
    client, card = signed_in(role), f"/henkilot/{person.public_id}/"
    assert "Henkilötunnuksen peruste" not in client.get(card).text
    assert client.post(f"{card}tunnuksen-peruste/{grounded.pk}/").status_code == 403


def test_DP_A4_the_reason_of_another_person_is_not_found(
    signed_in: SignedIn, adult: Person, grounded: HetuGround
) -> None:
    address = f"/henkilot/{adult.public_id}/tunnuksen-peruste/{grounded.pk}/"
    assert signed_in("SOP").post(address).status_code == 404


def test_member_of_another_household_is_refused_in_words(
    signed_in: SignedIn, family: Person, adult: Person
) -> None:
    with system_access():
        from tests.registry.households.conftest import named

        other = named("Ruskaniemi", "Oona", dt.date(1979, 1, 1))
    data = form(chosen=adult.public_id)
    page = signed_in("SOP").post(f"{page_of(other)}uusi/", data)
    assert page.status_code == 422
    assert "kuuluu jo ruokakuntaan" in page.content.decode()
    with system_access():
        assert Household.objects.count() == 1


def edit(person: Person, member: Person) -> str:
    with system_access():
        return f"{page_of(person)}{Membership.objects.get(person=member).pk}/"


def test_moving_out_and_correcting(signed_in: SignedIn, family: Person, adult: Person) -> None:
    client = signed_in("SOP")
    address = edit(family, adult)
    wrong = client.post(address, {"valid_from": "1.6.2026", "valid_to": "31.5.2026"})
    assert wrong.status_code == 422
    assert "Päättymispäivä" in wrong.content.decode()
    done = client.post(address, {"valid_from": "1.6.2026", "valid_to": "30.9.2026"})
    assert done.status_code == 302
    assert "Muuttaneet pois" in client.get(page_of(family)).content.decode()
    assert "Aarnivuori" not in client.get(card_of(family)).content.decode()


def test_mistake_is_removed(signed_in: SignedIn, family: Person, adult: Person) -> None:
    client = signed_in("SOP")
    assert client.post(edit(family, adult), {"remove": "1"}).status_code == 302
    assert "Aarnivuori" not in client.get(page_of(family)).content.decode()


def test_DP_A4_membership_of_another_household_is_not_found(
    signed_in: SignedIn, family: Person, adult: Person
) -> None:
    with system_access():
        from tests.registry.households.conftest import named

        other = named("Ruskaniemi", "Oona", dt.date(1979, 1, 1))
        pk = Membership.objects.get(person=adult).pk
    page = signed_in("SOP").get(f"{page_of(other)}{pk}/")
    assert page.status_code == 404
    assert events()[-1].outcome == Outcome.DENIED


def test_timeline_tells_the_moves(signed_in: SignedIn, family: Person) -> None:
    text = signed_in("SOP").get(card_of(family)).content.decode()
    assert "Muutti ruokakuntaan" in text
    assert "Muutti ruokakuntaan" not in signed_in("TAL").get(card_of(family)).content.decode()


def test_pages_need_a_sign_in(client: Client, family: Person) -> None:
    assert client.get(page_of(family)).status_code == 302


def test_DP_A13_code_of_a_child_is_refused_in_the_form_of_a_new_person(
    signed_in: SignedIn, db: None
) -> None:
    data = {
        "person-surname": "Petäjäsuo", "person-given_names": "Iida", "person-call_name": "",
        "person-language": "fi", "person-customer_since": "", "identity-kind": "hetu",
        "identity-hetu": MINOR_CODE, "identity-birth_date": "",
    }  # fmt: skip
    page = signed_in("HAK").post("/henkilot/uusi/", data)
    assert page.status_code == 422
    assert "kirjataan syntymäaika" in page.content.decode()
    with system_access():
        assert not Person.objects.filter(surname="Petäjäsuo").exists()


@pytest.mark.parametrize(("moved_out", "status"), [(None, 403), (dt.date(2026, 10, 1), 200)])
def test_DP_A2_record_of_ones_own_household_is_closed(
    family: Person, adult: Person, moved_out: dt.date | None, status: int
) -> None:
    clerk = make_user(Role.SOP)
    with system_access():
        own = Membership.objects.get(person=adult)
        record_tie(adult, clerk.pk, TieKind.OWN, valid_from=MOVED)
        services.correct_membership(own, valid_from=MOVED, valid_to=moved_out)
    client = sign_in(Client(), clerk)
    for address in (card_of(family), page_of(family)):
        assert client.get(address).status_code == status
    assert client.get(card_of(adult)).status_code == 403
