"""People in Finnish order, and their contact details of the day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import connection, models
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from registry.persons import rules
from registry.persons.models import (
    Address,
    AddressKind,
    ContactKind,
    ContactPoint,
    Language,
    Mark,
    MarkKind,
    Person,
)
from registry.persons.queries import standing
from registry.persons.queries.marks import silencing
from registry.persons.queries.people import may_know_of_protection
from registry.persons.queries.reading import in_force, may_read
from registry.persons.segments import segment_of
from vuokra.access.context import current
from vuokra.access.stated import raw_sql
from vuokra.db.prepared import prepared
from vuokra.policy.groups import Group

PAGE = 50
COUNTED = 5_000

LIST_FIELDS = (
    "public_id", "customer_number", "surname", "given_names", "call_name", "language",
    "customer_since", "protected",
)  # fmt: skip


class Missing(models.TextChoices):
    """What a person may lack; a filter of the list."""

    PHONE = "puhelin", gettext_lazy("puhelin")
    EMAIL = "sahkoposti", gettext_lazy("sähköposti")
    ADDRESS = "osoite", gettext_lazy("osoite")


class Customer(models.TextChoices):
    """Whether a person is or has been a customer; a filter of the list."""

    YES = "on", gettext_lazy("alkanut")
    NO = "ei", gettext_lazy("ei alkanut")


class Sort(models.TextChoices):
    """Orders of the list, as they stand in an address; a minus turns the order round."""

    NAME = "nimi", gettext_lazy("Nimi")
    NAME_DOWN = "-nimi", gettext_lazy("Nimi, lopusta")
    NUMBER = "asiakas", gettext_lazy("Asiakasnumero")
    NUMBER_DOWN = "-asiakas", gettext_lazy("Asiakasnumero, suurimmasta")
    SINCE = "alkoi", gettext_lazy("Asiakkuus alkoi, vanhimmasta")
    SINCE_DOWN = "-alkoi", gettext_lazy("Asiakkuus alkoi, uusimmasta")


_ORDER: dict[Sort, list[OrderBy]] = {
    Sort.NAME: [F("sort_key").asc(), F("id").asc()],
    Sort.NAME_DOWN: [F("sort_key").desc(), F("id").desc()],
    Sort.NUMBER: [F("customer_number").asc()],
    Sort.NUMBER_DOWN: [F("customer_number").desc()],
    Sort.SINCE: [F("customer_since").asc(nulls_last=True), F("id").asc()],
    Sort.SINCE_DOWN: [F("customer_since").desc(nulls_last=True), F("id").desc()],
}


@dataclass(frozen=True, slots=True)
class Filters:
    """Filters of the list; none of them tells of a person, so they may stand in an address.

    `only` are public ids of chosen persons; they are posted, and never stand in an address.
    """

    initial: str = ""
    language: Language | None = None
    missing: Missing | None = None
    customer: Customer | None = None
    marked: MarkKind | None = None
    segment: str = ""
    only: frozenset[str] | None = None


@dataclass(slots=True)
class PersonRow:
    """A person with the contact details that hold today."""

    person: Person
    phone: ContactPoint | None = None
    email: ContactPoint | None = None
    address: Address | None = None


class BoundedPaginator(Paginator[Any]):
    """Pages of 50. Rows are counted to COUNTED: nobody turns pages further, one filters."""

    @cached_property
    def counted(self) -> int:
        """How many rows there are, at most one more than are counted."""
        rows: QuerySet[Person] = self.object_list  # type: ignore[assignment]  # it is one
        return rows.order_by()[: COUNTED + 1].count()

    @cached_property
    def count(self) -> int:
        return min(self.counted, COUNTED)

    @property
    def more(self) -> bool:
        """Whether there are more rows than are counted."""
        return self.counted > COUNTED


def person_list(
    filters: Filters, page: int, *, today: date, sort: Sort = Sort.NAME
) -> Page[PersonRow]:
    """A page of 50 persons; at most four statements, one more to find those who lack something. A
    page beyond the last gives the last."""
    chosen = filtered_persons(filters, today=today).order_by(*_ORDER[sort])
    paginator = BoundedPaginator(chosen.only(*LIST_FIELDS), PAGE)
    found = paginator.get_page(page)
    return Page(with_details(list(found.object_list), today), found.number, paginator)


def exportable(filters: Filters, *, today: date) -> QuerySet[Person]:
    """Those of a list that may leave in a file: nobody under turvakielto, whoever asks (7.3), and
    nobody whose data may not be processed (6.6). All of them, however many."""
    every = filtered_persons(replace(filters, missing=None), today=today)
    every = every.filter(~_marked(MarkKind.RESTRICTION, today), protected=False)
    if filters.missing:
        return every.filter(~Exists(_details(filters.missing, today)))
    return every


@dataclass(frozen=True, slots=True)
class Preview:
    """What an action on chosen persons would deal with: how many, at least when `more`, and how
    many it leaves out: under turvakielto, for those who may know of that, and restricted."""

    count: int
    more: bool
    protected: int
    restricted: int


def preview(filters: Filters, *, today: date) -> Preview:
    """Count what an export of these persons would hold; at most three statements, one more to
    find those who lack something."""
    chosen = filtered_persons(filters, today=today).order_by()
    restricted = _marked(MarkKind.RESTRICTION, today)
    count = chosen.filter(~restricted, protected=False)[: COUNTED + 1].count()
    return Preview(
        min(count, COUNTED),
        count > COUNTED,
        chosen.filter(protected=True).count() if may_know_of_protection() else 0,
        chosen.filter(restricted, protected=False).count(),
    )


def exportable_ids(filters: Filters, *, today: date) -> list[int]:
    """Ids of those of a list who may leave in a file, in Finnish order; one statement, one more to
    find those who lack something."""
    return list(exportable(filters, today=today).values_list("pk", flat=True))


def may_leave(people: Sequence[int], *, today: date) -> list[int]:
    """Those of the persons who may leave in a file now, in Finnish order; one statement."""
    return list(_leaving(people, today).values_list("pk", flat=True))


def person_batch(people: Sequence[int], *, today: date) -> list[PersonRow]:
    """The persons of a batch with their contact details, in Finnish order; for exports.

    Nobody under turvakielto leaves the house in a list, whoever takes it out (7.3), nor whoever was
    restricted or merged meanwhile.
    """
    chosen = _leaving(people, today).only(*LIST_FIELDS, "sort_key")
    return with_details(list(chosen), today)


def _leaving(people: Sequence[int], today: date) -> QuerySet[Person]:
    chosen = Person.objects.filter(
        ~_marked(MarkKind.RESTRICTION, today), pk__in=people, protected=False
    )
    return chosen.order_by("sort_key", "id")


def filtered_persons(filters: Filters, *, today: date) -> QuerySet[Person]:
    """Persons in Finnish order that pass the filters.

    Who is under turvakielto is there only for those who may know of it (7.3).
    """
    chosen = Person.objects.order_by("sort_key", "id")
    if not may_know_of_protection():
        chosen = chosen.filter(protected=False)
    if filters.only is not None:
        chosen = chosen.filter(public_id__in=filters.only)
    if filters.initial:
        low, high = rules.sort_key_range(filters.initial[:1])
        chosen = chosen.filter(sort_key__gte=low, sort_key__lt=high)
    if filters.language:
        chosen = chosen.filter(language=filters.language)
    if filters.customer:
        chosen = chosen.filter(customer_since__isnull=filters.customer is Customer.NO)
    if segment := segment_of(filters.segment, current().actor):
        chosen = chosen.filter(pk__in=segment.members(today))
    if filters.marked:
        chosen = chosen.filter(_marked(filters.marked, today))
    if filters.missing:
        chosen = chosen.filter(_lacking(filters.missing, filters, today))
    return chosen


def _marked(kind: MarkKind, today: date) -> Exists:
    """Who has a mark in force."""
    return Exists(Mark.objects.filter(in_force(today), person=OuterRef("pk"), kind=kind).order_by())


def _lacking(missing: Missing, filters: Filters, today: date) -> Q:
    """Who lacks a contact detail. Few are looked up by id; with many, and other filters beside,
    each person's details are looked at."""
    with raw_sql("list: the function returns ids"), connection.cursor() as cursor:
        cursor.execute("SELECT registry_persons_lacking(%s, %s)", [missing.value, COUNTED + 1])
        ids: list[int] = cursor.fetchone()[0]
    alone = filters == Filters(missing=missing)
    if alone or len(ids) <= COUNTED:
        return Q(pk__in=ids)
    return Q(~Exists(_details(missing, today)))


def _details(kind: Missing, today: date) -> QuerySet[ContactPoint] | QuerySet[Address]:
    if kind is Missing.ADDRESS:
        return Address.objects.filter(in_force(today), person=OuterRef("pk"))
    wanted = ContactKind.PHONE if kind is Missing.PHONE else ContactKind.EMAIL
    return ContactPoint.objects.filter(in_force(today), person=OuterRef("pk"), kind=wanted)


def with_details(persons: Sequence[Person], today: date) -> list[PersonRow]:
    """Add today's telephone, e-mail and postal address: two statements, none without the right.

    Of the dead nothing is offered (A59), of the restricted nothing is told (A35), and nothing of
    those whose card is closed to the user: of the user's own household and of colleagues (A2).
    """
    rows = {person.pk: PersonRow(person) for person in persons}
    if not rows or not may_read(Group.CONTACT):
        return list(rows.values())
    acting = current().actor.user_id
    asked, staff = (list(rows), today, acting or 0), acting is not None
    for point in _points(*asked, staff=staff):
        row = rows[point.person_id]
        if point.kind == ContactKind.PHONE:
            row.phone = row.phone or point
        else:
            row.email = row.email or point
    for address in sorted(_addresses(*asked, staff=staff), key=_by_kind):
        rows[address.person_id].address = rows[address.person_id].address or address
    return list(rows.values())


_POSTAL_ORDER = [AddressKind.POSTAL, AddressKind.TEMPORARY, AddressKind.HOME]


def _by_kind(address: Address) -> int:
    """Addresses for letters, the best first: a postal one before a temporary, then the home."""
    return _POSTAL_ORDER.index(AddressKind(address.kind))


@prepared
def _points(persons: list[int], today: date, acting: int, *, staff: bool) -> QuerySet[ContactPoint]:
    telling = _telling(today, acting if staff else None)
    chosen = ContactPoint.objects.filter(telling, person_id__any_of=persons)
    return chosen.only("person_id", "kind", "value").order_by("person_id", "-valid_from")


@prepared
def _addresses(persons: list[int], today: date, acting: int, *, staff: bool) -> QuerySet[Address]:
    telling = _telling(today, acting if staff else None)
    chosen = Address.objects.filter(telling, person_id__any_of=persons, kind__in=_POSTAL_ORDER)
    fields = ("person_id", "kind", "street", "postal_code", "town", "country")
    return chosen.only(*fields).order_by()


def _telling(today: date, acting: int | None) -> Q:
    """Details that hold, of the living whose processing is not restricted (A35), and whose record
    is not closed to the user."""
    told = ~Exists(silencing(today, OuterRef("person_id")))
    return in_force(today) & told & ~standing.closed_to(acting, today)
