"""A copy leaves as another person has approved it, or not at all."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from registry.copies import services
from registry.copies.codes import Decision, Reason
from registry.copies.models import Copy, Finding
from registry.copies.queries import Found, Line, Row, first_open
from registry.persons.models import Person
from tests.people import system_access
from tests.registry.copies.conftest import Gathered, acting, approve, places, settle
from vuokra.access.errors import FunctionDenied
from vuokra.accounts.models import User

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
    found = places(copy, registrar)["Kaarina"]
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
