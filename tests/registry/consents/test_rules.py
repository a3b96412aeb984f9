"""The rules of consents: who holds the last word, and what may be sent without one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.consents import rules
from registry.consents.codes import (
    CELLS,
    PERSONS_OWN,
    Cell,
    Channel,
    Kind,
    Manner,
    Reason,
    Use,
)
from registry.consents.rules import NOTHING, Stand, Standing
from vuokra.policy.sources import Source

TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Row:
    id: int
    kind: str
    decided_on: date = TODAY
    source: str = Source.PERSON
    manner: str = Manner.FORM
    expires: date | None = None
    corrects_id: int | None = None


def standing(*rows: Row) -> Standing:
    return rules.stand(rows, TODAY).standing


YES, NO = Kind.PERMISSION, Kind.PROHIBITION
OFF, LIFT = Kind.WITHDRAWAL, Kind.LIFTING
FILE = Manner.IMPORT


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((), Standing.NONE),
        ((Row(1, YES),), Standing.PERMITTED),
        ((Row(1, YES, manner=FILE),), Standing.PERMITTED),
        ((Row(1, YES, expires=TODAY),), Standing.PERMITTED),
        ((Row(1, YES, expires=TODAY - DAY),), Standing.EXPIRED),
        ((Row(1, YES), Row(2, OFF)), Standing.WITHDRAWN),
        ((Row(1, YES), Row(2, NO)), Standing.FORBIDDEN),
        ((Row(1, NO), Row(2, YES)), Standing.PERMITTED),
        ((Row(1, NO), Row(2, LIFT)), Standing.NONE),
        ((Row(1, NO), Row(2, OFF)), Standing.FORBIDDEN),
        ((Row(1, YES), Row(2, LIFT)), Standing.PERMITTED),
        ((Row(1, NO, TODAY - DAY), Row(2, YES, TODAY - 2 * DAY)), Standing.FORBIDDEN),
        ((Row(1, NO), Row(2, YES), Row(3, Kind.CORRECTION, corrects_id=2)), Standing.FORBIDDEN),
        ((Row(1, NO), Row(2, Kind.CORRECTION, corrects_id=1)), Standing.NONE),
        ((Row(1, NO, source=Source.POPULATION_REGISTER), Row(2, YES)), Standing.PERMITTED),
    ],
)  # fmt: skip
def test_the_last_word_of_the_person_holds(rows: tuple[Row, ...], expected: Standing) -> None:
    for order in permutations(rows):
        assert standing(*order) is expected


@pytest.mark.parametrize("said", [NO, OFF])
def test_DP_A36_an_imported_permission_never_beats_a_no(said: Kind) -> None:
    before = Row(1, YES, TODAY - 3 * DAY)
    no = Row(2, said, TODAY - 2 * DAY)
    later = Row(3, YES, TODAY - DAY, manner=FILE)
    assert standing(before, no, later) is standing(before, no) is not Standing.PERMITTED
    assert standing(before, no, later, Row(4, YES)) is Standing.PERMITTED


def test_an_imported_prohibition_is_a_prohibition() -> None:
    assert standing(Row(1, YES), Row(2, NO, manner=FILE)) is Standing.FORBIDDEN
    newer_file = Row(3, YES, TODAY + DAY, manner=FILE)
    assert standing(Row(2, NO, manner=FILE), newer_file) is Standing.FORBIDDEN


rows = st.builds(
    Row,
    id=st.integers(2, 1000),
    kind=st.sampled_from([YES, NO, OFF]),
    decided_on=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    manner=st.sampled_from([FILE, Manner.NOTICE]),
)


@given(st.lists(rows, max_size=8, unique_by=lambda row: row.id))
def test_nothing_but_an_own_act_makes_a_prohibition_less(others: list[Row]) -> None:
    no = Row(1, NO, date(2019, 1, 1))
    found = rules.stand([no, *others], TODAY)
    assert found.standing is Standing.FORBIDDEN


def test_only_the_persons_own_word_is_an_own_act() -> None:
    assert {m for m in Manner if rules.own_act(Row(1, YES, manner=m))} == set(PERSONS_OWN)
    assert not rules.own_act(Row(1, NO, source=Source.POPULATION_REGISTER, manner=Manner.LETTER))
    assert not rules.own_act(Row(1, NO, manner=""))


# -- 11.1 and 11.2: what needs a consent ---------------------------------------------------------


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: cell.code)
def test_electronic_marketing_and_partners_need_consent(cell: Cell) -> None:
    electronic = cell.channel in (Channel.EMAIL, Channel.SMS, Channel.OTHER)
    expected = cell.use == Use.PARTNER or (cell.use == Use.MARKETING and electronic)
    assert rules.needs_consent(cell) is expected
    without = reason(cell)
    assert rules.allows(without) is not expected
    assert reason(cell, Stand(Standing.FORBIDDEN)) == Reason.PROHIBITED
    if rules.may_permit(cell):
        assert reason(cell, Stand(Standing.PERMITTED)) == Reason.CONSENT


def reason(cell: Cell, own: Stand = NOTHING, **changes: bool) -> Reason:
    given = {"forbidden": False, "suppressed": False, "shared": False, "soft": False} | changes
    return rules.answer(cell, own, **given)


def test_soft_opt_in_is_for_the_companys_own_and_not_after_a_no() -> None:
    mail, partner = Cell(Use.MARKETING, Channel.EMAIL), Cell(Use.PARTNER, Channel.EMAIL)
    assert reason(mail) == Reason.NO_CONSENT
    assert reason(mail, soft=True) == Reason.EXISTING_CUSTOMER
    assert reason(mail, Stand(Standing.WITHDRAWN), soft=True) == Reason.WITHDRAWN
    assert reason(mail, Stand(Standing.EXPIRED), soft=True) == Reason.EXPIRED
    assert reason(mail, Stand(Standing.FORBIDDEN), soft=True) == Reason.PROHIBITED
    assert reason(partner, soft=True) == Reason.OTHER_PURPOSE


def test_a_consent_does_not_beat_what_others_said_of_the_contact_point() -> None:
    mail, yes = Cell(Use.MARKETING, Channel.EMAIL), Stand(Standing.PERMITTED)
    assert reason(mail, yes, suppressed=True) == Reason.SUPPRESSED
    assert reason(mail, yes, shared=True) == Reason.SHARED
    assert reason(mail, yes, forbidden=True) == Reason.PROHIBITED


def test_S9_07_an_objection_to_marketing_is_one_to_that_of_partners() -> None:
    for channel in (Channel.POST, Channel.EMAIL):
        partner, own = Cell(Use.PARTNER, channel), Cell(Use.MARKETING, channel)
        assert set(rules.also_forbidding(partner)) == {partner, own}
        assert rules.also_forbidding(own) == (own,)


# -- whom nothing reaches ------------------------------------------------------------------------

ADULT = date(1985, 6, 15)


@pytest.mark.parametrize(
    ("facts", "marketing", "service"),
    [
        ({}, None, None),
        ({"dead": True}, Reason.DECEASED, Reason.DECEASED),
        ({"restricted": True}, Reason.RESTRICTED, Reason.RESTRICTED),
        ({"protected": True}, Reason.PROTECTED, None),
        ({"held": True}, Reason.HELD, None),
        ({"born": None}, Reason.AGE_UNKNOWN, None),
        ({"born": date(2008, 11, 23)}, Reason.MINOR, None),
        ({"born": date(2008, 11, 22)}, None, None),
    ],
    ids=["nothing", "M7", "A35", "M3", "hold", "age unknown", "M5", "came of age today"],
)
def test_what_bars_sending(
    facts: dict[str, object], marketing: Reason | None, service: Reason | None
) -> None:
    person = rules.Person(**{"born": ADULT} | facts)  # type: ignore[arg-type]
    for use in (Use.MARKETING, Use.PARTNER, Use.RESEARCH, Use.SURVEY):
        assert rules.barred(person, use, majority=18, today=TODAY) == marketing
    assert rules.barred(person, Use.SERVICE, majority=18, today=TODAY) == service


@pytest.mark.parametrize(
    ("ended", "former"),
    [
        (None, False),
        (date(2025, 11, 22), False),
        (date(2025, 11, 21), True),
        (date(2026, 6, 30), False),
    ],
)
def test_DP_M6_a_tenant_is_a_former_one_after_so_many_months(
    ended: date | None, former: bool
) -> None:
    assert rules.is_former(ended, 12, today=TODAY) is former
