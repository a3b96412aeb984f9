"""Searching for people: names, streets and the ends of telephone numbers through the search table,
beginnings of numbers and e-mail by their own index, codes through the blind index.

Under turvakielto a person is found by the exact customer number or identity code alone, and by
those alone who may know of the protection; nothing tells others that there was a hit (7.3).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from registry.persons import rules
from registry.persons.models import ContactPoint, FormerCode, Identity, Person
from registry.persons.queries import standing
from registry.persons.queries.lists import LIST_FIELDS, PersonRow, with_details
from registry.persons.queries.people import may_know_of_protection
from registry.persons.queries.reading import in_force
from registry.persons.queries.standing import surviving
from vuokra.access.context import current
from vuokra.access.stated import raw_sql
from vuokra.crypto.blind import blind
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.search.registry import TooShort

MAX_HITS = 50


@dataclass(frozen=True, slots=True)
class Hits:
    """What a search found; `more` tells that there are others.

    `exact`: an identity code or a customer number was typed in full and is somebody's.
    """

    persons: list[Person]
    more: bool = False
    exact: bool = False


def find(text: str, *, today: date, limit: int = MAX_HITS) -> Hits:
    """Persons by name, telephone, e-mail, street address, customer number or identity code.

    Every word must begin a word of the name, in any order; surnames come before given names and
    exact letters before those without dots. Contact details are searched for roles that may know
    of them. Raises TooShort, and FunctionDenied for a code when the role may not know codes.
    """
    if rules.find_hetus(text):
        return find_by_hetu(text)
    number = _by_customer_number(text)
    ids = dict.fromkeys(number)
    searches = _searches(text, today)
    if not searches and not _customer_number(text) and not rules.may_hold_hetu(text):
        raise TooShort(f"at least {rules.MIN_SEARCH} characters")
    for search, alone in searches:
        if len(ids) <= limit and not (alone and ids):
            ids |= dict.fromkeys(search(limit + 1))
    shown = list(ids)[:limit]
    return Hits(_persons(shown), more=len(ids) > limit, exact=bool(number))


def find_by_hetu(value: str) -> Hits:
    """The person with this identity code, present or former, by exact match only."""
    current().require(Group.HETU, Level.MASKED)
    code = rules.find_hetus(value)[0] if rules.find_hetus(value) else rules.corrected_hetu(value)
    index = blind("hetu", code)
    ids = [
        *Identity.objects.filter(hetu_index=index, active=True).values_list("person_id", flat=True),
        *FormerCode.objects.filter(hetu_index=index).values_list("person_id", flat=True),
    ]
    return Hits(_seen(_persons(list(dict.fromkeys(ids)))), exact=True)


def with_details_of(hits: Hits, *, today: date) -> list[PersonRow]:
    """The hits in Finnish order with today's contact details."""
    return with_details(sorted(hits.persons, key=lambda one: (one.sort_key, one.pk)), today)


Search = Callable[[int], Sequence[int]]


def _searches(text: str, today: date) -> list[tuple[Search, bool]]:
    """The searches that what was typed is long enough for, the likeliest first.

    Those marked True are made only when nothing was found before them: a name is more often typed
    than the name of a street or the beginning of an e-mail address.
    """
    found: list[tuple[Search, bool]] = []
    names, phone = rules.name_words(text), rules.phone_search(text)
    if names:
        found.append(
            (lambda hits: _ids("SELECT registry_persons_find(%s, %s)", names, hits), False)
        )
    if current().actor.level(Group.CONTACT) < Level.MASKED:
        return found
    if phone and phone.beginning:
        found.append((lambda hits: _by_contact(phone.beginning, today, hits), False))
    if phone and phone.end:
        found.append((lambda hits: _by_phone_end(phone.end, today, hits), False))
    if email := rules.email_beginning(text):
        found.append((lambda hits: _by_contact(email, today, hits), "@" not in email))
    if street := rules.street_search(text):
        found.append((lambda hits: _by_street(*street, today, hits), not street[1]))
    return found


def _customer_number(text: str) -> int | None:
    digits = text.strip()
    whole = digits.isascii() and digits.isdigit() and 4 <= len(digits) <= 9
    return int(digits) if whole else None


def _by_customer_number(text: str) -> list[int]:
    """The person of a customer number, also of a record that was merged into another's."""
    number = _customer_number(text)
    if number is None:
        return []
    found = Person.with_merged.filter(customer_number=number).only("protected", "merged_into")
    return [person.pk for person in _seen([surviving(person) for person in found])]


def _seen(persons: list[Person]) -> list[Person]:
    """Without those whom the actor may not know to be in the register."""
    known = may_know_of_protection()
    return [person for person in persons if known or not person.protected]


def _by_contact(beginning: str, today: date, hits: int) -> list[int]:
    """Persons whose telephone number or e-mail address begins so, and may be told to the user."""
    points = ContactPoint.objects.filter(
        in_force(today),
        ~standing.closed(today),
        search_value__gte=beginning,
        search_value__lt=beginning + rules.LAST,
    )
    ordered = points.order_by("search_value").values_list("person_id", flat=True)
    return list(ordered[:hits])


def _by_phone_end(end: str, today: date, hits: int) -> list[int]:
    found = _ids("SELECT registry_persons_find_phone_end(%s, %s)", end, hits)
    return standing.told_to_user(found, today=today)


def _by_street(street: str, rest: str, today: date, hits: int) -> list[int]:
    found = _ids("SELECT registry_persons_find_street(%s, %s, %s)", street, rest, hits)
    return standing.told_to_user(found, today=today)


def _ids(call: str, *arguments: str | int | list[str]) -> list[int]:
    """Ids of persons by the search table, which only functions of the database may read."""
    with raw_sql("search: the function returns ids"), connection.cursor() as cursor:
        cursor.execute(call, list(arguments))
        ids: list[int] = cursor.fetchone()[0]
    return ids


def expire_searched() -> int:
    """Contact details whose last day has passed leave the search; a job of the night."""
    with raw_sql("details that are over leave the search"), connection.cursor() as cursor:
        cursor.execute("SELECT registry_persons_search_expire()")
        count: int = cursor.fetchone()[0]
    return count


def _persons(ids: Sequence[int]) -> list[Person]:
    """Persons in the order of the ids."""
    if not ids:
        return []
    found = Person.objects.filter(pk__in=ids).only(*LIST_FIELDS, "sort_key", "protected")
    by_id = {person.pk: person for person in found}
    return [by_id[pk] for pk in ids if pk in by_id]
