"""The rows of the room in the database: by which day they are chosen, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from leases.contracts import rule_rows
from leases.contracts.rules import calendar, notice
from leases.contracts.rules.numbers import Numbers
from tests.leases.contracts.rows import SEEDS, day
from tests.vuokra.accounts.conftest import acting_as
from vuokra.access.context import AccessContext
from vuokra.rules import queries, services
from vuokra.rules.errors import RuleMissing
from vuokra.rules.models import RuleVersion
from vuokra.rules.registry import KeyedBy, rooms, spec

OF_LEASE = {
    rule_rows.SHORT_MONTHS, rule_rows.LONG_MONTHS, rule_rows.LONG_AFTER, rule_rows.TENANT_MONTHS,
    rule_rows.REGIME, rule_rows.SHORT_TERM_MONTHS, rule_rows.OPEN_ENDED_FROM,
    rule_rows.DEPOSIT_MAX, rule_rows.DEPOSIT_DEFAULT,
}  # fmt: skip
KEYS = [one.key for one in rule_rows.NUMBERS] + [one.key for one in rule_rows.OTHERS]


@pytest.fixture
def ctx(db: None) -> Iterator[AccessContext]:
    """A context of the system with the rows of the product."""
    services.seed_rules()
    with acting_as(None) as context:
        yield context


def test_the_day_of_the_lease_chooses_where_the_law_says_so() -> None:
    assert {key for key in KEYS if spec(key).keyed_by is KeyedBy.LEASE} == OF_LEASE


def test_what_was_not_read_in_the_law_waits_for_a_word() -> None:
    reformed = [
        seed for key in KEYS for seed in spec(key).seeds if seed.valid_from >= rule_rows.REFORM
    ]
    assert len(reformed) == 5
    assert {seed.evidence for seed in reformed} == {"K"}


def test_the_groups_of_rules_have_their_names() -> None:
    named = dict(rooms())
    assert {named[key.partition(".")[0]] for key in KEYS} == {
        title.fi for title in rule_rows.ROOMS.values()
    }


def test_the_register_and_the_seeds_answer_alike(ctx: AccessContext) -> None:
    for on in map(day, ("1995-05-01", "2026-09-30", "2026-10-01", "2030-01-01")):
        for key, read in queries.rules(KEYS, on).items():
            assert read == SEEDS(key, on), (key, on)


def test_a_notice_is_counted_from_the_rows_of_the_register(ctx: AccessContext) -> None:
    found = notice.landlord_notice(
        Numbers(queries.rule, day("2020-03-01")),
        began_on=day("2020-03-01"),
        served_on=day("2026-11-22"),
    )
    assert (found.applied.ends_on, found.applied.months) == (day("2027-05-31"), 6)
    assert found.not_applied is not None
    assert found.not_applied.ends_on == day("2027-03-31")
    services.note_use(*found.applied.why)
    used = RuleVersion.objects.exclude(used_at=None).values_list("key", "version")
    assert sorted(used) == [
        (rule_rows.LONG_MONTHS, 1), (rule_rows.LONG_AFTER, 1), (rule_rows.REGIME, 1),
    ]  # fmt: skip


def test_the_row_of_before_the_reform_ends_with_it_and_is_not_held_on(ctx: AccessContext) -> None:
    reformed = RuleVersion.objects.get(key=rule_rows.LONG_MONTHS, valid_from=rule_rows.REFORM)
    with pytest.raises(ValidationError):
        services.withdraw(reformed)
    RuleVersion.objects.filter(pk=reformed.pk).update(withdrawn_at=timezone.now())
    queries.forget()
    numbers = Numbers(queries.rule, day("2026-10-01"))
    with pytest.raises(RuleMissing, match=rule_rows.LONG_MONTHS):
        notice.landlord_notice(numbers, began_on=day("2026-10-01"), served_on=day("2029-01-01"))
    assert queries.rule(rule_rows.LONG_MONTHS, day("2026-09-30")).integer == 6


def test_a_lawyers_word_on_older_leases_can_be_entered_though_the_row_was_used(
    ctx: AccessContext,
) -> None:
    services.note_use(queries.rule(rule_rows.REGIME, day("2020-03-01")))
    services.add_version(
        rule_rows.REGIME, rule_rows.BY_CONCLUSION, day("1950-01-01"), source="Lausunto 1.12.2026"
    )
    found = notice.landlord_notice(
        Numbers(queries.rule, day("2020-03-01")),
        began_on=day("2020-03-01"),
        served_on=day("2026-11-22"),
    )
    assert (found.applied.months, found.not_applied) == (6, None)


def test_the_due_day_moves_by_the_holidays_of_the_register(ctx: AccessContext) -> None:
    holidays = queries.holidays_between(day("2026-12-01"), day("2027-01-31"), eves=True)
    numbers = Numbers(queries.rule, day("2020-03-01"))
    due = calendar.rent_due(numbers, day("2027-01-01"), holidays)
    assert (due.counted, due.moved) == (day("2027-01-02"), day("2027-01-04"))
    assert due.task_on == day("2026-12-31")
    assert calendar.moved(day("2026-12-24"), holidays) == day("2026-12-28")
