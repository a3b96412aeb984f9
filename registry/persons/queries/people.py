"""One person: the card, what belongs to it, and who has looked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.persons.models import (
    Address,
    ContactKind,
    ContactPoint,
    FormerCode,
    FormerName,
    Identity,
    Person,
)
from registry.persons.queries import standing
from registry.persons.queries.marks import standing_of
from registry.persons.queries.presence import known_empty
from registry.persons.queries.presence import register as seldom
from registry.persons.queries.reading import may_read, read_once
from vuokra.access import log_queries
from vuokra.access.context import current
from vuokra.access.errors import NeighbourAsked, ObjectDenied, ReasonDemanded, TiedDenied
from vuokra.accounts.queries import staff_names
from vuokra.db.prepared import prepared
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.policy.roles import purpose_title, role_titles

SHOWN_LOOKS = 6
PERSON_TABLE = "registry_persons_person"
seldom(FormerCode)
seldom(FormerName)


@dataclass(frozen=True, slots=True)
class ContactDetails:
    """Contact points and addresses of a person: those that hold, or will, and those ended."""

    present: list[ContactPoint | Address]
    ended: list[ContactPoint | Address]


def may_know_of_protection() -> bool:
    """Whether the actor may know who is under turvakielto (data-protection 7.3)."""
    return current().actor.level(Group.PROTECTION) >= Level.MASKED


def may_be_told(rows: QuerySet[Any], today: date) -> Q:
    """None of these rows is of a person of whom the user is told nothing: whose record is closed to
    him (A2), or who is under turvakielto while he may not know of one (7.3). The rows name what is
    asked for by an OuterRef."""
    shown = standing.none_closed(rows, today)
    if may_know_of_protection():
        return shown
    return shown & Q(~Exists(rows.filter(person__protected=True)))


def may_know_codes() -> bool:
    """Whether the actor may know of identity codes, and reveal one for a reason."""
    return current().actor.level(Group.HETU) >= Level.MASKED


def person_by_public_id(public_id: str, *, asking: bool = False) -> Person:
    """The person of an address: the one door to a record; one statement.

    Raises ObjectDenied when there is none (the page is that of 404), TiedDenied when the record is
    closed to the signed-in user: the user's own, of the household or a colleague (A2), and, except
    on the page that asks, NeighbourAsked when a purpose must be stated first (A1) and
    ReasonDemanded when the processing is restricted (A35).
    """
    return standing.one_person(public_id, asking=asking)


def person_by_number(number: int) -> Person | None:
    """The person of a customer number, also of a record merged into another's; None when there is
    none or the actor may not open the record, so that nothing is told of it."""
    found = Person.with_merged.filter(customer_number=number).only("public_id").first()
    if found is None:
        return None
    try:
        person = person_by_public_id(found.public_id)
    except (ObjectDenied, TiedDenied):
        return None
    except (NeighbourAsked, ReasonDemanded):  # that there is such a customer may be told
        person = standing.one_person(found.public_id, asking=True)  # a page will ask
    return person if not person.protected or may_know_of_protection() else None


def identity_shown(person: Person) -> tuple[Identity | None, int]:
    """What identifies a person, and how many codes they had before; at most two statements."""
    identity = _identity(person) if may_read(Group.IDENTITY) else None
    counted = may_know_codes() and not known_empty(person, FormerCode)
    return identity, FormerCode.objects.filter(person=person).count() if counted else 0


def contact_details(person: Person, *, today: date) -> ContactDetails:
    """Contact details of a person, for those who may read them; two statements.

    They stay with `person`: asked again, for another part of the same page, they are not read anew.
    Those of the dead are all over: nothing is offered for contacting them (A59).
    """
    points, addresses = read_once(person, "contact details", lambda: _contact_rows(person))
    found: list[ContactPoint | Address] = [*points, *addresses]
    if standing_of(person, today=today).death is not None:
        return ContactDetails([], found)
    return ContactDetails(
        [detail for detail in found if not _ended(detail, today)],
        [detail for detail in found if _ended(detail, today)],
    )


def _contact_rows(person: Person) -> tuple[list[ContactPoint], list[Address]]:
    return (
        sorted(
            _points(person.pk), key=lambda point: (point.kind != ContactKind.PHONE, _newest(point))
        ),
        sorted(_addresses(person.pk), key=lambda address: (address.kind, _newest(address))),
    )


@prepared
def _points(person_id: int) -> QuerySet[ContactPoint]:
    return ContactPoint.objects.filter(person_id=person_id).order_by()


@prepared
def _addresses(person_id: int) -> QuerySet[Address]:
    return Address.objects.filter(person_id=person_id).order_by()


def _newest(detail: ContactPoint | Address) -> tuple[int, int]:
    return -detail.valid_from.toordinal(), detail.pk


def _ended(detail: ContactPoint | Address, today: date) -> bool:
    return detail.valid_to is not None and detail.valid_to < today


def former_names(person: Person) -> list[FormerName]:
    """Names that the person had before, the latest first; one statement."""
    return [] if known_empty(person, FormerName) else _former_names(person.pk)


@prepared
def _former_names(person_id: int) -> QuerySet[FormerName]:
    return FormerName.objects.filter(person_id=person_id)


def identity_of(person: Person) -> Identity:
    """The identity of a person. Raises ObjectDenied when none is recorded."""
    identity = _identity(person)
    if identity is None:
        raise ObjectDenied("registry_persons_identity", person.pk)
    return identity


def _identity(person: Person) -> Identity | None:
    """The identity, with its sealed code only for those who may know that there is one."""
    return next(iter(_identities(person.pk, coded=may_know_codes())), None)


@prepared
def _identities(person_id: int, *, coded: bool) -> QuerySet[Identity]:
    fields = ["person_id", "uuid", "kind", "birth_date", *(["hetu"] if coded else [])]
    return Identity.objects.filter(person_id=person_id).order_by("pk").only(*fields)[:1]


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
    """Who has looked at a person, also under a record that was merged into the person's: this
    visit and the last five events; three statements."""
    ctx = current()
    rows = log_queries.who_has_looked(standing.record_ids(person), SHOWN_LOOKS - 1)
    others = {row.actor_id for row in rows if row.actor_id} - {ctx.actor.user_id}
    names = {ctx.actor.user_id: ctx.actor.name} | staff_names(others)
    this = Look(
        now, ctx.actor.name, role_titles("+".join(sorted(ctx.actor.roles))), _("Kortti avattu"),
        str(ctx.purpose.label) if ctx.purpose else "", today=True, now=True,
    )  # fmt: skip
    day = timezone.localdate(now)
    return [this] + [
        Look(
            row.at, names.get(row.actor_id) or _("Järjestelmä"), role_titles(row.role),
            row.words, purpose_title(row.purpose), timezone.localdate(row.at) == day,
        )
        for row in rows
    ]  # fmt: skip
