"""What a choice rests on still holds when it is approved, offered and accepted: the household meets
what the flat asks, lives, and may be processed; and nobody tied makes it fall."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from applications.intake import services as intake
from applications.intake.codes import AssetKind
from applications.intake.models import Application, Asset
from applications.selection import services
from applications.selection.models import Decision, OfferState, OutOfOrder, Round
from applications.selection.queries.changes import changed_since
from applications.selection.rules.facts import Permit
from applications.selection.rules.residence import is_long_enough
from applications.selection.rules.snapshot import Change
from applications.selection.services import Choice
from applications.selection.services.assessing import due_condition
from leases.homes.models import Flat
from registry.duplicates.services import Choices, merge, swap_identities
from registry.persons.models import Ground, Identity, MarkKind, Source, StaffLink, TieKind
from registry.persons.services.marks import add_mark, record_death
from tests.applications.selection.conftest import (
    DAY,
    TODAY,
    flat,
    make_user,
    site,
    somebody,
    stair,
    system_access,
)
from tests.applications.selection.rounds import applicants, choosing, code_of
from tests.applications.selection.test_offering import chosen, offered
from tests.registry.protection.conftest import acting
from vuokra.policy.roles import Role

pytestmark = pytest.mark.django_db
__all__ = ["flat", "site", "stair"]
MARKET = Choice(out_of_order=OutOfOrder.MARKET, reason="Talossa on tyhjää.")
TOO_MUCH = "900000"


def owns(application: Application, euros: str) -> None:
    """So much is saved, worked out; in the open context."""
    member = application.members.get()
    Asset.objects.filter(member=member).first() or Asset.objects.create(
        member=member, kind=AssetKind.SAVINGS, euros=Decimal(1)
    )
    saved = Asset.objects.get(member=member)
    saved.euros = Decimal(euros)
    saved.save()
    services.assess_again([application.pk], TODAY)


# -- what the flat asks --------------------------------------------------------------------------


def test_whoever_does_not_meet_what_the_flat_asks_any_more_is_neither_offered_it_nor_takes_it(
    flat: Flat,
) -> None:
    with system_access():
        round_ = choosing(flat)
        (poor,) = applicants("1000")
        row = chosen(round_, poor)
        owns(poor, TOO_MUCH)
        assert code_of(lambda: offered(row)) == "barred"
        owns(poor, "0")
        offer = offered(row)
        owns(poor, TOO_MUCH)
        assert (
            code_of(
                lambda: services.accept(
                    offer, answered_on=TODAY, upheld="Pidetään.", seen=list(Change), today=TODAY
                )
            )
            == "barred"
        )
        owns(poor, "1100")
        done = services.accept(
            offer, answered_on=TODAY, upheld="Pidetään.", seen=[Change.WEALTH], today=TODAY
        )
        assert done.state == OfferState.ACCEPTED


def waiting_for_approval(flat: Flat) -> tuple[Round, Application, Decision]:
    with system_access():
        round_ = choosing(flat)
        _poor, rich = applicants("1000", "2000")
    with acting(make_user(Role.VAL)):
        return round_, rich, services.decide(round_, rich, MARKET, today=TODAY)


def test_nobody_approves_what_does_not_meet_what_the_flat_asks_any_more(flat: Flat) -> None:
    _round, rich, row = waiting_for_approval(flat)
    with system_access():
        owns(rich, TOO_MUCH)
    with acting(make_user(Role.VAL)):
        assert code_of(lambda: services.approve(row, seen=list(Change), today=TODAY)) == "barred"


def test_an_applicant_who_turns_out_too_young_is_told(flat: Flat) -> None:
    with system_access():
        (poor,) = applicants("1000")
        row = chosen(choosing(flat), poor)
        identity = Identity.objects.get(person=poor.members.get().person)
        identity.birth_date = date(TODAY.year - 14, 1, 1)
        identity.save()
        services.assess_again([poor.pk], TODAY)
        assert Change.AGE in changed_since(row)
        assert code_of(lambda: offered(row)) == "barred"


# -- who may be processed ------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["dead", "restricted"])
def test_DP_A35_A59_nobody_dead_or_restricted_is_given_a_home(flat: Flat, how: str) -> None:
    with system_access():
        round_ = choosing(flat)
        (poor,) = applicants("1000")
        person = poor.members.get().person
        row = chosen(round_, poor)
        offer = offered(row)
        if how == "dead":
            record_death(person, TODAY, source=Source.PERSON, today=TODAY)
        else:
            add_mark(person, MarkKind.RESTRICTION, Ground.ACCURACY, valid_from=TODAY)
        assert code_of(lambda: services.accept(offer, answered_on=TODAY, today=TODAY)) == "marked"
        services.withdraw_offer(offer, "Hakija kuoli.", today=TODAY)
        assert code_of(lambda: services.decide(round_, poor, Choice(), today=TODAY)) == "marked"


# -- whoever is near -----------------------------------------------------------------------------


def test_DP_A3_who_is_tied_to_the_second_does_not_send_the_first_back(flat: Flat) -> None:
    clerk = make_user(Role.HAK)
    with system_access():
        poor, rich = applicants("1000", "2000")
        row = chosen(choosing(flat), poor)
        StaffLink.objects.create(
            person=rich.members.get().person, staff=clerk, kind=TieKind.CONFLICT,
            valid_from=TODAY - DAY,
        )  # fmt: skip
    with acting(clerk):
        assert code_of(lambda: intake.send_back(poor, "Tulot", today=TODAY)) == "tied"
    with system_access():
        row.refresh_from_db()
        assert row.lapsed_at is None
        intake.send_back(poor, "Tulot", today=TODAY)


# -- days that nobody means ----------------------------------------------------------------------


def test_a_permit_until_the_end_of_time_is_long_enough() -> None:
    assert is_long_enough(Permit(date(2020, 1, 1), date.max), 12)
    assert not is_long_enough(Permit(date(2020, 1, 1), date(2020, 12, 30)), 12)
    assert is_long_enough(Permit(date(2020, 1, 1), date(2020, 12, 31)), 12)


# -- two records of one person -------------------------------------------------------------------


def test_codes_that_change_places_and_records_that_merge_let_applications_be_worked_out_anew(
    db: None,
) -> None:
    def tasks() -> set[str]:
        rows = DBTaskResult.objects.filter(task_path__startswith="applications.selection")
        return {row.task_path.rpartition(".")[2] for row in rows}

    with system_access():
        (poor,) = applicants("1000")
        person, double = poor.members.get().person, somebody(70, date(1990, 5, 4))
        DBTaskResult.objects.all().delete()
        swap_identities(person, double)
        assert tasks() == {"assess_of_person"}
        assert Application.objects.filter(due_condition(TODAY), pk=poor.pk).exists()
        services.assess_due(TODAY)
        DBTaskResult.objects.all().delete()
        merge(person, double, Choices(), reason="Sama henkilö", now=timezone.now())
        assert "assess_due" in tasks()
