"""People who may be the one about to be registered."""

from __future__ import annotations

from datetime import date
from itertools import chain, islice

from django.db import connection
from django.db.models import Q

from registry.persons import likeness
from registry.persons.models import Person
from vuokra.access.stated import raw_sql

SHOWN = 5
LOOKED_AT = 50
FIELDS = ("public_id", "customer_number", "surname", "given_names", "call_name")


def similar_persons(surname: str, given_names: str, birth_date: date | None) -> list[Person]:
    """Persons who may be the one about to be registered (DP-A14); at most five.

    Those of another birth date are left out, and read by nobody. One statement for each given
    name and one for the persons.
    """
    wanted = likeness.traits(surname, given_names, birth_date)
    found = Person.objects.filter(pk__in=_of_like_names(wanted)).order_by("sort_key", "id")
    if birth_date is not None:
        found = found.filter(Q(identity__birth_date=birth_date) | Q(identity__isnull=True))
    like = (
        person
        for person in found.only(*FIELDS)
        if likeness.likeness(
            wanted, likeness.traits(person.surname, person.given_names, birth_date)
        )
    )
    return list(islice(like, SHOWN))


def _of_like_names(wanted: likeness.Traits) -> list[int]:
    """Ids of those with these surnames and one of the given names, each in any place of a name."""
    if not wanted.surname or not wanted.given:
        return _found([*wanted.surname, *wanted.given])
    each = (_found([*wanted.surname, name]) for name in sorted(wanted.given))
    return list(dict.fromkeys(chain.from_iterable(each)))


def _found(words: list[str]) -> list[int]:
    """Ids of persons by the search table, which only the database function may read."""
    if not words:
        return []
    with raw_sql("namesakes: the function returns ids"), connection.cursor() as cursor:
        cursor.execute("SELECT registry_persons_find(%s, %s)", [words, LOOKED_AT])
        ids: list[int] = cursor.fetchone()[0]
    return ids
