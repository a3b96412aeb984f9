"""What must hold between the tables, the catalogue and the register description.

Pure functions that return findings: the command `catalogue --check`, the system check at start-up
and the tests all ask these.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error

from vuokra.policy import catalogue
from vuokra.policy.catalogue import CatalogueError, Column, Table, TableKind
from vuokra.policy.items import ALL_ITEMS, ItemKind, Protection, RegisterItem
from vuokra.policy.retention import RETENTION
from vuokra.policy.rights import RIGHTS, Level

Schema = Mapping[str, Collection[str]]
"""Table name → its column names."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not hold: what kind, at which table, column or item, and in words."""

    code: str
    where: str
    text: str

    def __str__(self) -> str:
        return f"{self.where}: {self.text} [{self.code}]"


# -- tables and columns ------------------------------------------------------------------------


def model_schema() -> dict[str, frozenset[str]]:
    """Tables and columns of every installed model, third-party and many-to-many tables included."""
    return {
        model._meta.db_table: frozenset(
            field.column for field in model._meta.local_concrete_fields if field.column
        )
        for model in apps.get_models(include_auto_created=True)
        if not model._meta.proxy
    }


def unclassified(schema: Schema, tables: Mapping[str, Table]) -> Iterator[Finding]:
    """Tables and columns that nobody described."""
    for name, columns in sorted(schema.items()):
        table = tables.get(name)
        if table is None:
            yield Finding("unclassified", name, "the table is not described in any catalogue")
        elif table.kind is not TableKind.PLAIN:
            for column in sorted(set(columns) - set(table.columns)):
                yield Finding("unclassified", f"{name}.{column}", "the column is not described")


def missing(schema: Schema, tables: Mapping[str, Table]) -> Iterator[Finding]:
    """Described tables and columns that no model has, where there should be a model."""
    for name, table in sorted(tables.items()):
        if not table.has_model:
            continue
        if name not in schema:
            yield Finding("missing", name, "the table is described but does not exist")
            continue
        for column in sorted(set(table.columns) - set(schema[name])):
            yield Finding("missing", f"{name}.{column}", "the column is described but not there")


def without_subject(tables: Iterable[Table]) -> Iterator[Finding]:
    """Personal tables from whose rows the persons cannot be found."""
    for table in tables:
        if table.kind is not TableKind.PERSONAL:
            continue
        path = table.subject
        if path is None or not (path.column or path.sql):
            yield Finding("subject", table.name, "a personal table needs a subject path")
        elif path.sql and not path.rows:
            yield Finding("subject", table.name, "a longer subject path needs its way back")
        elif path.column and path.column not in table.columns:
            yield Finding("subject", table.name, f"there is no subject column {path.column}")


def coverage(schema: Schema, tables: Mapping[str, Table]) -> list[Finding]:
    """All findings about tables and columns."""
    return [
        *unclassified(schema, tables),
        *missing(schema, tables),
        *without_subject(tables.values()),
    ]


# -- register items ----------------------------------------------------------------------------

STRICTNESS = {Protection.A: 0, Protection.B: 1, Protection.C: 2, Protection.D: 3}
Held = list[tuple[Table, str, Column]]


def columns_with(item: RegisterItem, tables: Iterable[Table]) -> Held:
    """Where an item is held: table, column name, column."""
    codes = {item.code, *item.more_codes}
    return [
        (table, name, column)
        for table in tables
        for name, column in table.columns.items()
        if not codes.isdisjoint((column.code, *column.more_codes))
    ]


def item_findings(items: Iterable[RegisterItem], tables: Mapping[str, Table]) -> Iterator[Finding]:
    """What built items lack, and planned items that are held already."""
    for item in items:
        where = f"{item.id} {item.code}"
        for code in item.retention:
            if code not in RETENTION:
                yield Finding("retention", where, f"there is no retention code {code}")
        if item.kind is not ItemKind.COLUMN:
            if item.built:
                yield from _proof_findings(item, where)
            continue
        held = columns_with(item, tables.values())
        if item.built:
            yield from _built_findings(item, where, held)
        elif held:
            yield Finding("planned", where, f"is planned, yet held in {held[0][0].name}")


def _proof_findings(item: RegisterItem, where: str) -> Iterator[Finding]:
    if not item.proof:
        yield Finding("proof", where, "is built but names no proof")
    for name in item.proof:
        if not resolves(name):
            yield Finding("proof", where, f"the proof {name} does not exist")


def _built_findings(item: RegisterItem, where: str, held: Held) -> Iterator[Finding]:
    if not held:
        yield Finding("column", where, "is built but no column holds it")
    if not item.retention:
        yield Finding("retention", where, "is built but has no retention code")
    for table, name, column in held:
        if not table.has_model:
            continue  # granted to nobody: its functions give ids, never a value
        place = f"{where} in {table.name}.{name}"
        group = column.group or table.group
        if group not in item.groups:
            yield Finding("group", place, f"lies in group {group}, which is not the item's")
        if not any(levels.get(group, Level.NONE) for levels in RIGHTS.values() if group):
            yield Finding("right", place, "no role has a right to its field group")
        if table.kind is TableKind.PLAIN:
            yield Finding("read", place, "reads of the table are not recorded")
        if column.protection and item.protection and _laxer(column.protection, item.protection):
            yield Finding("class", place, f"class {column.protection} is laxer than the item's")


def _laxer(one: Protection, other: Protection) -> bool:
    return STRICTNESS[one] < STRICTNESS[other]


def resolves(name: str) -> bool:
    """Whether a proof exists: `settings.NAME`, or a dotted name of a module or what is in it."""
    head, _dot, rest = name.partition(".")
    if head == "settings":
        return hasattr(settings, rest)
    parts = name.split(".")
    for cut in range(len(parts), 0, -1):
        module = ".".join(parts[:cut])
        try:
            found: object = import_module(module)
        except ModuleNotFoundError as error:
            # Only the module asked for may be absent: one that fails to import its own needs is
            # a fault of another kind and is not hidden.
            if error.name is None or not (module == error.name or module.startswith(error.name)):
                raise
            continue
        for part in parts[cut:]:
            if not hasattr(found, part):
                return False
            found = getattr(found, part)
        return True
    return False


# -- together ----------------------------------------------------------------------------------


def described() -> dict[str, Table]:
    """The catalogue as it is filled now."""
    return {table.name: table for table in catalogue.tables()}


def findings() -> list[Finding]:
    """Everything that does not hold, in the running application."""
    tables = described()
    return [*coverage(model_schema(), tables), *item_findings(ALL_ITEMS, tables)]


def require_complete() -> None:
    """Raise CatalogueError when a table or column is not classified: for a process that starts."""
    if missed := coverage(model_schema(), described()):
        raise CatalogueError("\n".join(map(str, missed)))


def check_catalogue(**kwargs: object) -> list[CheckMessage]:
    """System check: the application does not start with a column that nobody classified (A40)."""
    return [
        Error(
            str(finding),
            hint="Describe it in the catalogue.py of its room.",
            id=f"vuokra_policy.{finding.code}",
        )
        for finding in coverage(model_schema(), described())
    ]
