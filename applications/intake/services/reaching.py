"""How an applicant is reached, as the application tells it: kept with the person, not with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from registry.persons import services as persons
from registry.persons.models import Address, AddressKind, ContactKind, ContactPoint, Person, Source
from registry.persons.queries import in_force
from registry.persons.services import PostalAddress
from registry.protection import services as protection
from registry.protection.models import DetailKind
from registry.protection.rules import PlainAddress
from vuokra.access.context import current
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaching:
    """Telephone, e-mail and the address where one lives, as far as they were told."""

    phone: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    address: PostalAddress | None = field(default=None, repr=False)


@transaction.atomic
def note_reaching(person: Person, told: Reaching, *, today: date) -> None:
    """Record how a person is reached (hakijan yhteystiedot); what the register knows already is not
    written again, and a new home address ends the old one. Of somebody under turvakielto they are
    sealed (7.3). Raises ValidationError at the field: phone, email, street."""
    current().require(Group.CONTACT, Level.WRITE)
    if told.phone:
        _at("phone", lambda: _point(person, ContactKind.PHONE, told.phone, today))
    if told.email:
        _at("email", lambda: _point(person, ContactKind.EMAIL, told.email, today))
    if (address := told.address) is not None:
        _at("street", lambda: _home(person, address, today))


def _point(person: Person, kind: ContactKind, value: str, today: date) -> None:
    if person.protected:
        protection.add_point(
            person, DetailKind(kind), value, source=Source.APPLICATION, valid_from=today
        )
        return
    stored = persons.checked_contact(kind, value)
    known = ContactPoint.objects.filter(in_force(today), person=person, kind=kind, value=stored)
    if not known.exists():
        persons.add_contact_point(
            person, kind, value, source=Source.APPLICATION, valid_from=today
        )  # fmt: skip


def _home(person: Person, address: PostalAddress, today: date) -> None:
    if person.protected:
        plain = PlainAddress(address.street, address.postal_code, address.town, address.country)
        protection.add_address(
            person, DetailKind.HOME, plain, source=Source.APPLICATION, valid_from=today
        )
        return
    stored = persons.cleaned_address(address)
    known = Address.objects.filter(
        in_force(today), person=person, kind=AddressKind.HOME, street=stored.street,
        postal_code=stored.postal_code, town=stored.town, country=stored.country,
    )  # fmt: skip
    if not known.exists():
        persons.add_address(
            person, AddressKind.HOME, address, source=Source.APPLICATION, valid_from=today
        )


def _at(name: str, record: Callable[[], None]) -> None:
    """What is refused is told at the field where it was typed."""
    try:
        record()
    except ValidationError as refused:
        raise ValidationError({name: refused.messages}) from None
