"""A copy leaves as another person has approved it, or not at all."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse

from registry.copies import services
from registry.copies.codes import Decision, Reason
from registry.copies.models import Copy, Finding, Opening
from registry.copies.previews import preview
from registry.copies.queries import Found, Line, Row, first_open
from registry.persons.models import Person
from tests.people import make_user, system_access
from tests.registry.copies.conftest import (
    Gathered,
    acting,
    approve,
    breaks,
    browser,
    collected,
    places,
    settle,
)
from vuokra.access.errors import FunctionDenied
from vuokra.accounts.models import User
from vuokra.policy.roles import Role

FROM_NOON = dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC)


def leaves(copy: Copy, registrar: User) -> None:
    with acting(registrar):
        services.build_package(copy, by=registrar)
    with acting(registrar):
        services.printed(copy)


def test_DP_A31_nothing_leaves_that_another_has_not_approved_as_it_is(
    person: Person, registrar: User, gathered: Gathered
) -> None:
    copy = settle(gathered(person), registrar)
    with pytest.raises(ValidationError, match="Toisen henkilön"):
        leaves(copy, registrar)
    with pytest.raises(ValidationError, match="Toisen henkilön"), acting(registrar):
        services.approve(copy)  # by whoever ordered it and decided on it
    leaves(approve(copy), registrar)
    found = places(copy, registrar)["Kaarina Esimerkki"]
    with acting(registrar):
        services.keep(found, Reason.CONSENT)
    with pytest.raises(ValidationError, match="Toisen henkilön"):
        leaves(copy, registrar)  # what is left out now, nobody else has seen
    leaves(approve(copy), registrar)


def test_the_database_knows_no_approval_of_ones_own(
    person: Person, registrar: User, gathered: Gathered
) -> None:
    copy = settle(gathered(person), registrar)
    with acting(registrar), pytest.raises(DatabaseError), transaction.atomic():
        copy.approved_digest, copy.approved_at, copy.approved_by = "0" * 64, FROM_NOON, registrar
        copy.save()


def test_only_a_command_packs_without_a_second_person(
    person: Person, registrar: User, gathered: Gathered
) -> None:
    copy = settle(gathered(person), registrar)
    with acting(registrar), pytest.raises(FunctionDenied):
        services.build_for_command(copy)
    with system_access():
        services.build_for_command(copy)


def test_a_part_opens_at_the_first_place_to_decide_on() -> None:
    done, still = Finding(decision=Decision.KEPT), Finding(decision=Decision.OPEN)

    def row(whole: Finding | None, inside: Finding | None) -> Row:
        lines = [Line("", "", [], free=False, found=[Found(inside, "", "")] if inside else [])]
        return Row("", [Found(whole, "", "")] if whole else [], lines)

    plain, decided = row(None, None), row(done, done)
    assert first_open([]) == first_open([plain, decided]) == 0
    assert first_open([plain, decided, row(None, still), row(still, None)]) == 2
    assert first_open([plain, row(still, done)]) == 1


def refused(copy: Copy, second: User) -> None:
    with acting(second), pytest.raises(ValidationError) as error:
        services.approve(copy)
    assert [one.code for one in error.value.error_list] == ["unopened"]


def look_at(copy: Copy, user: User) -> None:
    with acting(user):
        preview(Copy.objects.get(pk=copy.pk))


@pytest.fixture
def second(db: None) -> User:
    return make_user(Role.JOH, username="hyvaksyja")


def test_nobody_approves_what_he_has_not_opened(
    person: Person, registrar: User, second: User, gathered: Gathered
) -> None:
    copy = settle(gathered(person), registrar)
    refused(copy, second)
    look_at(copy, registrar)
    refused(copy, second)  # another's eyes are not his
    with acting(second):
        preview(copy, opened=False)
    refused(copy, second)
    look_at(copy, second)
    look_at(copy, second)
    with acting(second):
        opened = Opening.objects.get(by=second)
        assert services.approve(copy).approved_digest == opened.digest


def test_what_was_opened_and_changed_since_is_opened_again(
    person: Person, registrar: User, second: User, gathered: Gathered
) -> None:
    copy = settle(gathered(person), registrar)
    found = next(one for one in places(copy, registrar).values() if not one.locked)
    look_at(copy, second)
    with acting(registrar):
        services.keep(found, Reason.CONSENT)
    refused(copy, second)
    look_at(copy, second)
    with acting(registrar):
        services.redact(found, Reason.OTHER)
    refused(copy, second)  # as it was when he first opened it, and changed twice since
    look_at(copy, second)
    for reason in ("Nimet tarvitaan tutkintapyyntöön.", ""):
        with acting(registrar):
            services.allow_names(copy, reason)
    refused(copy, second)
    look_at(copy, second)
    with acting(registrar):
        services.restart(copy)
    copy = settle(collected(copy), registrar)
    refused(copy, second)
    look_at(copy, second)
    with acting(second):
        assert services.approve(copy).approved
    with acting(second):
        services.take_back(Copy.objects.get(pk=copy.pk))
        assert not Copy.objects.get(pk=copy.pk).approved
        services.approve(copy)  # he has seen it, and nothing has changed


def test_the_database_asks_who_opened_what_whoever_writes(
    person: Person, registrar: User, second: User, gathered: Gathered
) -> None:
    copy = settle(gathered(person), registrar)
    with acting(second), breaks("copies_copy_opened_by_approver"), transaction.atomic():
        copy.approved_digest, copy.approved_at, copy.approved_by = "0" * 64, FROM_NOON, second
        copy.save()
    with acting(registrar), breaks("copies_opening_own"), transaction.atomic():
        Opening.objects.create(copy=copy, person=person, digest="0" * 64, by=second)
    look_at(copy, second)
    with acting(second):
        opening = Opening.objects.get(by=second)
        opening.digest = "0" * 64
        with breaks("copies_opening_stays"), transaction.atomic():
            opening.save()
        with breaks("copies_opening_stays"), transaction.atomic():
            opening.delete()


def test_an_approved_copy_says_so(person: Person, registrar: User, gathered: Gathered) -> None:
    copy = settle(gathered(person), registrar)
    page, every = reverse("copies:copy", args=[copy.uuid]), reverse("copies:list")
    client = browser(registrar)
    assert "Tarkistettavana" in client.get(every).content.decode()
    copy = approve(copy)
    for address in (page, every):
        told = client.get(address).content.decode()
        assert "Hyväksytty" in told and "Tarkistettavana" not in told
    found = next(one for one in places(copy, registrar).values() if not one.locked)
    with acting(registrar):
        services.keep(found, Reason.CONSENT)
    assert "Hyväksytty" not in client.get(page).content.decode()


def test_what_is_gone_through_says_so(person: Person, registrar: User, gathered: Gathered) -> None:
    copy, client = gathered(person), browser(registrar)
    page = reverse("copies:copy", args=[copy.uuid])
    told = client.get(page).content.decode()
    assert "Tarkistettavana" in told and "Tarkistettu" not in told
    settle(copy, registrar)
    for address in (page, reverse("copies:preview", args=[copy.uuid])):
        told = client.get(address).content.decode()
        assert "Tarkistettu" in told and "Tarkistettavana" not in told
