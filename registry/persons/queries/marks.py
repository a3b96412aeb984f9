"""What marks say of a person: dead, restricted, held; and which holds are to be reviewed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F, OuterRef, QuerySet

from registry.persons import rules
from registry.persons.models import Mark, MarkKind, Person
from registry.persons.queries.presence import known_empty
from registry.persons.queries.presence import register as seldom
from registry.persons.queries.reading import in_force, read_once
from registry.persons.queries.standing import closed
from registry.persons.rule_rows import HOLD_REVIEW
from vuokra.access.errors import ObjectDenied
from vuokra.db.prepared import prepared
from vuokra.rules.queries import RuleValue, rule
from vuokra.rules.rules import add_months

MARK_TABLE = "registry_persons_mark"
seldom(Mark)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a person stands on a day: marks in force, and those to come or over."""

    death: Mark | None = None
    restriction: Mark | None = None
    hold: Mark | None = None
    others: tuple[Mark, ...] = ()

    @property
    def may_be_contacted(self) -> bool:
        """Whether messages, reminders and marketing may go to the person; see the rule."""
        return rules.may_be_contacted(
            died_on=self.death.valid_from if self.death else None,
            restricted=self.restriction is not None,
        )

    @property
    def in_force(self) -> list[Mark]:
        """The marks that hold on the day, death first."""
        return [mark for mark in (self.death, self.restriction, self.hold) if mark is not None]


def standing_of(person: Person, *, today: date) -> Standing:
    """How a person stands; one statement, none when asked again on the same page."""
    if known_empty(person, Mark):
        return Standing()
    marks = read_once(person, "marks", lambda: _marks(person.pk))
    now = {mark.kind: mark for mark in marks if _holds(mark, today)}
    return Standing(
        now.get(MarkKind.DECEASED),
        now.get(MarkKind.RESTRICTION),
        now.get(MarkKind.LEGAL_HOLD),
        tuple(mark for mark in marks if not _holds(mark, today)),
    )


@prepared
def _marks(person_id: int) -> QuerySet[Mark]:
    return Mark.objects.filter(person_id=person_id)


def _holds(mark: Mark, today: date) -> bool:
    return mark.valid_from <= today and (mark.valid_to is None or mark.valid_to >= today)


def silencing(today: date, person: OuterRef) -> QuerySet[Mark]:
    """Marks of the person that stop messages on the day, for a subquery."""
    kinds = (MarkKind.DECEASED, MarkKind.RESTRICTION)
    return Mark.objects.filter(in_force(today), person=person, kind__in=kinds).order_by()


def deaths(person: OuterRef) -> QuerySet[Mark]:
    """The death of the person, for a subquery."""
    return Mark.objects.filter(person=person, kind=MarkKind.DECEASED).order_by()


def on_hold(person: Person, *, today: date) -> bool:
    """Whether nothing of the person may be deleted now: the retention job asks (R6, art. 17(3))."""
    return Mark.objects.filter(in_force(today), person=person, kind=MarkKind.LEGAL_HOLD).exists()


def review_rule(hold: Mark) -> RuleValue:
    """The rule that the review of a hold follows: that of the day it was last looked at."""
    return rule(HOLD_REVIEW, hold.reviewed_on or hold.valid_from)


def review_due(hold: Mark) -> date:
    """By when somebody looks whether a hold is still needed (RT13)."""
    return add_months(hold.reviewed_on or hold.valid_from, review_rule(hold).integer)


def holds_to_review(*, today: date) -> list[tuple[Mark, date]]:
    """Holds in force and when each is reviewed, the earliest first; one statement. Not those that
    end by themselves before, nor of people whose record is closed to the user (A2)."""
    found = (
        Mark.objects.filter(in_force(today), ~closed(today), kind=MarkKind.LEGAL_HOLD)
        .filter(person__merged_into=None)
        .annotate(protected=F("person__protected"), public_id=F("person__public_id"))
    )
    due = [(hold, review_due(hold)) for hold in found]
    waits = [(hold, day) for hold, day in due if hold.valid_to is None or hold.valid_to > day]
    return sorted(waits, key=lambda one: (one[1], one[0].pk))


def death_of(person: Person) -> Mark | None:
    """The death of a person, or None; one statement."""
    return Mark.objects.filter(person=person, kind=MarkKind.DECEASED).first()


def mark_of(person: Person, pk: int) -> Mark:
    """A mark of this person other than death. Raises ObjectDenied for another's or none."""
    found = Mark.objects.filter(person=person, pk=pk).exclude(kind=MarkKind.DECEASED).first()
    if found is None:
        raise ObjectDenied(MARK_TABLE, pk)
    return found


def hold_of(person: Person, pk: int, *, today: date) -> Mark:
    """A legal hold of this person that is in force. Raises ObjectDenied for another's or none."""
    holds = Mark.objects.filter(in_force(today), person=person, kind=MarkKind.LEGAL_HOLD, pk=pk)
    found = holds.first()
    if found is None:
        raise ObjectDenied(MARK_TABLE, pk)
    return found
