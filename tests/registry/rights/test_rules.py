"""Deadlines, identity levels, transitions and repetition: the tables of data-protection 6."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.rights import rules
from registry.rights.forms import VerifyForm
from registry.rights.models import Authority, Behalf, Level, Method, Outcome, Right, State
from registry.rights.rules import Asker, Earlier, Flag
from registry.rights.stages import stage_of
from vuokra.rules.rules import finnish_holidays

HOLIDAYS = frozenset(
    one.day for year in range(2015, 2041) for one in finnish_holidays(year) if one.rolls
)
MONTHS, LONGEST = 1, 3

CASES = {
    "D1": ("2026-11-23", "2026-12-23", "2026-12-23", "2027-02-23", "2027-02-23"),
    "D2": ("2026-11-24", "2026-12-24", "2026-12-24", "2027-02-24", "2027-02-24"),
    "D3": ("2026-11-25", "2026-12-25", "2026-12-28", "2027-02-25", "2027-02-25"),
    "D4": ("2026-11-30", "2026-12-30", "2026-12-30", "2027-02-28", "2027-03-01"),
    "D6": ("2026-12-06", "2027-01-06", "2027-01-07", "2027-03-06", "2027-03-08"),
    "D7": ("2026-12-31", "2027-01-31", "2027-02-01", "2027-03-31", "2027-03-31"),
    "D8": ("2027-01-29", "2027-02-28", "2027-03-01", "2027-04-29", "2027-04-29"),
    "D9": ("2027-01-31", "2027-02-28", "2027-03-01", "2027-04-30", "2027-04-30"),
    "D11": ("2027-02-26", "2027-03-26", "2027-03-30", "2027-05-26", "2027-05-26"),
    "D12": ("2027-02-28", "2027-03-28", "2027-03-30", "2027-05-28", "2027-05-28"),
    "D13": ("2027-04-06", "2027-05-06", "2027-05-07", "2027-07-06", "2027-07-06"),
    "D15": ("2027-05-26", "2027-06-26", "2027-06-28", "2027-08-26", "2027-08-26"),
    "D16": ("2027-08-31", "2027-09-30", "2027-09-30", "2027-11-30", "2027-11-30"),
}
"""Received, one month raw and rolled, three months raw and rolled (6.7)."""


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"DP_{case}")
def test_DP_D_deadlines(case: str) -> None:
    received, target, deadline, last_target, last_deadline = map(date.fromisoformat, CASES[case])
    assert rules.due(received, MONTHS, HOLIDAYS) == rules.Due(target, deadline)
    assert rules.due(received, LONGEST, HOLIDAYS) == rules.Due(last_target, last_deadline)


@given(st.dates(date(2016, 1, 1), date(2036, 12, 31)))
def test_the_target_is_never_after_the_deadline_and_both_lie_in_the_month_or_just_after(
    received: date,
) -> None:
    due = rules.due(received, MONTHS, HOLIDAYS)
    assert received < due.target <= due.deadline
    assert due.deadline.weekday() < 5 and due.deadline not in HOLIDAYS
    assert due.deadline - due.target <= timedelta(days=5)
    assert rules.due(received, LONGEST, HOLIDAYS).deadline > due.deadline


def test_days_left_and_what_is_used_of_the_time() -> None:
    received, due_on = date(2026, 11, 11), date(2026, 12, 11)
    assert rules.days_left(due_on, date(2026, 11, 23)) == 18
    assert rules.days_left(due_on, date(2026, 12, 12)) == -1
    assert rules.used_percent(received, due_on, date(2026, 11, 23)) == 40
    assert rules.used_percent(received, due_on, date(2027, 1, 1)) == 100
    assert rules.used_percent(received, due_on, received) == 0


def test_the_clock_while_identity_is_awaited_is_shown_and_moves_no_safe_date() -> None:
    """6.2: paused only when identification was asked without delay."""
    received, deadline = date(2026, 11, 23), date(2026, 12, 23)
    asked, identified = date(2026, 11, 26), date(2026, 12, 3)
    found = rules.pause(
        received, asked, identified, deadline=deadline, ask_within=3, today=date(2026, 12, 10),
        holidays=HOLIDAYS,
    )  # fmt: skip
    assert (found.days, found.until, found.lawful) == (7, date(2026, 12, 30), True)
    late = rules.pause(
        received, date(2026, 11, 27), None, deadline=deadline, ask_within=3,
        today=date(2026, 12, 10), holidays=HOLIDAYS,
    )  # fmt: skip
    assert (late.days, late.until, late.lawful) == (13, deadline, False)


@pytest.mark.parametrize(
    ("rights", "protected", "behalf", "level"),
    [
        ([Right.MARKETING], False, "", Level.T0),
        ([Right.MARKETING, Right.CONSENT], True, "", Level.T0),
        ([Right.RECTIFICATION], False, "", Level.T1),
        ([Right.ACCESS], False, "", Level.T2),
        ([Right.RECTIFICATION, Right.PORTABILITY], False, "", Level.T2),
        ([Right.RECTIFICATION], True, "", Level.T3),
        ([Right.ERASURE], False, Behalf.PROXY, Level.T3),
        ([Right.ACCESS], False, Behalf.GUARDIAN, Level.T2),
    ],
)
def test_no_more_proof_is_asked_than_the_right_needs(
    rights: list[Right], protected: bool, behalf: str, level: Level
) -> None:
    assert rules.required_level(rights, protected=protected, behalf=behalf) == level


def test_finding_3_and_4_an_identity_code_or_a_copy_of_a_document_is_no_way_of_proving() -> None:
    words = " ".join(str(one.label) for one in Method).lower()
    for forbidden in ("hetu", "henkilötunnu", "kopio", "selfie", "allekirjoitus"):
        assert forbidden not in words


def test_levels_by_ways() -> None:
    assert rules.REACHES[Method.CALL_BACK] == Level.T1
    assert rules.REACHES[Method.PHOTO_ID] == rules.REACHES[Method.STRONG] == Level.T2
    assert rules.REACHES.keys() == set(Method)
    assert rules.ENOUGH.keys() == set(Right)


def test_a_request_lapses_after_a_reminder_and_the_days() -> None:
    asked, today = date(2026, 10, 1), date(2026, 10, 31)
    assert rules.may_lapse(asked, date(2026, 10, 20), 30, today)
    assert not rules.may_lapse(asked, None, 30, today)
    assert not rules.may_lapse(None, None, 30, today)
    assert not rules.may_lapse(asked, date(2026, 10, 20), 30, date(2026, 10, 30))


def test_DP_A30_an_address_is_fresh_for_so_many_days() -> None:
    sent = date(2026, 11, 23)
    assert rules.address_is_fresh(date(2026, 10, 24), sent, 30)
    assert not rules.address_is_fresh(date(2026, 10, 23), sent, 30)
    assert not rules.address_is_fresh(date(2026, 11, 24), sent, 30)
    assert not rules.address_is_fresh(None, sent, 30)


TODAY = date(2026, 11, 23)


def born(years: int) -> date:
    """The birth date of one who turns so many years old today."""
    return TODAY.replace(year=TODAY.year - years)


@pytest.mark.parametrize(
    ("asker", "found"),
    [
        (Asker(Behalf.GUARDIAN, Authority.SEEN, born=born(16)), [Flag.CHILD_VIEW]),
        (Asker(Behalf.GUARDIAN, Authority.SEEN, born=born(15) + timedelta(1)), []),
        (Asker(Behalf.GUARDIAN, Authority.SEEN, born=born(15)), [Flag.CHILD_VIEW]),
        (
            Asker(Behalf.GUARDIAN, Authority.UNSEEN, born=born(18)),
            [Flag.AUTHORITY, Flag.ADULT_WARD],
        ),
        (Asker(Behalf.PROXY, Authority.MISSING), [Flag.NO_AUTHORITY]),
        (Asker(Behalf.ESTATE, Authority.UNSEEN), [Flag.DEAD, Flag.AUTHORITY]),
        (Asker("", "", born=born(40), dead=True), [Flag.DEAD]),
        (Asker("", "", born=born(12)), [Flag.MINOR]),
        (Asker("", "", born=born(15) + timedelta(1)), [Flag.MINOR]),
        (Asker("", "", born=born(15)), []),
        (Asker(Behalf.GUARDIAN, Authority.SEEN, born=born(18) + timedelta(1)), [Flag.CHILD_VIEW]),
        (Asker("", ""), []),
    ],
)
def test_DP_A28_who_asks_is_weighed(asker: Asker, found: list[Flag]) -> None:
    assert rules.flags(asker, own_view_age=15, majority=18, today=TODAY) == found


def test_every_state_has_its_way_on_and_ends_are_ends() -> None:
    assert rules.TRANSITIONS.keys() == set(State)
    reached = {after for ways in rules.TRANSITIONS.values() for after in ways}
    assert reached == set(State) - {State.RECEIVED}
    open_states = {state for state in State if rules.is_open(state)}
    for state in open_states:
        assert rules.may_become(state, State.WITHDRAWN), state
    assert not rules.TRANSITIONS[State.WITHDRAWN]


def test_what_an_answer_is_called_by_what_was_decided() -> None:
    assert rules.answered_as([Outcome.GRANTED, Outcome.GRANTED]) == State.DELIVERED
    assert rules.answered_as([Outcome.GRANTED, Outcome.REFUSED]) == State.PARTLY_DELIVERED
    assert rules.answered_as([Outcome.PARTLY]) == State.PARTLY_DELIVERED
    assert rules.answered_as([Outcome.REFUSED, Outcome.CLAIM]) == State.REFUSED


@pytest.mark.parametrize(
    ("state", "owed", "given", "word"),
    [
        (State.DELIVERED, 1, 1, "Toimitettu"),
        (State.DELIVERED, 2, 1, "Toimitettu osittain"),
        (State.PARTLY_DELIVERED, 1, 1, "Myönnetty osittain, toimitettu"),
        (State.PARTLY_DELIVERED, 0, 0, "Myönnetty osittain, toimitettu"),
        (State.PARTLY_DELIVERED, 2, 1, "Myönnetty osittain, toimitettu osittain"),
        (State.PARTLY_DELIVERED, 1, None, "Toimitettava uudelleen"),
        (State.REFUSED, 0, None, "Toimitettava uudelleen"),
        (State.APPROVED, 1, None, "Hyväksytty"),
        (State.CLOSED, 2, None, "Suljettu"),
    ],
)
def test_granted_in_part_and_delivered_in_part_are_told_apart(
    state: State, owed: int, given: int | None, word: str
) -> None:
    assert stage_of(state, rules.reached(owed, given)).word == word


def test_DP_A32_repetition_counts_the_same_rights_within_the_time() -> None:
    access, both = frozenset({"15"}), frozenset({"15", "16"})
    earlier = [
        Earlier("TP-2026-0001", date(2025, 11, 22), access),
        Earlier("TP-2026-0002", date(2025, 11, 23), access),
        Earlier("TP-2026-0003", date(2026, 11, 20), both),
        Earlier("TP-2026-0004", date(2026, 11, 21), frozenset({"17"})),
    ]
    found = rules.repeated(["15"], date(2026, 11, 23), earlier, months=12)
    assert [one.number for one in found] == ["TP-2026-0003", "TP-2026-0002"]


def test_only_ways_of_identifying_that_are_enough_are_offered() -> None:
    ways = [
        Method(code)
        for code, _word in VerifyForm(version=1, needed=Level.T3)["method"].field.choices
    ]
    assert ways == [Method.PHOTO_ID, Method.STRONG, Method.REGISTERED_LETTER]
    every = VerifyForm(version=1, needed=Level.T0)["method"].field.choices
    assert len(every) == len(Method)
