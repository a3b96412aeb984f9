"""People in Finnish order, and their contact details of the day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy

from registry.persons import rules
from registry.persons.models import (
    Address,
    AddressKind,
    ContactKind,
    ContactPoint,
    Language,
    Person,
)
from registry.persons.queries.people import may_read
from vuokra.policy.groups import Group

PAGE = 50

LIST_FIELDS = (
    "public_id", "customer_number", "surname", "given_names", "call_name", "language",
    "customer_since", "protected",
)  # fmt: skip


class Missing(models.TextChoices):
    """What a person may lack; a filter of the list."""

    PHONE = "puhelin", gettext_lazy("puhelin")
    EMAIL = "sahkoposti", gettext_lazy("sähköposti")
    ADDRESS = "osoite", gettext_lazy("osoite")


@dataclass(frozen=True, slots=True)
class Filters:
    """Filters of the list; none of them tells of a person, so they may stand in an address."""

    initial: str = ""
    language: Language | None = None
    missing: Missing | None = None


@dataclass(slots=True)
class PersonRow:
    """A person with the contact details that hold today."""

    person: Person
    phone: ContactPoint | None = None
    email: ContactPoint | None = None
    address: Address | None = None


def person_list(filters: Filters, page: int, *, today: date) -> Page[PersonRow]:
    """A page of 50 persons in Finnish order; at most four statements.

    A page beyond the last gives the last.
    """
    chosen = filtered_persons(filters, today=today).only(*LIST_FIELDS)
    paginator: Paginator[Any] = Paginator(chosen, PAGE)
    found = paginator.get_page(page)
    return Page(with_details(list(found.object_list), today), found.number, paginator)


def person_batch(
    filters: Filters, after: tuple[str, int] | None, *, size: int, today: date
) -> list[PersonRow]:
    """The next `size` persons after the (sort key, id) of the last one; for exports.

    Nobody under turvakielto leaves the house in a list, whoever takes it out (7.3).
    """
    chosen = filtered_persons(filters, today=today).filter(protected=False)
    if after is not None:
        sort_key, last = after
        chosen = chosen.filter(sort_key__gte=sort_key).exclude(sort_key=sort_key, id__lte=last)
    return with_details(list(chosen.only(*LIST_FIELDS, "sort_key")[:size]), today)


def filtered_persons(filters: Filters, *, today: date) -> QuerySet[Person]:
    """Persons in Finnish order that pass the filters.

    Under turvakielto they are there for those who keep bans, masked; for others neither the row nor
    the count tells of them. What they lack is nobody's to filter by.
    """
    chosen = Person.objects.order_by("sort_key", "id")
    if filters.missing or not may_read(Group.PROTECTION):
        chosen = chosen.filter(protected=False)
    if filters.initial:
        low, high = rules.sort_key_range(filters.initial[:1])
        chosen = chosen.filter(sort_key__gte=low, sort_key__lt=high)
    if filters.language:
        chosen = chosen.filter(language=filters.language)
    if filters.missing:
        chosen = chosen.filter(~Exists(_details(filters.missing, today)))
    return chosen


def _details(kind: Missing, today: date) -> QuerySet[ContactPoint] | QuerySet[Address]:
    if kind is Missing.ADDRESS:
        return Address.objects.filter(in_force(today), person=OuterRef("pk"))
    wanted = ContactKind.PHONE if kind is Missing.PHONE else ContactKind.EMAIL
    return ContactPoint.objects.filter(in_force(today), person=OuterRef("pk"), kind=wanted)


def in_force(today: date) -> Q:
    """Contact details and addresses that hold on the day."""
    return Q(valid_from__lte=today) & (Q(valid_to__isnull=True) | Q(valid_to__gte=today))


def with_details(persons: Sequence[Person], today: date) -> list[PersonRow]:
    """Add today's telephone, e-mail and postal address: two statements, none without the right."""
    rows = {person.pk: PersonRow(person) for person in persons}
    if not rows or not may_read(Group.CONTACT):
        return list(rows.values())
    points = ContactPoint.objects.filter(in_force(today), person_id__in=rows)
    for point in points.only("person_id", "kind", "value").order_by("person_id", "-valid_from"):
        row = rows[point.person_id]
        if point.kind == ContactKind.PHONE:
            row.phone = row.phone or point
        else:
            row.email = row.email or point
    for address in _postal_addresses(rows, today):
        rows[address.person_id].address = rows[address.person_id].address or address
    return list(rows.values())


_POSTAL_ORDER = [AddressKind.POSTAL, AddressKind.TEMPORARY, AddressKind.HOME]


def _postal_addresses(persons: Iterable[int], today: date) -> list[Address]:
    """Addresses for letters, the best first: a postal one before a temporary, then the home."""
    found = Address.objects.filter(
        in_force(today), person_id__in=persons, kind__in=_POSTAL_ORDER
    ).only("person_id", "kind", "street", "postal_code", "town", "country")
    return sorted(found, key=lambda address: _POSTAL_ORDER.index(AddressKind(address.kind)))
