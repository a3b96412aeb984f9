"""Writing the people of a file in bulk; the database logs every row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from registry.persons.imports.check import batches
from registry.persons.imports.rows import ImportedPerson
from registry.persons.models import (
    Address,
    AddressKind,
    ContactKind,
    ContactPoint,
    ExternalId,
    Identity,
    Person,
)
from vuokra.access.context import bulk_write
from vuokra.imports.registry import Plan, Stage, Tell

BATCH = 1000


def write(plan: Plan[ImportedPerson], tell: Tell) -> list[int]:
    """Register everybody who is new; their row ids."""
    written: list[int] = []
    with bulk_write("import of people"):
        for batch in batches(plan.new, BATCH):
            written += _write(batch)
            tell(Stage.WRITE, len(written), len(plan.new))
    return written


def _write(people: Sequence[ImportedPerson]) -> list[int]:
    persons = Person.objects.bulk_create(map(_person, people))
    pairs = list(zip(persons, people, strict=True))
    Identity.objects.bulk_create(_identity(p, one) for p, one in pairs if one.kind)
    ContactPoint.objects.bulk_create(point for p, one in pairs for point in _points(p, one))
    Address.objects.bulk_create(address for p, one in pairs for address in _addresses(p, one))
    ExternalId.objects.bulk_create(
        ExternalId(person=p, value=one.external_id) for p, one in pairs if one.external_id
    )
    return [person.pk for person in persons]


def _person(one: ImportedPerson) -> Person:
    return Person(
        surname=one.names.surname,
        given_names=one.names.given_names,
        call_name=one.names.call_name,
        language=one.language,
        customer_since=one.customer_since,
    )


def _identity(person: Person, one: ImportedPerson) -> Identity:
    identity = Identity(
        person=person, kind=one.kind, birth_date=one.birth_date, artificial=one.artificial
    )
    identity.hetu = one.code or None
    return identity


def _points(person: Person, one: ImportedPerson) -> Iterator[ContactPoint]:
    for kind, value in ((ContactKind.PHONE, one.phone), (ContactKind.EMAIL, one.email)):
        if value:
            yield ContactPoint(
                person=person, kind=kind, value=value, source=one.source, valid_from=one.valid_from
            )


def _addresses(person: Person, one: ImportedPerson) -> Iterator[Address]:
    if one.address:
        yield Address(
            person=person,
            kind=AddressKind.HOME,
            street=one.address.street,
            postal_code=one.address.postal_code,
            town=one.address.town,
            country=one.address.country,
            source=one.source,
            valid_from=one.valid_from,
        )
