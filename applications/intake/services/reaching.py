"""How an applicant is reached, as the application tells it: kept with the person, not with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from registry.persons import services as persons
from registry.persons.models import Address, AddressKind, ContactKind, ContactPoint, Person, Source
from registry.persons.queries import in_force
from registry.persons.services import PostalAddress
from registry.persons.services.contacts import ADDRESS_FIELDS
from registry.protection import services as protection
from registry.protection.models import DetailKind, ProtectedDetail
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
def note_reaching(person: Person, told: Reaching, *, on: date, today: date) -> None:
    """Record how a person is reached (hakijan yhteystiedot), as told on a day; what the register
    knows already is not written again, and a new home address ends an older one. Of somebody under
    turvakielto they are sealed (7.3). Raises ValidationError at the field: when the register knows
    a newer address, and of somebody protected when it has such a detail, which is not opened to be
    compared."""
    current().require(Group.CONTACT, Level.WRITE)
    refused: dict[str, list[ValidationError]] = {}
    if told.phone:
        refused |= _at("phone", lambda: _point(person, ContactKind.PHONE, told.phone, on, today))
    if told.email:
        refused |= _at("email", lambda: _point(person, ContactKind.EMAIL, told.email, on, today))
    if (address := told.address) is not None:
        refused |= _at("street", lambda: _home(person, address, on, today))
    if refused:
        raise ValidationError(refused)


def refuse_home_of_protected(told: Reaching) -> None:
    """Somebody of the household is under turvakielto and the applicant is not: the present address
    may be their home, and is not kept in the open (7.3). Raises ValidationError."""
    if told.address is not None:
        text = _("Ruokakunnassa on turvakielto, joka ei kata hakijaa. Jätä osoite tyhjäksi ja "
                 "kirjaa se kortilla, kun on selvitetty, asuvatko he yhdessä.")  # fmt: skip
        raise ValidationError({"street": ValidationError(text, code="protected")})


def _point(person: Person, kind: ContactKind, value: str, on: date, today: date) -> None:
    if person.protected:
        _refuse_sealed(person, DetailKind(kind), today)
        protection.add_point(
            person, DetailKind(kind), value, source=Source.APPLICATION, valid_from=on
        )
        return
    stored = persons.checked_contact(kind, value)
    known = ContactPoint.objects.filter(in_force(today), person=person, kind=kind, value=stored)
    if not known.exists():
        persons.add_contact_point(
            person, kind, value, source=Source.APPLICATION, valid_from=on
        )  # fmt: skip


def _refuse_sealed(person: Person, kind: DetailKind, today: date) -> None:
    if ProtectedDetail.objects.filter(in_force(today), person=person, kind=kind).exists():
        text = _("Henkilöllä on turvakielto ja jo tällainen tieto. Jätä kenttä tyhjäksi, ja kirjaa "
                 "muutos turvakiellon sivulla.")  # fmt: skip
        raise ValidationError(text, code="sealed")


def _home(person: Person, address: PostalAddress, on: date, today: date) -> None:
    if person.protected:
        _refuse_sealed(person, DetailKind.HOME, today)
        protection.add_address(
            person, DetailKind.HOME, address, source=Source.APPLICATION, valid_from=on
        )
        return
    stored = persons.cleaned_address(address)
    known = Address.objects.filter(
        in_force(today), person=person, kind=AddressKind.HOME, street=stored.street,
        postal_code=stored.postal_code, town=stored.town, country=stored.country,
    )  # fmt: skip
    if known.exists():
        return
    newer = Address.objects.filter(person=person, kind=AddressKind.HOME, valid_from__gte=on)
    if newer.exists():
        text = _("Rekisterissä on uudempi osoite. Jätä osoite tyhjäksi, tai muuta sitä kortilla.")
        raise ValidationError(text, code="newer")
    persons.add_address(
        person, AddressKind.HOME, address, source=Source.APPLICATION, valid_from=on
    )  # fmt: skip


def _at(name: str, record: Callable[[], None]) -> dict[str, list[ValidationError]]:
    """Record it; what is refused, by the field where it was typed."""
    try:
        with transaction.atomic():
            record()
    except ValidationError as refused:
        found: dict[str, list[ValidationError]] = {}
        told = getattr(refused, "error_dict", None) or {name: refused.error_list}
        for one in chain.from_iterable(told.values()):
            found.setdefault(ADDRESS_FIELDS.get(str(one.code), name), []).append(one)
        return found
    return {}
