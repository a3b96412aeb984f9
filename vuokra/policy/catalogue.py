"""The catalogue: what every column in the database is.

Each room's `catalogue.py` describes its tables here when the application starts. The read tap, the
rights, the privacy notice, the data-subject copy and the retention job all read this one register.
It is keyed by database table and column, not by model class, so that a path through another model,
a historical model in a migration or a view is recognised too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from vuokra.policy.groups import Group
from vuokra.policy.items import ITEMS, Protection, RegisterItem


class CatalogueError(Exception):
    """A table is described twice, or a column names a register item that does not exist."""


class TableKind(StrEnum):
    """Whose data a table holds, which decides how a read of it is recorded."""

    PERSONAL = "personal"  # data subjects: recorded with their ids, behind row-level security
    STAFF = "staff"  # our own users: another's row is recorded, one's own is not
    LOG = "log"  # the access log: viewing it is recorded
    PLAIN = "plain"  # nobody's data


class ColumnRole(StrEnum):
    """What a column of a personal table is for."""

    KEY = "key"  # row id, reference to the person, uuid: no content of its own
    ITEM = "item"  # a register item
    TECHNICAL = "technical"  # not about the person (when a row was made)


@dataclass(frozen=True, slots=True)
class Subject:
    """How the persons a row concerns are found (subject path).

    `column` is a column of the same table that holds the person's id. A longer path gives `sql`:
    one statement with `%s` for the array of row ids, returning person ids; and `rows`, the way
    back: one with `%s` for the array of person ids, returning row ids (the data-subject copy).
    """

    column: str = ""
    sql: str = ""
    rows: str = ""


OWN = Subject(column="id")


def via(column: str) -> Subject:
    """The person's id stands in `column` of the same row."""
    return Subject(column=column)


def through(sql: str, rows: str) -> Subject:
    """The persons are found by `sql`, run at event time with the array of row ids; `rows` finds
    the rows of persons."""
    return Subject(sql=sql, rows=rows)


def joined(table: str, *joins: str, person: str = "p.person_id") -> Subject:
    """The persons are found from a row `r` of the table by these joins, in the column `person`."""
    way = " ".join((f"FROM {table} r", *joins))
    return through(
        f"SELECT DISTINCT {person} {way} WHERE r.id = ANY(%s)",
        rows=f"SELECT DISTINCT r.id {way} WHERE {person} = ANY(%s)",
    )


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its role, and for a register item the code, class and field group.

    A column that holds one item or another (telephone or e-mail) has `more_codes`.
    """

    role: ColumnRole
    code: str = ""
    more_codes: tuple[str, ...] = ()
    identifying: bool = False
    encrypted: bool = False
    protection: Protection | None = None
    group: Group | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One described table and its columns."""

    name: str
    kind: TableKind
    group: Group | None = None
    subject: Subject | None = None
    columns: Mapping[str, Column] = field(default_factory=dict)
    note: str = ""
    key: str = "id"
    has_model: bool = True

    def column_group(self, column: str) -> Group | None:
        """The field group of a column: its own, or the table's."""
        described = self.columns.get(column)
        return (described.group if described else None) or self.group

    def protection(self, column: str) -> Protection | None:
        """The protection class A–D of a column, or None for a key or technical column."""
        return self.columns[column].protection if column in self.columns else None

    @property
    def identifying(self) -> frozenset[str]:
        """Columns whose use in a filter answers a question about a person: a probe."""
        return frozenset(name for name, column in self.columns.items() if column.identifying)

    @property
    def loggable(self) -> list[str]:
        """Columns whose old and new values may be kept in the change log: classes A and B only."""
        open_classes = (None, Protection.A, Protection.B)
        return sorted(
            name
            for name, column in self.columns.items()
            if column.protection in open_classes and not column.encrypted
        )


KEY = Column(ColumnRole.KEY)


def technical(note: str) -> Column:
    """A column that says nothing of the person; `note` tells what it holds."""
    return Column(ColumnRole.TECHNICAL, note=note)


def item(
    code: str,
    *more_codes: str,
    identifying: bool = False,
    encrypted: bool = False,
    protection: Protection | None = None,
    group: Group | None = None,
) -> Column:
    """A column that holds the register item `code`; its class defaults to the item's own.

    Raises CatalogueError when there is no such item.
    """
    for name in (code, *more_codes):
        register_item(name)
    return Column(
        ColumnRole.ITEM,
        code=code,
        more_codes=more_codes,
        identifying=identifying,
        encrypted=encrypted,
        protection=protection or ITEMS[code].protection,
        group=group,
    )


_tables: dict[str, Table] = {}


def _add(table: Table) -> None:
    if table.name in _tables:
        raise CatalogueError(f"Table {table.name} is described twice.")
    _tables[table.name] = table


def describe(
    name: str,
    *,
    group: Group,
    subject: Subject,
    columns: Mapping[str, Column],
    key: str = "id",
    has_model: bool = True,
) -> None:
    """Describe a personal table: its field group, its subject path and every column.

    A table that only the database knows (a search table filled by triggers) has no model.
    """
    _add(
        Table(name, TableKind.PERSONAL, group, subject, dict(columns), key=key, has_model=has_model)
    )


def staff_table(
    name: str, *, columns: Mapping[str, Column], subject: Subject = OWN, key: str = "id"
) -> None:
    """Describe a table about our own users (SY-01); `subject` is the column with the user's id."""
    _add(Table(name, TableKind.STAFF, Group.STAFF, subject, dict(columns), key=key))


def log_table(name: str, *, columns: Mapping[str, Column], key: str = "id") -> None:
    """Describe a table of the access log (SY-02)."""
    _add(Table(name, TableKind.LOG, Group.LOG, None, dict(columns), key=key))


def not_personal(name: str, note: str, *, has_model: bool = True) -> None:
    """Say that a table holds nobody's data; `note` tells what it holds."""
    _add(Table(name, TableKind.PLAIN, note=note, has_model=has_model))


def lookup(name: str) -> Table | None:
    """The description of a table, or None when nobody described it."""
    return _tables.get(name)


def tables(kind: TableKind | None = None) -> Iterator[Table]:
    """Every described table, or those of one kind, by name."""
    return (t for _, t in sorted(_tables.items()) if kind is None or t.kind == kind)


def register_item(code: str) -> RegisterItem:
    """The register item of a code. Raises CatalogueError when there is none."""
    try:
        return ITEMS[code]
    except KeyError:
        raise CatalogueError(f"There is no register item {code}.") from None
