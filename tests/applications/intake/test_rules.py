"""Pure rules of applications: validity, states, papers and doubts, by the numbers of the cases."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from applications.intake.codes import (
    AssetKind,
    AttachmentKind,
    Employment,
    IncomeKind,
    NeededBy,
    Period,
    Situation,
    State,
)
from applications.intake.rules import checks, validity
from applications.intake.rules.checks import Doubt
from applications.intake.rules.papers import Asked, Means, Waiver, needed
from applications.intake.rules.states import ENDED, EXPIRING, OPEN, TRANSITIONS, Mover, may_move

TODAY = date(2026, 11, 22)
WORKING = Means(1, adult=True, employments=[Employment.PERMANENT], incomes=[IncomeKind.WAGE])


# -- validity ------------------------------------------------------------------------------------


def test_SEL_T26_an_application_is_valid_three_months() -> None:
    last = validity.valid_until(date(2026, 11, 22), 3)
    assert last == date(2027, 2, 22)
    assert not validity.has_expired(last, date(2027, 2, 22))
    assert validity.has_expired(last, date(2027, 2, 23))


def test_SEL_T27_a_month_without_the_day_ends_it() -> None:
    assert validity.valid_until(date(2026, 11, 30), 3) == date(2027, 2, 28)


def test_it_expires_soon_until_its_last_day() -> None:
    last = date(2026, 12, 6)
    assert [validity.expires_soon(last, date(2026, 11, day), 14) for day in (21, 22)] == [0, 1]
    assert validity.expires_soon(last, last, 14)
    assert not validity.expires_soon(last, date(2026, 12, 7), 14)


# -- states --------------------------------------------------------------------------------------


def test_every_state_has_its_place() -> None:
    assert set(TRANSITIONS) == set(State)
    assert set(OPEN) | set(ENDED) | {State.DRAFT} == set(State)
    assert not set(OPEN) & set(ENDED)
    assert set(EXPIRING) < set(OPEN)


def test_only_who_chooses_moves_an_offer() -> None:
    assert may_move(State.VALID, State.OFFERED, Mover.SELECTION)
    assert not may_move(State.VALID, State.OFFERED, Mover.INTAKE)
    assert not may_move(State.VALID, State.INCOMPLETE, Mover.SELECTION)


def test_an_offer_is_answered_before_it_expires() -> None:
    for state in (State.OFFERED, State.ACCEPTED):
        assert not may_move(state, State.EXPIRED)


@pytest.mark.parametrize("state", [State.HOUSED, State.WITHDRAWN, State.MERGED])
def test_nothing_follows_an_end(state: State) -> None:
    assert not any(may_move(state, after) for after in State)


# -- papers --------------------------------------------------------------------------------------


def test_SEL_T37_of_one_applicant_no_papers_are_demanded() -> None:
    alone = needed(Asked([WORKING], applicants=1))
    assert {one.kind for one in alone} == {AttachmentKind.WAGE, AttachmentKind.TAX}
    assert {one.waived for one in alone} == {Waiver.ONE_APPLICANT}
    two = needed(Asked([WORKING], applicants=2))
    assert {one.waived for one in two} == {None}


def test_of_a_student_flat_no_papers_are_demanded() -> None:
    found = needed(Asked([WORKING], student_flat=True, applicants=9))
    papers = [one for one in found if one.kind != AttachmentKind.GROUP]
    assert {one.waived for one in papers} == {Waiver.STUDENT_FLAT}


def test_a_proof_that_the_applicant_relies_on_is_never_waived() -> None:
    asked = Asked(
        [Means(1, adult=True, by_permit=True)],
        situations=[Situation.ILLNESS, Situation.NOTICE], child_expected=True, applicants=1,
    )  # fmt: skip
    kept = {one.kind for one in needed(asked) if one.waived is None}
    assert kept == {
        AttachmentKind.NOTICE, AttachmentKind.NEED, AttachmentKind.HOUSEHOLD,
        AttachmentKind.RESIDENCE,
    }  # fmt: skip


@pytest.mark.parametrize(
    "given, kind",
    [
        ({"employments": [Employment.ENTREPRENEUR]}, AttachmentKind.BUSINESS),
        ({"employments": [Employment.STUDENT]}, AttachmentKind.STUDENT),
        ({"employments": [Employment.CONSCRIPT]}, AttachmentKind.SERVICE),
        ({"employments": [Employment.PENSIONER]}, AttachmentKind.PENSION),
        ({"incomes": [IncomeKind.PENSION]}, AttachmentKind.PENSION),
        ({"incomes": [IncomeKind.UNEMPLOYMENT]}, AttachmentKind.BENEFIT),
        ({"incomes": [IncomeKind.PARENTAL]}, AttachmentKind.BENEFIT),
        ({"assets": [AssetKind.COTTAGE]}, AttachmentKind.VALUE),
        ({"indebted": True}, AttachmentKind.DEBTS),
        ({}, AttachmentKind.TAX),
    ],
)
def test_each_circumstance_has_its_paper(given: dict[str, Any], kind: AttachmentKind) -> None:
    found = needed(Asked([Means(7, adult=True, **given)]))
    assert [(one.member, one.needed_by) for one in found if one.kind == kind] == [
        (7, NeededBy.CONTRACT)
    ]


def test_savings_and_a_car_need_no_statement_of_value() -> None:
    found = needed(Asked([Means(1, adult=True, assets=[AssetKind.SAVINGS, AssetKind.VEHICLE])]))
    assert AttachmentKind.VALUE not in {one.kind for one in found}


def test_of_a_flat_of_a_special_group_the_proof_of_it_is_asked() -> None:
    (proof,) = [one for one in needed(Asked([WORKING], special=True, applicants=1))
                if one.kind == AttachmentKind.GROUP]  # fmt: skip
    assert (proof.waived, proof.needed_by, proof.member) == (None, NeededBy.OFFER, None)
    assert not proof.met_by(AttachmentKind.STUDENT, 1)
    student = next(one for one in needed(Asked([WORKING], student_flat=True))
                   if one.kind == AttachmentKind.GROUP)  # fmt: skip
    assert student.waived is None
    assert student.met_by(AttachmentKind.STUDENT, 1), "a certificate of any member does"
    assert not student.met_by(AttachmentKind.WAGE, 1)


def test_of_a_child_nothing_is_asked() -> None:
    assert needed(Asked([Means(1, adult=False, incomes=[IncomeKind.CAPITAL])])) == []


def test_a_paper_is_asked_once() -> None:
    found = [one.kind for one in needed(Asked([WORKING]))]
    assert found.count(AttachmentKind.WAGE) == 1


def test_an_alternative_does_as_well() -> None:
    pension = next(
        one
        for one in needed(Asked([Means(1, adult=True, incomes=[IncomeKind.PENSION])]))
        if one.kind == AttachmentKind.PENSION
    )
    assert pension.met_by(AttachmentKind.TAX, 1)
    assert not pension.met_by(AttachmentKind.TAX, 2)
    assert not pension.met_by(AttachmentKind.WAGE, 1)


# -- doubts --------------------------------------------------------------------------------------


def income(euros: str, period: Period = Period.MONTH, **days: date | None) -> set[Doubt]:
    given: dict[str, Any] = {"since": None, "until": None} | days
    return {
        one.doubt
        for one in checks.of_income(IncomeKind.WAGE, Decimal(euros), period, today=TODAY, **given)
    }


@pytest.mark.parametrize(
    "euros, period, doubts",
    [
        ("2800", Period.MONTH, set()),
        ("34000", Period.YEAR, set()),
        ("34000", Period.MONTH, {Doubt.INCOME_HIGH}),
        ("28", Period.MONTH, {Doubt.INCOME_LOW}),
        ("1200", Period.YEAR, {Doubt.INCOME_LOW}),
        ("0", Period.MONTH, set()),
    ],
)
def test_a_wage_of_the_wrong_period_is_doubted(
    euros: str, period: Period, doubts: set[Doubt]
) -> None:
    assert income(euros, period) == doubts


def test_income_of_another_time_is_doubted() -> None:
    assert income("2800", since=date(2026, 12, 1)) == {Doubt.INCOME_FUTURE}
    assert income("2800", until=date(2026, 10, 31)) == {Doubt.INCOME_OVER}
    assert income("2800", since=TODAY, until=TODAY) == set()


def home(**given: Any) -> set[Doubt]:
    usual: dict[str, Any] = {
        "area_m2": Decimal(54), "rooms": 2, "residents": 2, "cost_eur": Decimal(650),
        "moved_in": 2019, "born": 1986, "income_eur": Decimal(2800),
    }  # fmt: skip
    return {one.doubt for one in checks.of_home(**usual | given, today=TODAY)}


@pytest.mark.parametrize(
    "given, doubt",
    [
        ({"area_m2": Decimal(0)}, Doubt.AREA),
        ({"area_m2": Decimal(540)}, Doubt.AREA),
        ({"rooms": 0}, Doubt.ROOMS),
        ({"residents": 15}, Doubt.RESIDENTS),
        ({"moved_in": 1850}, Doubt.MOVED_IN),
        ({"moved_in": 1985}, Doubt.MOVED_IN),
        ({"moved_in": 2027}, Doubt.MOVED_IN),
        ({"cost_eur": Decimal(6500)}, Doubt.COST_HIGH),
        ({"cost_eur": Decimal(2900)}, Doubt.RENT_OVER_INCOME),
    ],
)
def test_an_unlikely_home_is_doubted(given: dict[str, Any], doubt: Doubt) -> None:
    assert home() == set()
    assert home(**given) == {doubt}


def test_what_is_not_told_is_not_doubted() -> None:
    names = ("area_m2", "rooms", "residents", "cost_eur", "moved_in", "born", "income_eur")
    assert home(**dict.fromkeys(names)) == set()


def test_days_of_a_need_are_doubted() -> None:
    def doubts(**given: date) -> set[Doubt]:
        usual: dict[str, Any] = dict.fromkeys(("wished_on", "must_move_by", "homeless_since"))
        return {one.doubt for one in checks.of_need(**usual | given, today=TODAY)}

    assert doubts(wished_on=date(2026, 12, 1), must_move_by=TODAY) == set()
    assert doubts(wished_on=date(2026, 11, 1)) == {Doubt.WISHED_PAST}
    assert doubts(wished_on=date(2028, 1, 1)) == {Doubt.WISHED_FAR}
    assert doubts(must_move_by=date(2026, 11, 21)) == {Doubt.MUST_MOVE_PAST}
    assert doubts(homeless_since=date(2026, 11, 23)) == {Doubt.HOMELESS_FUTURE}
    assert doubts(homeless_since=date(1999, 1, 1)) == {Doubt.HOMELESS_LONG}


def test_other_slips_of_the_pen_are_doubted() -> None:
    assert [one.doubt for one in checks.of_asset(Decimal(25_000_000))] == [Doubt.ASSET_HIGH]
    assert [one.doubt for one in checks.of_wish(Decimal(6))] == [Doubt.RENT_WISH_LOW]
    assert [one.doubt for one in checks.of_receipt(date(2025, 1, 1), TODAY)] == [
        Doubt.RECEIVED_LONG
    ]
    assert list(checks.of_receipt(date(2026, 11, 1), TODAY)) == []
