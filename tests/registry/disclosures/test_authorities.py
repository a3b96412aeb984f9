"""Requests of authorities (DP-A18): nobody is believed, the law decides, two people give."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from registry.disclosures import queries, services
from registry.disclosures.forms.fields import code_choices
from registry.disclosures.models import (
    AuthorityRequest,
    Channel,
    Disclosure,
    Recipient,
    RequestState,
    Verification,
)
from registry.disclosures.services import Answered, Asked, Scope
from registry.persons.models import Person, TieKind
from registry.persons.services.standing import record_tie
from tests.people import system_access
from tests.registry.disclosures.conftest import (
    CODE,
    SignedIn,
    acting,
    company,
    given,
    someone,
    today,
)
from tests.registry.persons.conftest import events
from tests.registry.protection.conftest import ban
from vuokra.access.codes import Action
from vuokra.access.errors import FunctionDenied, TiedDenied
from vuokra.accounts.models import User
from vuokra.policy.groups import Group
from vuokra.policy.items import ITEMS
from vuokra.policy.roles import Purpose

BASE = "/luovutukset/viranomaiset/"
CALL = {
    "channel": "phone", "authority": "Pohjolan poliisilaitos", "caller": "Komisario Virtasalo",
    "asked": "Asukkaan uusi osoite", "statute": "", "section": "", "their_reference": "5680/R/1",
}  # fmt: skip
BACK = {"how": "callback", "switchboard": "0295 440 000", "note": "Päivystäjä Koskinen"}
LAW = {"statute": "poliisilaki 872/2011", "section": "4 luku 3 §"}


def received(person: Person | None, channel: Channel = Channel.PHONE) -> AuthorityRequest:
    """A request in the open context."""
    asked = Asked(
        authority="Pohjolan poliisilaitos", caller="Komisario Virtasalo", channel=channel,
        asked="Asukkaan uusi osoite",
    )  # fmt: skip
    return services.receive_request(asked, [person] if person else [])


def verified(row: AuthorityRequest) -> None:
    services.verify_request(
        row, how=Verification.CALL_BACK, switchboard="0295 440 000", note="", now=timezone.now()
    )


def scope(recipient: Recipient, **changes: object) -> Scope:
    usual: dict[str, object] = {"recipient": recipient, "codes": ["PT-OSOITE"], **LAW}
    return Scope(**usual | changes)  # type: ignore[arg-type]


def code_of(function: object, *arguments: object, **named: object) -> str:
    with pytest.raises(ValidationError) as caught, transaction.atomic():
        function(*arguments, **named)  # type: ignore[operator]
    return str(caught.value.code)


def answered(**changes: object) -> Answered:
    usual: dict[str, object] = {"channel": Channel.LETTER, "at": timezone.now()}
    return Answered(**usual | changes)  # type: ignore[arg-type]


def test_DP_A18_an_officer_phones_for_a_tenants_new_flat(
    signed_in: SignedIn, person: Person, police: Recipient
) -> None:
    """Clerk takes the call, the registrar calls back and decides by law, another approves."""
    clerk, registrar, other = signed_in("SOP"), signed_in("REK"), signed_in("JOH")
    page = clerk.get(f"{BASE}uusi/{person.public_id}/")
    assert "Älä kerro mitään soittajalle" in page.content.decode()
    answer = clerk.post(
        f"{BASE}uusi/{person.public_id}/", CALL | {"numbers": str(person.customer_number)}
    )
    assert answer["Location"] == f"/henkilot/{person.public_id}/"
    own_call = registrar.post(f"{BASE}uusi/", CALL)
    assert own_call["Location"].startswith(f"{BASE}")  # who handles it goes on at once
    with system_access():
        row = AuthorityRequest.objects.earliest("pk")
    url = f"{BASE}{row.pk}/"
    assert clerk.get(url).status_code == 403  # the registrar's from here on
    giving = LAW | {"recipient": str(police.pk), "codes": "PT-OSOITE"}
    early = registrar.post(f"{url}anna/", giving)
    assert early.status_code == 422
    assert "toisessa vaiheessa" in early.content.decode()
    bare = registrar.post(f"{url}varmista/", BACK | {"switchboard": ""})
    assert bare.status_code == 422
    assert 'aria-invalid="true"' in bare.content.decode()
    assert registrar.post(f"{url}varmista/", BACK).status_code == 302
    lawless = registrar.post(f"{url}anna/", giving | {"section": ""})
    assert lawless.status_code == 422
    assert registrar.post(f"{url}anna/", giving).status_code == 302
    own = registrar.post(f"{url}hyvaksy/", follow=True).content.decode()
    assert "Toisen henkilön on hyväksyttävä päätöksesi" in own
    too_soon = registrar.post(f"{url}vastaa/", {"channel": "letter", "day": "1.11.2026"})
    assert too_soon.status_code == 422
    with system_access():
        assert not Disclosure.objects.exists()
    other.post(f"{url}hyvaksy/")
    done = registrar.post(f"{url}vastaa/", {"channel": "letter", "day": "1.11.2026"})
    assert done.status_code == 302
    with system_access():
        row.refresh_from_db()
        kept = Disclosure.objects.get()
        assert (row.state, row.disclosure) == (RequestState.ANSWERED, kept)
        assert (kept.statute, kept.section) == (LAW["statute"], LAW["section"])
        assert (kept.by.username, kept.approved_by.username) == ("rek", "joh")
        assert [link.person for link in kept.people.all()] == [person]
        assert kept.reference == f"VP {row.pk} 5680/R/1"
        assert kept.call_back == "0295 440 000"
    told = [event for event in events() if event.action == Action.DISCLOSE and event.subjects]
    assert person.pk in told[-1].subjects


def test_DP_A18_what_is_spoken_is_called_back(person: Person, registrar: User) -> None:
    with acting(registrar):
        for channel in (Channel.PHONE, Channel.VISIT, Channel.EMAIL):
            row = received(person, channel)
            found = code_of(
                services.verify_request, row, how=Verification.DOCUMENT, switchboard="",
                note="", now=timezone.now(),
            )  # fmt: skip
            assert found == "how"
        letter = received(person, Channel.LETTER)
        services.verify_request(
            letter, how=Verification.DOCUMENT, switchboard="", note="", now=timezone.now()
        )
        assert letter.state == RequestState.VERIFIED


def test_nothing_is_granted_to_who_is_no_authority_or_of_nobody(
    person: Person, police: Recipient, registrar: User
) -> None:
    now = timezone.now()
    with system_access():
        firm = company()
    with acting(registrar):
        row, about_nobody = received(person), received(None)
        verified(row)
        verified(about_nobody)
        grant = services.grant_request
        assert code_of(grant, row, scope(firm), now=now) == "recipient"
        assert code_of(grant, row, scope(police, statute=" "), now=now) == "statute"
        assert code_of(grant, row, scope(police, codes=[]), now=now) == "codes"
        assert code_of(grant, about_nobody, scope(police), now=now) == "people"


def test_the_clerk_takes_a_call_and_decides_nothing(person: Person, clerk: User) -> None:
    with acting(clerk):
        row = received(person)
        with pytest.raises(FunctionDenied):
            services.refuse_request(row, reason="Ei", now=timezone.now())
        with pytest.raises(FunctionDenied):
            verified(row)


def test_a_refusal_says_why_and_is_the_end(person: Person, registrar: User) -> None:
    with acting(registrar):
        row = received(person)
        refuse = services.refuse_request
        assert code_of(refuse, row, reason=" ", now=timezone.now()) == "reason"
        refuse(row, reason="Säädöstä ei kerrottu", now=timezone.now())
        assert code_of(refuse, row, reason="Uudelleen", now=timezone.now()) == "state"


def test_turvakielto_is_for_registrars_alone(
    person: Person, police: Recipient, registrar: User, other_registrar: User, director: User
) -> None:
    """Approved by a registrar too, and asked to be treated as protected (7.3)."""
    with system_access():
        ban(person)
    with acting(registrar):
        row = received(person)
        verified(row)
        services.grant_request(row, scope(police), now=timezone.now())
    with acting(director):
        assert code_of(services.approve_request, row, now=timezone.now()) == "approver"
        assert queries.request_by_id(row.pk).people == []
    with acting(other_registrar):
        services.approve_request(row, now=timezone.now())
    with acting(registrar):
        answer = services.answer_request
        assert code_of(answer, row, answered(), today=today()) == "as_protected"
        kept = answer(row, answered(as_protected=True), today=today())
        assert kept.as_protected
        assert kept.codes == ["PT-OSOITE"]


def test_the_database_keeps_the_steps(
    person: Person, police: Recipient, registrar: User, clerk: User, director: User
) -> None:
    with acting(registrar):
        row = received(person)

    def turn(actor: User, **changes: object) -> None:
        with acting(actor):
            own = AuthorityRequest.objects.get(pk=row.pk)
            for name, value in changes.items():
                setattr(own, name, value)
            own.save(update_fields=list(changes))

    now = timezone.now()
    grant: dict[str, object] = {
        "state": "granted", "recipient": police, "codes": ["PT-OSOITE"], **LAW,
        "decided_by": registrar, "decided_at": now,
    }  # fmt: skip
    with pytest.raises(DatabaseError):
        turn(registrar, **grant)  # before verification
    with acting(registrar):
        verified(AuthorityRequest.objects.get(pk=row.pk))
    with pytest.raises(DatabaseError):
        turn(registrar, asked="Jotain muuta")
    turn(registrar, **grant)
    approve = {"state": "approved", "approved_at": now}
    with pytest.raises(DatabaseError):
        turn(registrar, approved_by=registrar, **approve)  # one's own
    with pytest.raises(DatabaseError):
        turn(registrar, approved_by=director, **approve)  # in another's name
    turn(director, approved_by=director, **approve)


def test_whoever_approved_does_not_record_the_answer(
    person: Person, police: Recipient, registrar: User, other_registrar: User
) -> None:
    with acting(registrar):
        row = received(person)
        verified(row)
        services.grant_request(row, scope(police), now=timezone.now())
    with acting(other_registrar):
        services.approve_request(row, now=timezone.now())
        assert code_of(services.answer_request, row, answered(), today=today()) == "approval"


def test_intake_with_bad_input_keeps_what_was_typed(signed_in: SignedIn, person: Person) -> None:
    client = signed_in("SOP")
    bad = CALL | {"numbers": "12, x", "asked": f"Asiakkaan {CODE} osoite"}
    page = client.post(f"{BASE}uusi/", bad)
    text = page.content.decode()
    assert page.status_code == 422
    assert "Asiakasnumerossa on vain numeroita" in text
    assert "Tekstissä on henkilötunnus" in text
    assert 'value="Komisario Virtasalo"' in text
    nobody = client.post(f"{BASE}uusi/", CALL | {"numbers": "999999"})
    assert nobody.status_code == 422
    assert "Asiakasnumerolla ei ole ketään: 999999" in nobody.content.decode()
    with system_access():
        assert not AuthorityRequest.objects.exists()


def test_a_protected_number_is_nobodys_for_who_may_not_know(
    signed_in: SignedIn, person: Person
) -> None:
    with system_access():
        ban(person)
        someone("Muu")
    page = signed_in("TAL").post(f"{BASE}uusi/", CALL | {"numbers": str(person.customer_number)})
    assert page.status_code == 422
    assert "ei ole ketään" in page.content.decode()


def test_DP_A2_a_request_about_ones_own_people_is_anothers(
    person: Person, registrar: User, other_registrar: User
) -> None:
    """Not in the list or on the desk, not by its number, and nobody enters himself by number."""
    with acting(other_registrar):
        row = received(person)
    with system_access():
        record_tie(person, registrar.pk, TieKind.HOUSEHOLD, valid_from=today() - timedelta(days=9))
    with acting(registrar):
        assert list(queries.open_requests()) == []
        assert list(queries.request_list(answered=False, number=1)) == []
        with pytest.raises(TiedDenied):
            queries.request_by_id(row.pk)
        found, unknown = queries.by_numbers([person.customer_number])
        assert (found, unknown) == ([], [person.customer_number])
    with acting(other_registrar):
        assert queries.request_by_id(row.pk).people == [person]
        assert list(queries.open_requests()) == [row]


def test_DP_A2_what_was_disclosed_of_ones_own_people_names_them_not(
    agency: Recipient, person: Person, registrar: User, clerk: User
) -> None:
    with acting(clerk):
        row = services.record_disclosure(
            given(agency, person, purpose=Purpose.PERINTA), today=today()
        )
    with acting(registrar):
        assert queries.people_of(row) == [person]
    with system_access():
        record_tie(person, registrar.pk, TieKind.HOUSEHOLD, valid_from=today() - timedelta(days=9))
    with acting(registrar):
        assert queries.people_of(row) == []


def test_items_stand_in_their_groups_and_a_whole_group_is_one_tick(
    signed_in: SignedIn, person: Person, police: Recipient, registrar: User
) -> None:
    with acting(registrar):
        row = received(person)
        verified(row)
    client, url = signed_in("REK"), f"{BASE}{row.pk}/anna/"
    page = client.get(url).content.decode()
    legends = re.findall(r'<fieldset class="box-group"><legend>([^<]+)</legend>', page)
    assert len(legends) == len(set(legends)) > 5 and "Yhteystiedot" in legends
    assert 5 < page.count("Kaikki tämän ryhmän tiedot") < len(legends), (
        "of one item it says nothing"
    )
    bad = client.post(url, LAW | {"recipient": str(police.pk), "codes": "ryhma:ei"})
    assert bad.status_code == 422
    given = LAW | {"recipient": str(police.pk), "codes": ["ryhma:contact", "PT-NIMI"]}
    assert client.post(url, given).status_code == 302
    with system_access():
        row.refresh_from_db()
        contact = {code for code, _label in code_choices() if ITEMS[code].group is Group.CONTACT}
        assert {"PT-PUH", "PT-EMAIL"} <= contact
        assert set(row.codes) == contact | {"PT-NIMI"}
