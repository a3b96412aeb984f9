"""Offers: to whom was chosen, one at a time for a flat, answered once; what follows for others."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from applications.intake.codes import EndReason, State
from applications.intake.models import Application
from applications.intake.services import withdraw
from applications.selection import services
from applications.selection.models import (
    Decision,
    Offer,
    OfferChannel,
    OfferState,
    OutOfOrder,
    Refusal,
    Round,
)
from applications.selection.queries.pending import pending_of
from applications.selection.services import Choice
from leases.homes.models import Flat, Regime
from registry.persons.models import StaffLink, TieKind
from tests.applications.selection.conftest import (
    DAY,
    TODAY,
    flat,
    make_flat,
    make_user,
    site,
    stair,
    system_access,
)
from tests.applications.selection.rounds import applicants, choosing
from tests.leases.homes.conftest import let
from tests.registry.protection.conftest import acting
from vuokra.policy.roles import Role

pytestmark = pytest.mark.django_db
__all__ = ["flat", "site", "stair"]


def chosen(round_: Round, application: Application) -> Decision:
    return services.decide(round_, application, Choice(), today=TODAY)


def offered(decision: Decision, days: int = 7) -> Offer:
    return services.offer(
        decision, channel=OfferChannel.PHONE, answer_by=TODAY + days * DAY, today=TODAY
    )


def now(application: Application) -> State:
    application.refresh_from_db()
    return State(application.state)


def test_an_offer_is_accepted_and_the_application_with_it(flat: Flat) -> None:
    with system_access():
        round_ = choosing(flat)
        (poor,) = applicants("1000")
        offer = offered(chosen(round_, poor))
        assert now(poor) == State.OFFERED
        done = services.accept(offer, answered_on=TODAY, today=TODAY)
        assert (done.state, now(poor)) == (OfferState.ACCEPTED, State.ACCEPTED)
        with pytest.raises(ValidationError):
            services.decline(offer, Refusal.RENT, answered_on=TODAY, today=TODAY)


def test_a_declined_offer_costs_nothing_and_the_next_is_chosen(flat: Flat) -> None:
    with system_access():
        round_ = choosing(flat)
        poor, rich = applicants("1000", "2000")
        offer = offered(chosen(round_, poor))
        with pytest.raises(ValidationError) as raised:
            services.decline(offer, "", answered_on=TODAY, today=TODAY)  # type: ignore[arg-type]
        assert list(raised.value.error_dict) == ["refusal"]
        services.decline(offer, Refusal.SIZE, note="Liian pieni", answered_on=TODAY, today=TODAY)
        assert now(poor) == State.VALID
        assert chosen(round_, rich).place == 1


def test_time_runs_out_only_after_the_last_day(flat: Flat) -> None:
    with system_access():
        round_ = choosing(flat)
        (poor,) = applicants("1000")
        begun = TODAY - 3 * DAY
        decision = services.decide(round_, poor, Choice(), today=begun)
        offer = services.offer(
            decision, channel=OfferChannel.PHONE, answer_by=TODAY - DAY, today=begun
        )
        with pytest.raises(ValidationError):
            services.close_unanswered(offer, today=TODAY - DAY)
        done = services.close_unanswered(offer, today=TODAY)
        assert (done.state, now(poor)) == (OfferState.NO_ANSWER, State.VALID)


def test_days_of_an_offer_make_sense(flat: Flat) -> None:
    with system_access():
        round_ = choosing(flat)
        (poor,) = applicants("1000")
        decision = chosen(round_, poor)
        with pytest.raises(ValidationError) as raised:
            offered(decision, days=-1)
        assert raised.value.code == "selection_offer_until"
        offer = offered(decision)
        for day, code in ((TODAY + DAY, "future"), (TODAY - DAY, "early")):
            with pytest.raises(ValidationError) as raised:
                services.accept(offer, answered_on=day, today=TODAY)
            assert [one.code for one in raised.value.error_dict["answered_on"]] == [code]


def test_two_clerks_do_not_offer_a_flat_twice(flat: Flat) -> None:
    with system_access():
        round_ = choosing(flat)
        poor, _rich = applicants("1000", "2000")
        decision = chosen(round_, poor)
        offered(decision)
        with pytest.raises(ValidationError) as raised:
            offered(decision)
        assert raised.value.code == "decided"
        assert pending_of(round_) is None


def test_what_waits_for_approval_is_not_offered(flat: Flat) -> None:
    with system_access():
        round_ = choosing(flat)
        _poor, rich = applicants("1000", "2000")
        choice = Choice(out_of_order=OutOfOrder.MARKET, reason="Talossa on tyhjää.")
        decision = services.decide(round_, rich, choice, today=TODAY)
        with pytest.raises(ValidationError) as raised:
            offered(decision)
        assert raised.value.code == "selection_offer_decided"


def test_several_flats_are_offered_and_one_is_taken(flat: Flat) -> None:
    with system_access():
        other = make_flat(flat.stair, 77)
        first = choosing(flat)
        Regime.objects.create(flat=other, funding="arava", valid_from=TODAY - DAY)
        second = choosing(other)
        (poor,) = applicants("1000")
        one, two = offered(chosen(first, poor)), offered(chosen(second, poor))
        services.decline(one, Refusal.PLACE, answered_on=TODAY, today=TODAY)
        assert now(poor) == State.OFFERED
        services.withdraw_offer(two, "Asuntoon tuli vesivahinko.", today=TODAY)
        assert now(poor) == State.VALID


def test_what_else_was_offered_is_taken_back_when_one_is_accepted(flat: Flat) -> None:
    with system_access():
        other = make_flat(flat.stair, 77)
        first = choosing(flat)
        Regime.objects.create(flat=other, funding="arava", valid_from=TODAY - DAY)
        second = choosing(other)
        (poor,) = applicants("1000")
        one, two = offered(chosen(first, poor)), offered(chosen(second, poor))
        services.accept(one, answered_on=TODAY, today=TODAY)
        two.refresh_from_db()
        assert (two.state, now(poor)) == (OfferState.WITHDRAWN, State.ACCEPTED)


def test_an_accepted_offer_is_taken_back_for_a_reason(flat: Flat) -> None:
    with system_access():
        round_ = choosing(flat)
        (poor,) = applicants("1000")
        offer = offered(chosen(round_, poor))
        services.accept(offer, answered_on=TODAY, today=TODAY)
        with pytest.raises(ValidationError) as raised:
            services.withdraw_offer(offer, " ", today=TODAY)
        assert list(raised.value.error_dict) == ["reason"]
        services.withdraw_offer(offer, "Hakija perui suullisesti.", today=TODAY)
        assert now(poor) == State.VALID


def test_a_lost_race_is_told(flat: Flat) -> None:
    with system_access():
        round_ = choosing(flat)
        (poor,) = applicants("1000")
        decision = chosen(round_, poor)
    let(flat, TODAY)
    with system_access():
        with pytest.raises(ValidationError) as raised:
            offered(decision)
        assert raised.value.code == "let"


def test_an_offer_ends_with_the_application(flat: Flat) -> None:
    with system_access():
        round_ = choosing(flat)
        (poor,) = applicants("1000")
        offer = offered(chosen(round_, poor))
        withdraw(poor, EndReason.ELSEWHERE, today=TODAY)
        offer.refresh_from_db()
        assert (offer.state, now(poor)) == (OfferState.WITHDRAWN, State.WITHDRAWN)
        assert services.cancel_round(round_, "Ei hakijoita", today=TODAY).closed_on == TODAY


def test_a_selection_is_not_broken_off_under_an_offer(flat: Flat) -> None:
    with system_access():
        round_ = choosing(flat)
        (poor,) = applicants("1000")
        offered(chosen(round_, poor))
        with pytest.raises(ValidationError) as raised:
            services.cancel_round(round_, "Remontti", today=TODAY)
        assert raised.value.code == "selection_round_offered"


def test_DP_A3_who_is_tied_to_the_household_records_no_answer(flat: Flat) -> None:
    clerk = make_user(Role.VAL)
    with system_access():
        round_ = choosing(flat)
        (poor,) = applicants("1000")
        offer = offered(chosen(round_, poor))
        StaffLink.objects.create(
            person=poor.members.get().person, staff=clerk, kind=TieKind.CONFLICT,
            valid_from=TODAY - DAY,
        )  # fmt: skip
    with acting(clerk), pytest.raises(ValidationError) as raised:
        services.accept(offer, answered_on=TODAY, today=TODAY)
    assert raised.value.code == "tied"
