"""Accounts that deposits go back to: changed before the return (DP-A45), or strange (DP-A46)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from leases.deposits import services
from leases.deposits.models import Deposit, RefundAccount, Settlement
from leases.deposits.rules.accounts import read_iban
from registry.persons.models import ContactKind, ContactPoint, Person
from registry.retention.queries import lengths as retention_lengths
from registry.retention.starts import kept
from tests.leases.deposits.conftest import (
    DAY,
    IBAN,
    NEXT_IBAN,
    NOW,
    TODAY,
    Staff,
    account,
    acting,
    force,
    prepared,
    refused_by,
    told,
)
from tests.people import system_access
from vuokra.access.errors import FunctionDenied
from vuokra.access.stated import raw_sql

pytestmark = pytest.mark.django_db


def phone(person: Person, value: str, recorded_at: object) -> ContactPoint:
    """A number of the person, recorded at a moment; in the open context."""
    point = ContactPoint.objects.create(
        person=person, kind=ContactKind.PHONE, value=value, valid_from=TODAY
    )
    force(ContactPoint.objects.filter(pk=point.pk), recorded_at=recorded_at)
    return ContactPoint.objects.get(pk=point.pk)


# -- A46 ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("FI21 1234 5600 0007 86", "iban"),
        ("FI2112345600000785FI", "iban"),
        ("12345", "iban"),
        ("", "iban"),
        ("SE45 5000 0000 0583 9825 7466", "foreign"),
    ],
)
def test_DP_A46_a_number_that_cannot_be_or_lies_abroad_is_refused(text: str, field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        read_iban(text, foreign_confirmed=False)
    assert set(refused.value.error_dict) == {field}
    assert not text or text not in str(refused.value)


def test_DP_A46_an_account_abroad_is_confirmed_and_anothers_has_a_reason(
    ended: Deposit, staff: Staff
) -> None:
    with acting(staff.payer):
        with pytest.raises(ValidationError) as nobody:
            account(ended, holder="Korpi Veikko")
        with pytest.raises(ValidationError) as no_holder:
            account(ended, reason="tiliä ei ole")
        made = account(
            ended, iban="SE45 5000 0000 0583 9825 7466", foreign_confirmed=True,
            holder="Korpi Veikko", reason="tiliä ei ole",
        )  # fmt: skip
        assert made.foreign and made.third_person and made.holder is not None
        assert made.holder.reveal() == "Korpi Veikko"
    assert told(nobody) == {"reason", "no_reason"}
    assert told(no_holder) == {"holder", "no_holder"}
    with system_access(), refused_by("deposits_account_kept"):
        force(RefundAccount.objects.all(), reason="jokin muu")


def test_an_account_is_given_by_accountants_alone(ended: Deposit, staff: Staff) -> None:
    with acting(staff.clerk), pytest.raises(FunctionDenied):
        account(ended)


# -- A45 ---------------------------------------------------------------------------------------


def changed(deposit: Deposit, ago: timedelta) -> RefundAccount:
    return account(deposit, iban=NEXT_IBAN, now=NOW - ago)


def test_DP_A45_a_changed_account_waits_for_a_second_person_and_a_day(
    ready: Deposit, person: Person, staff: Staff
) -> None:
    with acting(staff.payer):
        new = changed(ready, timedelta(hours=23))
        point = phone(person, "+358401112223", NOW - timedelta(days=2))
        with pytest.raises(ValidationError) as own:
            services.confirm_account(new, point, now=NOW)
    with acting(staff.clerk):
        made = prepared(ready)
        assert made.payouts.get().account == new
    with acting(staff.payer):
        with pytest.raises(ValidationError) as unconfirmed:
            services.approve(made, today=TODAY, now=NOW)
        with refused_by("deposits_account_unsafe"):
            force(Settlement.objects.all(), approved_by=staff.payer, approved_at=NOW)
    with acting(staff.second):
        services.confirm_account(new, point, now=NOW)
        with pytest.raises(ValidationError) as again:
            services.confirm_account(new, point, now=NOW)
        with pytest.raises(ValidationError) as soon:
            services.approve(made, today=TODAY, now=NOW)
        with refused_by("deposits_account_unsafe"):
            force(Settlement.objects.all(), approved_by=staff.second, approved_at=NOW)
    assert (told(own), told(unconfirmed)) == ({"own"}, {"unconfirmed"})
    assert (told(again), told(soon)) == ({"nothing"}, {"too_soon"})


def test_DP_A45_after_the_call_and_the_day_the_money_may_go(
    ready: Deposit, person: Person, staff: Staff
) -> None:
    with acting(staff.payer):
        point = phone(person, "+358401112223", NOW - timedelta(days=9))
        new = changed(ready, timedelta(hours=25))
    with acting(staff.clerk):  # the second person sees no account number
        services.confirm_account(new, point, now=NOW)
        made = prepared(ready)
    with acting(staff.payer):
        assert services.approve(made, today=TODAY, now=NOW).closed


def test_DP_A45_the_call_goes_to_a_number_held_before_the_change(
    ready: Deposit, person: Person, other: Person, staff: Staff
) -> None:
    with acting(staff.payer):
        new = changed(ready, timedelta(hours=25))
        late = phone(person, "+358401112224", NOW - timedelta(hours=1))
        strange = phone(other, "+358401112225", NOW - timedelta(days=9))
    with acting(staff.second):
        for point in (late, strange):
            with pytest.raises(ValidationError) as refused:
                services.confirm_account(new, point, now=NOW)
            assert told(refused) == {"called", "number"}
            with refused_by("deposits_account_called"):
                force(
                    RefundAccount.objects.filter(pk=new.pk),
                    confirmed_by=staff.second,
                    confirmed_at=NOW,
                    confirmed="call",
                    called=point,
                )
        phone(person, "+358401112226", NOW - timedelta(days=9))
        with pytest.raises(ValidationError) as visit:
            services.confirm_account(new, None, now=NOW)
        with refused_by("deposits_account_called"):
            force(
                RefundAccount.objects.filter(pk=new.pk),
                confirmed_by=staff.second,
                confirmed_at=NOW,
                confirmed="visit",
            )
    assert told(visit) == {"called", "number"}


def test_without_a_number_held_before_the_person_is_met(ready: Deposit, staff: Staff) -> None:
    with acting(staff.payer):
        new = changed(ready, timedelta(hours=25))
        with refused_by("deposits_account_second"):
            force(
                RefundAccount.objects.filter(pk=new.pk),
                confirmed_by=staff.payer,
                confirmed_at=NOW,
                confirmed="visit",
            )
    with acting(staff.second):
        assert services.confirm_account(new, None, now=NOW).confirmed == "visit"


def test_whoever_recorded_the_account_approves_when_another_has_confirmed_it(
    ready: Deposit, staff: Staff
) -> None:
    with acting(staff.clerk):
        made = prepared(ready)
    with acting(staff.second):  # who recorded it
        with pytest.raises(ValidationError) as own:
            services.approve(made, today=TODAY, now=NOW)
        with refused_by("deposits_own_account"):
            force(Settlement.objects.all(), approved_by=staff.second, approved_at=NOW)
        with pytest.raises(ValidationError) as alone:
            services.confirm_account(made.payouts.get().account, None, now=NOW)
    assert (told(own), told(alone)) == ({"own_account"}, {"own"})
    with acting(staff.clerk):
        services.confirm_account(made.payouts.get().account, None, now=NOW)
    with acting(staff.second):
        assert services.approve(made, today=TODAY, now=NOW).closed


def test_a_change_after_the_settlement_was_prepared_makes_it_anew(
    ready: Deposit, staff: Staff
) -> None:
    with acting(staff.clerk):
        made = prepared(ready)
    with acting(staff.payer):
        changed(ready, timedelta(hours=25))
        with pytest.raises(ValidationError) as refused:
            services.approve(made, today=TODAY, now=NOW)
        with refused_by("deposits_account_unsafe"):
            force(Settlement.objects.all(), approved_by=staff.payer, approved_at=NOW)
    assert told(refused) == {"replaced"}


def test_an_account_is_sealed_and_never_changed(
    ready: Deposit, settled: Settlement, staff: Staff
) -> None:
    with acting(staff.payer), pytest.raises(ValidationError):
        account(ready)
    with system_access(), raw_sql("a test of the database"), connection.cursor() as cursor:
        cursor.execute("SELECT iban FROM leases_deposits_refundaccount")
        assert IBAN.replace(" ", "").encode() not in bytes(cursor.fetchone()[0])
    with system_access(), refused_by("deposits_account_kept"):
        force(RefundAccount.objects.all(), usable_from=NOW - DAY * 900)


def test_an_account_is_kept_two_years_from_the_settlement(ready: Deposit, staff: Staff) -> None:
    with acting(staff.clerk):
        made = prepared(ready)
    with acting(staff.payer):
        pk = ready.accounts.get().pk
        lengths = retention_lengths(TODAY)
        table = RefundAccount._meta.db_table
        assert kept({table: [pk]}, lengths, TODAY)[table, pk].until is None
        services.approve(made, today=TODAY, now=NOW)
        found = kept({table: [pk]}, lengths, TODAY)[table, pk]
    assert found.code == "R-TILI"
    assert found.until == lengths["R-TILI"].after(timezone.localdate(NOW))
