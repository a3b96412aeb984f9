"""Columns whose bare value says nothing to a reader, in words: a household, a kind of document."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.utils.translation import ngettext

from registry.copies.collecting import Explained, explain
from registry.households.models import Membership
from registry.persons.models import Person
from vuokra.documents import registry as documents
from vuokra.documents.models import Document


def households(rows: Sequence[Membership], ids: Collection[int]) -> Mapping[int, Explained]:
    """How many lived together, and with whom at the same time; two statements."""
    others = list(
        Membership.objects.filter(household_id__in={row.household_id for row in rows}).exclude(
            person_id__in=ids
        )
    )
    names = {
        person.pk: person.name
        for person in Person.with_merged.filter(pk__in={one.person_id for one in others})
    }
    return {
        row.pk: _household(
            [one for one in others if one.household_id == row.household_id and _meet(one, row)],
            names,
        )
        for row in rows
    }


def _household(others: Sequence[Membership], names: Mapping[int, str]) -> Explained:
    people = dict.fromkeys(one.person_id for one in others)
    size = len(people) + 1
    count = ngettext("%(n)s henkilö", "%(n)s henkilöä", size) % {"n": size}
    words = ", ".join([count, *(names[one] for one in people)])
    return Explained(words, words, frozenset(people))


def _meet(one: Membership, other: Membership) -> bool:
    """Whether two memberships have a day in common."""
    last = date.max
    return one.valid_from <= (other.valid_to or last) and other.valid_from <= (one.valid_to or last)


def kinds(rows: Sequence[Document], ids: Collection[int]) -> Mapping[int, Explained]:
    """The title of each document's kind; no statement."""
    titles = {kind.key: str(kind.title) for kind in documents.kinds()}
    return {row.pk: Explained(row.kind, titles.get(row.kind, row.kind)) for row in rows}


def register() -> None:
    """Called from the room's AppConfig."""
    explain("registry_households_membership", "household", households)
    explain("vuokra_documents_document", "kind", kinds)
