"""What was tried against leases: to learn a home, act on one's own, falsify what was signed."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from leases.contracts import papers, queries, services
from leases.contracts.imports import IMPORTER
from leases.contracts.models import Answer, ComponentKind, Lease, PersonChange
from leases.contracts.papers.ordering import Printed
from leases.contracts.rules.changes import Change
from leases.contracts.rules.notice import Document as Paper
from leases.contracts.rules.notice import Method
from leases.contracts.rules.persons import Relation, Role
from leases.contracts.services import Terms
from leases.homes.models import Flat, Occupancy, Place, PlaceKind
from registry.persons.models import ExternalId, Person, TieKind
from registry.persons.services.standing import record_tie
from registry.protection import queries as bans
from registry.protection import services as protection
from tests.leases.contracts.conftest import (
    DAY,
    RENT,
    TODAY,
    SignedIn,
    concluded,
    drafted,
    given,
    told,
)
from tests.leases.contracts.paperwork import printed
from tests.leases.contracts.test_changes import succession
from tests.leases.contracts.test_imports import HEAD, row
from tests.people import make_user, sign_in, system_access
from tests.registry.protection.conftest import acting, ban
from tests.vuokra.documents.conftest import company, files
from vuokra.accounts.models import User
from vuokra.documents import queries as documents
from vuokra.documents.models import Document
from vuokra.imports import services as imports
from vuokra.imports.registry import Report
from vuokra.policy.roles import Role as StaffRole

__all__ = ["company", "files"]
pytestmark = pytest.mark.django_db
HOME = "Koulukatu 5 A 2"


@pytest.fixture
def clerk(db: None) -> User:
    return make_user(StaffRole.SOP)


def tie(person: Person, user: User, kind: TieKind = TieKind.OWN) -> None:
    record_tie(person, user.pk, kind, valid_from=date(2024, 1, 1))


def html(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def guaranteed(flat: Flat, tenant: Person, guarantor: Person) -> Lease:
    """A signed lease with a guarantor, in the open context."""
    lease = drafted(flat, tenant)
    services.add_party(lease, guarantor, Role.GUARANTOR, today=TODAY)
    services.make_ready(lease, today=TODAY)
    for party in lease.parties.all():
        services.sign(party, on=TODAY, today=TODAY)
    return Lease.objects.get(pk=lease.pk)


def brought_in(clerk: User, *rows: str) -> Report:
    """What a clerk is told of a file of leases."""
    file = io.BytesIO("\n".join([HEAD, *rows]).encode())
    with acting(clerk):
        _run, result = imports.import_now(
            IMPORTER, file, today=TODAY, tell=lambda *_: None, dry_run=False
        )
    return result.report


# -- whose home a flat is ------------------------------------------------------------------------


@pytest.mark.parametrize("secret", ["turvakielto", "colleague"])
def test_a_flat_that_is_taken_does_not_name_a_lease_that_may_not_be_told(
    clerk: User, flat: Flat, person: Person, other: Person, secret: str
) -> None:
    """The number leads to the name: by trying flats one would find where somebody lives."""
    with system_access():
        lease = concluded(flat, person)
        ExternalId.objects.create(person=other, value="V-2")
        if secret == "turvakielto":
            ban(person)
        else:
            tie(person, clerk, TieKind.COLLEAGUE)
    with acting(clerk), pytest.raises(ValidationError) as refused:
        services.draft(flat, other, Terms(starts_on=TODAY), today=TODAY)
    assert told(refused) == {"starts_on", "overlap"}
    assert str(lease.number) not in " ".join(refused.value.messages)
    [note] = brought_in(clerk, row(tenant="V-2")).notes
    assert note.column == "starts_on" and str(lease.number) not in note.text


def test_the_card_of_a_guarantor_does_not_tell_a_home_that_may_not_be_told(
    signed_in: SignedIn, clerk: User, flat: Flat, person: Person, other: Person
) -> None:
    with system_access():
        number = f"/sopimukset/{guaranteed(flat, person, other).pk}/"
        card = f"/henkilot/{other.public_id}/"
    accountant, browser = signed_in("TAL"), sign_in(Client(), clerk)
    assert number in html(accountant, card) and number in html(browser, card)
    with system_access():
        ban(person)
    assert number not in html(accountant, card), "who may not know of a ban learns of none"
    with system_access():
        tie(person, clerk, TieKind.COLLEAGUE)
    assert number not in html(browser, card)


def test_a_parking_place_does_not_tell_the_home(
    signed_in: SignedIn, flat: Flat, person: Person
) -> None:
    with system_access():
        place = Place.objects.create(
            site=flat.stair.building.site, code="KR-117", kind=PlaceKind.PARKING
        )
        lease = drafted(flat, person)
        services.set_component(lease, ComponentKind.PARKING, RENT, today=TODAY, place=place)
    accountant, page = signed_in("TAL"), f"/sopimukset/{lease.pk}/"
    assert "KR-117" in html(accountant, page)
    with system_access():
        ban(person)
    assert "KR-117" not in html(accountant, page)


def test_whoever_has_the_flat_for_a_time_under_turvakielto_hides_it(
    signed_in: SignedIn, flat: Flat, person: Person, other: Person
) -> None:
    with system_access():
        lease = concluded(flat, person)
        first = TODAY + 40 * DAY
        services.hand_over(
            lease, told_on=TODAY, starts_on=first, ends_on=first + 200 * DAY, reason="Opiskelu",
            coming=other, today=TODAY,
        )  # fmt: skip
        ban(other)
        assert Occupancy.objects.get(lease=lease.pk).hidden
    for role in ("SOP", "TAL"):
        assert HOME not in html(signed_in(role), f"/sopimukset/{lease.pk}/"), role


def test_who_asks_to_come_into_a_lease_under_turvakielto_is_not_named_beside_the_flat(
    signed_in: SignedIn, flat: Flat, person: Person, other: Person
) -> None:
    with system_access():
        lease = concluded(flat, person)
        services.transfer(
            lease, Change.PERMITTED,
            succession(lease.parties.get(), other, relation=Relation.OTHER, effective_on=None),
            today=TODAY,
        )  # fmt: skip
        ban(other)
    text = html(signed_in("TAL"), f"/sopimukset/{lease.pk}/")
    assert HOME in text and "Koskiaho" not in text


@pytest.mark.usefixtures("company", "files")
def test_letters_printed_before_a_ban_are_closed_with_it(
    clerk: User, flat: Flat, person: Person, other: Person
) -> None:
    """They name the flat, and so does the letter to whoever lives there too. What is printed under
    the ban names none, and stays open."""
    with system_access():
        lease = concluded(flat, person, other)
        services.agree_end(lease, on=TODAY + 60 * DAY, today=TODAY)
    before = printed(clerk, lease, Printed.CONFIRMATION)
    assert len(before) == 2
    accountant = make_user(StaffRole.TAL)

    def open_to(user: User) -> set[int]:
        with acting(user):
            lines = documents.documents_in_matter(f"VS-{lease.number}")
            return {line.document.pk for line in lines}

    assert open_to(accountant) == {one.pk for one in before}
    with system_access():
        ban(person, covers_household=False)
    assert open_to(accountant) == set()
    assert open_to(clerk) == {one.pk for one in before}
    after = printed(clerk, lease, Printed.CONFIRMATION)
    assert open_to(accountant) == {one.pk for one in after}


def test_DP_T4_the_end_of_a_ban_does_not_open_the_home_of_an_earlier_lease(
    signed_in: SignedIn, flat: Flat, person: Person
) -> None:
    with system_access():
        lease = concluded(flat, person, term_ends_on=TODAY - 30 * DAY)
        ban(person)
    for role in (StaffRole.SOP, StaffRole.REK):
        with acting(make_user(role)):
            found = bans.the_ban(person)
            if role is StaffRole.SOP:
                protection.propose_ending(found, reason="DVV on poistanut kiellon")
            else:
                protection.approve_ending(found)
    with system_access():
        assert not Person.objects.get(pk=person.pk).protected
        row = queries.lease_by_id(lease.pk, today=TODAY)
        assert row.hidden
    for role_code in ("SOP", "TAL"):
        browser = signed_in(role_code)
        for address in (f"/sopimukset/{lease.pk}/", f"/henkilot/{person.public_id}/"):
            assert HOME not in html(browser, address), (role_code, address)


# -- one's own -----------------------------------------------------------------------------------


def test_DP_A2_nobody_brings_in_a_lease_of_ones_own_by_a_file(
    clerk: User, flat: Flat, person: Person, other: Person
) -> None:
    with system_access():
        ExternalId.objects.create(person=person, value="V-1")
        ExternalId.objects.create(person=other, value="V-2")
        tie(person, clerk)
    for cells in ({}, {"tenant": str(person.customer_number)}, {"tenant": "V-2", "co": "V-1"}):
        [note] = brought_in(clerk, row(**cells)).notes
        assert note.column in ("tenant", "co_tenants") and "ei ole ketään" in note.text
    with system_access():
        assert not Lease.objects.exists()


def test_DP_A2_nobody_answers_to_a_request_of_ones_own(
    clerk: User, flat: Flat, person: Person, other: Person
) -> None:
    with system_access():
        lease = concluded(flat, person)
        asked = services.transfer(
            lease, Change.PERMITTED,
            succession(lease.parties.get(), other, relation=Relation.OTHER, effective_on=None),
            today=TODAY,
        )  # fmt: skip
        tie(other, clerk)
    browser, page = sign_in(Client(), clerk), f"/sopimukset/{lease.pk}/"
    address = f"{page}vaihdos/{asked.pk}/vastaus/"
    granted = {"answer": Answer.GRANTED.value, "on": f"{TODAY:%d.%m.%Y}",
               "effective_on": f"{TODAY + DAY:%d.%m.%Y}"}  # fmt: skip
    assert browser.get(address).status_code in (403, 404)
    assert browser.post(address, granted).status_code in (403, 404)
    assert "Vastaa siirtopyyntöön" not in html(browser, "/")
    assert "Koskiaho" not in html(browser, page)
    with system_access():
        assert PersonChange.objects.get().answer == ""


# -- what was signed -----------------------------------------------------------------------------


@pytest.mark.usefixtures("company")
def test_a_signed_lease_is_printed_anew_with_those_who_signed_it(
    flat: Flat, person: Person, other: Person
) -> None:
    """Not with whoever came in a tenant's place since."""
    with system_access():
        lease = concluded(flat, person)
        signed = papers.contract.lease_data(Document(about_id=lease.pk))
        services.transfer(lease, Change.FAMILY, succession(lease.parties.get(), other), today=TODAY)
        again = papers.contract.lease_data(Document(about_id=lease.pk))
    assert again == signed
    assert "Lehtovaara" in str(again["tenants"]) and "Koskiaho" not in str(again)


def test_an_agreed_end_holds_when_a_notice_is_withdrawn(
    flat: Flat, person: Person, other: Person
) -> None:
    """A notice ends the lease before the day agreed on; without it the agreement holds again."""
    agreed = TODAY + 200 * DAY
    with system_access():
        lease = concluded(flat, person)
        services.agree_end(lease, on=agreed, today=TODAY)
        notices = [given(lease, Paper.TENANT_NOTICE) for _number in range(2)]
        for notice in notices:
            services.serve(notice, served_on=TODAY, method=Method.RECEIPT, today=TODAY)
            lease.refresh_from_db()
            assert lease.last_day is not None and lease.last_day < agreed
            services.withdraw(notice, on=TODAY, today=TODAY)
            lease.refresh_from_db()
            assert lease.last_day == agreed
