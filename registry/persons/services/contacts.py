"""Adding and ending contact details and addresses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy

from registry.persons import rules
from registry.persons.models import (
    Address,
    AddressKind,
    ContactKind,
    ContactPoint,
    DatedFields,
    Person,
    Source,
)
from registry.persons.services.marks import refuse_dead
from registry.persons.services.people import refuse_hetu_in_text
from vuokra.access.context import current
from vuokra.db.constraints import constraint_errors
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


CONTACT_TEXTS: dict[str, StrPromise] = {
    ContactKind.PHONE: gettext_lazy("Tarkista puhelinnumero. Ulkomaan numero alkaa merkillä +."),
    ContactKind.EMAIL: gettext_lazy("Tarkista sähköpostiosoite."),
}
PROTECTED = {
    "protection_no_open_contact": gettext_lazy(
        "Henkilöllä on turvakielto. Kirjaa yhteystiedot turvakiellon sivulla."
    )
}
COUNTRY_TEXT = gettext_lazy("Kirjoita maan tunnus kahdella kirjaimella, esimerkiksi FI.")
ADDRESS_FIELDS: Final = {
    "postal_code": "postal_code", "persons_address_postal_code": "postal_code",
    "country": "country", "persons_address_country": "country",
}  # fmt: skip
"""Fields of an address by what is refused of them, open or sealed."""
HOME_COUNTRY: Final = "FI"
Detail = TypeVar("Detail", ContactPoint, Address)


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """An address as written on a letter."""

    street: str
    postal_code: str
    town: str
    country: str = HOME_COUNTRY


def add_contact_point(
    person: Person,
    kind: ContactKind,
    value: str,
    *,
    source: Source,
    valid_from: date,
    verified_at: date | None = None,
) -> ContactPoint:
    """Add a telephone number or e-mail address (yhteystiedon lisääminen)."""
    current().require(Group.CONTACT, Level.WRITE)
    refuse_dead(person)
    point = ContactPoint(
        person=person,
        kind=kind,
        value=checked_contact(kind, value),
        source=source,
        valid_from=valid_from,
        verified_at=verified_at,
    )
    _save_detail(point)
    return point


def checked_contact(kind: ContactKind, value: str) -> str:
    """The number or address as it is stored; raises ValidationError."""
    normalise = rules.normalise_phone if kind == ContactKind.PHONE else rules.normalise_email
    try:
        return normalise(value)
    except rules.ContactError:
        raise ValidationError(CONTACT_TEXTS[kind], code=kind) from None


def add_address(
    person: Person,
    kind: AddressKind,
    address: PostalAddress,
    *,
    source: Source,
    valid_from: date,
    verified_at: date | None = None,
) -> Address:
    """Add an address (osoitteen lisääminen). One home address holds at a time: when the person
    moves, the old one ends the day before."""
    current().require(Group.CONTACT, Level.WRITE)
    written = cleaned_address(address)
    refuse_dead(person)
    new = Address(
        person=person,
        kind=kind,
        street=written.street,
        postal_code=written.postal_code,
        town=written.town,
        country=written.country,
        source=source,
        valid_from=valid_from,
        verified_at=verified_at,
    )
    with transaction.atomic():
        if kind == AddressKind.HOME:
            _end_home(person, valid_from)
        _save_detail(new)
    return new


def cleaned_address(address: PostalAddress) -> PostalAddress:
    """The address as it is stored; raises ValidationError for an identity code in it, and for a
    country that is no code of two letters."""
    street, town = rules.clean_text(address.street), rules.clean_text(address.town)
    for text in (street, town):
        refuse_hetu_in_text(text)
    postal_code = rules.clean_text(address.postal_code)
    country = address.country.strip().upper()
    if not rules.is_country(country):
        raise ValidationError({"country": ValidationError(COUNTRY_TEXT, code="country")})
    return PostalAddress(street, postal_code, town, country)


def _end_home(person: Person, moved: date) -> None:
    for home in Address.objects.select_for_update().filter(
        person=person, kind=AddressKind.HOME, valid_to__isnull=True, valid_from__lt=moved
    ):
        home.person = person
        home.valid_to = moved - timedelta(days=1)
        home.save()


def end_contact_point(point: ContactPoint, *, last_day: date) -> ContactPoint:
    """End a telephone number or e-mail address (yhteystiedon päättäminen)."""
    return _end(point, last_day)


def end_address(address: Address, *, last_day: date) -> Address:
    """End an address (osoitteen päättäminen)."""
    return _end(address, last_day)


def _end(detail: Detail, last_day: date) -> Detail:
    current().require(Group.CONTACT, Level.WRITE)
    detail.valid_to = last_day
    _save_detail(detail)
    return detail


def _save_detail(detail: DatedFields) -> None:
    """Check and save a dated detail; raises ValidationError by field."""
    detail.full_clean(exclude=["person", "search_value"], validate_constraints=False)
    with constraint_errors(type(detail), PROTECTED):
        detail.save()
