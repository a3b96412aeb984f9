"""The history of everything that is held of a person (muutostiedot, S5-00b)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from registry.persons.models import Person
from registry.persons.queries.reading import may_read
from registry.persons.queries.stored import in_words, is_none
from vuokra.access import change_queries
from vuokra.access.change_queries import Change
from vuokra.access.context import current
from vuokra.accounts.models import User
from vuokra.accounts.queries import staff_names
from vuokra.policy.catalogue import ColumnRole, Table, lookup
from vuokra.policy.groups import Group
from vuokra.policy.items import Protection
from vuokra.policy.rights import Level

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PAGE = 50
OPEN_CLASSES = (None, Protection.A, Protection.B)
Field = models.Field[Any, Any]
Names = Mapping[int, str]


class Shown(StrEnum):
    """How much of a changed value the reader sees."""

    OPEN = "open"  # old and new
    MASKED = "masked"  # that it changed: class C–D, or under turvakielto


Hides = Callable[[Person], bool]
"""Whether contact details of the person's past are to stay hidden; one statement."""

_hides: list[Hides] = []


def register_hiding(hides: Hides) -> None:
    """Let a room hide the contact details of a person's past: what was open before a turvakielto
    is not shown during it nor after it (data-protection 7.5, T4)."""
    _hides.append(hides)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One changed field; values that are not there, or not open to the reader, are empty. `kept` is
    before and after as the log keeps them, names instead of ids."""

    label: StrOrPromise
    shown: Shown
    old: str = ""
    new: str = ""
    kept: Sequence[str | None] = ("", "")


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change: when, who, what; `withheld` tells that there were fields of other groups,
    `erased` that the values have been deleted."""

    at: datetime
    who: str
    what: StrOrPromise
    operation: str
    fields: list[FieldChange]
    withheld: bool
    erased: bool


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """A page of the history, newest first."""

    lines: list[HistoryLine]
    number: int
    more: bool


def history(person: Person, number: int) -> HistoryPage:
    """A page of what was changed of a person; a fixed number of statements, however many rows.

    Values are shown of classes A and B, and of field groups that the role may read; of the rest
    that they changed, or that something was withheld. What the role may not know of is absent.
    """
    found = change_queries.changes_of(person.pk, skip=(number - 1) * PAGE, limit=PAGE + 1)
    hidden = person.protected or any(hides(person) for hides in _hides)
    return HistoryPage(lines_of(found[:PAGE], hidden=hidden), number, more=len(found) > PAGE)


def lines_of(changes: Sequence[Change], *, hidden: bool) -> list[HistoryLine]:
    """Changes in words, as far as the actor may know of them; one statement. `hidden` closes
    contact details of the past."""
    names = staff_names(_clerks(changes))
    return [
        _line(change, table, names, hidden)
        for change in changes
        if (table := lookup(change.table)) is not None and _may_know(table)
    ]


def _clerks(changes: Iterable[Change]) -> Iterator[int]:
    """Ids of the members of staff who made the changes, or whom they name."""
    for change in changes:
        if change.actor_id:
            yield change.actor_id
        known = _columns(change.table)
        for name, pair in (change.values or {}).items():
            if name in known and known[name].related_model is User:
                yield from (int(value) for value in pair if value and value.isdecimal())


def _may_know(table: Table) -> bool:
    """Whether the reader may know that there is something in the table at all."""
    return table.group is not None and current().actor.level(table.group) >= Level.MASKED


def _line(change: Change, table: Table, names: Names, hidden: bool) -> HistoryLine:
    fields = list(_fields(change, table, names, hidden))
    shown = [field for field in fields if field is not None]
    return HistoryLine(
        at=change.at,
        who=names.get(change.actor_id or 0, _("Järjestelmä")),
        what=_title(change.table),
        operation=_operation(change.operation),
        fields=shown,
        withheld=len(shown) < len(fields),
        erased=change.values is None,
    )


def _fields(
    change: Change, table: Table, names: Names, hidden: bool
) -> Iterator[FieldChange | None]:
    """What the reader sees of each changed field; None for one of a group out of reach."""
    known = _columns(change.table)
    for name, (old, new) in sorted((change.values or {}).items()):
        field = known.get(name)
        if field is None or not _tells(table, field) or (is_none(old) and is_none(new)):
            continue
        shown = _shown(table, str(field.column), hidden)
        if shown is None:
            yield None
        elif shown is Shown.MASKED:
            yield FieldChange(field.verbose_name, shown)
        else:
            before, after = in_words(field, old, names), in_words(field, new, names)
            kept = (before, after) if field.is_relation else (old, new)
            yield FieldChange(field.verbose_name, shown, before, after, kept)
    for name in change.masked:
        field = known.get(name)
        if field is not None and _tells(table, field):
            readable = _shown(table, str(field.column), hidden) is not None
            yield FieldChange(field.verbose_name, Shown.MASKED) if readable else None


def _tells(table: Table, field: Field) -> bool:
    """Whether a field says something of the person or of when it holds: no keys, no clerks, and
    nothing without a name on the screen."""
    column = table.columns.get(str(field.column))
    if column is None or column.role is ColumnRole.KEY:
        return False
    if not isinstance(field.verbose_name, Promise):
        return False
    if field.is_relation:
        return field.related_model is User and column.role is ColumnRole.ITEM
    return column.role is ColumnRole.ITEM or not isinstance(field, models.DateTimeField)


def _shown(table: Table, column: str, hidden: bool) -> Shown | None:
    """How much the reader sees of a column; None when its group is out of reach."""
    group, described = table.column_group(column), table.columns[column]
    if group is None or not may_read(group):
        return None
    sealed = described.encrypted or table.protection(column) not in OPEN_CLASSES
    closed = hidden and group in (Group.CONTACT, Group.HOUSEHOLD)
    return Shown.MASKED if sealed or closed else Shown.OPEN


@cache
def _columns(table: str) -> dict[str, Field]:
    """The fields of a table's model by field name and by column name."""
    model = _model(table)
    fields = model._meta.concrete_fields if model else ()
    return {name: field for field in fields for name in (field.name, str(field.column))}


@cache
def _model(table: str) -> type[models.Model] | None:
    return next((model for model in apps.get_models() if model._meta.db_table == table), None)


def _title(table: str) -> StrOrPromise:
    model = _model(table)
    return model._meta.verbose_name or "" if model else table


def _operation(code: str) -> str:
    return {"I": _("lisätty"), "U": _("muutettu"), "D": _("poistettu")}.get(code, code)
