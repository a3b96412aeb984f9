"""Everything that is held of a person, generated from the catalogue so that no column is missing.

Every personal table with a way from persons to rows is read, and every column of a register item in
it told: opened when it is sealed, in words when it is a code. Which columns are told is decided in
one function, and a test holds it against the catalogue. Runs in the worker, in a context that may
open every field group; statements do not grow with the number of rows.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from registry.copies.content import Entry, Json, Section, Value
from registry.persons.models import Person
from vuokra.access.stated import raw_sql
from vuokra.accounts.models import User
from vuokra.crypto.blind import BlindIndexField
from vuokra.crypto.errors import KeyDestroyed
from vuokra.crypto.fields import SealedField, SubjectEncryptedTextField
from vuokra.crypto.values import Masked, reveal_many
from vuokra.db.fields import ComputedTextField
from vuokra.policy.catalogue import ColumnRole, Table, TableKind, tables
from vuokra.policy.items import ITEMS
from vuokra.ui import formatting

Field = models.Field[Any, Any]
OTHER_DATA = "MUU"
"""Section of what belongs to no register item: remarks beside the data, in tables without items."""

DERIVED = (BlindIndexField, ComputedTextField)
"""Columns worked out from another one that is told: a keyed hash, a sort key, a search form."""

LONG = 100
"""Characters from which on a text can say something."""

OWN_ITEMS = frozenset(
    {"PT-NIMI", "PT-HETU", "PT-SYNT", "PT-OSOITE", "PT-PUH", "PT-EMAIL", "HK-ASNRO", "KUOLEMA"}
)
"""Items whose texts are the person's own and name nobody else."""


# -- what is told ------------------------------------------------------------------------------


def personal_tables() -> Iterator[tuple[Table, type[models.Model]]]:
    """Every table with data about persons, and its model. A table without a model is filled by
    triggers from one that is told."""
    found = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    for table in tables(TableKind.PERSONAL):
        if table.has_model:
            yield table, found[table.name]


def is_told(table: Table, column: Field) -> bool:
    """Whether the copy tells a column: every register item but what is derived from another, and
    what else has a name on the screen. A file goes along as an attachment, see `is_attached`."""
    described = table.columns[str(column.column)]
    if described.role is ColumnRole.KEY or isinstance(column, (*DERIVED, models.FileField)):
        return False
    if described.role is ColumnRole.ITEM:
        return True
    return not column.is_relation and isinstance(column.verbose_name, Promise)


def is_attached(table: Table, column: Field) -> bool:
    """Whether a column's files go along with the copy."""
    return isinstance(column, models.FileField) and (table.name, column.name) not in _left_out


_left_out: dict[tuple[str, str], str] = {}


def leave_out(table: str, column: str, reason: str) -> None:
    """Say that the files of a column are not attached, and why."""
    if len(reason.strip()) < 10:
        raise ValueError("State a reason.")
    _left_out[table, column] = reason


@dataclass(frozen=True, slots=True)
class Explained:
    """A key in words: the bare value, the words, and the other persons they name."""

    value: Json
    shown: str
    people: frozenset[int] = frozenset()


Explain = Callable[[Sequence[Any], Collection[int]], Mapping[int, Explained]]
"""Rows of the table and ids of the person's records → row id → the column in words."""

_explained: dict[tuple[str, str], Explain] = {}


def explain(table: str, column: str, words: Explain) -> None:
    """Say what a column's bare value means to a reader; called from `AppConfig.ready`."""
    _explained[table, column] = words


# -- collecting --------------------------------------------------------------------------------


@dataclass(slots=True)
class File:
    """A file found on the way, still sealed."""

    row: Any
    column: str


@dataclass(slots=True)
class Collected:
    """What was found: sections in the order of the register, files, and who else is named."""

    sections: list[Section] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    connected: set[int] = field(default_factory=set)


def collect_rows(ids: Sequence[int], tell: Callable[[int, int], None]) -> Collected:
    """Every row about the records of a person, told by register item."""
    found, sections = Collected(), dict[str, Section]()
    every = list(personal_tables())
    for number, (table, model) in enumerate(every):
        rows = _own_rows(table, model, ids)
        _tell_rows(table, model, rows, found, sections, ids)
        for column in _names_of_others(table, model):
            mentioned = model._base_manager.filter(**{f"{column.attname}__in": ids})
            known = {row.pk for row in rows}
            others = [row for row in mentioned.order_by("pk") if row.pk not in known]
            _tell_rows(table, model, others, found, sections, ids, naming=column)
        tell(number + 1, len(every))
    order = {code: place for place, code in enumerate(ITEMS)}
    found.sections = sorted(
        sections.values(), key=lambda one: order.get(one.code.split("+")[0], len(order))
    )
    found.connected -= set(ids)
    _name_people(found)
    return found


def _own_rows(table: Table, model: type[models.Model], ids: Sequence[int]) -> list[Any]:
    path = table.subject
    if path is None:
        return []
    if path.column:
        return list(model._base_manager.filter(**{f"{path.column}__in": ids}).order_by("pk"))
    with raw_sql("rows of a person by the subject path"), connection.cursor() as cursor:
        cursor.execute(path.rows, [list(ids)])
        keys = {row[0] for row in cursor.fetchall()}
    return list(model._base_manager.filter(pk__in=keys).order_by("pk")) if keys else []


def _names_of_others(table: Table, model: type[models.Model]) -> list[Field]:
    """Columns that name a second person beside the one whose row it is."""
    if table.subject is None or table.subject.column in ("", "id"):
        return []
    return [
        column
        for column in model._meta.concrete_fields
        if column.related_model is Person and column.attname != table.subject.column
    ]


def _tell_rows(
    table: Table,
    model: type[models.Model],
    rows: Sequence[Any],
    found: Collected,
    sections: dict[str, Section],
    ids: Sequence[int],
    naming: Field | None = None,
) -> None:
    """Add the rows of a table to the sections. With `naming` they are rows about somebody else
    that name the person: what is sealed for the other is not theirs to see."""
    if not rows:
        return
    columns = [column for column in model._meta.concrete_fields if is_told(table, column)]
    if naming is not None:
        columns = [one for one in columns if not isinstance(one, SubjectEncryptedTextField)]
    opened = {one.name: _opened(rows, one) for one in columns if isinstance(one, SealedField)}
    words = {
        one.name: _explained[table.name, one.name](rows, ids)
        for one in columns
        if (table.name, one.name) in _explained
    }
    others = _others(table, rows, ids) if naming is None else _subjects(table, rows)
    main = _main_code(table)
    for place, row in enumerate(rows):
        told = [
            (_code(table, one) or main, _value(table, one, row, place, opened, words, found))
            for one in columns
        ]
        for code in dict.fromkeys(code for code, _value_ in told):
            values = [value for of, value in told if of == code and value is not None]
            if not values and naming is None:
                continue
            entry = Entry(
                table.name,
                row.pk,
                _title(model, other=naming is not None),
                values,
                source=str(getattr(row, "source", "") or ""),
                others=sorted(others.get(row.pk, ())),
            )
            sections.setdefault(code, _section(code)).entries.append(entry)
        found.connected.update(others.get(row.pk, ()))
        if naming is None:
            found.files += [
                File(row, one.name)
                for one in model._meta.concrete_fields
                if is_attached(table, one) and getattr(row, one.name)
            ]


def _others(table: Table, rows: Sequence[Any], ids: Sequence[int]) -> dict[int, set[int]]:
    """Other persons whom rows with a longer subject path concern; one statement while there are
    none, as nearly always."""
    if table.subject is None or not table.subject.sql:
        return {}

    def persons(keys: list[int]) -> set[int]:
        with raw_sql("persons of rows by the subject path"), connection.cursor() as cursor:
            cursor.execute(table.subject.sql, [keys])  # type: ignore[union-attr]  # not None
            return {row[0] for row in cursor.fetchall() if row[0] is not None} - set(ids)

    if not persons([row.pk for row in rows]):
        return {}
    return {row.pk: persons([row.pk]) for row in rows}


def _subjects(table: Table, rows: Sequence[Any]) -> dict[int, set[int]]:
    column = table.subject.column if table.subject else ""
    return {row.pk: {getattr(row, column)} for row in rows}


def _opened(rows: Sequence[Any], column: SealedField) -> list[str | None]:
    """A sealed column of the rows, opened and recorded; what nobody can open any more says so."""
    try:
        return reveal_many(rows, column.name)
    except KeyDestroyed:
        return [_opened_one(getattr(row, column.name)) for row in rows]


def _opened_one(value: Masked | None) -> str | None:
    if value is None:
        return None
    return _("(poistettu)") if value.destroyed else value.reveal()


def _value(
    table: Table,
    column: Field,
    row: Any,
    place: int,
    opened: Mapping[str, list[str | None]],
    words: Mapping[str, Mapping[int, Explained]],
    found: Collected,
) -> Value | None:
    """One column of one row; None when it is empty."""
    value = Value(column.name, _label(table, column), None, "", free=_is_free(table, column))
    if column.name in words:
        told = words[column.name].get(row.pk)
        if told is None:
            return None
        found.connected.update(told.people)
        value.value, value.shown, value.free = told.value, told.shown, bool(told.people)
        return value
    bare = opened[column.name][place] if column.name in opened else getattr(row, column.attname)
    if bare is None or bare == "" or bare == []:
        return None
    if column.related_model is Person:
        value.person = int(bare)
        found.connected.add(int(bare))
    elif column.related_model is User:
        value.staff = int(bare)
    elif column.is_relation:
        value.value = value.shown = str(getattr(row, column.name))
    else:
        value.value, value.shown = plain(bare), shown(column, bare)
    return value


def plain(value: Any) -> Json:
    """A value as JSON has it: dates by ISO 8601, decimals as text."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    return str(value)


def shown(column: Field, value: Any) -> str:
    """A value as people read it."""
    if isinstance(column, ArrayField):
        return ", ".join(shown(column.base_field, one) for one in value)
    if column.flatchoices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("kyllä") if value else _("ei")
    if isinstance(value, dt.datetime):
        return formatting.moment(value)
    if isinstance(value, dt.date):
        return formatting.date(value)
    if isinstance(value, dt.time):
        return formatting.time(value, word=False)
    if isinstance(value, Decimal) and isinstance(column, models.DecimalField):
        return formatting.number(value, column.decimal_places)
    return str(value)


def _name_people(found: Collected) -> None:
    """Names where values name people and staff by their ids; two statements."""
    named = [v for s in found.sections for e in s.entries for v in e.values if v.person or v.staff]
    people = people_names(v.person for v in named if v.person)
    staff = dict(
        User.objects.filter(pk__in={v.staff for v in named if v.staff}).values_list(
            "pk", "full_name"
        )
    )
    for value in named:
        name = people.get(value.person, "") if value.person else staff.get(value.staff or 0, "")
        value.value = value.shown = name


def people_names(ids: Iterable[int]) -> dict[int, str]:
    """Names of persons by id, merged records too; one statement."""
    return {person.pk: person.name for person in Person.with_merged.filter(pk__in=set(ids))}


# -- words -------------------------------------------------------------------------------------


def _code(table: Table, column: Field) -> str:
    described = table.columns[str(column.column)]
    return "+".join((described.code, *described.more_codes)) if described.code else ""


def _main_code(table: Table) -> str:
    """The register item that most columns of the table hold: what stands beside goes with it."""
    codes = Counter(
        "+".join((column.code, *column.more_codes))
        for column in table.columns.values()
        if column.code
    )
    return codes.most_common(1)[0][0] if codes else OTHER_DATA


def _section(code: str) -> Section:
    items = [ITEMS[one] for one in code.split("+") if one in ITEMS]
    if not items:
        return Section(code, _("Muut merkinnät"))
    first = items[0]
    return Section(
        code,
        capfirst(", ".join(str(item.title) for item in items)),
        str(first.group.label) if first.group else "",
        [str(purpose.label) for purpose in first.purposes],
        [str(basis.text) for basis in first.legal_bases],
        list(dict.fromkeys(one for item in items for one in item.retention)),
    )


def _title(model: type[models.Model], *, other: bool) -> str:
    title = capfirst(str(model._meta.verbose_name))
    return _("%(title)s, toisen henkilön tiedoissa") % {"title": title} if other else title


def _label(table: Table, column: Field) -> str:
    if isinstance(column.verbose_name, Promise):
        return capfirst(str(column.verbose_name))
    described = table.columns[str(column.column)]
    return capfirst(str(ITEMS[described.code].title)) if described.code in ITEMS else column.name


def _is_free(table: Table, column: Field) -> bool:
    """Whether a column is running text that may name others. A short text of no register item is a
    code or a number."""
    described = table.columns[str(column.column)]
    if described.code in OWN_ITEMS or column.flatchoices or column.is_relation:
        return False
    if described.role is ColumnRole.TECHNICAL and (column.max_length or LONG) < LONG:
        return False
    return isinstance(column, models.CharField | models.TextField | SealedField)
