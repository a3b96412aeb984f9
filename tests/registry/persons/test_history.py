"""The change history (muutostiedot, S5-00b): who changed what, old and new as far as one may."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from registry.persons import services
from registry.persons.models import ContactPoint, IdentityKind, Person, Source
from registry.persons.models import FormerCodeReason as Reason
from registry.persons.services import Code, Names
from registry.protection import services as protection
from tests.people import make_user, system_access
from tests.registry.persons.conftest import CODE, SINCE, TODAY, SignedIn, events
from tests.registry.persons.test_standing import acting
from vuokra.access.codes import Action
from vuokra.access.stated import bulk_write
from vuokra.policy.roles import Purpose, Role

SEERS = ("SOP", "HAK", "REK")
OTHERS = ("VAL", "TAL", "PER", "HUO", "ASN", "MAR", "TAR", "JOH", "PAA")
NEW_CODE = "311299-903B"


def address(person: Person) -> str:
    return f"/henkilot/{person.public_id}/muutokset/"


def rename(person: Person, surname: str) -> None:
    services.change_person(
        person, Names(surname, "Marjukka Anneli", "Marjukka"), language=person.language,
        customer_since=SINCE,
    )  # fmt: skip


@pytest.mark.parametrize("role", SEERS)
def test_S5_00b_old_and_new_with_who_and_when(
    signed_in: SignedIn, person: Person, role: str
) -> None:
    clerk = make_user(Role.SOP, username="muuttaja")
    with acting(clerk):
        rename(person, "Metsäpuro")
    text = signed_in(role).get(address(person)).content.decode()
    assert "Lehtovaara → Metsäpuro" in text
    assert clerk.full_name in text
    event = events()[-1]
    assert (event.action, event.subjects) == (Action.VIEW_LOG, [person.pk])


@pytest.mark.parametrize("role", OTHERS)
def test_S5_00b_the_history_is_a_right_of_its_own(
    signed_in: SignedIn, person: Person, role: str
) -> None:
    client = signed_in(role)
    assert client.get(address(person)).status_code == 403
    assert "Muutoshistoria</a>" not in client.get(f"/henkilot/{person.public_id}/").content.decode()


def test_S5_00b_an_identity_code_stays_masked(signed_in: SignedIn, person: Person) -> None:
    with system_access():
        services.change_identity(
            person, Code(IdentityKind.HETU, NEW_CODE), reason=Reason.CHANGED, today=TODAY
        )
    text = signed_in("SOP").get(address(person)).content.decode()
    assert "Henkilötunnus:" in text
    for code in (CODE, NEW_CODE, "150685", "311299", "→ •"):
        assert code not in text


def test_DP_T4_contact_details_before_a_turvakielto_stay_masked_in_the_history(
    signed_in: SignedIn, person: Person
) -> None:
    client = signed_in("SOP")
    assert "Koulukatu" in client.get(address(person)).content.decode()
    keepers = [make_user(Role.REK, username=f"rek{number}") for number in (1, 2)]
    with acting(keepers[0], Purpose.VALVONTA):
        ban = protection.record_ban(
            person, valid_from=TODAY, valid_until=None, source=Source.PERSON,
            covers_household=False,
        )  # fmt: skip
    _nothing_of_the_address(client, person)
    with acting(keepers[0], Purpose.VALVONTA):
        protection.propose_ending(ban, reason="päättynyt")
    with acting(keepers[1], Purpose.VALVONTA):
        protection.approve_ending(ban)
    _nothing_of_the_address(client, person)


def _nothing_of_the_address(client: Client, person: Person) -> None:
    text = client.get(address(person)).content.decode()
    assert "Lehtovaara" in text
    for hidden in ("Koulukatu", "97999", "Hillakoski", "04912", "35849", "@example.fi"):
        assert hidden not in text


def test_S5_00b_a_group_out_of_reach_is_absent(signed_in: SignedIn, person: Person) -> None:
    """REK reads no support data, HAK no consents: what is asked here is the table's own group."""
    from registry.persons.queries import history
    from vuokra.policy.catalogue import lookup

    clerk = make_user(Role.MAR)
    table = lookup("registry_persons_identity")
    assert table is not None
    with acting(clerk):
        assert not history._may_know(table)


def test_S5_00b_rows_written_in_bulk_are_there_too(signed_in: SignedIn, person: Person) -> None:
    with system_access(), bulk_write("test of the history"):
        ContactPoint.objects.bulk_create(
            [ContactPoint(person=person, kind="email", value="tuotu@example.fi", valid_from=SINCE)]
        )
    text = signed_in("SOP").get(address(person)).content.decode()
    assert "tuotu@example.fi" in text
    assert "1.3.2024" in text


def test_S5_00b_pages_of_fifty_and_the_same_statements(signed_in: SignedIn, person: Person) -> None:
    client = signed_in("SOP")
    client.get(address(person))
    few = _statements(client, person)
    with system_access():
        for number in range(60):
            rename(person, f"Lehto{'aeiou'[number % 5]}mäki")
    assert _statements(client, person) == few
    first = client.get(address(person)).content.decode()
    assert "?sivu=2" in first
    assert first.count("<tr>") == 51
    assert "Uudemmat" in client.get(f"{address(person)}?sivu=2").content.decode()
    assert client.get(f"{address(person)}?sivu=999").status_code == 200


def _statements(client: object, person: Person) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address(person)).status_code == 200  # type: ignore[attr-defined]
    return len(captured)
