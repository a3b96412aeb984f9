"""What is to be signed, and what was signed, stays: whoever writes, and by whatever statement."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from leases.contracts import services
from leases.contracts.models import Lease, Party
from leases.contracts.rules.notice import Document, Method
from leases.homes.models import Flat
from registry.duplicates.services import Choices, merge
from registry.duplicates.services import undo as undo_merge
from registry.persons.models import Person
from tests.leases.contracts.conftest import TODAY, concluded, drafted, given
from tests.people import make_user, system_access
from tests.registry.protection.conftest import acting
from vuokra.access.stated import raw_sql
from vuokra.policy.roles import Role
from vuokra.rules import services as rule_services

OF_LEASE = "UPDATE leases_contracts_lease SET {} WHERE id = %(lease)s"
OF_PARTY = "UPDATE leases_contracts_party SET {} WHERE lease_id = %(lease)s"
OF_PRICE = "UPDATE leases_contracts_component SET {} WHERE lease_id = %(lease)s"
OF_DAYS = "UPDATE leases_homes_occupancy SET {} WHERE lease = %(lease)s"
NEW_PARTY = """
INSERT INTO leases_contracts_party
    (lease_id, person_id, role, signed_on, source, recorded_at, valid_from)
VALUES (%(lease)s, %(other)s, 'guarantor', '2024-03-01', 'lease', now(), '2024-03-01')
"""
NEW_PRICE = """
INSERT INTO leases_contracts_component (lease_id, kind, price_eur, quantity, valid_from)
VALUES (%(lease)s, 'water_person', 50, 1, '2024-03-01')
"""
NEW_DAYS = """
INSERT INTO leases_homes_occupancy (flat_id, lease, valid_from, valid_to, hidden)
SELECT flat_id, -1, '1990-01-01', '1990-12-31', false FROM leases_contracts_lease
WHERE id = %(lease)s
"""
BEFORE_SIGNING = (
    OF_LEASE.format("kind = 'fixed_term', term_ends_on = '2099-12-31'"),
    OF_LEASE.format("due_day = 5"),
    OF_LEASE.format("first_notice_on = '2099-12-31'"),
    OF_LEASE.format("made_at = now(), made_by_id = NULL"),
    OF_LEASE.format("concluded_on = '2024-03-01'"),
    OF_PARTY.format("person_id = %(other)s"),
    OF_PARTY.format("role = 'occupant'"),
    "DELETE FROM leases_contracts_party WHERE lease_id = %(lease)s",
    NEW_PARTY,
    OF_PRICE.format("price_eur = 1"),
    "DELETE FROM leases_contracts_component WHERE lease_id = %(lease)s",
    NEW_PRICE,
)
AFTER_SIGNING = (
    OF_LEASE.format("first_notice_on = '2099-12-31'"),
    OF_LEASE.format("previous_id = id"),
    OF_LEASE.format("cancelled_on = current_date, cancel_reason = 'ei'"),
    OF_LEASE.format("clauses = 'ei'"),
    OF_PARTY.format("person_id = %(other)s"),
    OF_PARTY.format("signed_on = '2020-01-01'"),
    NEW_PARTY,
    OF_PRICE.format("price_eur = 1"),
    NEW_PRICE,
    OF_DAYS.format("hidden = false"),
    OF_DAYS.format("valid_to = current_date"),
    "DELETE FROM leases_homes_occupancy WHERE lease = %(lease)s",
    NEW_DAYS,
    OF_PRICE.format("valid_to = '2099-12-31'"),
    OF_PARTY.format("valid_to = '2099-12-31'"),
)


@pytest.fixture(autouse=True)
def numbers(db: None) -> None:
    rule_services.seed_rules()


def refused(statement: str, lease: Lease, other: Person) -> bool:
    """Whether the database refuses a statement of the application."""
    with acting(make_user(Role.HUO)), raw_sql("an attempt"), connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(statement, {"lease": lease.pk, "other": other.pk})
                assert cursor.rowcount > 0
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        except IntegrityError:
            return True
    return False


def test_what_waits_for_signatures_stays(flat: Flat, person: Person, other: Person) -> None:
    with system_access():
        lease = drafted(flat, person)
        services.make_ready(lease, today=TODAY)
    assert [one for one in BEFORE_SIGNING if not refused(one, lease, other)] == []


def test_what_was_signed_stays(flat: Flat, person: Person, other: Person) -> None:
    with system_access():
        lease = concluded(flat, person)
    assert [one for one in AFTER_SIGNING if not refused(one, lease, other)] == []


def test_a_lease_under_notice_ends_by_it_or_earlier(
    flat: Flat, person: Person, other: Person
) -> None:
    with system_access():
        lease = concluded(flat, person)
        notice = given(lease, Document.TENANT_NOTICE)
        services.serve(notice, served_on=TODAY, method=Method.RECEIPT, today=TODAY)
    assert refused(OF_LEASE.format("last_day = NULL"), lease, other)
    assert refused(OF_LEASE.format("last_day = last_day + 1"), lease, other)
    assert not refused(OF_LEASE.format("last_day = last_day - 1"), lease, other)


def test_a_signature_does_not_stand_under_what_is_opened_anew(
    flat: Flat, person: Person, other: Person
) -> None:
    with system_access():
        lease = drafted(flat, person, other)
        services.make_ready(lease, today=TODAY)
        services.sign(lease.parties.get(person=person), on=TODAY, today=TODAY)
    assert refused(OF_LEASE.format("ready_at = NULL"), lease, other)
    with system_access():
        services.reopen(lease, today=TODAY)
        assert not lease.parties.exclude(signed_on=None).exists()


def test_a_tenant_of_two_records_is_merged_and_parted_again(
    flat: Flat, person: Person, other: Person
) -> None:
    with system_access():
        concluded(flat, person)
        done = merge(other, person, Choices(), reason="Kirjattiin kahdesti.", now=timezone.now())
        assert Party.objects.get().person == other
        undo_merge(done, reason="Yhdistettiin väärät tietueet.", now=timezone.now())
        assert Party.objects.get().person == person


def test_a_lease_is_concluded_by_signatures_alone(
    flat: Flat, person: Person, other: Person
) -> None:
    """Not by being inserted whole, nor without a tenant, nor on another day than the last of them
    signed; and what waits for signatures is not thrown away."""
    whole = """
        INSERT INTO leases_contracts_lease (flat_id, kind, starts_on, water, smoking, pets,
            clauses, delivery, cancel_reason, made_at, {columns})
        SELECT flat_id, kind, '2030-01-01', water, smoking, pets, '', delivery, '', now(), {values}
        FROM leases_contracts_lease WHERE id = %(lease)s
    """
    with system_access():
        lease = drafted(flat, person)
    attempts = [
        whole.format(columns="ready_at, concluded_on", values="now(), '2029-01-01'"),
        whole.format(columns="ready_at", values="now()"),
    ]
    assert [one for one in attempts if not refused(one, lease, other)] == []
    with system_access():
        services.make_ready(lease, today=TODAY)
        party = lease.parties.get()
        party.signed_on = TODAY
        party.save()
    attempts = [
        OF_LEASE.format("concluded_on = '2014-03-01'"),
        "DELETE FROM leases_contracts_lease WHERE id = %(lease)s",
    ]
    assert [one for one in attempts if not refused(one, lease, other)] == []


def test_the_number_of_a_draft_that_was_taken_out_names_no_other_lease(
    flat: Flat, person: Person, other: Person
) -> None:
    numbered = """
        INSERT INTO leases_contracts_lease (number, flat_id, kind, starts_on, water, smoking, pets,
            clauses, delivery, cancel_reason, made_at)
        SELECT {number}, flat_id, kind, '2030-01-01', water, smoking, pets, '', delivery, '', now()
        FROM leases_contracts_lease WHERE id = %(lease)s
    """
    with system_access():
        gone, stays = drafted(flat, person), drafted(flat, other)
        Lease.objects.filter(pk=gone.pk).get().delete()
    attempts = [
        numbered.format(number=gone.number),
        numbered.format(number="currval('leases_contracts_lease_number')"),
    ]
    assert [one for one in attempts if not refused(one, stays, other)] == []
    for back in ("SELECT setval('{}', 100001)", "ALTER SEQUENCE {} RESTART"):
        with pytest.raises(ProgrammingError):
            refused(back.format("leases_contracts_lease_number"), stays, other)
    with system_access():
        following = drafted(flat, person)
        assert following.number > stays.number > gone.number


def test_a_lease_ends_as_its_papers_say_and_a_tenant_leaves_by_a_change_of_person(
    flat: Flat, person: Person, other: Person
) -> None:
    with system_access():
        lease = concluded(flat, person)
        notice = given(lease, Document.TENANT_NOTICE)
        services.serve(notice, served_on=TODAY, method=Method.RECEIPT, today=TODAY)
    attempts = [
        OF_LEASE.format("last_day = NULL"),
        OF_LEASE.format("last_day = '2099-12-31'"),
        OF_PARTY.format("valid_to = '2024-04-01'"),
    ]
    assert [one for one in attempts if not refused(one, lease, other)] == []
