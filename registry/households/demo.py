"""Households of invented people: for the demo company, and in any number for the bench."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from random import Random

from registry.households.models import Household, Membership
from registry.persons.demo import BATCH
from registry.persons.models import Identity, IdentityKind, Person, Source
from vuokra.access.context import bulk_write
from vuokra.demo.registry import Progress, Scale

SIZES = (1, 2, 2, 4, 2, 1, 3, 5)
"""How many adults and children live together, in turn: 2.5 on the average."""
_CHILDREN = ("Aamos", "Elli", "Iiris", "Leo", "Minea", "Oiva", "Peppi", "Topi", "Veera", "Viljo")
_GROWN = 2  # from the third member on they are children


def make_households(groups: Sequence[Sequence[Person]], since: date) -> int:
    """Write households in bulk, one of each group; runs inside an access context."""
    with bulk_write("households of invented people"):
        households = Household.objects.bulk_create(Household() for _group in groups)
        rows = [
            Membership(
                household=household, person=person, valid_from=since, source=Source.APPLICATION
            )
            for household, group in zip(households, groups, strict=True)
            for person in group
        ]
        Membership.objects.bulk_create(rows)
    return len(rows)


def grouped(persons: Iterable[Person]) -> Iterator[list[Person]]:
    """People put into households of `SIZES` in turn."""
    stream, turn = iter(persons), 0
    while group := list(islice(stream, SIZES[turn % len(SIZES)])):
        turn += 1
        yield group


def fill(scale: Scale, progress: Progress) -> None:
    """The room's part of the demo company: couples, and families with children.

    A child is known by name and birth date, as one who is not a customer is.
    """
    random = Random(scale.seed)  # noqa: S311  (invented names, not secrets)
    adults = Person.objects.only("public_id", "surname").order_by("id")
    known = list(adults)
    stream, groups, turn = iter(known), [], 0
    while parents := list(islice(stream, min(_GROWN, SIZES[turn % len(SIZES)]))):
        children = SIZES[turn % len(SIZES)] - len(parents)
        groups.append([*parents, *_children(parents[0], children, random, scale.today)])
        turn += 1
        if len(groups) == BATCH // 4:
            make_households(groups, _since(scale.today))
            groups = []
        progress(min(turn * _GROWN, len(known)), len(known))
    make_households(groups, _since(scale.today))
    progress(len(known), len(known))


def _since(today: date) -> date:
    return today - timedelta(days=400)


def _children(parent: Person, count: int, random: Random, today: date) -> list[Person]:
    """Children of a parent's surname, of two to sixteen years."""
    if count <= 0:
        return []
    names = random.sample(_CHILDREN, count)
    with bulk_write("children of invented people"):
        children = Person.objects.bulk_create(
            Person(surname=parent.surname, given_names=name, call_name=name) for name in names
        )
        Identity.objects.bulk_create(
            Identity(
                person=child,
                kind=IdentityKind.BIRTH_DATE,
                birth_date=today - timedelta(days=random.randrange(2 * 365, 16 * 365)),
            )
            for child in children
        )
    return children
