"""Whom a flat goes to, and by which exception: what the services refuse, the database refuses too.

An order left without a second person, the dead and the restricted, what is still to be worked out,
a permit that does not hold, and a selection broken off by whoever is tied.
"""

from __future__ import annotations

from typing import Any

import pytest

from applications.intake.codes import State
from applications.intake.models import Application, Income
from applications.selection import services
from applications.selection.models import Decision, ExemptionPermit, OutOfOrder, Round
from applications.selection.rules.exceptions import Deviation
from applications.selection.services import Choice
from leases.homes.models import Flat, Site
from registry.persons.models import Ground, MarkKind, StaffLink, TieKind
from registry.persons.services.marks import add_mark, record_death
from tests.applications.selection.conftest import (
    DAY,
    TODAY,
    asking,
    flat,
    make_flat,
    make_user,
    refused_by,
    site,
    somebody,
    stair,
    stepped,
    system_access,
)
from tests.applications.selection.rounds import applicants, choosing
from tests.applications.selection.test_as_decided import by_sql, offer_by_sql
from tests.applications.selection.test_guards import decided as decided_by_sql
from tests.applications.selection.test_guards import offered as offered_by_sql
from tests.applications.selection.test_guards import opened, settle
from tests.applications.selection.test_offering import chosen, offered
from tests.registry.protection.conftest import acting
from vuokra.accounts.models import User
from vuokra.policy.roles import Role
from vuokra.policy.sources import Source

pytestmark = pytest.mark.django_db
__all__ = ["flat", "site", "stair"]
WHY = "Talossa on tyhjää."
ACCEPT = (
    "UPDATE applications_selection_offer SET state = 'accepted', answered_on = %s, "
    "closed_by_id = %s"
)
BREAK = (
    "UPDATE applications_selection_round SET state = 'cancelled', closed_on = %s, "
    "close_reason = 'Turha'"
)


@pytest.fixture
def clerk(db: None) -> User:
    return make_user(Role.VAL)


@pytest.fixture
def round_(flat: Flat) -> Round:
    with system_access():
        return choosing(flat)


@pytest.fixture
def two(round_: Round) -> list[Application]:
    with system_access():
        return applicants("1000", "2000")


# -- an order that is left asks for a second person -----------------------------------------------


@pytest.mark.parametrize(
    "given",
    [
        {"place": 2, "out_of_order": OutOfOrder.MARKET},
        {"place": 1, "out_of_order": OutOfOrder.STRUCTURE},
        {"place": 2, "out_of_order": OutOfOrder.TIE},
        {"place": 2, "out_of_order": OutOfOrder.LOCAL, "deviation": Deviation.NOBODY},
        {"place": 1, "deviation": Deviation.ORDER},
    ],
)
def test_who_leaves_the_order_by_sql_names_the_exception_that_another_approves(
    round_: Round, two: list[Application], clerk: User, given: dict[str, Any]
) -> None:
    second = {"needs_approval": True} if "deviation" in given else {}
    with acting(clerk), refused_by("selection_decision_single"):
        decided_by_sql(round_, two[1], decided_by=clerk, reason=WHY, **second, **given)


@pytest.mark.parametrize(
    "given",
    [
        {"out_of_order": OutOfOrder.TIE},
        {"place": 2, "out_of_order": OutOfOrder.MARKET, "deviation": Deviation.ORDER},
        {"place": 2, "out_of_order": OutOfOrder.MARKET, "deviation": Deviation.SUPPORT},
    ],
)
def test_one_of_equals_and_a_named_exception_are_chosen(
    round_: Round, two: list[Application], clerk: User, given: dict[str, Any]
) -> None:
    with acting(clerk):
        row = decided_by_sql(
            round_, two[1], decided_by=clerk, reason=WHY, needs_approval="deviation" in given,
            **given,
        )  # fmt: skip
    assert row.waits == ("deviation" in given)


# -- nobody dead or restricted --------------------------------------------------------------------


def mark(application: Application, how: str) -> None:
    with system_access():
        person = application.members.get().person
        if how == "dead":
            record_death(person, TODAY, source=Source.PERSON, today=TODAY)
        else:
            add_mark(person, MarkKind.RESTRICTION, Ground.ACCURACY, valid_from=TODAY)


@pytest.mark.parametrize("how", ["dead", "restricted"])
def test_DP_A35_A59_nobody_dead_or_restricted_is_chosen_or_offered_by_sql(
    flat: Flat, round_: Round, two: list[Application], clerk: User, how: str
) -> None:
    with system_access():
        before = chosen(round_, two[0])
        later = opened(make_flat(flat.stair, 22))
    mark(two[0], how)
    with acting(clerk), refused_by("selection_marked"):
        decided_by_sql(later, two[0], decided_by=clerk)
    with system_access():
        with refused_by("selection_marked"):
            decided_by_sql(later, two[0])
        with refused_by("selection_offer_decided"):  # the choice lapsed with the mark
            offered_by_sql(before)
        decided_by_sql(later, two[1])


@pytest.mark.parametrize("how", ["dead", "restricted"])
def test_DP_A35_A59_nobody_dead_or_restricted_takes_a_flat_by_sql(
    round_: Round, two: list[Application], how: str
) -> None:
    with system_access():
        offered(chosen(round_, two[0]))
    mark(two[0], how)
    with system_access():
        with refused_by("selection_marked"):
            by_sql(ACCEPT, TODAY, None)
        by_sql(
            "UPDATE applications_selection_offer SET state = 'withdrawn', note = 'x', "
            "answered_on = %s", TODAY,
        )  # fmt: skip


def test_who_asks_no_more_or_whose_papers_are_asked_for_is_not_chosen_by_sql(
    round_: Round, two: list[Application], clerk: User
) -> None:
    with system_access():
        stepped(two[0], State.INCOMPLETE)
        two[1].received_on, two[1].valid_until = TODAY - 9 * DAY, TODAY - DAY
        two[1].save()
    for application in two:
        with acting(clerk), refused_by("selection_skip_state"):
            decided_by_sql(round_, application, decided_by=clerk)


# -- what is still to be worked out ---------------------------------------------------------------


def earn(application: Application) -> None:
    with system_access():
        wage = Income.objects.get(member__application=application)
        wage.euros += 1000
        wage.save()


def test_staff_choose_and_offer_nothing_by_sql_that_is_still_to_be_worked_out(
    flat: Flat, round_: Round, two: list[Application], clerk: User
) -> None:
    with system_access():
        later = opened(make_flat(flat.stair, 22))
        before = chosen(round_, two[0])
        never = asking(somebody(60))
    earn(two[0])
    with acting(clerk):
        for application in (two[0], never):
            with refused_by("selection_due"):
                decided_by_sql(later, application, decided_by=clerk)
        with refused_by("selection_due"):
            offer_by_sql(before, offered_by_id=clerk.pk)
    with system_access():
        services.assess_due(TODAY)
    with acting(clerk):
        decided_by_sql(later, two[0], decided_by=clerk)
        offer_by_sql(before, offered_by_id=clerk.pk)


def test_staff_approve_and_accept_nothing_by_sql_that_is_still_to_be_worked_out(
    flat: Flat, round_: Round, two: list[Application], clerk: User
) -> None:
    decider = make_user(Role.VAL)
    with system_access():
        waiting = decided_by_sql(
            opened(make_flat(flat.stair, 22)), two[0], decided_by=decider,
            needs_approval=True,
        )  # fmt: skip
        offered(chosen(round_, two[0]))
    earn(two[0])
    approve = (
        "UPDATE applications_selection_decision SET approved_at = now(), approved_by_id = %s "
        "WHERE id = %s"
    )
    with acting(clerk):
        with refused_by("selection_due"):
            by_sql(approve, clerk.pk, waiting.pk)
        with refused_by("selection_due"):
            by_sql(ACCEPT, TODAY, clerk.pk)
    with system_access():
        services.assess_due(TODAY)
    with acting(clerk):
        by_sql(approve, clerk.pk, waiting.pk)
        by_sql(ACCEPT, TODAY, clerk.pk)
        settle()


def test_the_system_writes_what_was_never_worked_out(round_: Round) -> None:
    with system_access():
        assert decided_by_sql(round_, asking(somebody(61))).pk


# -- permits --------------------------------------------------------------------------------------


def permit(**given: Any) -> ExemptionPermit:
    values: dict[str, Any] = {
        "authority": "Hillakoski", "decision": "Kh 5 §", "valid_from": TODAY - DAY,
        "valid_to": TODAY, "wealth": True, "flats": 1,
    }  # fmt: skip
    return ExemptionPermit.objects.create(**(values | given))


def permitted(round_: Round, application: Application, held: ExemptionPermit) -> Decision:
    return decided_by_sql(
        round_, application, deviation=Deviation.PERMIT, permit=held, reason="Lupa",
        needs_approval=True,
    )  # fmt: skip


def test_P8_a_permit_is_used_on_its_days_at_its_sites_and_as_often_as_it_says_by_sql_too(
    flat: Flat, round_: Round, two: list[Application]
) -> None:
    with system_access():
        held = permit()
        for day in (TODAY - DAY, TODAY + DAY):
            with refused_by("selection_decision_permitted"):
                permitted(round_, two[0], permit(valid_from=day, valid_to=day))
        permitted(round_, two[0], held)
        later = opened(make_flat(flat.stair, 22))
        with refused_by("selection_decision_permitted"):
            permitted(later, two[1], held)
        services.cancel_round(round_, "Remontti", today=TODAY)
        permitted(later, two[1], held)


def test_P8_a_permit_of_other_sites_is_not_used_by_sql(
    flat: Flat, round_: Round, two: list[Application]
) -> None:
    with system_access():
        strange = Site.objects.create(number=9, name="Muu", postal_code="97999", town="Hillakoski")
        held, here = permit(valid_from=TODAY), permit(valid_from=TODAY)
        held.sites.set([strange])
        here.sites.set([strange, flat.stair.building.site])
        with refused_by("selection_decision_permitted"):
            permitted(round_, two[0], held)
        permitted(round_, two[0], here)


# -- broken off -----------------------------------------------------------------------------------


@pytest.mark.parametrize("tied", [True, False])
def test_DP_A3_who_is_tied_to_anybody_compared_breaks_nothing_off_by_sql(
    round_: Round, two: list[Application], clerk: User, tied: bool
) -> None:
    with system_access():
        chosen(round_, two[0])
        if tied:
            StaffLink.objects.create(
                person=two[1].members.get().person, staff=clerk, kind=TieKind.CONFLICT,
                valid_from=TODAY - DAY,
            )  # fmt: skip
    with acting(clerk):
        if tied:
            with refused_by("selection_near"):
                by_sql(BREAK, TODAY)
        else:
            by_sql(BREAK, TODAY)


def test_a_choice_of_the_services_passes_all_of_it(
    round_: Round, two: list[Application], clerk: User
) -> None:
    with acting(clerk):
        row = services.decide(round_, two[0], Choice(), today=TODAY)
        done = services.accept(offered(row), answered_on=TODAY, today=TODAY)
    assert done.answered_on == TODAY


# -- applications of whoever is near, and places that are kept ------------------------------------


def moved_by_sql(application: Application, after: State) -> None:
    stepped(application, after)
    settle()


@pytest.mark.parametrize("whose", ["own", "the chosen"])
def test_DP_A3_who_is_tied_moves_neither_that_application_nor_that_of_the_chosen_by_sql(
    round_: Round, two: list[Application], clerk: User, whose: str
) -> None:
    with system_access():
        chosen(round_, two[0])
        StaffLink.objects.create(
            person=two[1].members.get().person, staff=clerk, kind=TieKind.CONFLICT,
            valid_from=TODAY - DAY,
        )  # fmt: skip
    moving = two[1] if whose == "own" else two[0]
    with acting(clerk), refused_by("selection_near"):
        moved_by_sql(moving, State.WITHDRAWN)
    with acting(make_user(Role.VAL)):
        moving.refresh_from_db()
        moved_by_sql(moving, State.WITHDRAWN)


def test_DP_A3_nobody_takes_a_received_application_of_somebody_near_into_selections_by_sql(
    clerk: User,
) -> None:
    with system_access():
        near = asking(somebody(70), state=State.RECEIVED)
        StaffLink.objects.create(
            person=near.members.get().person, staff=clerk, kind=TieKind.HOUSEHOLD,
            valid_from=TODAY - DAY,
        )  # fmt: skip
    with acting(clerk), refused_by("selection_near"):
        moved_by_sql(near, State.VALID)
    with system_access():
        near.refresh_from_db()
        moved_by_sql(near, State.VALID)


def test_DP_A35_nobody_restricted_is_passed_over_by_sql(
    round_: Round, two: list[Application], clerk: User
) -> None:
    mark(two[0], "restricted")
    insert = (
        "INSERT INTO applications_selection_skip (round_id, application_id, reason, text, made_at, "
        "made_by_id) VALUES (%s, %s, 'other', 'Muu', now(), %s)"
    )
    with acting(clerk):
        with refused_by("selection_marked"):
            by_sql(insert, round_.pk, two[0].pk, clerk.pk)
        by_sql(insert, round_.pk, two[1].pk, clerk.pk)


def test_DP_A35_nobody_restricted_is_taken_for_one_who_did_not_answer_by_sql(
    round_: Round, two: list[Application]
) -> None:
    late = (
        "UPDATE applications_selection_offer SET state = 'no_answer', answered_on = %s "
        "WHERE application_id = %s"
    )
    with system_access():
        before = TODAY - 9 * DAY
        row = decided_by_sql(round_, two[0], on=before, snapshot={"on": f"{before}"})
        offer_by_sql(row, offered_on=before, answer_by=TODAY - DAY)
    mark(two[0], "restricted")
    with system_access(), refused_by("selection_marked"):
        by_sql(late, TODAY, two[0].pk)
