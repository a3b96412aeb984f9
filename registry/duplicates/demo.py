"""Demo company: one person who is in the register twice."""

from __future__ import annotations

from registry.duplicates.models import Candidate
from registry.duplicates.services import find_likely
from registry.persons.models import (
    ContactKind,
    ContactPoint,
    Identity,
    IdentityKind,
    Person,
    Source,
)
from vuokra.demo.registry import Progress, Scale


def fill(scale: Scale, progress: Progress) -> None:
    """Register one of the people again, with one given name and the birth date only."""
    own = Identity.objects.filter(kind=IdentityKind.HETU, person__protected=False)
    identity = own.select_related("person").order_by("person__sort_key", "pk").first()
    if identity is not None:
        _again(identity.person, identity, scale)
    find_likely(today=scale.today)
    progress(1, 1)


def _again(person: Person, identity: Identity, scale: Scale) -> None:
    twin = Person(
        surname=person.surname,
        given_names=person.given_names.split(" ")[0],
        language=person.language,
        customer_since=scale.today,
    )
    twin.save()
    Identity(person=twin, kind=IdentityKind.BIRTH_DATE, birth_date=identity.birth_date).save()
    for point in ContactPoint.objects.filter(person=person, kind=ContactKind.PHONE)[:1]:
        ContactPoint(
            person=twin, kind=point.kind, value=point.value, source=Source.PERSON,
            valid_from=scale.today,
        ).save()  # fmt: skip


def empty() -> bool:
    """Whether no pair has been found yet."""
    return not Candidate.objects.exists()
