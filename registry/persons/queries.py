"""What staff look at: lists, cards and searches of people.

Each function runs a fixed number of statements, and fetches only the field groups that the actor
of the open access context may read: what is not fetched cannot escape.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import connection, models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.persons import rules
from registry.persons.models import (
    Address,
    AddressKind,
    ContactKind,
    ContactPoint,
    FormerCode,
    Identity,
    Language,
    Person,
)
from vuokra.access import log_queries
from vuokra.access.context import current, raw_sql
from vuokra.access.errors import ObjectDenied
from vuokra.accounts.queries import staff_names
from vuokra.crypto.blind import blind
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.policy.roles import Purpose, role_titles

PAGE = 50
MAX_HITS = 50
SHOWN_LOOKS = 6
PERSON_TABLE = "registry_persons_person"
_LIST_FIELDS = (
    "public_id", "customer_number", "surname", "given_names", "call_name", "language",
    "customer_since",
)  # fmt: skip


class SearchTooShort(ValueError):
    """What was typed would find half the register (DP-A10)."""


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


@dataclass(frozen=True, slots=True)
class Hits:
    """What a search found, in Finnish order; `more` tells that there are others."""

    rows: list[PersonRow]
    more: bool = False
    by_code: bool = False


@dataclass(frozen=True, slots=True)
class PersonCard:
    """Everything of this room about one person that the actor may read."""

    person: Person
    identity: Identity | None = None
    former_codes: int = 0
    contact_points: list[ContactPoint] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    ended_contact_points: list[ContactPoint] = field(default_factory=list)
    ended_addresses: list[Address] = field(default_factory=list)


def may_read(group: Group) -> bool:
    """Whether the actor of the open context may read a field group."""
    return current().actor.level(group) >= Level.READ


def may_know_codes() -> bool:
    """Whether the actor may know of identity codes, and reveal one for a reason."""
    return current().actor.level(Group.HETU) >= Level.MASKED


# --- lists ----------------------------------------------------------------------------------


def person_list(filters: Filters, page: int, *, today: date) -> Page[PersonRow]:
    """A page of 50 persons in Finnish order; at most four statements.

    A page beyond the last gives the last.
    """
    chosen = filtered_persons(filters, today=today).only(*_LIST_FIELDS)
    paginator: Paginator[Any] = Paginator(chosen, PAGE)
    found = paginator.get_page(page)
    return Page(_with_details(list(found.object_list), today), found.number, paginator)


def person_batch(
    filters: Filters, after: tuple[str, int] | None, *, size: int, today: date
) -> list[PersonRow]:
    """The next `size` persons after the (sort key, id) of the last one; for exports."""
    chosen = filtered_persons(filters, today=today)
    if after is not None:
        sort_key, last = after
        chosen = chosen.filter(sort_key__gte=sort_key).exclude(sort_key=sort_key, id__lte=last)
    return _with_details(list(chosen.only(*_LIST_FIELDS, "sort_key")[:size]), today)


def filtered_persons(filters: Filters, *, today: date) -> QuerySet[Person]:
    """Persons in Finnish order that pass the filters."""
    chosen = Person.objects.order_by("sort_key", "id")
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


def _with_details(persons: Sequence[Person], today: date) -> list[PersonRow]:
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


# --- one person -----------------------------------------------------------------------------


def person_by_public_id(public_id: str) -> Person:
    """The person of an address. Raises ObjectDenied when there is none: the page is that of 404."""
    person = Person.objects.filter(public_id=public_id).first()
    if person is None:
        raise ObjectDenied(PERSON_TABLE)
    return person


def person_card(public_id: str, *, today: date) -> PersonCard:
    """A person's card; at most five statements. Raises ObjectDenied when there is none."""
    person = person_by_public_id(public_id)
    identity, former = None, 0
    if may_read(Group.IDENTITY):
        identity = _identity(person)
    if may_know_codes():
        former = FormerCode.objects.filter(person=person).count()
    if not may_read(Group.CONTACT):
        return PersonCard(person, identity, former)
    points = list(ContactPoint.objects.filter(person=person).order_by("-kind", "-valid_from", "id"))
    addresses = list(Address.objects.filter(person=person))
    return PersonCard(
        person,
        identity,
        former,
        [point for point in points if not _ended(point, today)],
        [address for address in addresses if not _ended(address, today)],
        [point for point in points if _ended(point, today)],
        [address for address in addresses if _ended(address, today)],
    )


def _ended(detail: ContactPoint | Address, today: date) -> bool:
    return detail.valid_to is not None and detail.valid_to < today


def identity_of(person: Person) -> Identity:
    """The identity of a person. Raises ObjectDenied when none is recorded."""
    identity = _identity(person)
    if identity is None:
        raise ObjectDenied("registry_persons_identity", person.pk)
    return identity


def _identity(person: Person) -> Identity | None:
    """The identity, with its sealed code only for those who may know that there is one."""
    fields = ["person_id", "uuid", "kind", "birth_date", *(["hetu"] if may_know_codes() else [])]
    return Identity.objects.filter(person=person).only(*fields).first()


def has_identity(person: Person) -> bool:
    """Whether anything identifies a person yet."""
    return Identity.objects.filter(person=person).exists()


def contact_point_of(person: Person, pk: int) -> ContactPoint:
    """A contact point of this person. Raises ObjectDenied for another's or none (DP-A4)."""
    point = ContactPoint.objects.filter(person=person, pk=pk).first()
    if point is None:
        raise ObjectDenied("registry_persons_contactpoint", pk)
    return point


def address_of(person: Person, pk: int) -> Address:
    """An address of this person. Raises ObjectDenied for another's or none (DP-A4)."""
    address = Address.objects.filter(person=person, pk=pk).first()
    if address is None:
        raise ObjectDenied("registry_persons_address", pk)
    return address


def similar_persons(surname: str, given_names: str, birth_date: date | None) -> list[Person]:
    """Persons of the same name, and the same birth date when it is told (DP-A14); at most five."""
    same = Person.objects.filter(sort_key=rules.person_sort_key(surname, given_names))
    if birth_date is not None:
        same = same.filter(identity__birth_date=birth_date)
    return list(
        same.only("public_id", "customer_number", "surname", "given_names", "call_name")[:5]
    )


@dataclass(frozen=True, slots=True)
class Look:
    """One line of *Kuka on katsonut*; `now` is the visit under way, not in the log yet."""

    at: datetime
    name: str
    role: str
    what: str
    purpose: str
    today: bool
    now: bool = False


def lookers(person: Person, *, now: datetime) -> list[Look]:
    """Who has looked at a person: this visit and the last five events; two statements."""
    ctx = current()
    rows = log_queries.who_has_looked(person.pk, SHOWN_LOOKS - 1)
    names = staff_names(row.actor_id for row in rows if row.actor_id)
    this = Look(
        now, ctx.actor.name, role_titles("+".join(sorted(ctx.actor.roles))), _("Kortti avattu"),
        str(ctx.purpose.label) if ctx.purpose else "", today=True, now=True,
    )  # fmt: skip
    day = timezone.localdate(now)
    purposes = dict(Purpose.choices)
    return [this] + [
        Look(
            row.at, names.get(row.actor_id or 0, _("Järjestelmä")), role_titles(row.role),
            row.words, str(purposes.get(row.purpose, "")), timezone.localdate(row.at) == day,
        )
        for row in rows
    ]  # fmt: skip


# --- search ---------------------------------------------------------------------------------


def find(text: str, *, today: date) -> Hits:
    """Persons whose name, telephone, e-mail or customer number begins with what was typed.

    Every word must begin a word of the person, in any order. A whole identity code is searched
    through its blind index. The event keeps a keyed hash and the number of hits, not the text.
    Raises SearchTooShort, and FunctionDenied for a code when the role may not know codes.
    """
    if rules.find_hetus(text):
        return find_by_hetu(text, today=today)
    _note_search("search", text)
    number = _by_customer_number(text)
    words = _words(text)
    if not words and not number:
        raise SearchTooShort(f"at least {rules.MIN_SEARCH} characters")
    found = number + _search_table(words)
    hits = list(dict.fromkeys(found))
    current().note("hits", str(len(hits)))
    return Hits(_rows(hits[:MAX_HITS], today), more=len(hits) > MAX_HITS)


def find_by_hetu(value: str, *, today: date) -> Hits:
    """The person with this identity code, present or former, by exact match only."""
    current().require(Group.HETU, Level.MASKED)
    code = rules.find_hetus(value)[0] if rules.find_hetus(value) else rules.corrected_hetu(value)
    index = blind("hetu", code)
    ids = [
        *Identity.objects.filter(hetu_index=index, active=True).values_list("person_id", flat=True),
        *FormerCode.objects.filter(hetu_index=index).values_list("person_id", flat=True),
    ]
    _note_search("search_code", code)
    current().note("hits", str(len(set(ids))))
    return Hits(_rows(list(dict.fromkeys(ids)), today), by_code=True)


def _note_search(key: str, text: str) -> None:
    """Keep what tells two searches apart, and nothing that tells what was typed (9.2, L3)."""
    current().note(key, blind("search", text).digests[0].hex()[:16])
    current().note("length", str(len(text)))


def _by_customer_number(text: str) -> list[int]:
    digits = text.strip()
    if not digits.isascii() or not digits.isdigit() or not 4 <= len(digits) <= 9:
        return []
    found = Person.objects.filter(customer_number=int(digits))
    return list(found.values_list("pk", flat=True))


def _words(text: str) -> list[str]:
    """The words to look for, or none when they are too short to mean anybody."""
    phone = rules.phone_beginning(text)
    words = [phone] if phone else rules.search_words(text)
    return words if any(len(word) >= rules.MIN_SEARCH for word in words) else []


def _search_table(words: list[str]) -> list[int]:
    """Ids of persons by the search table, which only the database function may read."""
    if not words:
        return []
    with raw_sql("search: the function returns ids"), connection.cursor() as cursor:
        cursor.execute("SELECT registry_persons_find(%s, %s)", [words, MAX_HITS + 1])
        ids: list[int] = cursor.fetchone()[0]
    return ids


def _rows(ids: Sequence[int], today: date) -> list[PersonRow]:
    """Persons by id, in Finnish order."""
    if not ids:
        return []
    persons = Person.objects.filter(pk__in=ids).only(*_LIST_FIELDS).order_by("sort_key", "id")
    return _with_details(list(persons), today)
