"""What a compiled statement will read: found from the query, not from its text.

A read is *attributed* when every row can be tied to the row of each personal table whose columns it
shows. Where the row's key is not selected, it is added as a hidden column and stripped again. That
is impossible for DISTINCT, GROUP BY, aggregates and unions of values: such reads are refused unless
the code states a reason.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Aggregate, Count, Exists, Subquery, Window
from django.db.models.expressions import Col, RawSQL
from django.db.models.sql import AggregateQuery
from django.db.models.sql.query import Query
from django.db.models.sql.where import ExtraWhere

from vuokra.access.context import AccessContext, current, needs_context, peek, raw_reason
from vuokra.access.errors import NoAccessContext, RawSqlRefused, UnattributedRead
from vuokra.policy.catalogue import OWN, ColumnRole, Table, TableKind, lookup


@dataclass(slots=True)
class Track:
    """One personal table in the result: where its row key and subject stand in a row."""

    table: Table
    columns: frozenset[str]
    key: int
    subject: int | None

    def record(self, ctx: AccessContext, rows: Sequence[tuple[Any, ...]]) -> None:
        if self.table.kind is TableKind.STAFF:
            self._record_staff(ctx, rows)
            return
        keys = {row[self.key] for row in rows}
        keys.discard(None)
        if not keys:
            return
        if self.table.subject == OWN:
            ctx.note_rows(self.table, self.columns, (), keys)
        elif self.subject is None:
            ctx.note_rows(self.table, self.columns, keys)
        else:
            subjects = {row[self.subject] for row in rows}
            subjects.discard(None)
            ctx.note_rows(self.table, self.columns, keys, subjects)

    def _record_staff(self, ctx: AccessContext, rows: Sequence[tuple[Any, ...]]) -> None:
        """Another user's row is noted; one's own, and what sign-in needs, is not."""
        if not ctx.usable:
            return
        owner = self.key if self.subject is None else self.subject
        keys = {row[self.key] for row in rows if row[owner] != ctx.actor.user_id}
        keys.discard(None)
        if keys:
            ctx.note_rows(self.table, self.columns, keys)


@dataclass(slots=True)
class Findings:
    """Everything personal that a query touches, before it runs."""

    shown: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # alias → columns
    loose: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # table → columns
    probed: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    opaque: bool = False

    def merge(self, other: Findings) -> None:
        """Take over what another part of the same statement found."""
        for name, columns in other.loose.items():
            self.loose[name] |= columns
        for name, columns in other.probed.items():
            self.probed[name] |= columns
        self.opaque |= other.opaque


class ReadPlan:
    """Follows one statement: checks before it runs, records rows as they are fetched."""

    def __init__(self) -> None:
        self.tracks: list[Track] = []
        self.ctx: AccessContext | None = None

    def record(self, rows: Sequence[tuple[Any, ...]]) -> None:
        if self.tracks and self.ctx is not None:
            for track in self.tracks:
                track.record(self.ctx, rows)


def tables_of(query: Query) -> Iterator[tuple[str, Table]]:
    """The described tables (other than plain ones) that a query joins, by alias."""
    for alias, join in query.alias_map.items():
        if query.alias_refcount.get(alias):
            table = lookup(join.table_name)
            if table is not None and table.kind is not TableKind.PLAIN:
                yield alias, table


def has_content(table: Table, column: str) -> bool:
    """Whether a column says something of the person (keys, technical and sealed values do not)."""
    described = table.columns.get(column)
    if described is None:
        return True  # a new column that nobody described yet counts as content
    return described.role is ColumnRole.ITEM and not described.encrypted


def walk(expression: Any) -> Iterator[Any]:
    """An expression and all below it, without going into subqueries."""
    stack = [expression]
    while stack:
        node = stack.pop()
        if node is None:
            continue
        yield node
        if isinstance(node, Subquery | Query):
            continue
        if hasattr(node, "get_source_expressions"):
            stack.extend(node.get_source_expressions())
        elif hasattr(node, "children"):
            stack.extend(node.children)


def examine(query: Query, select: Sequence[Any], findings: Findings) -> None:
    """Note what the select list shows and what the conditions ask."""
    named = dict(tables_of(query))
    for expression in select:
        _examine_selected(expression, named, findings)
    if query.extra_tables or query.extra:
        findings.opaque = True
    ask(query, findings)


def _examine_selected(expression: Any, named: dict[str, Table], findings: Findings) -> None:
    nodes = list(walk(expression))
    windowed = any(isinstance(node, Window) for node in nodes)
    loose = getattr(expression, "contains_aggregate", False) or windowed
    counted = loose and not any(
        isinstance(node, Aggregate | Window) and not _gives_no_value(node) for node in nodes
    )
    for node in nodes:
        if isinstance(node, RawSQL):
            findings.opaque = True
        elif isinstance(node, Exists):
            ask(node.query, findings)
        elif isinstance(node, Subquery):
            examine_inner(node.query, findings)
        elif isinstance(node, Col) and node.alias in named:
            table, column = named[node.alias], str(node.target.column)
            if not loose:
                findings.shown[node.alias].add(column)
            elif has_content(table, column):
                (findings.probed if counted else findings.loose)[table.name].add(column)
    if loose and not any(isinstance(node, Col) for node in nodes):
        for table in named.values():  # COUNT(*)
            if needs_context(table):
                findings.probed[table.name].update(())


def _gives_no_value(node: Any) -> bool:
    """A count, or a place in an order, tells no value of the rows it ran over."""
    if isinstance(node, Window):
        return not any(isinstance(inner, Col) for inner in walk(node.get_source_expressions()[0]))
    return isinstance(node, Count)


def examine_inner(query: Query, findings: Findings) -> None:
    """Values of a subquery come out without the keys of its rows."""
    compiler = query.clone().get_compiler("default")
    compiler.setup_query()
    inner = Findings()
    examine(compiler.query, [entry[0] for entry in compiler.select], inner)
    for alias, columns in inner.shown.items():
        table = lookup(compiler.query.alias_map[alias].table_name)
        if table is not None:
            findings.loose[table.name] |= {c for c in columns if has_content(table, c)}
    findings.merge(inner)


def ask(query: Query, findings: Findings) -> None:
    """Conditions on identifying columns answer a question without giving values: probes."""
    named = dict(tables_of(query))
    for node in walk(query.where):
        if isinstance(node, ExtraWhere | RawSQL):
            findings.opaque = True
        elif isinstance(node, Col) and node.alias in named:
            table = named[node.alias]
            if node.target.column in table.identifying:
                findings.probed[table.name].add(node.target.column)
        inner = node if isinstance(node, Query) else getattr(node, "query", None)
        if isinstance(inner, Query) and inner is not query:
            ask(inner, findings)
    for inner in query.combined_queries:
        ask(inner, findings)


def settle(findings: Findings, query: Query) -> AccessContext | None:
    """Refuse what may not run; note probes and unattributed reads. Returns the open context.

    Raises NoAccessContext, UnattributedRead, RawSqlRefused or FunctionDenied.
    """
    touched = [table for _, table in tables_of(query)]
    if isinstance(query, AggregateQuery):
        touched += [table for _, table in tables_of(query.inner_query)]
    guarded = any(needs_context(table) for table in touched) or any(
        needs_context(table)
        for name in (*findings.loose, *findings.probed)
        if (table := lookup(name)) is not None
    )
    if findings.opaque and not raw_reason():
        raise RawSqlRefused("A raw expression in a query needs raw_sql(reason).")
    ctx = current() if guarded else peek()
    if ctx is None:
        return None
    if guarded and not ctx.usable:
        raise NoAccessContext("Nobody is signed in.")
    if findings.opaque:
        ctx.note_raw([table.name for table in touched] or ["?"], raw_reason())
    _note(findings, ctx)
    return ctx


def _note(findings: Findings, ctx: AccessContext) -> None:
    for name, columns in findings.loose.items():
        table = lookup(name)
        if table is None or not columns or table.kind is TableKind.STAFF:
            continue
        if not ctx.unattributed_reason:
            raise UnattributedRead(
                f"{name}: {', '.join(sorted(columns))} cannot be tied to rows; "
                "state a reason with unattributed(reason)."
            )
        ctx.note_unattributed(table, frozenset(columns), ctx.unattributed_reason)
    for name, columns in findings.probed.items():
        table = lookup(name)
        if table is not None and needs_context(table):
            ctx.note_probe(table, frozenset(columns))
