"""Giving notice: form and service, the period by two laws, moving out, the challenge."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from leases.contracts.rule_rows import (
    CHALLENGE_MONTHS,
    LONG_AFTER,
    LONG_MONTHS,
    REGIME,
    SHORT_MONTHS,
    TENANT_MONTHS,
)
from leases.contracts.rules import notice
from leases.contracts.rules.notice import Defect, Document, MoveOut, Paper, Standing
from leases.contracts.rules.numbers import Numbers
from tests.leases.contracts.rows import HOLIDAYS, SEEDS, SeedRows, cited, day, lease
from vuokra.rules.errors import RuleMissing

TODAY = day("2026-11-22")


# -- the tenant's notice -----------------------------------------------------------------------


def test_TEN_K01_the_tenants_notice_and_the_move_over_new_year() -> None:
    found = notice.tenant_notice(lease("2020-03-01"), served_on=day("2026-11-22"))
    assert found.applied.ends_on == day("2026-12-31")
    assert found.not_applied is None
    assert cited(found.applied.why) == [(TENANT_MONTHS, 1)]
    assert notice.move_out(found.applied.ends_on, HOLIDAYS) == MoveOut(
        day=day("2027-01-04"), whole_flat=day("2027-01-05")
    )


def test_TEN_K02_a_notice_of_the_last_day_of_a_month_is_counted_from_it() -> None:
    found = notice.tenant_notice(lease("2020-03-01"), served_on=day("2026-11-30"))
    assert found.applied.ends_on == day("2026-12-31")


def test_TEN_K03_a_notice_of_the_next_day_ends_a_month_later() -> None:
    found = notice.tenant_notice(lease("2020-03-01"), served_on=day("2026-12-01"))
    assert found.applied.ends_on == day("2027-01-31")


def test_the_period_begins_no_earlier_than_the_agreed_first_notice_day() -> None:
    found = notice.tenant_notice(
        lease("2026-10-15"), served_on=TODAY, first_notice_on=day("2027-04-30")
    )
    assert (found.counted_from, found.applied.ends_on) == (day("2027-04-30"), day("2027-05-31"))
    late = notice.tenant_notice(
        lease("2026-10-15"), served_on=day("2027-06-01"), first_notice_on=day("2027-04-30")
    )
    assert (late.counted_from, late.applied.ends_on) == (day("2027-06-01"), day("2027-07-31"))


@pytest.mark.parametrize(
    ("agreed", "ends_on", "void"), [(0, "2026-11-30", False), (1, "2026-12-31", False),
                                    (2, "2026-12-31", True), (None, "2026-12-31", False)],
)  # fmt: skip
def test_the_tenants_period_may_be_agreed_shorter_and_never_longer(
    agreed: int | None, ends_on: str, void: bool
) -> None:
    found = notice.tenant_notice(lease("2020-03-01"), served_on=TODAY, agreed_months=agreed)
    assert (found.applied.ends_on, found.applied.void) == (day(ends_on), void)


# -- the landlord's notice by the law of the lease ---------------------------------------------


def test_TEN_K04_a_tenancy_of_less_than_a_year() -> None:
    """The day on which it began counts, not that on which it was concluded."""
    found = notice.landlord_notice(
        lease("2025-11-10"), began_on=day("2025-12-01"), served_on=day("2026-11-22")
    )
    assert (found.applied.ends_on, found.applied.months) == (day("2027-02-28"), 3)
    assert found.not_applied is None, "both laws say the same"


def test_TEN_K06_a_lease_of_before_the_reform_follows_its_own_law_and_shows_the_other() -> None:
    found = notice.landlord_notice(
        lease("2020-03-01"), began_on=day("2020-03-01"), served_on=day("2026-11-22")
    )
    assert (found.applied.ends_on, found.applied.months) == (day("2027-05-31"), 6)
    assert found.not_applied is not None
    assert (found.not_applied.ends_on, found.not_applied.months) == (day("2027-03-31"), 4)
    assert cited(found.applied.why) == [(LONG_MONTHS, 1), (LONG_AFTER, 1), (REGIME, 1)]
    assert cited(found.not_applied.why) == [(LONG_MONTHS, 2), (LONG_AFTER, 2), (REGIME, 1)]
    assert found.applied.why[0].of_lease
    assert not found.not_applied.why[0].confirmed, "act 531/2026 was read in secondary sources"


def test_TEN_K07_a_lease_of_after_the_reform_follows_the_new_law_alone() -> None:
    def served(on: str) -> notice.Notice:
        return notice.landlord_notice(
            lease("2026-10-15"), began_on=day("2026-11-01"), served_on=day(on)
        )

    found = served("2028-10-05")
    assert (found.applied.ends_on, found.applied.months) == (day("2029-01-31"), 3)
    assert cited(found.applied.why) == [(SHORT_MONTHS, 1), (LONG_AFTER, 2)]
    assert served("2028-10-31").applied.months == 3
    assert served("2028-11-01").applied.ends_on == day("2029-03-31"), "two years are complete"
    assert served("2028-11-01").not_applied is None


@pytest.mark.parametrize(
    ("concluded", "months"), [("2026-09-30", 6), ("2026-10-01", 3), ("1989-06-01", 6)]
)
def test_the_day_on_which_the_lease_was_concluded_chooses_the_law(
    concluded: str, months: int
) -> None:
    found = notice.landlord_notice(
        lease(concluded), began_on=day("2026-10-01"), served_on=day("2027-10-01")
    )
    assert found.applied.months == months


def test_between_one_year_and_two_the_laws_differ_by_three_months() -> None:
    found = notice.landlord_notice(
        lease("2025-06-01"), began_on=day("2025-06-01"), served_on=day("2026-11-22")
    )
    assert found.not_applied is not None
    assert (found.applied.months, found.not_applied.months) == (6, 3)


def test_before_the_reform_there_was_one_law() -> None:
    found = notice.landlord_notice(
        lease("2020-03-01"), began_on=day("2020-03-01"), served_on=day("2026-09-30")
    )
    assert (found.applied.ends_on, found.not_applied) == (day("2027-03-31"), None)


@pytest.mark.parametrize(("agreed", "months", "void"), [(8, 8, False), (6, 6, False), (3, 6, True)])
def test_the_landlords_period_may_be_agreed_longer_and_never_shorter(
    agreed: int, months: int, void: bool
) -> None:
    found = notice.landlord_notice(
        lease("2020-03-01"), began_on=day("2020-03-01"), served_on=TODAY, agreed_months=agreed
    )
    assert (found.applied.months, found.applied.void) == (months, void)


def test_the_landlord_waits_for_the_first_notice_day_but_the_tenancy_lasts_to_service() -> None:
    found = notice.landlord_notice(
        lease("2026-10-15"), began_on=day("2026-11-01"), served_on=day("2028-10-05"),
        first_notice_on=day("2028-12-01"),
    )  # fmt: skip
    assert (found.applied.ends_on, found.applied.months) == (day("2029-03-31"), 3)


@pytest.mark.parametrize("key", [SHORT_MONTHS, LONG_AFTER, REGIME])
def test_without_a_row_no_notice_is_counted(key: str) -> None:
    numbers = Numbers(SeedRows(without={key}), day("2026-10-15"))
    with pytest.raises(RuleMissing, match=key):
        notice.landlord_notice(numbers, began_on=day("2026-11-01"), served_on=TODAY)


def test_without_the_day_of_the_lease_its_law_is_not_guessed() -> None:
    with pytest.raises(ValueError, match=TENANT_MONTHS):
        notice.tenant_notice(Numbers(SEEDS), served_on=TODAY)


# -- what holds of every notice ----------------------------------------------------------------

SERVED = st.dates(date(2020, 1, 1), date(2035, 12, 31))
CONCLUDED = st.dates(date(1990, 1, 1), date(2030, 12, 31))


def month_end(on: date, months: int) -> date:
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    return date(year, month + 1, monthrange(year, month + 1)[1])


@given(CONCLUDED, SERVED, st.none() | SERVED)
def test_a_notice_ends_with_a_month_and_gives_at_least_the_months_of_the_law(
    concluded: date, served: date, first: date | None
) -> None:
    numbers = Numbers(SEEDS, concluded)
    landlords = notice.landlord_notice(
        numbers, began_on=concluded, served_on=served, first_notice_on=first
    )
    tenants = notice.tenant_notice(numbers, served_on=served, first_notice_on=first)
    for found, least in ((landlords, 3), (tenants, 1)):
        assert found.applied.ends_on >= month_end(served, least)
        assert found.applied.ends_on == month_end(found.counted_from, found.applied.months)
        assert found.counted_from >= served
    if landlords.not_applied:
        assert landlords.applied.ends_on > landlords.not_applied.ends_on


@given(CONCLUDED, SERVED, SERVED)
def test_a_later_notice_never_ends_earlier(concluded: date, one: date, other: date) -> None:
    numbers = Numbers(SEEDS, concluded)
    ends = [
        notice.landlord_notice(numbers, began_on=concluded, served_on=served).applied.ends_on
        for served in sorted((one, other))
    ]
    assert ends == sorted(ends)


@given(SERVED)
def test_one_moves_out_after_the_end_on_working_days(ends_on: date) -> None:
    found = notice.move_out(ends_on, HOLIDAYS)
    assert ends_on < found.day < found.whole_flat
    for one in (found.day, found.whole_flat):
        assert one.weekday() < 5 and one not in HOLIDAYS


# -- moving out and the challenge --------------------------------------------------------------


@pytest.mark.parametrize(
    ("ends_on", "out", "whole"),
    [
        ("2026-06-30", "2026-07-01", "2026-07-02"),
        ("2027-04-30", "2027-05-03", "2027-05-04"),  # 1 May a Saturday
        ("2027-01-04", "2027-01-05", "2027-01-07"),  # the day after is Epiphany
        ("2026-12-23", "2026-12-28", "2026-12-29"),  # Christmas Eve
    ],
)
def test_each_of_the_two_days_of_moving_out_moves_by_itself(
    ends_on: str, out: str, whole: str
) -> None:
    assert notice.move_out(day(ends_on), HOLIDAYS) == MoveOut(day(out), day(whole))


def test_the_tenant_may_challenge_three_months_from_service_while_the_tenancy_lasts() -> None:
    found = notice.challenge_until(
        lease("2020-03-01"), served_on=TODAY, ends_on=day("2027-05-31"), holidays=HOLIDAYS
    )
    assert found.counted == found.moved == day("2027-02-22")
    assert cited(found.why) == [(CHALLENGE_MONTHS, 1)]
    capped = notice.challenge_until(
        lease("2020-03-01"), served_on=day("2026-11-30"), ends_on=day("2027-02-28"),
        holidays=HOLIDAYS,
    )  # fmt: skip
    assert capped.counted == capped.moved == day("2027-02-28"), "a Sunday, and the last day"
    assert capped.task_on == day("2027-02-26")


# -- form --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("paper", "missing"),
    [
        (Paper(document=Document.LANDLORD_NOTICE), [Defect.NO_GROUND, Defect.NO_END]),
        (
            Paper(document=Document.LANDLORD_NOTICE, ground=" ", ends_on=day("2027-05-31")),
            [Defect.NO_GROUND],
        ),
        (Paper(document=Document.LANDLORD_NOTICE, ground="Oma käyttö"), [Defect.NO_END]),
        (
            Paper(
                document=Document.LANDLORD_NOTICE, written=False, ground="Oma käyttö",
                ends_on=day("2027-05-31"),
            ),
            [Defect.UNWRITTEN],
        ),
        (Paper(document=Document.TENANT_NOTICE, ground_required=True), [Defect.NO_GROUND]),
        (Paper(document=Document.TENANT_NOTICE, written=False), [Defect.UNWRITTEN]),
        (Paper(document=Document.WARNING, written=False), [Defect.UNWRITTEN]),
        (Paper(document=Document.RESCISSION), [Defect.NO_GROUND]),
    ],
)  # fmt: skip
def test_TEN_K09_a_document_with_a_defect_is_ineffective_and_cannot_be_served(
    paper: Paper, missing: list[Defect]
) -> None:
    assert list(notice.defects(paper)) == missing
    assert notice.standing(paper, served_on=TODAY) == Standing.INEFFECTIVE
    assert str(Standing.INEFFECTIVE.label) == "Tehoton"
    with pytest.raises(ValidationError) as refused:
        notice.check_service(paper, sent_on=None, served_on=TODAY, today=TODAY)
    assert refused.value.code == "ineffective"
    for defect in missing:
        assert str(defect.label) in refused.value.messages[0]


@pytest.mark.parametrize(
    "paper",
    [
        Paper(document=Document.LANDLORD_NOTICE, ground="Oma käyttö", ends_on=day("2027-05-31")),
        Paper(document=Document.TENANT_NOTICE),
        Paper(document=Document.WARNING),
        Paper(document=Document.RESCISSION, ground="Maksamaton vuokra"),
    ],
    ids=lambda paper: paper.document,
)
def test_a_document_of_the_right_form_takes_effect_with_its_service(paper: Paper) -> None:
    assert notice.standing(paper, served_on=None) == Standing.UNSERVED
    assert notice.standing(paper, served_on=TODAY) == Standing.SERVED
    notice.check_service(paper, sent_on=TODAY, served_on=TODAY, today=TODAY)


@pytest.mark.parametrize(
    ("sent", "served", "code"),
    [("2026-11-20", "2026-11-23", "future"), ("2026-11-20", "2026-11-19", "before_sending")],
)
def test_a_service_is_neither_in_the_future_nor_before_the_sending(
    sent: str, served: str, code: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        notice.check_service(
            Paper(document=Document.WARNING), sent_on=day(sent), served_on=day(served), today=TODAY
        )
    assert [error.code for error in refused.value.error_dict["served_on"]] == [code]
