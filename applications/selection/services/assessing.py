"""Working out what applications come to, and keeping it (hakemusten arviointi)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Exists, Max, OuterRef, Q
from django.utils import timezone

from applications.intake.models import Application, Member
from applications.intake.rules.states import OPEN
from applications.selection.models import Assessment, AssessmentDue
from applications.selection.queries.households import Known, known
from applications.selection.rule_rows import judges
from applications.selection.rules import assessing, lasting
from applications.selection.rules.findings import Reason
from applications.selection.services.common import TEXTS
from vuokra.access.context import current
from vuokra.access.stated import bulk_write, raw_sql
from vuokra.rules.models import RuleVersion
from vuokra.rules.queries import rule
from vuokra.rules.registry import specs

BATCH: Final = 500
LOCK: Final = 0x5E1_EC7
"""Advisory lock: one works out at a time, and nobody while somebody chooses."""
KEPT: Final = [
    field.name for field in Assessment._meta.fields if field.name not in ("id", "application")
]


def assess_again(applications: Collection[int], today: date) -> int:
    """Work out anew what applications come to on a day; gives how many there were.

    Drafts have nothing to be worked out. Those that ended keep what they came to.
    """
    ids = sorted(applications)
    return sum(_assess(ids[at : at + BATCH], today) for at in range(0, len(ids), BATCH))


def assess_of_person(person: int, today: date) -> int:
    """Work out those in whose household a person is: a birth date was corrected."""
    theirs = Member.objects.filter(person=person, is_open=True)
    return assess_again(list(theirs.values_list("application_id", flat=True)), today)


def assess_due(today: date) -> int:
    """Work out those that were never worked out, or whose day has come: a birthday, a rule."""
    due = Application.objects.filter(due_condition(today), state__in=OPEN)
    return assess_again(list(due.values_list("pk", flat=True)), today)


def assess_due_today() -> int:
    """The work of the night."""
    return assess_due(timezone.localdate())


def one_at_a_time() -> None:
    """Nobody else works out before this transaction ends: of two who had read, the later to write
    would put back what the other had read before a change."""
    with raw_sql("one works out at a time"), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def refuse_working() -> None:
    """Raises ValidationError while something is being worked out; nothing is until this transaction
    ends. What is due and what is read belong together then."""
    with raw_sql("nothing is worked out meanwhile"), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock_shared(%s)", [LOCK])
        if cursor.fetchone() != (True,):
            raise ValidationError(TEXTS["selection_due"], code="due")


def refuse_due(which: Q, today: date) -> None:
    """Raises ValidationError while any of these applications is still to be worked out anew."""
    if Application.objects.filter(due_condition(today), which).exists():
        raise ValidationError(TEXTS["selection_due"], code="due")


def due_condition(today: date) -> Q:
    """Which applications are to be worked out anew: never done, something of them changed, a day
    has come, a rule changed."""
    changed = Exists(AssessmentDue.objects.filter(application=OuterRef("pk")))
    due = Q(assessment__isnull=True) | Q(changed) | Q(assessment__good_until__lt=today)
    judging = [one.key for one in specs() if judges(one.key)]
    rows = RuleVersion.objects.filter(key__in=judging).aggregate(
        made=Max("created_at"),
        withdrawn=Max("withdrawn_at"),
        begun=Max("valid_from", filter=Q(valid_from__lte=today)),
    )
    for moment in (rows["made"], rows["withdrawn"]):
        if moment is not None:
            due |= Q(assessment__made_at__lt=moment)
    return due | Q(assessment__made_on__lt=rows["begun"]) if rows["begun"] else due


@transaction.atomic
def _assess(ids: list[int], today: date) -> int:
    one_at_a_time()
    # first of all: what changes after this is told anew, and what changed before it is read below
    AssessmentDue.objects.filter(application__in=ids).delete()
    open_ones = list(Application.objects.filter(pk__in=ids, state__in=OPEN).order_by("pk"))
    rows = [_row(pk, one, today) for pk, one in known(open_ones).items()]
    if rows:
        with bulk_write("assessments worked out anew"):
            Assessment.objects.bulk_create(
                rows, update_conflicts=True, unique_fields=["application"], update_fields=KEPT
            )
    current().note("assessed", str(len(rows)))
    return len(rows)


def _row(application: int, one: Known, today: date) -> Assessment:
    found = assessing.assess(rule, one.facts, today)
    return Assessment(
        application_id=application,
        persons=found.persons,
        adults=found.adults,
        children=found.children,
        income_eur=found.income.euros,
        income_missing=found.income.missing,
        limit_eur=found.limit.euros,
        limit_missing=found.limit.missing,
        wealth_eur=found.wealth.euros,
        wealth_missing=found.wealth.missing,
        urgency=found.urgency.urgency if found.urgency else None,
        situations=list(found.urgency.deciding) if found.urgency else [],
        residence=found.residence.outcome,
        residence_reason=found.residence.reason or Reason.NONE,
        age=found.age.outcome,
        age_reason=found.age.reason or Reason.NONE,
        moved_for_work=found.moved_for_work,
        rule_versions=[[row.key, row.version] for row in found.why],
        made_on=today,
        good_until=lasting.good_until(rule, one.facts, found, today),
    )
