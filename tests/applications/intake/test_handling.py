"""Who handles an application, and what another took out meanwhile."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from applications.intake import services
from applications.intake.codes import (
    AttachmentKind,
    Corrected,
    IncomeKind,
    NeededBy,
    Period,
    Proof,
)
from applications.intake.models import Application, Ground, Income
from applications.intake.services import NeedGiven, papers
from registry.persons.models import Person, TieKind
from registry.persons.services.standing import record_tie
from tests.applications.intake.conftest import (
    TODAY,
    acting,
    make_user,
    other,
    person,
    system_access,
    told,
)
from tests.applications.intake.living import SPOUSE, begun, received
from vuokra.policy.roles import Role
from vuokra.ui.fields import DayField

pytestmark = pytest.mark.django_db
__all__ = ["other", "person"]


def wage(application: Application, proof: Proof) -> Income:
    return Income(
        member=application.members.get(), kind=IncomeKind.WAGE, euros=Decimal(2000),
        period=Period.MONTH, proof=proof,
    )  # fmt: skip


def test_DP_A3_who_is_tied_takes_down_a_draft_and_another_takes_it_in(person: Person) -> None:
    clerk = make_user(Role.HAK)
    with system_access():
        made = begun(person)
        paper = papers.ask(made, AttachmentKind.WAGE, NeededBy.PROCESSING, today=TODAY)
        record_tie(person, clerk.pk, TieKind.CONFLICT, valid_from=TODAY)
    with acting(clerk):
        services.put(Ground(application=made, situation="A1"), today=TODAY)
        services.put(wage(made, Proof.TOLD), today=TODAY)
        expected = NeedGiven(expected_on=TODAY, expected_proof=Proof.SEEN)
        for act in (
            lambda: services.receive(made, today=TODAY),
            lambda: papers.see(paper, today=TODAY),
            lambda: services.put(wage(made, Proof.SEEN), today=TODAY),
            lambda: services.set_need(made, expected, today=TODAY),
        ):
            with pytest.raises(ValidationError) as refused:
                act()
            assert told(refused) == {"tied"}


def test_what_another_took_out_does_not_come_back(person: Person, other: Person) -> None:
    with system_access():
        made = received(person)
        ground = services.put(
            Ground(application=made, situation="A1"), whose=Corrected.CLERK, today=TODAY
        )
        member = services.add_member(made, other, SPOUSE, whose=Corrected.CLERK, today=TODAY)
        kept = (type(ground).objects.get(pk=ground.pk), type(member).objects.get(pk=member.pk))
        services.drop(ground, whose=Corrected.CLERK, today=TODAY)
        services.drop_member(member, whose=Corrected.CLERK, today=TODAY)
        acts = (
            lambda: services.put(kept[0], whose=Corrected.CLERK, today=TODAY),
            lambda: services.change_member(kept[1], SPOUSE, whose=Corrected.CLERK, today=TODAY),
            lambda: services.set_told(
                kept[1], income=True, wealth=True, whose=Corrected.CLERK, today=TODAY
            ),
        )
        for act in acts:
            with pytest.raises(ValidationError) as refused:
                act()
            assert told(refused) == {"gone"}
        assert not Ground.objects.exists() and made.members.count() == 1


@pytest.mark.parametrize("typed", ["31.12.9999", "1.1.0026"])
def test_a_year_that_nobody_means_is_asked_again(typed: str) -> None:
    with pytest.raises(ValidationError, match="Tarkista vuosi"):
        DayField().clean(typed)
