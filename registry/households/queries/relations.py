"""Relations in force: who is a person's guardian or trustee, who pays, and for whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.households.models import (
    Commitment,
    CommitmentKind,
    Guardian,
    RelationFields,
    Trusteeship,
)
from registry.persons.models import Identity, Person
from registry.persons.panels import TimelineEntry
from registry.persons.queries import in_force, may_read, read_once
from registry.persons.queries.majority import youngest_adult_born
from registry.persons.queries.presence import known_empty
from registry.persons.queries.presence import register as seldom
from vuokra.access.context import current
from vuokra.access.errors import ObjectDenied
from vuokra.policy.groups import Group

KIND = "relations"
seldom(Guardian, lambda person: Guardian.objects.filter(Q(person=person) | Q(other=person)))
seldom(Trusteeship, lambda person: Trusteeship.objects.filter(Q(person=person) | Q(other=person)))
seldom(Commitment, lambda person: Commitment.objects.filter(Q(person=person) | Q(other=person)))
Relation = TypeVar("Relation", bound=RelationFields)
_NAMES = ("public_id", "surname", "given_names", "call_name")
_DATES = ("valid_from", "valid_to", "source", "uuid")


@dataclass(frozen=True, slots=True)
class Representatives:
    """Who acts for a person today, and for whom the person acts; of children only how many.

    One who only knows that there is somebody (`known_only`) gets the trusteeships without the
    other end, whose sealed parts can be opened one by one.
    """

    guardians: list[Guardian]
    wards: int
    trusteeships: list[Trusteeship]
    principals: list[Trusteeship]
    known_only: bool = False

    @property
    def any(self) -> bool:
        return bool(self.guardians or self.wards or self.trusteeships or self.principals)


@dataclass(frozen=True, slots=True)
class Commitments:
    """Who pays or answers for a person's dues today, and for whom the person does."""

    for_person: list[Commitment]
    by_person: list[Commitment]

    @property
    def any(self) -> bool:
        return bool(self.for_person or self.by_person)


def guardians_of(person: Person, today: date) -> list[Guardian]:
    """Guardians of a child today (huoltajat); none of one who is of age. One statement."""
    return list(_with(Guardian, "other", today).filter(person=person))


def wards_of(person: Person, today: date) -> list[Guardian]:
    """The children whose guardian a person is today (huollettavat). One statement."""
    return list(_with(Guardian, "person", today).filter(other=person))


def trusteeships_of(person: Person, today: date) -> list[Trusteeship]:
    """Who looks after a person's interests today (edunvalvojat). One statement."""
    return list(_with(Trusteeship, "other", today, "kind").filter(person=person))


def principals_of(person: Person, today: date) -> list[Trusteeship]:
    """Whose interests a person looks after today (päämiehet). One statement."""
    return list(_with(Trusteeship, "person", today, "kind").filter(other=person))


def representatives(person: Person, today: date) -> Representatives:
    """Everybody who acts for a person or for whom they act; at most six statements, two where
    there is nobody."""
    if not may_read(Group.GUARDIANSHIP):
        known = Trusteeship.objects.filter(in_force(today), person=person)
        sealed = ("organisation", "contact", "decision", "extent")
        return Representatives([], 0, list(known.only("person_id", *_DATES, *sealed)), [], True)
    guarded, trusted = _any(Guardian, person), _any(Trusteeship, person)
    return Representatives(
        guardians_of(person, today) if guarded else [],
        Guardian.objects.filter(in_force(today), other=person).count() if guarded else 0,
        trusteeships_of(person, today) if trusted else [],
        principals_of(person, today) if trusted else [],
    )


def commitments(person: Person, today: date) -> Commitments:
    """Payers, guarantors and the contact of an estate, both ways; at most three statements, one
    where there are none."""
    if not _any(Commitment, person):
        return Commitments([], [])
    return Commitments(
        list(_with(Commitment, "other", today, "kind").filter(person=person)),
        list(_with(Commitment, "person", today, "kind").filter(other=person)),
    )


def _any(model: type[RelationFields], person: Person) -> bool:
    """Whether there is or was any relation of the kind at either end; one statement, none when
    asked again on the same page or when a card has looked through all kinds at once."""
    if known_empty(person, model):
        return False
    either = Q(person=person) | Q(other=person)
    return read_once(
        person, model._meta.db_table, lambda: model._default_manager.filter(either).exists()
    )


def guarantors_and_payers(today: date) -> QuerySet[Commitment, int | None]:
    """Ids of the persons who guarantee or pay for somebody today: for a condition `pk__in`."""
    kinds = [CommitmentKind.GUARANTOR, CommitmentKind.PAYER]
    chosen = Commitment.objects.filter(in_force(today), other__isnull=False, kind__in=kinds)
    return chosen.order_by().values_list("other_id", flat=True)


def _with(model: type[Relation], end: str, today: date, *more: str) -> QuerySet[Relation]:
    """Relations in force with the name of the person at one end, their words still sealed."""
    fields = ["person", "other", "organisation", "contact", *_DATES, *more]
    names = [f"{end}__{name}" for name in _NAMES]
    chosen: QuerySet[Relation] = model._default_manager.filter(in_force(today))
    return chosen.select_related(end).only(*fields, *names).order_by("valid_from", "id")


def relation_of(model: type[Relation], person: Person, pk: int) -> Relation:
    """A relation of this person. Raises ObjectDenied for another's or none (DP-A4)."""
    found = model._default_manager.filter(person=person, pk=pk).select_related("other").first()
    if found is None:
        raise ObjectDenied(model._meta.db_table, pk)
    return found


def sealed_relation_of(model: type[Relation], person: Person, pk: int, name: str) -> Relation:
    """A relation of this person with one sealed column, for opening it.

    Raises ObjectDenied for another's or none, and for one that has nothing there (DP-A4).
    """
    found = model._default_manager.filter(in_force(timezone.localdate()), person=person, pk=pk)
    row = found.only("person_id", "uuid", name).first()
    if row is None or getattr(row, name) is None:
        raise ObjectDenied(model._meta.db_table, pk)
    return row


@dataclass(frozen=True, slots=True)
class TrusteeName:
    """The name of the person of the register who looks after somebody's interests. Roles that only
    know that there is one open it as they open what is sealed: one by one, for a reason."""

    person: Person
    pk: int

    def reveal(self) -> str:
        """The name; the access event records it first. Raises FunctionDenied and ObjectDenied."""
        table = Trusteeship._meta.db_table
        current().note_reveal(table, "other_id", self.pk, self.person.pk)
        theirs = Person.objects.filter(
            trusteeships_of__pk=self.pk, trusteeships_of__person=self.person
        )
        found = theirs.only(*_NAMES).first()
        if found is None:
            raise ObjectDenied(table, self.pk)
        return found.name

    reveal.alters_data = True  # type: ignore[attr-defined]  # as of a sealed value


def trustee_name(person: Person, pk: int) -> TrusteeName:
    """Who looks after a person's interests, to be opened.

    Raises ObjectDenied when it is an organisation, or for another's (DP-A4).
    """
    found = Trusteeship.objects.filter(
        in_force(timezone.localdate()), person=person, pk=pk, other__isnull=False
    )
    if not found.exists():
        raise ObjectDenied(Trusteeship._meta.db_table, pk)
    return TrusteeName(person, pk)


def linked(one: Person, another: Person) -> bool:
    """Whether any relation, past or present, stands between two people."""
    between = Q(person=one, other=another) | Q(person=another, other=one)
    return any(
        model._default_manager.filter(between).exists()
        for model in (Guardian, Trusteeship, Commitment)
    )


def guardianship_events(person: Person, today: date) -> Iterator[TimelineEntry]:
    """When guardianships began and ended; two statements.

    The history of a child's guardians closes when the child comes of age (S5-22).
    """
    if _any(Guardian, person):
        child = Identity.objects.filter(
            person=OuterRef("person"), birth_date__gt=youngest_adult_born(today)
        )
        guardians = Guardian.objects.filter(Exists(child), person=person)
        yield from _began_and_ended(guardians, _("Huoltaja"), "baby", today)
    if not _any(Trusteeship, person):
        return
    for row in Trusteeship.objects.filter(person=person).only("person_id", "kind", *_DATES):
        yield from _of(row, row.get_kind_display(), "scale", today)


def commitment_events(person: Person, today: date) -> Iterator[TimelineEntry]:
    """When somebody began and ceased to pay or answer for the person; one statement."""
    if not _any(Commitment, person):
        return
    for row in Commitment.objects.filter(person=person).only("person_id", "kind", *_DATES):
        yield from _of(row, row.get_kind_display(), "handshake", today)


def _began_and_ended(
    rows: QuerySet[Guardian], what: str, icon: str, today: date
) -> Iterator[TimelineEntry]:
    found: Iterable[Guardian] = rows.only("person_id", *_DATES)
    for row in found:
        yield from _of(row, what, icon, today)


def _of(row: RelationFields, what: str, icon: str, today: date) -> Iterator[TimelineEntry]:
    if row.valid_from <= today:
        text = _("%(what)s voimaan") % {"what": what}
        source = _("Lähde: %(source)s") % {"source": row.get_source_display()}
        yield TimelineEntry(row.valid_from, icon, text, source, kind=KIND)
    if row.valid_to is not None and row.valid_to < today:
        text = _("%(what)s päättyi") % {"what": what}
        yield TimelineEntry(row.valid_to, icon, text, kind=KIND)
