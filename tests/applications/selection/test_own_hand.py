"""Nobody decides for somebody near past the services: by skips before the first choice, by a choice
that asks for no second person, by a second account, by an offer taken back (DP-A3)."""

from __future__ import annotations

import pytest

from applications.intake.models import Application
from applications.selection import services
from applications.selection.models import Decision, Offer, OfferState, OutOfOrder, Round, Skip
from applications.selection.rule_rows import ALWAYS, SECOND_PERSON
from applications.selection.services import Choice
from leases.homes.models import Flat, Regime
from registry.persons.models import Person, StaffLink, TieKind
from tests.applications.selection.conftest import (
    DAY,
    TODAY,
    flat,
    make_flat,
    make_user,
    refused_by,
    site,
    somebody,
    stair,
    system_access,
)
from tests.applications.selection.rounds import applicants, choosing, code_of
from tests.applications.selection.test_guards import decided as decided_by_sql
from tests.applications.selection.test_guards import offered as offered_by_sql
from tests.applications.selection.test_guards import settle
from tests.applications.selection.test_offering import chosen, offered
from tests.registry.protection.conftest import acting
from vuokra.accounts.models import User
from vuokra.policy.roles import Role
from vuokra.rules.models import RuleVersion

pytestmark = pytest.mark.django_db
__all__ = ["flat", "site", "stair"]
MARKET = Choice(out_of_order=OutOfOrder.MARKET, reason="Talossa on tyhjää.")


@pytest.fixture
def clerk(db: None) -> User:
    return make_user(Role.VAL)


@pytest.fixture
def colleague(db: None) -> User:
    return make_user(Role.VAL)


@pytest.fixture
def round_(flat: Flat) -> Round:
    with system_access():
        return choosing(flat)


@pytest.fixture
def two(round_: Round) -> list[Application]:
    with system_access():
        return applicants("1000", "2000")


def tie(clerk: User, application: Application, **days: object) -> None:
    with system_access():
        StaffLink.objects.create(
            person=application.members.get().person, staff=clerk, kind=TieKind.CONFLICT,
            **({"valid_from": TODAY - DAY} | days),
        )  # fmt: skip


def passed_by_sql(round_: Round, application: Application, by: User) -> Skip:
    with acting(by):
        return Skip.objects.create(
            round=round_, application=application, reason="other", text="Muu syy.", made_by=by
        )


# -- passed over before one's own ----------------------------------------------------------------


def test_DP_A3_nobody_is_chosen_while_a_skip_of_somebody_tied_stands(
    round_: Round, two: list[Application], clerk: User, colleague: User
) -> None:
    poor, rich = two
    tie(clerk, rich)
    made = passed_by_sql(round_, poor, clerk)
    with acting(colleague):
        assert code_of(lambda: services.decide(round_, rich, Choice(), today=TODAY)) == "passed"
        services.take_back_skip(made, today=TODAY)
        assert services.decide(round_, poor, Choice(), today=TODAY).place == 1


def test_DP_A3_a_skip_of_somebody_tied_helps_no_choice_by_sql_either(
    round_: Round, two: list[Application], clerk: User, colleague: User
) -> None:
    poor, rich = two
    tie(clerk, rich)
    passed_by_sql(round_, poor, clerk)
    with acting(colleague), refused_by("selection_decision_passed"):
        decided_by_sql(round_, rich, decided_by=colleague)


@pytest.mark.parametrize("over", [True, False])
def test_DP_A3_a_tie_that_held_since_the_skip_counts_and_an_older_one_does_not(
    round_: Round, two: list[Application], clerk: User, over: bool
) -> None:
    poor, rich = two
    tie(clerk, rich, valid_from=TODAY - 9 * DAY, valid_to=TODAY - DAY if over else TODAY)
    passed_by_sql(round_, poor, clerk)
    with system_access():
        if over:
            assert services.decide(round_, rich, Choice(), today=TODAY).place == 1
        else:
            assert code_of(lambda: services.decide(round_, rich, MARKET, today=TODAY)) == "passed"


# -- the second person ---------------------------------------------------------------------------


def test_a_choice_that_asks_for_no_second_person_is_refused_where_every_choice_does(
    round_: Round, two: list[Application]
) -> None:
    with system_access():
        RuleVersion.objects.create(
            key=SECOND_PERSON, kind="choice", value=ALWAYS, valid_from=TODAY, source="Yhtiö"
        )
        with refused_by("selection_decision_second"):
            decided_by_sql(round_, two[0])
        assert decided_by_sql(round_, two[0], needs_approval=True).waits


def approve_by_sql(row: Decision, by: User) -> None:
    with acting(by):
        row.approved_by, row.approved_at = by, row.decided_at
        row.save()
        settle()


def test_DP_A3_nobody_approves_the_own_choice_with_another_account_by_sql(
    round_: Round, two: list[Application], clerk: User, colleague: User
) -> None:
    with system_access():
        row = decided_by_sql(round_, two[0], decided_by=clerk, needs_approval=True)
        own: Person = somebody(90)
        for account in (clerk, colleague):
            StaffLink.objects.create(
                person=own, staff=account, kind=TieKind.OWN, valid_from=TODAY - DAY
            )
    with refused_by("selection_decision_other"):
        approve_by_sql(row, colleague)
    approve_by_sql(row, make_user(Role.VAL))


def test_DP_A3_nobody_approves_by_sql_who_is_tied_by_then(
    round_: Round, two: list[Application], clerk: User, colleague: User
) -> None:
    with system_access():
        row = decided_by_sql(round_, two[0], decided_by=clerk, needs_approval=True)
    tie(colleague, two[0], valid_from=TODAY)
    with refused_by("selection_near"):
        approve_by_sql(row, colleague)


# -- an offer taken back -------------------------------------------------------------------------


def test_DP_A3_who_is_tied_to_the_second_does_not_take_the_offer_of_the_first_back_by_sql(
    round_: Round, two: list[Application], clerk: User
) -> None:
    with system_access():
        offer = offered(chosen(round_, two[0]))
    tie(clerk, two[1])
    with acting(clerk), refused_by("selection_near"):
        withdraw(offer, clerk)


def withdraw(offer: Offer, by: User) -> None:
    offer.state, offer.answered_on, offer.closed_by = OfferState.WITHDRAWN, TODAY, by
    offer.note = "Asunto vaurioitui."
    offer.save()


def test_a_household_that_takes_another_flat_gives_this_one_up_whoever_records_it(
    flat: Flat, round_: Round, two: list[Application], clerk: User
) -> None:
    poor, rich = two
    tie(clerk, rich)
    with system_access():
        other = make_flat(flat.stair, 22)
        Regime.objects.create(flat=other, funding="arava", valid_from=TODAY - DAY)
        here, there = offered(chosen(round_, poor)), choosing(other)
        taken = offered_by_sql(decided_by_sql(there, poor))  # compared alone there
    with acting(clerk):
        taken.state, taken.answered_on, taken.closed_by = OfferState.ACCEPTED, TODAY, clerk
        taken.save()
        withdraw(here, clerk)
    with system_access():
        here.refresh_from_db()
        assert here.state == OfferState.WITHDRAWN
