"""Rows of rules: which one holds, what the database keeps, what a missing one says."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from tests.vuokra.rules.conftest import LAW
from vuokra.access.context import AccessContext
from vuokra.access.models import ChangeEntry
from vuokra.access.stated import raw_sql
from vuokra.policy.text import Bilingual
from vuokra.rules import queries, services
from vuokra.rules.errors import RuleMissing
from vuokra.rules.models import Holiday, RuleVersion
from vuokra.rules.registry import Kind, Seed, Spec, register

pytestmark = pytest.mark.usefixtures("samples")

KEY = "sample.answer_months"
TODAY = dt.date(2026, 11, 22)


def add(key: str = KEY, value: object = 2, day: dt.date = TODAY, **more: object) -> RuleVersion:
    fields = {"source": "Hallituksen päätös"} | more
    return services.add_version(key, value, day, **fields)  # type: ignore[arg-type]


# -- which row holds ---------------------------------------------------------------------------


def test_the_row_of_the_day_holds(ctx: AccessContext) -> None:
    add(value=3, day=dt.date(2027, 1, 1))
    before, after = (queries.rule(KEY, day) for day in (dt.date(2026, 12, 31), dt.date(2027, 1, 1)))
    assert (before.integer, before.version, before.valid_from) == (1, 1, LAW)
    assert (after.integer, after.version, after.source) == (3, 2, "Hallituksen päätös")
    assert before.confirmed
    assert after.unit.fi == "kk"


def test_a_row_that_begins_between_two_holds_between_them(ctx: AccessContext) -> None:
    add(value=3, day=dt.date(2027, 1, 1))
    add(value=2, day=dt.date(2020, 1, 1))
    found = [queries.rule(KEY, dt.date(year, 6, 1)).integer for year in (2019, 2021, 2027)]
    assert found == [1, 2, 3]


def test_before_the_first_row_the_calculation_stops() -> None:
    with pytest.raises(RuleMissing) as missing:
        queries.rule(KEY, LAW - dt.timedelta(days=1))
    (text,) = missing.value.messages
    assert "vastausaika" in text
    assert KEY in text
    assert "24.5.2018" in text


def test_a_period_that_is_over_leaves_nothing() -> None:
    """A reference rate of one half-year is not that of the next."""
    assert queries.rule("sample.rate", dt.date(2026, 6, 30)).decimal == Decimal("2.5")
    with pytest.raises(RuleMissing):
        queries.rule("sample.rate", dt.date(2026, 7, 1))


def test_a_rule_without_rows_is_missing_and_an_unknown_one_is_a_fault() -> None:
    with pytest.raises(RuleMissing):
        queries.rule("sample.bare", TODAY)
    with pytest.raises(LookupError):
        queries.rule("sample.nothing", TODAY)


def test_the_message_speaks_english_too() -> None:
    with translation.override("en"), pytest.raises(RuleMissing) as missing:
        queries.rule("sample.bare", TODAY)
    with translation.override("en"):
        assert "bare" in missing.value.messages[0]


def test_wrong_accessor_is_refused() -> None:
    value = queries.rule(KEY, TODAY)
    with pytest.raises(TypeError):
        value.decimal  # noqa: B018


def test_several_rules_in_one_statement(ctx: AccessContext) -> None:
    queries.rule(KEY, TODAY)
    queries.forget()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = queries.rules([KEY, "sample.reminder_days"], TODAY)
        queries.rule(KEY, dt.date(2020, 1, 1))
        queries.rule("sample.reminder_days", TODAY)
    assert len(asked) == 1
    assert [value.integer for value in found.values()] == [1, 7]


def test_a_new_row_is_seen_in_the_same_context(ctx: AccessContext) -> None:
    assert queries.rule(KEY, TODAY).integer == 1
    add()
    assert queries.rule(KEY, TODAY).integer == 2


# -- what may be entered -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (KEY, 0), (KEY, 13), (KEY, True), (KEY, Decimal(1)), (KEY, "1"),
        ("sample.rate", 2), ("sample.rate", Decimal("NaN")),
        ("sample.bare", dt.datetime(2026, 1, 1, tzinfo=dt.UTC)), ("other.yes", 1),
        ("other.chosen", "c"),
    ],
)  # fmt: skip
def test_wrong_values_are_refused_at_the_field(ctx: AccessContext, key: str, value: object) -> None:
    with pytest.raises(ValidationError) as refused:
        add(key, value)
    assert list(refused.value.message_dict) == ["value"]


@pytest.mark.parametrize(
    ("key", "value"),
    [("sample.bare", TODAY), ("other.yes", False), ("other.chosen", "b"),
     ("sample.rate", Decimal("-0.125"))],
)  # fmt: skip
def test_values_of_every_kind_come_back(ctx: AccessContext, key: str, value: object) -> None:
    add(key, value, dt.date(2026, 7, 1))
    assert queries.rule(key, TODAY).value == value


def test_two_rows_never_begin_on_the_same_day(ctx: AccessContext) -> None:
    with pytest.raises(ValidationError, match="samasta päivästä"):
        add(day=LAW)


def test_a_row_does_not_begin_inside_a_stated_period(ctx: AccessContext) -> None:
    with pytest.raises(ValidationError, match="samaan aikaan"):
        add("sample.rate", Decimal(3), dt.date(2026, 6, 30))
    add("sample.rate", Decimal(3), dt.date(2026, 7, 1))


def test_a_period_ends_after_it_begins(ctx: AccessContext) -> None:
    with pytest.raises(ValidationError, match="ennen alkamispäivää"):
        add(valid_until=TODAY - dt.timedelta(days=1))


def test_a_row_has_a_source(ctx: AccessContext) -> None:
    with pytest.raises(ValidationError) as refused:
        add(source="")
    assert list(refused.value.message_dict) == ["source"]


def test_every_addition_is_in_the_change_log(ctx: AccessContext) -> None:
    add()
    entry = ChangeEntry.objects.latest("id")
    assert entry.object_repr == f"{KEY} 2026-11-22"
    assert ctx.notes["rule"] == [f"{KEY} v2"]


# -- what the database keeps -------------------------------------------------------------------


def test_version_numbers_count_up(ctx: AccessContext) -> None:
    rows = [add(day=TODAY + dt.timedelta(days=n)) for n in range(3)]
    services.withdraw(rows[-1])
    rows.append(add(day=TODAY + dt.timedelta(days=9)))
    assert [row.version for row in rows] == [2, 3, 4, 5]


@pytest.mark.parametrize(
    "change",
    [{"value": "4"}, {"valid_from": TODAY}, {"source": "x"}, {"key": "sample.bare"}, {"version": 9},
     {"note": "x"}, {"seeded": False}],
    ids=str,
)  # fmt: skip
def test_a_row_is_not_edited(change: dict[str, object]) -> None:
    with pytest.raises(IntegrityError, match="is_not_edited"), transaction.atomic():
        RuleVersion.objects.filter(key=KEY).update(**change)


def test_rows_are_not_deleted() -> None:
    for table in ("vuokra_rules_version", "vuokra_rules_holiday"):
        with (
            pytest.raises(DatabaseError, match="rows_are_kept"),
            transaction.atomic(),
            raw_sql("test of a trigger"),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"DELETE FROM {table}")


def test_use_is_noted_once_and_binds(ctx: AccessContext) -> None:
    value = queries.rule(KEY, TODAY)
    with CaptureQueriesContext(connection) as asked:
        services.note_use(value)
        services.note_use(value, value)
    assert len(asked) == 1
    queries.forget()
    used = queries.rule(KEY, TODAY)
    assert used.used
    with CaptureQueriesContext(connection) as asked:
        services.note_use(used)
    assert not asked.captured_queries
    row = RuleVersion.objects.get(key=KEY)
    with pytest.raises(ValidationError, match="käytetty"):
        services.withdraw(row)
    for change in ({"used_at": None}, {"withdrawn_at": timezone.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            RuleVersion.objects.filter(key=KEY).update(**change)


def test_a_withdrawn_row_holds_no_more_and_frees_its_day(ctx: AccessContext) -> None:
    row = services.withdraw(add())
    assert queries.rule(KEY, TODAY).version == 1
    assert add(value=5).version == 3
    with pytest.raises(ValidationError):
        services.withdraw(row)
    with pytest.raises(IntegrityError), transaction.atomic():
        RuleVersion.objects.filter(pk=row.pk).update(used_at=timezone.now())


# -- confirmation ------------------------------------------------------------------------------


def test_the_company_confirms_what_was_not_checked(ctx: AccessContext) -> None:
    value = queries.rule("sample.reminder_days", TODAY)
    assert not value.confirmed
    row = RuleVersion.objects.get(key="sample.reminder_days")
    services.confirm(row)
    assert queries.rule("sample.reminder_days", TODAY).confirmed
    assert ctx.notes["rule_confirmed"] == ["sample.reminder_days v1"]
    with pytest.raises(ValidationError):
        services.confirm(row)
    with pytest.raises(ValidationError):
        services.confirm(RuleVersion.objects.get(key=KEY))


def test_a_used_row_can_still_be_confirmed(ctx: AccessContext) -> None:
    services.note_use(queries.rule("sample.reminder_days", TODAY))
    assert services.confirm(RuleVersion.objects.get(key="sample.reminder_days")).confirmed_at


# -- seeds -------------------------------------------------------------------------------------


def test_seeding_again_adds_nothing() -> None:
    rows = list(RuleVersion.objects.values_list("pk", "version", "value"))
    assert services.seed_rules() == 0
    assert list(RuleVersion.objects.values_list("pk", "version", "value")) == rows


def _release(monkeypatch: pytest.MonkeyPatch, key: str, seed: Seed) -> int:
    """The next release of the product brings one seed more."""
    from vuokra.rules import registry

    old = registry.spec(key)
    newer = Spec(key=key, title=old.title, kind=old.kind, seeds=[*old.seeds, seed])
    monkeypatch.setitem(registry._specs, key, newer)
    return services.seed_rules()


def test_a_company_s_own_value_is_never_overwritten(
    ctx: AccessContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    add("sample.reminder_days", 14, dt.date(2027, 1, 1))
    later = Seed(dt.date(2028, 1, 1), 3, source="Yhtiön valinta", evidence="C")
    same_day = Seed(dt.date(2027, 1, 1), 3, source="Laki", evidence="V")
    assert _release(monkeypatch, "sample.reminder_days", later) == 0
    assert _release(monkeypatch, "sample.reminder_days", same_day) == 0
    assert queries.rule("sample.reminder_days", dt.date(2029, 1, 1)).integer == 14


def test_a_new_law_comes_with_a_release(
    ctx: AccessContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(value=2, day=dt.date(2027, 1, 1))
    assert (
        _release(monkeypatch, KEY, Seed(dt.date(2030, 1, 1), 3, source="Laki", evidence="V")) == 1
    )
    assert queries.rule(KEY, dt.date(2030, 1, 1)).integer == 3


def test_a_withdrawn_seed_stays_withdrawn(ctx: AccessContext) -> None:
    add("sample.reminder_days", 14, dt.date(2020, 1, 1))
    services.withdraw(RuleVersion.objects.get(key="sample.reminder_days", seeded=True))
    assert services.seed_rules() == 0


def test_the_only_value_in_force_is_not_withdrawn(ctx: AccessContext) -> None:
    with pytest.raises(ValidationError, match="voimassa olevaa arvoa"):
        services.withdraw(RuleVersion.objects.get(key=KEY))


def test_a_value_without_which_nobody_signs_in_has_no_last_day(ctx: AccessContext) -> None:
    with pytest.raises(ValidationError) as refused:
        add("accounts.lock_at", 50, valid_until=dt.date(2099, 1, 1))
    assert list(refused.value.message_dict) == ["valid_until"]


@pytest.mark.parametrize(
    "spec",
    [
        Spec(key="sample.answer_months", title=Bilingual("x", "x"), kind=Kind.INTEGER),
        Spec(key="nodot", title=Bilingual("x", "x"), kind=Kind.INTEGER),
        Spec(key="a.b", title=Bilingual("x", "x"), kind=Kind.INTEGER, seeds=[Seed(LAW, "1", "y")]),
        Spec(key="a.b", title=Bilingual("x", "x"), kind=Kind.INTEGER, seeds=[Seed(LAW, 1, "")]),
        Spec(
            key="a.b", title=Bilingual("x", "x"), kind=Kind.INTEGER,
            seeds=[Seed(LAW, 1, "y", evidence="Z")],
        ),
    ],
    ids=["taken", "key", "type", "source", "evidence"],
)  # fmt: skip
def test_faulty_registration_stops_the_start(spec: Spec) -> None:
    with pytest.raises(ValueError, match=spec.key):
        register(spec)


# -- holidays ----------------------------------------------------------------------------------


def test_holidays_are_seeded_for_twenty_years() -> None:
    days = Holiday.objects.order_by("day").values_list("day", flat=True)
    assert (days[0], days[len(days) - 1]) == (dt.date(2016, 1, 1), dt.date(2036, 12, 26))
    assert len(days) == 21 * 15
    assert services.seed_holidays() == 0


def test_working_day_rolls_over_christmas_but_not_its_eve() -> None:
    assert queries.working_day(dt.date(2026, 12, 24)) == dt.date(2026, 12, 24)
    assert queries.working_day(dt.date(2026, 12, 25)) == dt.date(2026, 12, 28)


@pytest.mark.parametrize(
    ("day", "days", "due"),
    [
        ("2026-11-18", 2, "2026-11-20"),
        ("2026-11-20", 2, "2026-11-24"),  # over a week-end
        ("2026-12-23", 6, "2027-01-04"),  # over Christmas and the New Year; the eves are worked
        ("2026-12-01", 300, "2028-02-04"),
        ("2036-12-20", 2, "2036-12-23"),  # the last year whose holidays are known
    ],
)
def test_working_day_after(day: str, days: int, due: str) -> None:
    after = queries.working_day_after(dt.date.fromisoformat(day), days)
    assert after == dt.date.fromisoformat(due)


def test_by_the_law_of_leases_the_eves_are_holidays_too(ctx: AccessContext) -> None:
    year = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
    eves = [dt.date(2026, 6, 19), dt.date(2026, 12, 24)]
    with CaptureQueriesContext(connection) as asked:
        usual, all_of_them = (queries.holidays_between(*year, eves=eves) for eves in (False, True))
    assert len(asked) == 1, "the two are of one reading"
    assert sorted(all_of_them.days - usual.days) == [
        *eves, dt.date(2027, 6, 25), dt.date(2027, 12, 24),
    ]  # fmt: skip
    assert usual.days < all_of_them.days
    assert dt.date(2026, 12, 24) not in usual


def test_the_company_may_let_the_eves_roll(ctx: AccessContext) -> None:
    eve = Holiday.objects.get(day=dt.date(2026, 12, 24))
    eve.rolls = True
    services.save_holiday(eve)
    assert queries.working_day(eve.day) == dt.date(2026, 12, 28)
    assert services.seed_holidays() == 0
    assert Holiday.objects.get(pk=eve.pk).rolls


def test_holidays_are_read_once(ctx: AccessContext) -> None:
    with CaptureQueriesContext(connection) as asked:
        for day in (1, 5, 9):
            queries.working_day(dt.date(2027, 1, day))
    assert len(asked) == 1


@pytest.mark.parametrize("day", [dt.date(2015, 12, 31), dt.date(2037, 1, 1)])
def test_an_unknown_year_is_refused(day: dt.date) -> None:
    with pytest.raises(RuleMissing, match=str(day.year)):
        queries.working_day(day)


def test_rolling_over_the_last_known_year_is_refused() -> None:
    holidays = queries.holidays_between(dt.date(2036, 12, 1), dt.date(2036, 12, 31))
    assert dt.date(2036, 12, 25) in holidays
    with pytest.raises(RuleMissing):
        dt.date(2037, 1, 1) in holidays  # noqa: B015


def test_a_range_over_an_unknown_year_is_refused() -> None:
    with pytest.raises(RuleMissing):
        queries.holidays_between(dt.date(2036, 12, 1), dt.date(2037, 1, 1))


def test_a_day_of_a_new_year_brings_the_year_along(ctx: AccessContext) -> None:
    extra = Holiday(day=dt.date(2037, 1, 6), name_fi="loppiainen", name_en="Epiphany")
    services.save_holiday(extra)
    assert Holiday.objects.filter(day__year=2037).count() == 15
    assert queries.working_day(dt.date(2037, 1, 1)) == dt.date(2037, 1, 2)


# -- what a process keeps of the table ---------------------------------------------------------


def _statements() -> int:
    """How many statements a new context needs for a rule."""
    queries.forget()
    with CaptureQueriesContext(connection) as asked:
        queries.rule(KEY, TODAY)
    return len(asked)


def test_rows_are_read_anew_whenever_something_changed(ctx: AccessContext) -> None:
    reminder = queries.rule("sample.reminder_days", TODAY)
    assert _statements() == 1
    row = add(day=dt.date(2099, 1, 1))
    assert _statements() == 2
    assert _statements() == 1
    for change in (
        lambda: services.withdraw(row),
        lambda: services.note_use(reminder),
        lambda: services.confirm(RuleVersion.objects.get(key="sample.reminder_days")),
    ):
        change()
        assert _statements() == 2
        assert _statements() == 1


def test_a_row_that_was_rolled_back_is_not_remembered(ctx: AccessContext) -> None:
    with transaction.atomic():
        add(value=5)
        assert queries.rule(KEY, TODAY).integer == 5
        transaction.set_rollback(True)
    queries.forget()
    assert queries.rule(KEY, TODAY).integer == 1
    add(value=6)
    assert queries.rule(KEY, TODAY).integer == 6
