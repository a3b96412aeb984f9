"""The rule table of 6.8, line by line: what the services refuse, and the database whoever asks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from psycopg2.extensions import connection as Connection

from registry.persons.models import Person, StaffLink, TieKind
from registry.rights import clock, rules, services
from registry.rights.models import (
    Decision,
    ExtensionGround,
    LetterKind,
    Method,
    Outcome,
    RefusalGround,
    Right,
    State,
    Step,
    Way,
)
from registry.rights.services import Changed, Ruling
from tests.people import make_user, system_access
from tests.registry.protection.conftest import ban, one_person
from tests.registry.rights.conftest import (
    GRANT,
    REFUSE,
    acting,
    approve,
    approved,
    breaks,
    copied,
    days_ago,
    decided,
    delivered,
    forced,
    fresh,
    handed,
    in_progress,
    made,
    refused,
    take_in,
)
from vuokra.access.errors import FunctionDenied
from vuokra.accounts.models import User
from vuokra.policy.roles import Role

pytestmark = pytest.mark.django_db


def test_the_database_keeps_the_table_of_transitions(as_owner: Connection) -> None:
    with as_owner.cursor() as cursor:
        cursor.execute("SELECT before, after FROM registry_rights_transition")
        kept = set(cursor.fetchall())
    assert kept == {
        (before.value, after.value) for before, ways in rules.TRANSITIONS.items() for after in ways
    }


def test_the_whole_way_of_an_access_request(registrar: User, second: User, person: Person) -> None:
    with acting(registrar):
        row = take_in(person)
        services.ask(row, way=Way.LETTER, version=row.version)
        services.verify(row, Method.PHOTO_ID, version=row.version)
        services.extend(
            row, ExtensionGround.COMPLEX, reason="Laaja aineisto", way=Way.LETTER,
            version=row.version,
        )  # fmt: skip
    row = copied(row, registrar)
    with acting(registrar):
        services.decide(row, Right.ACCESS, GRANT, version=row.version)
        services.submit(row, version=row.version)
    with acting(second):
        services.send_back(row, note="Lisää perustelut", version=row.version)
    with acting(registrar):
        assert row.state == State.EXTENDED
        services.submit(row, version=row.version)
    with acting(second):
        approve(row)
    with acting(registrar):
        with refused("copy"):
            services.deliver(row, handed(), version=row.version)
        made(row)
        services.deliver(row, handed(), version=row.version)
        services.close(row, version=row.version)
        assert row.closed_on == clock.today()
        services.complain(row, note="TSV 1234", version=row.version)
        services.resolve(row, note="Ei toimenpiteitä", version=row.version)
        found = fresh(row)
        steps = list(found.steps.all())
    assert found.state == State.CLOSED
    assert [step.version for step in steps] == list(range(1, found.version + 1))
    assert {step.by_id for step in steps} == {registrar.pk, second.pk}
    assert [step.at for step in steps] == sorted(step.at for step in steps)


@pytest.mark.parametrize("state", [one for one in State if one != State.RECEIVED])
def test_a_request_begins_received_and_takes_no_step_that_is_not_legal(
    registrar: User, person: Person, state: State
) -> None:
    with acting(registrar):
        row = take_in(person)
        if rules.may_become(State.RECEIVED, state):
            return
        with breaks("rights_transition"):
            forced(row, state=state)


# -- extension ---------------------------------------------------------------------------------


def test_extension_counts_from_the_original_receipt(registrar: User, person: Person) -> None:
    row = in_progress(registrar, person, received_on=days_ago(20))
    with acting(registrar):
        services.extend(
            row, ExtensionGround.NUMBER, reason="Pyyntöjä on monta", way=Way.EMAIL,
            version=row.version,
        )  # fmt: skip
        found = fresh(row)
        letters = [letter.kind for letter in found.letters.all()]
    assert found.last_target is not None and found.state == State.EXTENDED
    assert 88 <= (found.last_target - found.received_on).days <= 92
    assert found.due == found.last_deadline and letters == [LetterKind.EXTENSION]


def test_extension_after_the_deadline_is_rejected(registrar: User, person: Person) -> None:
    row = in_progress(registrar, person, received_on=days_ago(60))
    with acting(registrar):
        with refused("rights_extension_late"):
            services.extend(
                row, ExtensionGround.COMPLEX, reason="Laaja", way=Way.LETTER, version=row.version
            )
        told = {
            "extended_on": row.deadline, "extension_ground": "complex", "extension_reason": "x",
            "last_target": row.deadline, "last_deadline": row.deadline,
        }  # fmt: skip
        with breaks("rights_extension_late"):
            forced(row, state=State.EXTENDED, **told)
        with breaks("rights_request_extension_whole"):
            forced(row, **told | {"extended_on": row.deadline + timedelta(days=1)})


def test_an_extension_needs_reasons_and_comes_once(registrar: User, person: Person) -> None:
    row = in_progress(registrar, person)
    with acting(registrar):
        with refused("no_reason"):
            services.extend(
                row, ExtensionGround.COMPLEX, reason=" ", way=Way.LETTER, version=row.version
            )
        extend = {"reason": "Laaja aineisto", "way": Way.LETTER}
        services.extend(row, ExtensionGround.COMPLEX, **extend, version=row.version)  # type: ignore[arg-type]
        with refused("extended"):
            services.extend(row, ExtensionGround.COMPLEX, **extend, version=row.version)  # type: ignore[arg-type]


# -- four eyes ---------------------------------------------------------------------------------


@pytest.mark.parametrize("right", [Right.ACCESS, Right.ERASURE, Right.PORTABILITY])
def test_approver_is_not_the_handler(registrar: User, person: Person, right: Right) -> None:
    row = decided(registrar, person, right, ruling=REFUSE)
    with acting(registrar):
        services.submit(row, version=row.version)
        with refused("rights_four_eyes"):
            approve(row)
        with breaks("rights_four_eyes"):
            forced(row, state=State.APPROVED, approver_id=registrar.pk, approved_at=clock.now())
        with breaks("rights_request_four_eyes"):
            forced(row, approver_id=registrar.pk, approved_at=clock.now())


def test_handing_it_over_after_submitting_makes_nobody_a_second_person(
    registrar: User, second: User, person: Person
) -> None:
    row = decided(registrar, person, Right.ACCESS)
    with acting(registrar):
        services.submit(row, version=row.version)
    with acting(second):
        services.take(row, version=row.version)
    with acting(registrar), refused("rights_four_eyes"):
        approve(row)


def test_nobody_approves_in_anothers_name(registrar: User, second: User, person: Person) -> None:
    row = decided(registrar, person, Right.ACCESS)
    with acting(registrar):
        services.submit(row, version=row.version)
        with breaks("rights_approver"):
            forced(row, state=State.APPROVED, approver_id=second.pk, approved_at=clock.now())


def test_human_handling_needs_no_second_person(registrar: User, person: Person) -> None:
    row = decided(registrar, person, Right.HUMAN)
    with acting(registrar):
        services.submit(row, version=row.version)
        approve(row)
        assert row.state == State.APPROVED


def test_the_leader_may_be_the_second_person_and_a_clerk_not(
    registrar: User, leader: User, clerk: User, person: Person
) -> None:
    row = decided(registrar, person, Right.ACCESS)
    with acting(registrar):
        services.submit(row, version=row.version)
    with system_access():
        clerk_row = fresh(row)
    with acting(clerk), pytest.raises(FunctionDenied):
        services.approve(clerk_row, version=row.version)
    with acting(leader):
        approve(row)
        assert row.approver_id == leader.pk


def test_going_on_against_an_objection_is_approved_by_the_leader(
    registrar: User, second: User, leader: User, person: Person
) -> None:
    against = Ruling(Outcome.REFUSED, RefusalGround.COMPELLING, "Perintä on kesken.")
    row = decided(registrar, person, Right.OBJECTION, ruling=against)
    with acting(registrar):
        services.submit(row, version=row.version)
    with acting(second), refused("rights_objection_by_leader"):
        approve(row)
    with acting(leader):
        approve(row)
        assert row.state == State.APPROVED


def test_DP_A3_whoever_is_tied_decides_nothing(
    registrar: User, second: User, person: Person
) -> None:
    row = decided(registrar, person, Right.ACCESS)
    with acting(registrar):
        services.submit(row, version=row.version)
    with system_access():
        StaffLink.objects.create(
            person=person, staff=second, kind=TieKind.CONFLICT, valid_from=days_ago(1)
        )
    with acting(second), refused("barred"):
        approve(row)


def test_what_is_under_review_or_approved_is_not_decided_anew(
    registrar: User, person: Person
) -> None:
    row = decided(registrar, person, Right.ACCESS)
    with acting(registrar):
        services.submit(row, version=row.version)
        with refused("rights_decision_stays"):
            services.decide(row, Right.ACCESS, REFUSE, version=row.version)
        decision = Decision.objects.get(request=row)
        decision.outcome = Outcome.PARTLY
        with breaks("rights_decision_stays"), transaction.atomic():
            decision.save()


def test_nothing_is_submitted_before_every_right_is_decided(
    registrar: User, person: Person
) -> None:
    row = in_progress(registrar, person, Right.ACCESS, Right.PORTABILITY)
    with acting(registrar):
        services.decide(row, Right.ACCESS, GRANT, version=row.version)
        with refused("missing"):
            services.submit(row, version=row.version)
        with breaks("rights_undecided"):
            forced(row, state=State.IN_REVIEW, submitted_by_id=registrar.pk)


# -- lapsing, withdrawing, closing ---------------------------------------------------------------


def test_lapsing_needs_a_reminder_the_answer_and_the_days(
    registrar: User, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    with acting(registrar):
        row = take_in(person)
        services.ask(row, way=Way.EMAIL, version=row.version)
        with refused("rights_lapse"):
            services.lapse(row, way=Way.LETTER, version=row.version)
        services.remind(row, way=Way.EMAIL, version=row.version)
        with refused("too_early"):
            services.lapse(row, way=Way.LETTER, version=row.version)
        with breaks("rights_lapse"):
            forced(row, state=State.LAPSED, closed_on=clock.today())
        later = clock.today() + timedelta(days=30)
        monkeypatch.setattr(clock, "today", lambda: later)
        services.lapse(row, way=Way.LETTER, version=row.version)
        kinds = [letter.kind for letter in row.letters.all()]
    assert row.state == State.LAPSED and row.closed_on == later
    assert kinds == [LetterKind.IDENTITY, LetterKind.REMINDER, LetterKind.NOT_IDENTIFIED]


def test_the_requester_withdraws_from_any_open_state(
    registrar: User, second: User, person: Person
) -> None:
    with acting(registrar):
        row = take_in(person)
        services.withdraw(row, note="Soitti ja perui", version=row.version)
        assert row.state == State.WITHDRAWN
    row = approved(registrar, second, person, Right.ACCESS)
    with acting(registrar):
        services.withdraw(row, note="Soitti ja perui", version=row.version)
        with refused("rights_over"):
            services.take(row, version=row.version)
    row = delivered(registrar, second, person, Right.ACCESS)
    with acting(registrar), refused("rights_transition"):
        services.withdraw(row, note="Liian myöhään", version=row.version)


def test_a_closed_request_stays_as_it_was(registrar: User, second: User, person: Person) -> None:
    row = delivered(registrar, second, person, Right.ACCESS)
    with acting(registrar):
        services.close(row, version=row.version)
        with breaks("rights_over"):
            forced(row, assessment="jälkikäteen")
        with breaks("rights_step_stays"), transaction.atomic():  # its steps go first
            take_in(person).delete()


# -- time and two clerks -------------------------------------------------------------------------


def test_DP_A51_a_clock_that_goes_back_is_refused(registrar: User, person: Person) -> None:
    with acting(registrar):
        row = take_in(person)
        step = Step.objects.get(request=row)
        assert abs(step.at - clock.now()) < timedelta(seconds=30)
        with breaks("rights_step_stays"), transaction.atomic():
            step.at += timedelta(days=1)
            step.save()


def test_DP_A51_alerts_go_by_the_later_of_clock_and_log() -> None:
    moment = datetime(2026, 11, 23, 12, tzinfo=UTC)
    back = clock.Reading(moment, moment + timedelta(days=3))
    assert back.went_back and back.latest_day.day == 26
    usual = clock.Reading(moment, moment - timedelta(seconds=5))
    assert not usual.went_back and usual.latest_day.day == 23
    assert not clock.Reading(moment, None).went_back


def test_two_clerks_on_one_request(registrar: User, second: User, person: Person) -> None:
    row = in_progress(registrar, person)
    with acting(second):
        services.take(fresh(row), version=row.version)
    with acting(registrar), pytest.raises(Changed) as caught:
        services.weigh(row, "Oma teksti", version=row.version)
    (step,) = caught.value.steps
    assert (step.by_id, step.act) == (second.pk, "handler")
    with system_access():
        assert fresh(row).assessment == ""


def test_rights_of_roles(clerk: User, leader: User, person: Person) -> None:
    """A clerk takes a request in and sees no more; the leader reads and approves."""
    with acting(clerk):
        row = take_in(person)
        assert row.handler_id is None
        with pytest.raises(FunctionDenied):
            services.take(row, version=row.version)
    with acting(leader), pytest.raises(FunctionDenied):
        services.take(row, version=row.version)
    outsider = make_user(Role.TAL, username="talous")
    with acting(outsider), pytest.raises(FunctionDenied):
        take_in(person)


def test_whoever_decided_is_no_second_person(registrar: User, second: User, person: Person) -> None:
    row = in_progress(registrar, person)
    with acting(second):
        services.decide(row, Right.ACCESS, GRANT, version=row.version)
    with acting(registrar):
        services.submit(row, version=row.version)
    with acting(second):
        with refused("rights_four_eyes"):
            approve(row)
        with breaks("rights_four_eyes"):
            forced(row, state=State.APPROVED, approver=second, approved_at=clock.now())


def test_an_objection_is_not_closed_before_it_is_saved(registrar: User, person: Person) -> None:
    with acting(registrar):
        row = take_in(person, Right.MARKETING)
        with refused("rights_close"):
            services.close(row, version=row.version)
        with breaks("rights_undecided"):
            forced(row, state=State.CLOSED, closed_on=clock.today())


def test_an_answer_does_not_leave_before_it_was_approved(
    registrar: User, second: User, person: Person
) -> None:
    row = approved(registrar, second, person)
    with acting(registrar), refused("delivered_on"):
        services.deliver(row, handed(delivered_on=days_ago(1)), version=row.version)


def test_a_ban_after_identification_asks_for_a_second_handler(
    registrar: User, second: User, person: Person
) -> None:
    row = decided(registrar, person)
    with acting(registrar):
        ban(person)
        row = fresh(row)
        with refused("missing"):
            services.submit(row, version=row.version)
    with acting(second):
        services.verify_too(row, version=row.version)
    row = copied(row, registrar)  # what a turvakielto seals is another thing to tell
    with acting(registrar):
        services.submit(row, version=row.version)
        assert fresh(row).state == State.IN_REVIEW


def test_a_step_is_not_removed(registrar: User, person: Person) -> None:
    row = in_progress(registrar, person)
    with acting(registrar), breaks("rights_step_stays"), transaction.atomic():
        row.steps.all()[0].delete()


def test_another_account_of_the_handler_approves_nothing(
    registrar: User, second: User, person: Person
) -> None:
    one_person(registrar, second)
    row = decided(registrar, person, Right.ERASURE, ruling=REFUSE)
    with acting(registrar):
        services.submit(row, version=row.version)
    with acting(second), refused("rights_four_eyes"):
        approve(row)
