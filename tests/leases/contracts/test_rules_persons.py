"""Who is liable, death of a tenant, handing the flat over, repairs."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leases.contracts.rule_rows import (
    CONTINUATION_MONTHS,
    OBJECTION_MONTHS,
    REPAIR_DAYS,
    REPAIR_LEAVE,
    REPAIR_MONTHS,
    SUBLET_NOTICE,
    SUBLET_OBJECTION,
    SUBLET_YEARS,
)
from leases.contracts.rules import persons
from leases.contracts.rules.numbers import Numbers
from leases.contracts.rules.persons import Fault, Party, Relation, Role
from tests.leases.contracts.rows import HOLIDAYS, SEEDS, SeedRows, cited, day, lease
from vuokra.rules.errors import RuleMissing


def party(person: str, role: Role, since: str, until: str | None = None) -> Party:
    return Party(person, role, day(since), day(until) if until else None)


TENANT = party("Aino", Role.TENANT, "2020-03-01")
SPOUSE = party("Eero", Role.SPOUSE, "2024-06-15", "2026-09-30")
EVERYBODY = [
    TENANT,
    SPOUSE,
    party("Ilmari", Role.CO_TENANT, "2026-01-01"),
    party("Helmi", Role.GUARANTOR, "2020-03-01"),
    party("Oiva", Role.OCCUPANT, "2020-03-01"),
    party("Vieno", Role.TRUSTEE, "2020-03-01"),
]


def test_TEN_K41_a_spouse_who_is_no_tenant_is_liable_while_living_in_the_flat() -> None:
    found = persons.liable([TENANT, SPOUSE], day("2024-01-01"), day("2026-12-31"))
    assert found.joint == (
        party("Aino", Role.TENANT, "2024-01-01", "2026-12-31"),
        party("Eero", Role.SPOUSE, "2024-06-15", "2026-09-30"),
    )
    assert found.guarantors == ()


@pytest.mark.parametrize(
    ("on", "names"),
    [
        ("2024-06-14", ["Aino"]),
        ("2024-06-15", ["Aino", "Eero"]),
        ("2026-09-30", ["Aino", "Eero", "Ilmari"]),
        ("2026-10-01", ["Aino", "Ilmari"]),
        ("2020-02-29", []),
    ],
)
def test_TEN_K41_who_is_liable_on_a_day(on: str, names: list[str]) -> None:
    found = persons.liable(EVERYBODY, day(on), day(on))
    assert [one.person for one in found.joint] == names
    assert [one.person for one in found.guarantors] == (["Helmi"] if names else [])


def test_a_spouse_stays_liable_though_the_tenant_ceased_to_be_one() -> None:
    gone = party("Aino", Role.TENANT, "2020-03-01", "2025-12-31")
    found = persons.liable([gone, SPOUSE], day("2026-01-01"), day("2026-01-31"))
    assert [one.person for one in found.joint] == ["Eero"]


DAYS = st.dates(date(2019, 1, 1), date(2028, 12, 31))


@given(DAYS, DAYS, DAYS)
def test_a_time_is_the_sum_of_its_days(one: date, other: date, asked: date) -> None:
    first, last = sorted((one, other))
    whole = persons.liable(EVERYBODY, first, last)
    if first <= asked <= last:
        alone = persons.liable(EVERYBODY, asked, asked)
        covered = [p.person for p in whole.joint if p.within(asked, asked)]
        assert [p.person for p in alone.joint] == covered
    assert all(first <= p.since <= (p.until or last) <= last for p in whole.joint)


def test_a_time_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        persons.liable(EVERYBODY, day("2026-02-01"), day("2026-01-31"))


# -- death -------------------------------------------------------------------------------------


def test_TEN_K32_a_resident_spouse_continues_the_lease_by_notice_in_three_months() -> None:
    numbers = lease("2020-03-01")
    assert persons.may_continue(Relation.SPOUSE, resident=True)
    until = persons.continuation_until(numbers, day("2026-09-10"), HOLIDAYS)
    assert until.counted == until.moved == day("2026-12-10")
    assert until.in_time(day("2026-12-10")) and not until.in_time(day("2026-12-11"))
    assert cited(until.why) == [(CONTINUATION_MONTHS, 1)]
    objection = persons.objection_until(numbers, day("2026-10-24"), HOLIDAYS)
    assert (objection.counted, objection.task_on) == (day("2026-11-24"), day("2026-11-24"))
    assert cited(objection.why) == [(OBJECTION_MONTHS, 1)]


def test_the_notice_of_continuing_moves_as_every_act() -> None:
    until = persons.continuation_until(lease("2020-03-01"), day("2026-09-24"), HOLIDAYS)
    assert (until.counted, until.moved) == (day("2026-12-24"), day("2026-12-28"))


@pytest.mark.parametrize("relation", list(Relation))
def test_who_may_continue_a_lease(relation: Relation) -> None:
    assert persons.may_continue(relation, resident=True) is (relation != Relation.OTHER)
    assert persons.may_continue(relation, resident=False) is (relation == Relation.CO_TENANT)


@pytest.mark.parametrize(
    ("on", "continued", "liable"),
    [
        ("2026-09-09", None, False),
        ("2026-09-10", None, True),
        ("2027-09-10", None, True),
        ("2026-10-24", "2026-10-24", True),
        ("2026-10-25", "2026-10-24", False),
    ],
)
def test_the_estate_is_liable_until_the_lease_is_continued(
    on: str, continued: str | None, liable: bool
) -> None:
    found = persons.estate_is_liable(
        day(on), died_on=day("2026-09-10"), continued_on=day(continued) if continued else None
    )
    assert found is liable


# -- handing the flat over ---------------------------------------------------------------------


def handover(starts_on: str, ends_on: str | None, reason: str = "opinnot") -> persons.Handover:
    return persons.handover(
        lease("2020-03-01"), told_on=day("2026-11-22"), starts_on=day(starts_on),
        ends_on=day(ends_on) if ends_on else None, reason=reason, holidays=HOLIDAYS,
    )  # fmt: skip


def test_a_flat_is_handed_over_for_two_years_with_a_months_notice() -> None:
    found = handover("2026-12-22", "2028-12-21")
    assert found.allowed
    assert (found.earliest, found.longest) == (day("2026-12-22"), day("2028-12-21"))
    assert (found.object_until.counted, found.object_until.moved) == (
        day("2026-12-06"), day("2026-12-07"),
    )  # fmt: skip
    assert found.object_until.task_on == day("2026-12-04")
    assert cited(found.why) == [(SUBLET_NOTICE, 1), (SUBLET_YEARS, 1)]
    assert cited(found.object_until.why) == [(SUBLET_OBJECTION, 1)]


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "reason", "faults"),
    [
        ("2026-12-21", "2028-12-20", "opinnot", [Fault.LATE]),
        ("2026-12-22", "2028-12-22", "opinnot", [Fault.TOO_LONG]),
        ("2026-12-22", None, " ", [Fault.NO_REASON, Fault.NO_END]),
    ],
)
def test_what_is_wrong_with_a_notice_of_handing_over(
    starts_on: str, ends_on: str | None, reason: str, faults: list[Fault]
) -> None:
    found = handover(starts_on, ends_on, reason)
    assert list(found.faults) == faults
    assert not found.allowed


# -- repairs -----------------------------------------------------------------------------------


def test_TEN_K40_minor_work_begins_on_the_first_working_day_after_two_weeks() -> None:
    found = persons.repair(Numbers(SEEDS), day("2026-11-22"), harmful=False, holidays=HOLIDAYS)
    assert found.elapses_on == day("2026-12-06"), "Independence Day and a Sunday: it does not move"
    assert found.earliest == day("2026-12-07")
    assert found.leave_until.moved == day("2026-12-07"), "an act of the tenant does"
    assert cited(found.why) == [(REPAIR_DAYS, 1)]
    assert cited(found.leave_until.why) == [(REPAIR_LEAVE, 1)]


def test_work_that_hinders_living_is_announced_half_a_year_before() -> None:
    found = persons.repair(Numbers(SEEDS), day("2026-11-30"), harmful=True, holidays=HOLIDAYS)
    assert (found.elapses_on, found.earliest) == (day("2027-05-30"), day("2027-05-31"))
    assert cited(found.why) == [(REPAIR_MONTHS, 1)]


@given(DAYS, st.booleans())
def test_work_never_begins_before_the_time_is_over(announced: date, harmful: bool) -> None:
    found = persons.repair(Numbers(SEEDS), announced, harmful=harmful, holidays=HOLIDAYS)
    assert announced < found.elapses_on < found.earliest
    assert found.earliest.weekday() < 5 and found.earliest not in HOLIDAYS


def test_without_its_row_no_repair_is_planned() -> None:
    numbers = Numbers(SeedRows(without={REPAIR_DAYS}))
    with pytest.raises(RuleMissing, match=REPAIR_DAYS):
        persons.repair(numbers, day("2026-11-22"), harmful=False, holidays=HOLIDAYS)
