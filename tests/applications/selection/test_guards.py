"""What the database keeps of selections, whoever writes: one at a time, nothing undone unseen."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

import pytest
from django.db import connection

from applications.intake.models import Application
from applications.selection.models import (
    Compared,
    Decision,
    ExemptionPermit,
    Offer,
    OfferState,
    Round,
    Skip,
)
from applications.selection.services.assessing import assess_due
from leases.homes.models import Flat
from registry.persons.models import Person, StaffLink, TieKind
from tests.applications.selection.conftest import (
    DAY,
    TODAY,
    asking,
    flat,
    make_flat,
    make_user,
    other,
    person,
    refused_by,
    site,
    stair,
    system_access,
)
from tests.applications.selection.test_ranking import municipality_says
from tests.registry.protection.conftest import acting
from vuokra.accounts.models import User
from vuokra.policy.roles import Role

pytestmark = pytest.mark.django_db
__all__ = ["flat", "other", "person", "site", "stair"]


def settle() -> None:
    """What is checked at the end of a transaction is checked now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def opened(flat: Flat) -> Round:
    return Round.objects.create(flat=flat, free_from=TODAY, rent_eur=600, open_to_all_from=TODAY)


def decided(round_: Round, made: Application, **given: Any) -> Decision:
    token = uuid.uuid4()
    values: dict[str, Any] = {
        "chosen": token, "on": TODAY, "place": 1, "compared_count": 1,
        "snapshot": {"on": f"{TODAY}"}, "digest": "0" * 64,
    }  # fmt: skip
    row = Decision.objects.create(round=round_, application=made, **(values | given))
    Compared.objects.create(decision=row, application=made, token=row.chosen)
    settle()
    row.refresh_from_db()  # the database tells when
    return row


def offered(row: Decision) -> Offer:
    return Offer.objects.create(
        decision=row, round=row.round, application=row.application, channel="phone",
        offered_on=TODAY, answer_by=TODAY + 3 * DAY,
    )  # fmt: skip


def test_a_flat_has_one_open_selection(flat: Flat) -> None:
    with system_access():
        first = opened(flat)
        with refused_by("selection_round_one"):
            opened(flat)
        first.state, first.closed_on, first.close_reason = "cancelled", TODAY, "Remontti"
        first.save()
        opened(flat)
        with refused_by("selection_round_kept"):
            first.save()


def test_a_decision_stays_and_names_who_was_compared(flat: Flat, person: Person) -> None:
    with system_access():
        row = decided(opened(flat), asking(person))
        row.reason = "Toinen"
        with refused_by("selection_decision_kept"):
            row.save()
        with refused_by("selection_decision_kept"):
            row.delete()
        other = opened(make_flat(flat.stair, 22))
        with refused_by("selection_decision_compared"):
            Decision.objects.create(
                round=other, application=row.application, chosen=uuid.uuid4(), on=TODAY,
                place=1, compared_count=1, snapshot={"on": f"{TODAY}"}, digest="0" * 64,
            )  # fmt: skip
            settle()


def test_another_than_the_first_is_chosen_for_a_reason(flat: Flat, person: Person) -> None:
    with system_access():
        made, round_ = asking(person), opened(flat)
        with refused_by("selection_decision_order"):
            decided(round_, made, place=2)
        single = {"place": 2, "out_of_order": "market", "needs_approval": True}
        with refused_by("selection_decision_reason"):
            decided(round_, made, **single, deviation="P10")
        with refused_by("selection_decision_permit"):
            decided(round_, made, deviation="P8", reason="Lupa")
        decided(round_, made, **single, deviation="P10", reason="Talossa on tyhjää.")


@pytest.fixture
def tied(person: Person) -> User:
    clerk = make_user(Role.VAL)
    with system_access():
        StaffLink.objects.create(
            person=person, staff=clerk, kind=TieKind.CONFLICT, valid_from=TODAY - 9 * DAY
        )
    return clerk


def test_nobody_decides_on_a_household_they_are_tied_to_DP_A3(
    flat: Flat, person: Person, other: Person, tied: User
) -> None:
    with system_access():
        round_ = opened(flat)
        own, strange = asking(person), asking(other)
        with refused_by("selection_decision_tied"):
            decided(round_, own, decided_by=tied)
        with refused_by("selection_decision_tied"):
            row = Decision.objects.create(
                round=round_, application=strange, chosen=uuid.uuid4(), on=TODAY, place=1,
                compared_count=2, snapshot={"on": f"{TODAY}"}, digest="0" * 64, decided_by=tied,
            )  # fmt: skip
            Compared.objects.create(decision=row, application=strange, token=row.chosen)
            Compared.objects.create(decision=row, application=own, token=uuid.uuid4())
            settle()
        decided(round_, strange, decided_by=tied)


def test_DP_A3_staff_decide_in_their_own_name_by_sql_too(flat: Flat, person: Person) -> None:
    first, second = make_user(Role.VAL), make_user(Role.VAL)
    with system_access():
        round_, made = opened(flat), asking(person)
        assess_due(TODAY)
    for named in ({"decided_by": second}, {"decided_by": None}):
        with acting(first), refused_by("selection_decision_name"):
            decided(round_, made, **named)
    with acting(first):
        row = decided(round_, made, decided_by=first, needs_approval=True)
        row.approved_by, row.approved_at = second, row.decided_at
        with refused_by("selection_decision_name"):
            row.save()
    with system_access():
        other = opened(make_flat(flat.stair, 22))
        with refused_by("selection_decision_second"):
            decided(other, made, deviation="P9", reason="Ei muita.")


def test_DP_A3_nobody_passes_over_or_offers_to_somebody_near_by_sql(
    flat: Flat, person: Person, tied: User
) -> None:
    with system_access():
        row = decided(opened(flat), asking(person))
    with acting(tied):
        with refused_by("selection_near"):
            Skip.objects.create(
                round=row.round, application=row.application, reason="other", text="Muu",
                made_by=tied,
            )  # fmt: skip
        with refused_by("selection_near"):
            offered(row)
    with system_access():
        offer = offered(row)
    with acting(tied), refused_by("selection_near"):
        offer.state, offer.answered_on = OfferState.ACCEPTED, TODAY
        offer.save()


def test_another_approves_and_only_then_the_flat_is_offered(flat: Flat, person: Person) -> None:
    first, second = make_user(Role.VAL), make_user(Role.VAL)
    with system_access():
        row = decided(opened(flat), asking(person), decided_by=first, needs_approval=True)
        with refused_by("selection_offer_decided"):
            offered(row)
        row.approved_by, row.approved_at = first, row.decided_at
        with refused_by("selection_decision_approved"):
            row.save()
        row.approved_by = second
        row.save()
        settle()
        assert offered(row).state == OfferState.OPEN


def test_a_flat_is_offered_to_one_at_a_time(flat: Flat, person: Person, other: Person) -> None:
    with system_access():
        round_ = opened(flat)
        first = decided(round_, asking(person))
        offer, strange = offered(first), asking(other)
        with refused_by("selection_decision_offered"):
            decided(round_, strange)
        offer.state, offer.answered_on = "declined", TODAY
        with refused_by("selection_offer_refusal"):
            offer.save()
        offer.refusal = "rent"
        offer.save()
        with refused_by("selection_offer_kept"):
            offer.state, offer.refusal = "accepted", ""
            offer.save()
        offer.refresh_from_db()
        accepted = offered(decided(round_, strange))
        round_.state, round_.closed_on = "let", TODAY
        with refused_by("selection_round_let"):
            round_.save()
        accepted.state, accepted.answered_on = "accepted", TODAY
        accepted.save()
        round_.save()
        with refused_by("selection_round_kept"):
            Skip.objects.create(
                round=round_, application=first.application, reason="other", text="x"
            )


def test_a_skip_is_taken_back_and_never_rewritten(flat: Flat, person: Person) -> None:
    with system_access():
        round_, made = opened(flat), asking(person)
        skip = Skip.objects.create(
            round=round_, application=made, reason="not_reached", text="Kolme yritystä"
        )
        with refused_by("selection_skip_once"):
            Skip.objects.create(round=round_, application=made, reason="other", text="Taas")
        skip.text = "Muu"
        with refused_by("selection_skip_kept"):
            skip.save()
        skip.refresh_from_db()
        skip.taken_back_at = skip.made_at
        skip.save()
        Skip.objects.create(round=round_, application=made, reason="other", text="Taas")


def test_limits_that_have_held_stay() -> None:
    with system_access():
        table = municipality_says()
        limit = table.limits.first()
        assert limit is not None
        limit.euros = 1
        with refused_by("selection_bounds_kept"):
            limit.save()
        with refused_by("selection_bounds_kept"):
            table.delete()
        with refused_by("selection_wealth_one"):
            municipality_says()
        table.valid_to = TODAY
        table.save()


def test_a_permit_that_has_held_stays() -> None:
    permit = ExemptionPermit.objects.create(
        authority="Hillakoski", decision="§ 4", valid_from=date(2026, 1, 1),
        valid_to=date(2029, 12, 31), wealth=True, flats=5,
    )  # fmt: skip
    permit.flats = 6
    with refused_by("selection_bounds_kept"):
        permit.save()
    with refused_by("selection_permit_waives"):
        ExemptionPermit.objects.create(
            authority="Hillakoski", decision="§ 5", valid_from=TODAY, valid_to=TODAY, flats=1
        )


def test_nobody_is_passed_over_for_a_flat_that_is_offered_to_him(
    flat: Flat, person: Person
) -> None:
    with system_access():
        round_, made = opened(flat), asking(person)
        offer = offered(decided(round_, made))
        skip = {"round": round_, "application": made, "reason": "other", "text": "Ohi."}
        with refused_by("selection_skip_offered"):
            Skip.objects.create(**skip)
        offer.state, offer.answered_on, offer.refusal = "declined", TODAY, "rent"
        offer.save()
        Skip.objects.create(**skip)


def test_who_was_compared_is_told_with_the_decision_and_not_added_later(
    flat: Flat, person: Person, other: Person
) -> None:
    with system_access():
        told = decided(opened(flat), asking(person)).compared.get()
        told.token = uuid.uuid4()
        with refused_by("selection_decision_kept"):
            told.save()
        with refused_by("selection_decision_compared"):
            decided(opened(make_flat(flat.stair, 22)), asking(other), compared_count=2)
