"""Which of the tables that few people have rows in have any of a person: one statement for all.

A card has parts for much that most people lack. `look_through` asks for everything at once; what is
then known to be empty, no part asks for again. Rooms register their tables. A table whose field
group the actor may not know of is not asked about.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, Model, OuterRef, QuerySet

from registry.persons.models import Person
from registry.persons.queries.reading import read_once
from vuokra.access.context import current
from vuokra.db.prepared import prepared
from vuokra.policy.catalogue import lookup
from vuokra.policy.rights import Level

Rows = Callable[[OuterRef], QuerySet[Any]]
"""The rows of a table that are of a person, whose id the reference gives."""

WHAT = "presence"
_sparse: dict[type[Model], Rows] = {}


def register(model: type[Model], rows: Rows | None = None) -> None:
    """Say that few people have rows in the table of a model: by `person`, or as `rows` tells."""
    _sparse[model] = rows or (lambda person: model._default_manager.filter(person=person))


def look_through(person: Person) -> None:
    """Find out which of the registered tables have a row of the person; one statement."""
    read_once(person, WHAT, lambda: _found(person))


def known_empty(person: Person, model: type[Model]) -> bool:
    """Whether a table is known to have no row of the person: `look_through` was asked, and found
    none. No statement."""
    kept: dict[str, Any] = person.__dict__.get("_read", {})
    found: dict[str, bool] = kept.get(WHAT, {})
    return found.get(_name(model)) is False


def _found(person: Person) -> dict[str, bool]:
    actor = current().actor
    asked = tuple(
        _name(model)
        for model in _sparse
        if (table := lookup(_name(model))) is not None
        and table.group is not None
        and actor.level(table.group) >= Level.MASKED
    )
    if not asked:
        return {}
    (row,) = _present(person.pk, tables=asked)
    return dict(zip(asked, row, strict=True))


@prepared
def _present(person_id: int, *, tables: tuple[str, ...]) -> QuerySet[Person, tuple[bool, ...]]:
    chosen = {f"has_{_name(m)}": rows for m, rows in _sparse.items() if _name(m) in tables}
    person = Person.with_merged.filter(pk=person_id).order_by()
    found = person.annotate(
        **{name: Exists(rows(OuterRef("pk")).order_by()) for name, rows in chosen.items()}
    )
    return found.values_list(*chosen)


def _name(model: type[Model]) -> str:
    return model._meta.db_table
