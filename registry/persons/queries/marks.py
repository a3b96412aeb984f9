"""What marks say of a person: dead, restricted, held; and who may still be contacted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from registry.persons import rules
from registry.persons.models import Mark, MarkKind, Person
from registry.persons.queries.presence import known_empty
from registry.persons.queries.presence import register as seldom
from registry.persons.queries.reading import in_force, read_once
from vuokra.access.errors import ObjectDenied
from vuokra.db.prepared import prepared

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


def contactable(persons: Iterable[int], *, today: date) -> set[int]:
    """Those of the persons to whom something may be sent; one statement (A35, A59).

    Sending asks this for every batch: the dead and those whose processing is restricted are left
    out, whatever the message is about.
    """
    wanted = set(persons)
    found = Person.objects.filter(~Exists(silencing(today, OuterRef("pk"))), pk__in=wanted)
    return set(found.values_list("pk", flat=True))


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


def death_of(person: Person) -> Mark | None:
    """The death of a person, or None; one statement."""
    return Mark.objects.filter(person=person, kind=MarkKind.DECEASED).first()


def mark_of(person: Person, pk: int) -> Mark:
    """A mark of this person other than death. Raises ObjectDenied for another's or none."""
    found = Mark.objects.filter(person=person, pk=pk).exclude(kind=MarkKind.DECEASED).first()
    if found is None:
        raise ObjectDenied(MARK_TABLE, pk)
    return found
