"""How long leases are kept, and who is a customer by them."""

from __future__ import annotations

from datetime import date

import pytest

from leases.contracts import services
from leases.contracts.kept import ends_of_tenancies
from leases.contracts.models import Component, Lease, Party
from leases.homes.models import Flat
from registry.consents import tenancy
from registry.persons.models import Person
from registry.retention.queries import lengths as retention_lengths
from registry.retention.starts import kept
from tests.leases.contracts.conftest import DAY, TODAY, concluded, drafted, make_flat
from tests.people import system_access

pytestmark = pytest.mark.django_db


def test_DP_M6_who_is_a_customer_follows_from_the_leases(
    flat: Flat, person: Person, other: Person
) -> None:
    with system_access():
        drafted(flat, other)
        assert ends_of_tenancies([person.pk, other.pk], TODAY) == {}, "a draft makes no customer"
        lease = concluded(flat, person)
        both = [person.pk, other.pk]
        assert tenancy.latest_ends(both, TODAY) == {person.pk: None}
        services.agree_end(lease, on=TODAY, today=TODAY)
        assert tenancy.latest_ends(both, TODAY) == {person.pk: None}, "the last day is one"
        assert tenancy.latest_ends(both, TODAY + DAY) == {person.pk: TODAY}
        concluded(make_flat(flat.stair, 9), person, starts_on=TODAY)
        assert tenancy.latest_ends(both, TODAY + DAY) == {person.pk: None}


def test_a_lease_is_kept_from_its_end_and_the_vouchers_of_its_last_rent(
    flat: Flat, person: Person
) -> None:
    """R6: three years from the end, or what bookkeeping keeps of that year, the later."""
    with system_access():
        lease = concluded(flat, person)
        rows = {
            model._meta.db_table: list(model.objects.values_list("pk", flat=True))
            for model in (Lease, Party, Component)
        }
        lengths = retention_lengths(TODAY)
        assert {one.until for one in kept(rows, lengths, TODAY).values()} == {None}
        services.agree_end(lease, on=date(2026, 11, 20), today=TODAY)
        found = kept(rows, lengths, TODAY)
    assert {one.code for one in found.values()} == {"R6"} and len(found) == 3
    vouchers = lengths["R7"].after(date(2026, 12, 31))
    assert {one.until for one in found.values()} == {
        max(lengths["R6"].after(date(2026, 11, 20)), vouchers)
    }
