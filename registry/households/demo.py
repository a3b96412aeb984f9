"""Households and relations of invented people: for the demo company, and in any number for the
bench."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice, pairwise
from random import Random
from typing import TypeVar

from registry.households.models import (
    Commitment,
    CommitmentKind,
    Guardian,
    Household,
    Membership,
    TrusteeKind,
    Trusteeship,
)
from registry.households.services import Other, Validity, add_commitment
from registry.persons.models import Identity, IdentityKind, MarkKind, Person, Source
from registry.persons.queries.majority import adult_on
from vuokra.access.stated import bulk_write
from vuokra.demo.registry import Progress, Scale

SIZES = (1, 2, 2, 4, 2, 1, 3, 5)
"""How many live together, in turn: 2.5 on the average."""
PARENTS = 2
BATCH = 200
_CHILDREN = ("Aamos", "Elli", "Iiris", "Leo", "Minea", "Oiva", "Peppi", "Topi", "Veera", "Viljo")
One = TypeVar("One")


def make_households(groups: Sequence[Sequence[int]], since: date) -> int:
    """Write households in bulk, one of each group of person ids; inside an access context."""
    with bulk_write("households of invented people"):
        households = Household.objects.bulk_create(Household() for _group in groups)
        rows = [
            Membership(
                household=household, person_id=person, valid_from=since, source=Source.APPLICATION
            )
            for household, group in zip(households, groups, strict=True)
            for person in group
        ]
        Membership.objects.bulk_create(rows)
    return len(rows)


def grouped(people: Iterable[One]) -> Iterator[list[One]]:
    """People put into households of `SIZES` in turn."""
    stream, turn = iter(people), 0
    while group := list(islice(stream, SIZES[turn % len(SIZES)])):
        turn += 1
        yield group


@dataclass(slots=True)
class Family:
    """Adults of the register, and children who are known by name and birth date only."""

    adults: list[Person]
    children: list[Person]
    born: list[date]

    @property
    def ids(self) -> list[int]:
        return [one.pk for one in (*self.adults, *self.children)]


def fill(scale: Scale, progress: Progress) -> None:
    """The room's part of the demo company: couples and families; some have a guarantor, a payer or
    a trustee."""
    random = Random(scale.seed)  # noqa: S311  (invented names, not secrets)
    people = list(Person.objects.only("public_id", "surname").order_by("id"))
    families = list(_families(people, random, scale.today))
    since = scale.today - timedelta(days=400)
    for start in range(0, len(families), BATCH):
        batch = families[start : start + BATCH]
        _register_children(batch)
        make_households([family.ids for family in batch], since)
        _relate(batch, since, scale.today)
        progress(min(start + BATCH, len(families)), len(families))


def _families(people: list[Person], random: Random, today: date) -> Iterator[Family]:
    stream, turn = iter(people), 0
    while adults := list(islice(stream, min(PARENTS, SIZES[turn % len(SIZES)]))):
        count = max(SIZES[turn % len(SIZES)] - PARENTS, 0)
        turn += 1
        children = [
            Person(surname=adults[0].surname, given_names=name, call_name=name)
            for name in random.sample(_CHILDREN, count)
        ]
        born = [today - timedelta(days=random.randrange(2 * 365, 16 * 365)) for _ in children]
        yield Family(adults, children, born)


def _register_children(families: list[Family]) -> None:
    with bulk_write("children of invented people"):
        Person.objects.bulk_create(child for family in families for child in family.children)
        Identity.objects.bulk_create(
            Identity(person=child, kind=IdentityKind.BIRTH_DATE, birth_date=day)
            for family in families
            for child, day in zip(family.children, family.born, strict=True)
        )


def _relate(families: list[Family], since: date, today: date) -> None:
    """Guardians of every child; one of the next family for guarantor, an office for payer."""
    source = Source.APPLICATION
    with bulk_write("relations of invented people"):
        Guardian.objects.bulk_create(
            Guardian(
                person=child, other=adult, source=Source.POPULATION_REGISTER,
                valid_from=today, valid_to=adult_on(day, today) - timedelta(days=1),
            )
            for family in families
            for child, day in zip(family.children, family.born, strict=True)
            for adult in family.adults
        )  # fmt: skip
        Commitment.objects.bulk_create(
            Commitment(
                person=tenant.adults[0], other=helper.adults[0], kind=CommitmentKind.GUARANTOR,
                source=source, valid_from=since,
            )
            for tenant, helper in list(pairwise(families))[::9]
        )  # fmt: skip
        Commitment.objects.bulk_create(
            Commitment(
                person=family.adults[0], organisation="Hillakosken kunta, sosiaalitoimi",
                contact="sosiaalitoimi@example.fi", kind=CommitmentKind.PAYER, source=source,
                valid_from=since,
            )
            for family in families[4::17]
        )  # fmt: skip
        Trusteeship.objects.bulk_create(
            Trusteeship(
                person=family.adults[0], organisation="Hillakosken edunvalvontatoimisto",
                contact="edunvalvonta@example.fi", kind=TrusteeKind.GUARDIANSHIP,
                decision="Päätös 1/2025", extent="Taloudelliset asiat",
                source=Source.POPULATION_REGISTER, valid_from=since,
            )
            for family in families[7::23]
        )  # fmt: skip


def fill_estates(scale: Scale, progress: Progress) -> None:
    """The room's second part: whom to turn to of those who have died."""
    dead = Person.objects.filter(marks__kind=MarkKind.DECEASED).order_by("id")
    for person in dead:
        heir = Person.objects.filter(pk__lt=person.pk, customer_since__isnull=False).order_by("-id")
        contact = heir.exclude(marks__kind=MarkKind.DECEASED).first()
        if contact is not None:
            add_commitment(
                person, CommitmentKind.ESTATE, Other(contact),
                Validity(scale.today - timedelta(days=20), Source.POPULATION_REGISTER),
            )  # fmt: skip
    progress(1, 1)


def no_estates() -> bool:
    """Whether no estate has a contact."""
    return not Commitment.objects.filter(kind=CommitmentKind.ESTATE).exists()
