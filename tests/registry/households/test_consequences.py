"""What follows from relations: whom to inform, corrected birth dates, and a part of the list."""

from __future__ import annotations

import datetime as dt

import pytest

from registry.households import services
from registry.households.models import CommitmentKind
from registry.households.services import Other, Validity
from registry.persons.models import (
    FormerCodeReason,
    Identity,
    IdentityKind,
    NoticeChannel,
    NoticeDuty,
    Person,
    Source,
)
from registry.persons.services import Code, change_identity
from registry.persons.services.notices import give_notice
from tests.people import system_access
from tests.registry.households.conftest import BORN, TODAY, SignedIn
from tests.registry.households.test_relations import (
    LAST,
    SINCE,
    commitment,
    guardian,
    refused,
    trusteeship,
)
from vuokra.company.models import NoticeVersion

pytestmark = pytest.mark.django_db


# --- who is named is informed (article 14) ---------------------------------------------------


@pytest.mark.parametrize("source", [Source.PERSON, Source.LEASE, Source.OTHER])
def test_whoever_is_named_is_to_be_informed_at_once(
    child: Person, adult: Person, person: Person, source: Source
) -> None:
    """Whoever told it, a customer too: it was not the one who was named."""
    said = Validity(SINCE, source)
    with system_access():
        services.add_guardian(child, Other(adult), said, today=TODAY)
        services.add_commitment(child, CommitmentKind.GUARANTOR, Other(person), said)
        assert {duty.person_id: duty.source for duty in NoticeDuty.objects.all()} == {
            adult.pk: source, person.pk: source
        }  # fmt: skip


def test_an_organisation_and_one_who_knows_already_are_not(person: Person, adult: Person) -> None:
    with system_access():
        version = NoticeVersion.objects.get()
        give_notice(adult, version, NoticeChannel.VISIT, given_on=dt.date(2026, 2, 1), today=TODAY)
        trusteeship(person, Other(adult))
        trusteeship(adult)
        assert not NoticeDuty.objects.exists()


def test_a_refused_relation_informs_nobody(child: Person, adult: Person) -> None:
    with system_access():
        guardian(child, adult)
        NoticeDuty.objects.get().delete()
        with refused("households_guardian_once"):
            guardian(child, adult)
        assert not NoticeDuty.objects.exists()


# --- a corrected birth date -----------------------------------------------------------------


def born(person: Person, day: dt.date) -> None:
    """The birth date is corrected, as the page does it."""
    change_identity(
        person, Code(IdentityKind.BIRTH_DATE, birth_date=day),
        reason=FormerCodeReason.MISTAKE, today=TODAY,
    )  # fmt: skip


@pytest.mark.parametrize("years", [-2, 2])
def test_guardians_follow_a_corrected_birth_date(child: Person, adult: Person, years: int) -> None:
    with system_access():
        found = guardian(child, adult)
        born(child, BORN.replace(year=BORN.year + years))
        found.refresh_from_db()
        assert found.valid_to == LAST.replace(year=LAST.year + years)


def test_a_guardian_ended_before_stays_ended(child: Person, adult: Person) -> None:
    with system_access():
        found = guardian(child, adult)
        services.end_relation(found, last_day=dt.date(2030, 1, 1))
        born(child, BORN.replace(year=2018))
        found.refresh_from_db()
        assert found.valid_to == dt.date(2030, 1, 1)


def test_a_birth_date_by_which_there_could_be_no_guardian_is_refused(
    child: Person, adult: Person
) -> None:
    with system_access():
        guardian(child, adult)
        with refused("birth_date"):
            born(child, dt.date(2007, 1, 1))
        with refused("birth_date"):
            born(adult, dt.date(2009, 1, 1))
        assert Identity.objects.get(person=child).birth_date == BORN


def test_the_registrar_corrects_it_without_a_right_to_guardians(
    signed_in: SignedIn, child: Person, adult: Person
) -> None:
    with system_access():
        found = guardian(child, adult)
    form = {"kind": "birth_date", "birth_date": "7.2.2020", "hetu": "", "reason": "mistake"}
    address = f"/henkilot/{child.public_id}/tunniste/"
    client = signed_in("REK")
    assert client.post(address, form | {"birth_date": "7.2.2000"}).status_code == 422
    assert client.post(address, form).status_code == 302
    with system_access():
        found.refresh_from_db()
        assert found.valid_to == dt.date(2038, 2, 6)


# --- the list of guarantors and payers -------------------------------------------------------


def test_the_part_of_the_list_for_those_who_may_know(
    signed_in: SignedIn, person: Person, adult: Person, child: Person
) -> None:
    with system_access():
        commitment(person, Other(adult))
    for role in ("SOP", "TAL", "PER"):
        text = signed_in(role).get("/henkilot/?rajaus=maksajat").text
        assert "Takaajat ja maksajat" in text and "Aarnivuori" in text, role
        assert "Lehtovaara" not in text[text.index("<tbody>") :], role
    for role in ("HAK", "VAL", "JOH"):
        text = signed_in(role).get("/henkilot/?rajaus=maksajat").text
        assert "Takaajat ja maksajat" not in text, role
        assert "Lehtovaara" in text[text.index("<tbody>") :], role


def test_an_export_of_the_part_holds_the_part(
    signed_in: SignedIn, person: Person, adult: Person
) -> None:
    with system_access():
        commitment(person, Other(adult))
    chosen = {"rajaus": "maksajat", "kaikki": "1", "toimi": "vienti"}
    assert "1 henkilö" in signed_in("SOP").post("/henkilot/valitut/", chosen).text
