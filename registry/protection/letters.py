"""Where a letter to a person may be sent, and which ones are seen; every letter asks here (7.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from registry.persons.models import Address, AddressKind, Person
from registry.persons.queries.reading import in_force
from registry.protection import prompts
from registry.protection.models import ContactAddress, Coverage
from registry.protection.queries import covered_in, may_know
from vuokra.documents.errors import Fault, NotMade
from vuokra.documents.models import Document, DocumentSubject

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
    return (name_on_envelope(person), address.street, place, *abroad)


def name_on_envelope(person: Person) -> str:
    """The name as on an envelope, the given name in use first."""
    return " ".join(filter(None, (person.call_name or person.given_names, person.surname)))


def without_former_letters(documents: QuerySet[Document]) -> QuerySet[Document]:
    """The documents without those ordered before a ban covered any of whom they are about: an
    address or a number in them is what the ban hides. Whoever keeps bans sees them.

    Of every kind, so that none is forgotten. They stay hidden when the ban has ended, as do the
    details themselves (DP-T4). What was ordered under cover tells the contact address alone; the
    day of the order counts, since a letter may be in the making when the cover begins.
    """
    return documents if may_know() else documents.exclude(_former())


def former_letters(documents: QuerySet[Document]) -> QuerySet[Document]:
    """Those of the documents ordered before a ban covered any of whom they are about."""
    return documents.filter(_former())


def ask_for_letter(document: Document) -> None:
    """Ask for what such a document is opened by whoever keeps bans (7.3): its envelope tells the
    home. Raises ReasonDemanded."""
    if former_letters(Document.objects.filter(pk=document.pk)).exists():
        people = covered_in(document)
        way = reverse("protection:reason", args=[people[0].public_id])
        prompts.demand(people, f"{way}?asiakirja={document.uuid}")


def _former() -> Exists:
    covered = Coverage.objects.filter(
        person=OuterRef("subject_id"), began_at__gte=OuterRef("document__ordered_at")
    )
    return Exists(DocumentSubject.objects.filter(Exists(covered), document=OuterRef("pk")))
