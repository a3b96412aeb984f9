"""Assessments are worked out from what applications tell, kept, and worked out anew in time."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from applications.intake.codes import IncomeKind, Residence, State
from applications.intake.models import Application, Asset, Debt, Income, Member, Need, Permit
from applications.intake.services import renew
from applications.intake.signals import arrived
from applications.selection.models import Assessment
from applications.selection.services import (
    assess_again,
    assess_due,
    assess_due_today,
    assess_of_person,
)
from applications.selection.services.assessing import due_condition
from registry.persons.models import FormerCodeReason, IdentityKind, Person
from registry.persons.services import Code, change_identity
from tests.applications.selection.conftest import (
    TODAY,
    asking,
    other,
    person,
    somebody,
    system_access,
)
from vuokra.rules import services as rules
from vuokra.rules.registry import Proposed, spec
from vuokra.rules.rules import add_years

pytestmark = pytest.mark.django_db
__all__ = ["other", "person"]


def of(application: int) -> Assessment:
    return Assessment.objects.get(application=application)


def test_what_an_application_comes_to(person: Person) -> None:
    with system_access():
        made = asking(
            person, wages="2000.50", saved="12000", situations=("B1", "C1"),
            children=(add_years(TODAY, -4),), municipality="Hillakoski",
            home={"rooms": 1, "area_m2": Decimal(38), "residents": 4},
        )  # fmt: skip
        Debt.objects.create(
            member=Member.objects.filter(application=made)[0], kind="study", euros=Decimal(2000)
        )
        assert assess_again([made.pk], TODAY) == 1
        found = of(made.pk)
    assert (found.persons, found.adults, found.children) == (2, 1, 1)
    assert (found.income_eur, found.limit_eur) == (Decimal("2000.50"), Decimal(4190))
    assert found.wealth_eur == Decimal(10000)
    assert (found.urgency, found.situations) == (1, ["A7"])
    assert (found.residence, found.age) == ("pass", "pass")
    assert ["income_limit.first_adult", 1] in found.rule_versions


def test_permits_and_expected_children_are_opened_and_only_their_result_is_kept(
    person: Person,
) -> None:
    with system_access():
        made = asking(person, residence="")
        member = Member.objects.get(application=made)
        Permit.objects.create(
            member=member, kind=Residence.PERMIT, granted_from="2026-05-01",
            granted_to="2026-12-31",
        )  # fmt: skip
        need = Need.objects.get(application=made)
        need.expected_on, need.expected_proof = "2027-02-01", "seen"
        need.save()
    with system_access() as context:
        assess_again([made.pk], TODAY)
    with system_access():
        found = of(made.pk)
        assert (found.residence, found.residence_reason) == ("fail", "OLESKELU")
        assert (found.persons, found.children) == (2, 1)
    opened = context.seen[("applications_intake_permit", "reveal")]
    assert {"kind", "granted_from", "granted_to"} <= opened.columns


def test_what_is_not_told_is_missing(person: Person) -> None:
    with system_access():
        made = asking(person)
        member = Member.objects.get(application=made)
        member.wealth_told = False
        member.save()
        Income.objects.create(member=member, kind=IncomeKind.STUDY_GRANT, euros=Decimal(280))
        assess_again([made.pk], TODAY)
        found = of(made.pk)
        assert (found.wealth_eur, found.wealth_missing) == (None, "VARAT_PUUTTUVAT")
        assert (found.income_eur, found.income_missing) == (None, "TULOSAANTO_PUUTTUU")
        Asset.objects.create(member=member, kind="savings", euros=Decimal(5))
        rules.add_version("income.counted.study_grant", True, TODAY, source="Kunnan ohje")
        assert assess_due(TODAY) == 1, "a rule has changed"
        found = of(made.pk)
    assert (found.wealth_eur, found.income_eur) == (Decimal(5), Decimal(1780))


def test_it_is_worked_out_anew_on_a_birthday_and_not_before(person: Person) -> None:
    turns = TODAY + timedelta(days=10)
    with system_access():
        made = asking(person, children=(add_years(turns, -18),))
        assert assess_due(TODAY) == 1
        assert (of(made.pk).adults, of(made.pk).good_until) == (1, turns - timedelta(days=1))
        assert assess_due(turns - timedelta(days=1)) == 0
        assert assess_due(turns) == 1
        assert (of(made.pk).adults, of(made.pk).limit_eur) == (2, Decimal(6020))


def test_drafts_and_ended_ones_are_left(person: Person, other: Person) -> None:
    with system_access():
        asking(person, state=State.DRAFT)
        assert assess_due(TODAY) == 0


def test_five_hundred_are_worked_out_by_as_many_statements_as_two(
    person: Person,
) -> None:
    with system_access():
        ids = [asking(somebody(number)).pk for number in range(12)]
        assess_again(ids[:1], TODAY)  # the rules are read once
        with CaptureQueriesContext(connection) as few:
            assess_again(ids[:2], TODAY)
        with CaptureQueriesContext(connection) as many:
            assess_again(ids, TODAY)
    assert len(many) == len(few)


def test_the_work_of_the_night_says_how_many(person: Person) -> None:
    with system_access():
        asking(person)
        assert timezone.localdate() == TODAY
        assert assess_due_today() == 1


def queued() -> list[str]:
    """Tasks of the selection that wait for the worker, as they are called."""
    return [
        f"{row.task_path.rpartition('.')[2]} {row.args_kwargs['args']}"
        for row in DBTaskResult.objects.filter(task_path__startswith="applications.selection")
    ]


def test_a_corrected_birth_date_makes_it_be_worked_out_anew(person: Person) -> None:
    with system_access():
        made = asking(person)
        assess_again([made.pk], TODAY)
        young = add_years(TODAY, -16)
        corrected = Code(IdentityKind.BIRTH_DATE, birth_date=young)
        change_identity(person, corrected, reason=FormerCodeReason.MISTAKE, today=TODAY)
        assert queued() == [f"assess_of_person [{person.pk}]"]
        assert assess_of_person(person.pk, TODAY) == 1
        assert (of(made.pk).adults, of(made.pk).age) == (0, "warning")


def test_what_an_application_tells_anew_is_worked_out_by_the_worker(person: Person) -> None:
    with system_access():
        made = asking(person)
        renew(made, today=TODAY)
        assert queued() == [f"assess [{made.pk}]"]


def test_a_changed_rule_lets_the_worker_work_all_out_anew(person: Person) -> None:
    with system_access():
        made = asking(person)
        assess_due(TODAY)
        DBTaskResult.objects.all().delete()
        rules.add_version("retention.R2", 30, TODAY, source="Koe")
        rules.add_version("selection.answer_days", 9, TODAY, source="Koe")
        assert not Application.objects.filter(due_condition(TODAY)).exists()
        assert not DBTaskResult.objects.exists()
        rules.add_version("income_limit.first_adult", Decimal(900), TODAY, source="Koe")
        assert [one.task_path.split(".")[-1] for one in DBTaskResult.objects.all()] == [
            "assess_due"
        ]
        assess_due_today()
        assert of(made.pk).limit_eur == Decimal(900)


def test_the_main_user_is_told_how_much_a_rule_alters(person: Person) -> None:
    with system_access():
        asking(person)
        effect = spec("urgency.B7").effect
        assert effect is not None
        told = effect(Proposed("1", TODAY, None, TODAY))
    assert told[0] == "1 avoin hakemus arvioidaan uudelleen."


def test_many_applications_that_came_at_once_are_worked_out_by_one_task(person: Person) -> None:
    with system_access():
        asking(person)
        DBTaskResult.objects.all().delete()
        arrived.send("applications.intake", application_ids=[1, 2, 3])
        found = [one.task_path.split(".")[-1] for one in DBTaskResult.objects.all()]
    assert found == ["assess_due"]
