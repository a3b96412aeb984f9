"""Writing the people of a file in bulk; the database logs every row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils import timezone

from registry.persons.imports.rows import Identified, ImportedPerson, Reached
from registry.persons.models import (
    Address,
    AddressKind,
    ContactKind,
    ContactPoint,
    ExternalId,
    Identity,
    NoticeDuty,
    Person,
    Source,
)
from vuokra.access.stated import bulk_write
from vuokra.db.bulk import batches, insert_many
from vuokra.imports.registry import Plan, Stage, Tell
from vuokra.policy.sources import FROM_ELSEWHERE

BATCH = 1000


def write(plan: Plan[ImportedPerson], tell: Tell) -> list[int]:
    """Register everybody who is new; their row ids."""
    written: list[int] = []
    tell(Stage.WRITE, 0, len(plan.new))
    with bulk_write("import of people"):
        for batch in batches(plan.new, BATCH):
            written += insert_people(batch)
            tell(Stage.WRITE, len(written), len(plan.new))
    return written


def insert_people(people: Sequence[ImportedPerson]) -> list[int]:
    """Register people, inside `bulk_write`; their row ids in the same order."""
    persons = [_person(one) for one in people]
    insert_many(persons)
    pairs = list(zip(persons, people, strict=True))
    insert_many([_identity(p, one.identity) for p, one in pairs if one.identity is not None])
    reached = [(p, one.reached) for p, one in pairs if one.reached is not None]
    insert_many([point for p, how in reached for point in _points(p, how)])
    insert_many([address for p, how in reached for address in _addresses(p, how)])
    insert_many(
        [ExternalId(person=p, value=one.external_id) for p, one in pairs if one.external_id]
    )
    insert_many(
        [_duty(p, one.source) for p, one in pairs if one.source and one.source in FROM_ELSEWHERE]
    )
    return [person.pk for person in persons]


def _duty(person: Person, source: Source) -> NoticeDuty:
    """Somebody else told of the person, who is to be informed (article 14)."""
    return NoticeDuty(person=person, source=source, arisen_on=timezone.localdate())


def _person(one: ImportedPerson) -> Person:
    return Person(
        surname=one.names.surname,
        given_names=one.names.given_names,
        call_name=one.names.call_name,
        language=one.language,
        customer_since=one.customer_since,
    )


def _identity(person: Person, known: Identified) -> Identity:
    identity = Identity(
        person=person, kind=known.kind, birth_date=known.birth_date, artificial=known.artificial
    )
    identity.hetu = known.code or None
    return identity


def _points(person: Person, how: Reached) -> Iterator[ContactPoint]:
    for kind, value in ((ContactKind.PHONE, how.phone), (ContactKind.EMAIL, how.email)):
        if value:
            yield ContactPoint(
                person=person, kind=kind, value=value, source=how.source, valid_from=how.valid_from
            )


def _addresses(person: Person, how: Reached) -> Iterator[Address]:
    if how.address:
        yield Address(
            person=person,
            kind=AddressKind.HOME,
            street=how.address.street,
            postal_code=how.address.postal_code,
            town=how.address.town,
            country=how.address.country,
            source=how.source,
            valid_from=how.valid_from,
        )
