"""Where a letter to a person may be sent; every letter asks here (data-protection 7.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from registry.persons.models import Address, AddressKind, Person
from registry.persons.queries.reading import in_force
from registry.protection.models import ContactAddress
from vuokra.documents.errors import Fault, NotMade

_ORDER = (AddressKind.POSTAL, AddressKind.TEMPORARY, AddressKind.HOME)
"""Which address a letter goes to: the postal one, one for the time being, the home."""


@dataclass(frozen=True, slots=True)
class LetterAddress:
    """The lines of the envelope, the name first; or why there is none."""

    lines: tuple[str, ...] = ()
    fault: Fault | None = None

    def required(self) -> list[str]:
        """The lines. Raises NotMade when nothing may be printed for the post."""
        if self.fault is not None:
            raise NotMade(self.fault)
        return list(self.lines)


def letter_address(person_id: int, today: date) -> LetterAddress:
    """Name and postal address of a person for a letter, on the day; two statements.

    Under turvakielto only the contact address (yhteysosoite) is used; without one the delivery has
    to be agreed with the person and nothing is printed. The postal address goes before a temporary
    one and the home.
    """
    person = Person.objects.get(pk=person_id)
    if person.protected:
        held = ContactAddress.objects.filter(person=person, valid_to__isnull=True).first()
        if held is None:
            return LetterAddress(fault=Fault.DELIVERY)
        return LetterAddress(_lines(person, held))
    found = list(Address.objects.filter(in_force(today), person=person, kind__in=_ORDER))
    if not found:
        return LetterAddress(fault=Fault.ADDRESS)
    found.sort(key=lambda address: _ORDER.index(AddressKind(address.kind)))
    return LetterAddress(_lines(person, found[0]))


def _lines(person: Person, address: Address | ContactAddress) -> tuple[str, ...]:
    place = " ".join(filter(None, (address.postal_code, address.town)))
    country = getattr(address, "country", "FI")  # a contact address is always in Finland
    abroad = (country,) if country != "FI" else ()
    return (_name(person), address.street, place, *abroad)


def _name(person: Person) -> str:
    """The name as on an envelope, the given name in use first."""
    return " ".join(filter(None, (person.call_name or person.given_names, person.surname)))
