"""Who of the register asks for a person: guardian, trustee, proxy, contact of an estate (6.1)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from registry.households.models import (
    Commitment,
    CommitmentKind,
    Guardian,
    TrusteeKind,
    Trusteeship,
)
from registry.persons.models import Person
from registry.rights import services
from registry.rights.models import Authority, Behalf, DataRequest, Method
from registry.rights.queries.acting import acting_for, representative_of
from tests.people import system_access
from tests.registry.copies.test_collecting import collected_of
from tests.registry.households.conftest import SINCE, named
from tests.registry.protection.conftest import ban
from tests.registry.rights.conftest import (
    SignedIn,
    acting,
    breaks,
    forced,
    fresh,
    intake,
    refused,
    take_in,
    today,
)
from tests.vuokra.documents.conftest import company
from vuokra.accounts.models import User

__all__ = ["company"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def saimi(db: None) -> Person:
    with system_access():
        return named("Aarnivuori", "Saimi", date(1980, 5, 6))


def trustee(
    person: Person, other: Person, kind: TrusteeKind = TrusteeKind.GUARDIANSHIP, **dates: date
) -> None:
    with system_access():
        Trusteeship.objects.create(
            person=person, other=other, kind=kind, decision="Päätös 17", extent="Talous",
            **{"valid_from": SINCE} | dates,
        )  # fmt: skip


def posting(person: Person, **changes: Any) -> dict[str, Any]:
    return {
        "received_on": f"{today():%d.%m.%Y}", "channel": "visit", "rights": ["15"], "wish": "",
        "behalf": "", "sender": "", "sender_contact": "", "language": "fi",
    } | changes  # fmt: skip


def address(person: Person) -> str:
    from django.urls import reverse

    return reverse("rights:new_of", args=[person.public_id])


# -- who is offered ------------------------------------------------------------------------------


def test_everybody_who_acts_for_a_person_is_known_with_how(
    clerk: User, person: Person, saimi: Person
) -> None:
    trustee(person, saimi)
    with system_access():
        child = named("Lehtovaara", "Untuva", date(2019, 2, 7))
        Guardian.objects.create(
            person=child, other=saimi, valid_from=SINCE, valid_to=date(2037, 2, 6)
        )
        dead = named("Aarnivuori", "Toivo", date(1940, 1, 1))
        for kind in (CommitmentKind.ESTATE, CommitmentKind.GUARANTOR):
            Commitment.objects.create(person=dead, other=saimi, kind=kind, valid_from=SINCE)
    with acting(clerk):
        found = {
            one: [(acts.person, acts.behalf) for acts in acting_for(one, today())]
            for one in (person, child, dead, saimi)
        }
    assert found == {
        person: [(saimi, {Behalf.TRUSTEE})],
        child: [(saimi, {Behalf.GUARDIAN})],
        dead: [(saimi, {Behalf.ESTATE})],
        saimi: [],
    }


def test_a_mandate_is_of_a_trustee_or_a_proxy(clerk: User, person: Person, saimi: Person) -> None:
    trustee(person, saimi, TrusteeKind.MANDATE)
    with acting(clerk):
        (found,) = acting_for(person, today())
        for behalf in (Behalf.TRUSTEE, Behalf.PROXY):
            row = take_in(person, behalf=behalf, sender="Saimi", representative=saimi)
            assert row.representative == saimi
        with refused("no_relation"):
            take_in(person, behalf=Behalf.GUARDIAN, sender="Saimi", representative=saimi)
    assert found.relation == "Edunvalvontavaltuutus"


def test_who_may_not_know_of_the_relation_is_offered_nobody(
    registrar: User, person: Person, saimi: Person
) -> None:
    trustee(person, saimi)
    with acting(registrar):
        assert acting_for(person, today()) == []
        with refused("no_relation"):
            take_in(person, behalf=Behalf.TRUSTEE, sender="Saimi", representative=saimi)


# -- the services and the database ---------------------------------------------------------------


def test_a_representative_without_a_relation_is_refused(
    clerk: User, person: Person, saimi: Person
) -> None:
    with acting(clerk):
        with refused("no_relation"):
            take_in(person, behalf=Behalf.TRUSTEE, sender="Saimi", representative=saimi)
        with refused("no_relation"):
            services.take_in(intake(None, behalf=Behalf.TRUSTEE, representative=saimi))
    trustee(person, saimi, valid_to=date(2025, 1, 1), valid_from=date(2024, 1, 1))
    with acting(clerk), refused("no_relation"):  # it is over
        take_in(person, behalf=Behalf.TRUSTEE, sender="Saimi", representative=saimi)


def test_the_database_keeps_a_representative_to_another_who_acts_for_the_person(
    clerk: User, person: Person, saimi: Person
) -> None:
    trustee(person, saimi)
    with acting(clerk):
        row = take_in(person, behalf=Behalf.TRUSTEE, representative=saimi)
    with system_access():
        for wrong in ({"representative": person}, {"behalf": Behalf.SELF}):
            with breaks("rights_request_representative"):
                forced(row, **wrong)


def test_another_person_found_has_not_the_same_representative(
    clerk: User, registrar: User, person: Person, saimi: Person
) -> None:
    trustee(person, saimi)
    with acting(clerk):
        row = take_in(person, behalf=Behalf.TRUSTEE, representative=saimi)
    with system_access():
        other = named("Lehtovaara", "Aino", date(1990, 1, 1))
    with acting(registrar):
        services.match(row, person, version=row.version)
        assert fresh(row).representative_id == saimi.pk  # the same as before
        services.match(row, other, version=row.version)
        found = fresh(row)
        assert (found.representative_id, found.sender) == (None, "Aarnivuori Saimi")
        services.match(row, None, version=row.version)


def test_the_rest_of_the_way_is_as_before(
    clerk: User, registrar: User, person: Person, saimi: Person
) -> None:
    trustee(person, saimi)
    with acting(clerk):
        row = take_in(person, behalf=Behalf.TRUSTEE, representative=saimi)
    with acting(registrar):
        services.set_authority(row, Authority.SEEN, paper="Edunvalvontapäätös", version=row.version)
        services.verify(row, Method.PHOTO_ID, version=row.version)
        assert fresh(row).representative_id == saimi.pk


def test_the_copies_of_both_tell_of_it(clerk: User, person: Person, saimi: Person) -> None:
    trustee(person, saimi)
    with acting(clerk):
        take_in(person, behalf=Behalf.TRUSTEE, representative=saimi)

    def rows(of: Person) -> list[tuple[str, list[int]]]:
        section = collected_of(of).section("SY-04")
        return [(one.title, one.others) for one in section.entries if "ietopyyntö" in one.title]

    (own,) = rows(person)
    assert own == ("Tietopyyntö", [])
    (named_in,) = rows(saimi)
    assert named_in == ("Tietopyyntö, toisen henkilön tiedoissa", [person.pk])


# -- the pages -----------------------------------------------------------------------------------


def test_the_form_offers_them_and_needs_no_name_then(
    signed_in: SignedIn, person: Person, saimi: Person
) -> None:
    client = signed_in("SOP")
    assert "Edustaja rekisterissä" not in client.get(address(person)).text
    trustee(person, saimi)
    assert "Aarnivuori Saimi, Edunvalvonta" in client.get(address(person)).text
    given = posting(person, behalf="trustee", representative=saimi.public_id)
    assert client.post(address(person), given).status_code == 302
    with system_access():
        row = DataRequest.objects.get()
        assert (row.representative, row.behalf, row.sender) == (saimi, Behalf.TRUSTEE, "")


@pytest.mark.parametrize(
    ("behalf", "said"),
    [("", "Valitse sama kohdassa Kenen puolesta."), ("guardian", "Valitse sama kohdassa")],
)
def test_the_two_answers_must_agree(
    signed_in: SignedIn, person: Person, saimi: Person, behalf: str, said: str
) -> None:
    trustee(person, saimi)
    given = posting(person, behalf=behalf, representative=saimi.public_id)
    answer = signed_in("SOP").post(address(person), given)
    assert answer.status_code == 422 and said in answer.text
    with system_access():
        assert not DataRequest.objects.exists()


def test_nobody_else_can_be_sent_by_the_form(
    signed_in: SignedIn, person: Person, saimi: Person
) -> None:
    with system_access():
        stranger = named("Outo", "Olli", date(1970, 1, 1))
    trustee(person, saimi)
    given = posting(
        person, behalf="trustee", sender="Olli", representative=stranger.public_id
    )  # fmt: skip
    assert signed_in("SOP").post(address(person), given).status_code == 422


def test_an_attorney_outside_the_register_is_named_as_before(
    signed_in: SignedIn, person: Person, saimi: Person
) -> None:
    trustee(person, saimi)
    client = signed_in("SOP")
    nameless = client.post(address(person), posting(person, behalf="proxy", representative=""))
    assert nameless.status_code == 422 and "kuka pyytää henkilön puolesta" in nameless.text
    given = posting(person, behalf="proxy", sender="Asianajaja Aalto", representative="")
    assert client.post(address(person), given).status_code == 302
    with system_access():
        assert DataRequest.objects.get().representative_id is None


def test_the_request_and_the_step_of_identity_name_the_representative(
    signed_in: SignedIn, clerk: User, person: Person, saimi: Person
) -> None:
    trustee(person, saimi)
    with acting(clerk):
        row = take_in(person, behalf=Behalf.TRUSTEE, representative=saimi)
    client = signed_in("REK")
    page = client.get(f"/tietopyynnot/{row.slug}/").text
    assert "Edustaja rekisterissä" in page and "Aarnivuori" in page
    from django.urls import reverse

    verify = client.get(reverse("rights:verify", args=[row.slug])).text
    assert "Henkilöllisyys todetaan edustajalta:" in verify and "Aarnivuori" in verify


def test_DP_7_3_a_protected_representative_is_named_to_nobody_who_may_not_know(
    signed_in: SignedIn, clerk: User, person: Person, saimi: Person
) -> None:
    trustee(person, saimi)
    with acting(clerk):
        row = take_in(person, behalf=Behalf.TRUSTEE, representative=saimi)
    with system_access():
        ban(saimi)
        assert representative_of(fresh(row)) == saimi
    page = signed_in("JOH").get(f"/tietopyynnot/{row.slug}/")
    assert page.status_code == 200 and "Aarnivuori" not in page.text
