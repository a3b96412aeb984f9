"""Searching for people: by words through the search table, by codes through the blind index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from registry.persons import rules
from registry.persons.models import FormerCode, Identity, Person
from registry.persons.queries.lists import LIST_FIELDS, PersonRow, with_details
from vuokra.access.context import current, raw_sql
from vuokra.crypto.blind import blind
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

MAX_HITS = 50


class SearchTooShort(ValueError):
    """What was typed would find half the register (DP-A10)."""


@dataclass(frozen=True, slots=True)
class Hits:
    """What a search found, in Finnish order; `more` tells that there are others."""

    rows: list[PersonRow]
    more: bool = False
    by_code: bool = False


def find(text: str, *, today: date) -> Hits:
    """Persons whose name, telephone, e-mail or customer number begins with what was typed.

    Every word must begin a word of the person, in any order. A whole identity code is searched
    through its blind index. The event keeps a keyed hash and the number of hits, not the text.
    Raises SearchTooShort, and FunctionDenied for a code when the role may not know codes.
    """
    if rules.find_hetus(text):
        return find_by_hetu(text, today=today)
    _note_search("search", text)
    number = _by_customer_number(text)
    words = _words(text)
    if not words and not number:
        raise SearchTooShort(f"at least {rules.MIN_SEARCH} characters")
    found = number + _search_table(words)
    hits = list(dict.fromkeys(found))
    current().note("hits", str(len(hits)))
    return Hits(_rows(hits[:MAX_HITS], today), more=len(hits) > MAX_HITS)


def find_by_hetu(value: str, *, today: date) -> Hits:
    """The person with this identity code, present or former, by exact match only."""
    current().require(Group.HETU, Level.MASKED)
    code = rules.find_hetus(value)[0] if rules.find_hetus(value) else rules.corrected_hetu(value)
    index = blind("hetu", code)
    ids = [
        *Identity.objects.filter(hetu_index=index, active=True).values_list("person_id", flat=True),
        *FormerCode.objects.filter(hetu_index=index).values_list("person_id", flat=True),
    ]
    _note_search("search_code", code)
    current().note("hits", str(len(set(ids))))
    return Hits(_rows(list(dict.fromkeys(ids)), today), by_code=True)


def _note_search(key: str, text: str) -> None:
    """Keep what tells two searches apart, and nothing that tells what was typed (9.2, L3)."""
    current().note(key, blind("search", text).digests[0].hex()[:16])
    current().note("length", str(len(text)))


def _by_customer_number(text: str) -> list[int]:
    digits = text.strip()
    if not digits.isascii() or not digits.isdigit() or not 4 <= len(digits) <= 9:
        return []
    found = Person.objects.filter(customer_number=int(digits))
    return list(found.values_list("pk", flat=True))


def _words(text: str) -> list[str]:
    """The words to look for, or none when they are too short to mean anybody."""
    phone = rules.phone_beginning(text)
    words = [phone] if phone else rules.search_words(text)
    return words if any(len(word) >= rules.MIN_SEARCH for word in words) else []


def _search_table(words: list[str]) -> list[int]:
    """Ids of persons by the search table, which only the database function may read."""
    if not words:
        return []
    with raw_sql("search: the function returns ids"), connection.cursor() as cursor:
        cursor.execute("SELECT registry_persons_find(%s, %s)", [words, MAX_HITS + 1])
        ids: list[int] = cursor.fetchone()[0]
    return ids


def _rows(ids: Sequence[int], today: date) -> list[PersonRow]:
    """Persons by id, in Finnish order."""
    if not ids:
        return []
    persons = Person.objects.filter(pk__in=ids).only(*LIST_FIELDS).order_by("sort_key", "id")
    return with_details(list(persons), today)
