"""What was decided stays, whoever writes: by SQL, at whatever hour, after whatever change."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from applications.intake import services as intake
from applications.intake.codes import Corrected, EndReason, Part, Relation, Residence, State
from applications.intake.models import Application
from applications.intake.services import Membership
from applications.selection import services
from applications.selection.models import (
    Compared,
    Decision,
    OfferState,
    OutOfOrder,
    Skip,
    SkipReason,
    WealthTable,
)
from applications.selection.queries.pending import pending_of
from applications.selection.queries.rounds import with_steps
from applications.selection.services import Choice
from leases.homes.models import Flat
from registry.persons.models import Person
from tests.applications.selection.conftest import (
    DAY,
    TODAY,
    asking,
    demo_mode,
    flat,
    make_flat,
    make_user,
    other,
    person,
    refused_by,
    site,
    somebody,
    stair,
    system_access,
)
from tests.applications.selection.rounds import applicants, choosing
from tests.applications.selection.test_guards import decided, opened, settle
from tests.applications.selection.test_offering import chosen, offered
from tests.leases.homes.conftest import let
from tests.registry.protection.conftest import acting
from vuokra.access.stated import raw_sql
from vuokra.policy.roles import Role

pytestmark = pytest.mark.django_db
__all__ = ["demo_mode", "flat", "other", "person", "site", "stair"]
HOUSEHOLD = "Ruokakunta on muuttunut"
CO_APPLICANT = Membership(
    part=Part.CO_APPLICANT, relation=Relation.SPOUSE, residence=Residence.CITIZEN
)


def by_sql(sql: str, *values: object) -> None:
    with raw_sql("a test"), connection.cursor() as cursor:
        cursor.execute(sql, values)


def offer_by_sql(row: Decision, **given: object) -> None:
    values = {
        "decision_id": row.pk, "round_id": row.round_id, "application_id": row.application_id,
        "channel": "phone", "offered_at": timezone.now(), "offered_on": TODAY,
        "answer_by": TODAY + 3 * DAY, "state": "open", "refusal": "", "note": "",
        "changed": [],
    } | given  # fmt: skip
    by_sql(
        f"INSERT INTO applications_selection_offer ({', '.join(values)}) "
        f"VALUES ({', '.join(['%s'] * len(values))})",
        *values.values(),
    )


def joins(application: Application, number: int = 60) -> None:
    """Somebody comes into the household, as a clerk records it."""
    member = intake.add_member(
        application, somebody(number), CO_APPLICANT, whose=Corrected.APPLICANT, today=TODAY
    )
    member.income_told = member.wealth_told = True
    member.save()
    services.assess_again([application.pk], TODAY)


# -- the last decision ---------------------------------------------------------------------------


def test_an_older_decision_than_the_last_is_not_offered_by_sql(flat: Flat) -> None:
    with system_access():
        round_ = choosing(flat)
        poor, rich = applicants("1000", "2000")
        first = chosen(round_, poor)
        skip = services.skip(round_, poor, SkipReason.NOT_REACHED, "Ei vastaa.", today=TODAY)
        with refused_by("selection_offer_decided"):
            offer_by_sql(first)
        last = chosen(round_, rich)
        services.take_back_skip(skip, today=TODAY)
        with refused_by("selection_offer_decided"):
            offer_by_sql(first)
        assert pending_of(round_) == last
        offer_by_sql(last)


def test_what_services_ask_before_an_offer_the_database_asks_too(flat: Flat) -> None:
    with system_access():
        round_ = choosing(flat)
        (poor,) = applicants("1000")
        row = chosen(round_, poor)
        with refused_by("selection_offer_days"):
            offer_by_sql(row, offered_on=TODAY - DAY)
        with refused_by("selection_offer_days"):
            offer_by_sql(row, offered_on=TODAY + 2 * DAY)
        intake.send_back(poor, "Tulot puuttuvat", today=TODAY)
        with refused_by("selection_offer_decided"):
            offer_by_sql(row)
        intake.withdraw(poor, EndReason.ELSEWHERE, today=TODAY)
        with refused_by("selection_offer_decided"):
            offer_by_sql(row)


def test_a_flat_that_was_let_meanwhile_is_neither_offered_nor_accepted_by_sql(flat: Flat) -> None:
    with system_access():
        second = make_flat(flat.stair, 22)
        row, offer = (
            decided(opened(one), asking(somebody(at))) for at, one in ((1, flat), (2, second))
        )
        offer_by_sql(offer)
    let(flat, TODAY)
    let(second, TODAY)
    with system_access():
        with refused_by("selection_offer_raced"):
            offer_by_sql(row)
        with refused_by("selection_offer_raced"):
            by_sql(
                "UPDATE applications_selection_offer SET state = 'accepted', answered_on = %s",
                TODAY,
            )


@pytest.mark.parametrize(
    ("sql", "name"),
    [
        ("state = 'no_answer', answered_on = CURRENT_DATE + 1", "selection_offer_days"),
        ("state = 'no_answer', answered_on = answer_by + 1", "selection_offer_days"),
        ("state = 'accepted', answered_on = CURRENT_DATE + 2", "selection_offer_days"),
        ("state = 'withdrawn', answered_on = offered_on", "selection_offer_reason"),
        ("answer_by = offered_on", "selection_offer_kept"),
    ],
)
def test_an_offer_is_answered_in_its_time_by_sql_too(
    flat: Flat, person: Person, sql: str, name: str
) -> None:
    with system_access():
        offer_by_sql(decided(opened(flat), asking(person)))
        with refused_by(name):
            by_sql(f"UPDATE applications_selection_offer SET {sql}")


def test_DP_A3_offers_and_skips_are_made_in_ones_own_name_by_sql_too(
    flat: Flat, person: Person
) -> None:
    clerk, another = make_user(Role.VAL), make_user(Role.VAL)
    with system_access():
        row = decided(opened(flat), asking(person))
        services.assess_due(TODAY)
        assert row.application is not None
    skip = {"round": row.round, "application": row.application, "reason": "other", "text": "Ohi."}
    with acting(clerk):
        with refused_by("selection_offer_name"):
            offer_by_sql(row, offered_by_id=another.pk)
        with refused_by("selection_skip_name"):
            Skip.objects.create(**skip, made_by=another)
        made = Skip.objects.create(**skip, made_by=clerk)
        made.refresh_from_db()
        made.taken_back_at, made.taken_back_by = timezone.now(), another
        with refused_by("selection_skip_name"):
            made.save()
        made.taken_back_by = clerk
        made.save()
        with refused_by("selection_offer_decided"):  # what was passed over is chosen anew
            offer_by_sql(row, offered_by_id=clerk.pk)
    with system_access():
        again = decided(row.round, row.application)
    with acting(clerk):
        offer_by_sql(again, offered_by_id=clerk.pk)
        with refused_by("selection_offer_name"):
            by_sql(
                "UPDATE applications_selection_offer SET state = 'accepted', answered_on = %s, "
                "closed_by_id = %s", TODAY, another.pk,
            )  # fmt: skip


def test_nobody_is_passed_over_who_takes_no_part_by_sql(flat: Flat, person: Person) -> None:
    with system_access():
        round_, made = opened(flat), asking(person, state=State.RECEIVED)
        with refused_by("selection_skip_state"):
            Skip.objects.create(round=round_, application=made, reason="other", text="Ohi.")


def test_a_skip_is_not_taken_back_once_the_selection_is_over_by_sql(
    flat: Flat, person: Person
) -> None:
    with system_access():
        round_, made = opened(flat), asking(person)
        Skip.objects.create(round=round_, application=made, reason="other", text="Ohi.")
        with refused_by("selection_decision_skipped"):
            decided(round_, made)
        services.cancel_round(round_, "Remontti", today=TODAY)
        with refused_by("selection_round_kept"):
            by_sql("UPDATE applications_selection_skip SET taken_back_at = now()")


@pytest.mark.parametrize(
    "sql",
    [
        "rent_eur = 1", "free_from = free_from + 9", "open_to_all_from = open_to_all_from - 9",
        "flat_id = (SELECT max(id) FROM leases_homes_flat)",
    ],
)  # fmt: skip
def test_what_was_decided_for_stays(flat: Flat, person: Person, sql: str) -> None:
    with system_access():
        make_flat(flat.stair, 22)
        decided(opened(flat), asking(person))
        with refused_by("selection_round_kept"):
            by_sql(f"UPDATE applications_selection_round SET {sql}")


# -- who was compared ----------------------------------------------------------------------------


def test_times_are_the_database_s_own(
    flat: Flat, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither another machine's clock nor a forged time counts; a slow clock refuses nothing."""
    with system_access():
        wrong = timezone.now() - timedelta(minutes=5)
        with monkeypatch.context() as patched:
            patched.setattr(timezone, "now", lambda: wrong)
            row = decided(opened(flat), asking(person))
        forged = decided(
            opened(make_flat(flat.stair, 22)), asking(somebody(9)), decided_at=wrong + 999 * DAY
        )
        round_ = row.round
        round_.refresh_from_db()
        assert row.decided_at == forged.decided_at == round_.opened_at > wrong
        skip = Skip.objects.create(
            round=round_, application=row.application, reason="other", text="Ohi."
        )
        skip.refresh_from_db()
        assert skip.made_at == row.decided_at
        table = WealthTable.objects.create(
            municipality="Hillakoski", valid_from=TODAY, step_eur=1, decision="Kh 9 §"
        )
        table.refresh_from_db()
        assert table.recorded_at == row.decided_at


def test_a_compared_household_is_not_taken_out_by_sql(flat: Flat) -> None:
    with system_access():
        round_ = choosing(flat)
        poor, rich = applicants("1000", "2000")
        chosen(round_, poor)
        settle()
        with refused_by("selection_decision_kept"):
            by_sql("DELETE FROM applications_selection_compared WHERE application_id = %s", rich.pk)
        services.cancel_round(round_, "Remontti", today=TODAY)
        with refused_by("selection_decision_kept"):
            by_sql("DELETE FROM applications_selection_compared WHERE application_id = %s", rich.pk)
        intake.withdraw(rich, EndReason.ELSEWHERE, today=TODAY)
    with acting(make_user(Role.VAL)), refused_by("selection_decision_kept"):
        by_sql("DELETE FROM applications_selection_compared WHERE application_id = %s", rich.pk)
    with system_access():  # its time is over (R2)
        by_sql("DELETE FROM applications_selection_compared WHERE application_id = %s", rich.pk)
        assert Compared.objects.get().application_id == poor.pk


# -- the household -------------------------------------------------------------------------------


def test_whoever_came_after_the_decision_is_told_and_the_choice_is_made_anew(flat: Flat) -> None:
    with system_access():
        round_ = choosing(flat)
        (poor,) = applicants("1000")
        row = chosen(round_, poor)
        joins(poor)
        assert pending_of(round_) is None
        assert with_steps([round_], TODAY)[0].decision is None
        with pytest.raises(ValidationError, match=HOUSEHOLD):
            offered(row)
        with refused_by("selection_household_changed", "selection_offer_decided"):
            offer_by_sql(row)
        again = chosen(round_, poor)
        assert pending_of(round_) == again
        offered(again)


def test_an_offer_is_not_accepted_by_another_household_than_was_compared(flat: Flat) -> None:
    with system_access():
        round_ = choosing(flat)
        (poor,) = applicants("1000")
        offer = offered(chosen(round_, poor))
        joins(poor)
        with pytest.raises(ValidationError, match=HOUSEHOLD):
            services.accept(offer, answered_on=TODAY, today=TODAY)
        with refused_by("selection_household_changed"):
            by_sql(
                "UPDATE applications_selection_offer SET state = 'accepted', answered_on = %s",
                TODAY,
            )
        services.withdraw_offer(offer, "Ruokakunta muuttui.", today=TODAY)
        again = offered(chosen(round_, poor))  # nobody was passed over
        assert services.accept(again, answered_on=TODAY, today=TODAY).state == OfferState.ACCEPTED


def test_what_waits_for_approval_is_not_approved_for_another_household(flat: Flat) -> None:
    first, second = make_user(Role.VAL), make_user(Role.VAL)
    with system_access():
        round_ = choosing(flat)
        _poor, rich = applicants("1000", "2000")
    choice = Choice(out_of_order=OutOfOrder.MARKET, reason="Talossa on tyhjää.")
    with acting(first):
        row = services.decide(round_, rich, choice, today=TODAY)
    with system_access():
        joins(rich)
    with acting(second):
        with pytest.raises(ValidationError, match=HOUSEHOLD):
            services.approve(row, today=TODAY)
        with refused_by("selection_household_changed"):
            by_sql(
                "UPDATE applications_selection_decision SET approved_at = now(), "
                "approved_by_id = %s", second.pk,
            )  # fmt: skip


@pytest.mark.parametrize("how", ["left", "part"])
def test_who_left_or_got_another_part_counts_too(flat: Flat, how: str) -> None:
    with system_access():
        round_ = choosing(flat)
        (poor,) = applicants("1000")
        joins(poor)
        row = chosen(round_, poor)
        member = poor.members.get(part=Part.CO_APPLICANT)
        if how == "left":
            intake.drop_member(member, whose=Corrected.APPLICANT, today=TODAY)
        else:
            given = replace(CO_APPLICANT, part=Part.RESIDENT)
            intake.change_member(member, given, whose=Corrected.APPLICANT, today=TODAY)
        with pytest.raises(ValidationError, match=HOUSEHOLD):
            offered(row)


def test_other_corrections_leave_the_choice(flat: Flat) -> None:
    with system_access():
        round_ = choosing(flat)
        (poor,) = applicants("1000")
        joins(poor)
        row = chosen(round_, poor)
        member = poor.members.get(part=Part.CO_APPLICANT)
        given = replace(CO_APPLICANT, relation=Relation.PARTNER)
        intake.change_member(member, given, whose=Corrected.APPLICANT, today=TODAY)
        services.assess_again([poor.pk], TODAY)
        offered(row)


def test_nobody_says_by_sql_that_a_household_changed(flat: Flat, person: Person) -> None:
    with system_access():
        decided(opened(flat), asking(person))
        with refused_by("selection_decision_kept"):
            by_sql("UPDATE applications_selection_decision SET household_changed_at = now()")
        joins(Application.objects.get())
        with refused_by("selection_decision_kept"):
            by_sql("UPDATE applications_selection_decision SET household_changed_at = NULL")
