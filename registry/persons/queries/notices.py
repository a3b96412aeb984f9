"""Who has been told how their data are processed, and who is still to be told."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, F, OuterRef, QuerySet

from registry.persons.models import NoticeDuty, NoticeGiven, Person
from registry.persons.queries.marks import deaths
from registry.persons.queries.presence import known_empty
from registry.persons.queries.presence import register as seldom
from registry.persons.rule_rows import NOTICE_MONTHS
from vuokra.db.prepared import prepared
from vuokra.rules.queries import RuleValue, rule
from vuokra.rules.rules import add_months

seldom(NoticeGiven)
seldom(NoticeDuty)
WAITING = 100
"""How many of those who wait to be informed are fetched for the work queue, the first due first."""


def notices_of(person: Person) -> list[NoticeGiven]:
    """The notices given to a person, the latest first; one statement."""
    return [] if known_empty(person, NoticeGiven) else _notices(person.pk)


@prepared
def _notices(person_id: int) -> QuerySet[NoticeGiven]:
    return NoticeGiven.objects.filter(person_id=person_id).select_related("version")


def duty_of(person: Person) -> NoticeDuty | None:
    """The duty to inform a person of article 14, met or not; one statement."""
    return None if known_empty(person, NoticeDuty) else next(iter(_duties(person.pk)), None)


@prepared
def _duties(person_id: int) -> QuerySet[NoticeDuty]:
    return NoticeDuty.objects.filter(person_id=person_id).order_by("pk")[:1]


def is_met(duty: NoticeDuty, notices: list[NoticeGiven]) -> bool:
    """Whether a notice was given after the data came."""
    return any(notice.given_on >= duty.arisen_on for notice in notices)


def notice_due(duty: NoticeDuty) -> date:
    """The last day to inform one whose data came from somebody else (GDPR art. 14(3)(a))."""
    return add_months(duty.arisen_on, notice_rule(duty).integer)


def notice_rule(duty: NoticeDuty) -> RuleValue:
    """The rule that a duty's last day follows."""
    return rule(NOTICE_MONTHS, duty.arisen_on)


def waiting() -> list[tuple[NoticeDuty, date]]:
    """People to be informed by article 14 and the last day for it; one statement.

    The dead are not informed.
    """
    given = NoticeGiven.objects.filter(
        person=OuterRef("person"), given_on__gte=OuterRef("arisen_on")
    ).order_by()
    found = (
        NoticeDuty.objects.filter(~Exists(given), ~Exists(deaths(OuterRef("person"))))
        .filter(person__merged_into=None)
        .annotate(protected=F("person__protected"), public_id=F("person__public_id"))
        .order_by("arisen_on", "id")
    )
    return [(duty, notice_due(duty)) for duty in found[:WAITING]]
