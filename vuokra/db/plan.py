"""What a compiled statement will read: found from the query, not from its text.

A read is *attributed* when every row can be tied to the row of each personal table whose columns it
shows. Where the row's key is not selected, it is added as a hidden column and stripped again. That
is impossible for DISTINCT, GROUP BY, aggregates and unions of values: such reads are refused unless
the code states a reason.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, Func, Subquery, Window
from django.db.models.expressions import Col, DatabaseDefault, RawSQL
from django.db.models.sql import AggregateQuery
from django.db.models.sql.query import Query
from django.db.models.sql.where import ExtraWhere

from vuokra.access.context import AccessContext, current, needs_context, peek
from vuokra.access.errors import NoAccessContext, RawSqlRefused, UnattributedRead
from vuokra.access.stated import raw_reason
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


@dataclass(frozen=True, slots=True)
class Reading:
    """What a compiled statement will read, whoever runs it.

    `touched` are the described tables that it joins; `silent` those of them of which only keys or
    numbers come out.
    """

    findings: Findings
    tracks: list[Track]
    touched: list[Table]
    silent: list[Table]

    @classmethod
    def of(cls, findings: Findings, tracks: list[Track], query: Query) -> Reading:
        """The reading of a query that has been examined."""
        told = {track.table.name for track in tracks} | {*findings.loose, *findings.probed}
        silent = [t for _, t in tables_of(query) if needs_context(t) and t.name not in told]
        return cls(findings, tracks, touched(query), silent)


class ReadPlan:
    """Follows one statement: checks before it runs, records rows as they are fetched."""

    def __init__(self) -> None:
        self.tracks: list[Track] = []
        self.ctx: AccessContext | None = None

    def follow(self, reading: Reading) -> None:
        """Admit the statement in the open context, which notes what it asks and will show.

        Raises what `settle` raises, and FunctionDenied and AccessViolation for a column that the
        actor may not see.
        """
        ctx = self.ctx = settle(reading.findings, reading.touched)
        self.tracks = reading.tracks
        if ctx is None:
            return
        for table in reading.silent:
            ctx.note_probe(table, frozenset())
        for track in reading.tracks:
            if track.table.kind is not TableKind.STAFF:
                ctx.check(track.table, track.columns)

    def record(self, rows: Sequence[tuple[Any, ...]]) -> None:
        if self.tracks and self.ctx is not None:
            for track in self.tracks:
                if needs_context(track.table) and not self.ctx.usable:
                    raise NoAccessContext("Rows are read after their access context was closed.")
                track.record(self.ctx, rows)


class Draft(ReadPlan):
    """Of a statement that is only compiled: nothing is admitted, nothing is read."""

    def follow(self, reading: Reading) -> None:
        """Nothing runs yet."""


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


Scope = Mapping[str, Table]
"""The described tables that a name in a query can mean: its own, and those of queries around it."""


def is_raw(node: Any) -> bool:
    """Whether an expression carries SQL of its own: a function or a template named by the code."""
    if isinstance(node, RawSQL | ExtraWhere):
        return True
    given = getattr(node, "extra", None) or {}
    if type(node) is Func and given in _CONSTRUCTORS:
        return False
    return type(node) is Func or bool(_TEXTS & given.keys())


_CONSTRUCTORS = (  # what Django and constraints write that way; they read nothing
    {"function": "ARRAY", "template": "%(function)s[%(expressions)s]"},
    {"function": "daterange"},
)
_TEXTS = frozenset({"function", "template", "arg_joiner"})


def examine(
    query: Query, select: Sequence[Any], findings: Findings, around: Scope | None = None
) -> None:
    """Note what the select list shows and what the conditions ask."""
    named = {**(around or {}), **dict(tables_of(query))}
    for expression in select:
        show(expression, named, findings)
    if query.extra_tables or query.extra or query.extra_order_by:
        findings.opaque = True
    ask(query, findings, around)


def show(expression: Any, named: Scope, findings: Findings) -> None:
    """Note what an expression of the select list shows."""
    loose = getattr(expression, "contains_aggregate", False) or any(
        isinstance(node, Window) for node in walk(expression)
    )
    columns = list(_columns(expression))
    for node, counted in columns:
        table, column = named.get(node.alias), str(node.target.column)
        if table is None:
            continue
        if not loose:
            findings.shown[node.alias].add(column)
        elif has_content(table, column):
            (findings.probed if counted else findings.loose)[table.name].add(column)
    for node in walk(expression):
        findings.opaque |= is_raw(node)
        if isinstance(node, Exists):
            ask(node.query, findings, named)
            for table in touched(node.query):  # whether there is a row is an answer of its own
                if needs_context(table):
                    findings.probed[table.name].update(())
        elif isinstance(node, Subquery | Query):
            examine_inner(node if isinstance(node, Query) else node.query, findings, named)
    if loose and not columns:
        for table in named.values():  # COUNT(*)
            if needs_context(table):
                findings.probed[table.name].update(())


def _columns(node: Any, counted: bool = False) -> Iterator[tuple[Col, bool]]:
    """The columns below an expression, and whether they are only counted or put in order: a
    count, or a place in an order, tells no value of the rows it ran over."""
    if isinstance(node, Col):
        yield node, counted
    elif isinstance(node, Window):
        value, *order = node.get_source_expressions()
        yield from _columns(value, counted)
        for part in order:
            yield from _columns(part, True)
    elif node is not None and not isinstance(node, Subquery | Query):
        inner = (
            node.get_source_expressions()
            if hasattr(node, "get_source_expressions")
            else getattr(node, "children", ())
        )
        for part in inner:
            yield from _columns(part, counted or isinstance(node, Count))


def examine_inner(query: Query, findings: Findings, around: Scope | None = None) -> None:
    """Values of a subquery come out without the keys of its rows."""
    for branch in branches(query):
        compiler = branch.get_compiler("default")
        compiler.setup_query()
        inner = Findings()
        examine(compiler.query, [entry[0] for entry in compiler.select], inner, around)
        named = {**(around or {}), **dict(tables_of(compiler.query))}
        for alias, columns in inner.shown.items():
            table = named[alias]
            findings.loose[table.name] |= {c for c in columns if has_content(table, c)}
        for entry in compiler.get_order_by():
            ask_order(entry[0], named, inner)
        findings.merge(inner)


def branches(query: Query) -> Iterator[Query]:
    """The query, or those that its union (difference, intersection) is made of."""
    if not query.combinator:
        yield query.clone()
        return
    for branch in query.combined_queries:
        branch = branch.clone()
        if query.selected is not None and branch.selected is None:
            branch.set_values(query.selected)
        yield from branches(branch)


def ask(query: Query, findings: Findings, around: Scope | None = None) -> None:
    """Conditions on identifying columns answer a question without giving values: probes."""
    named = {**(around or {}), **dict(tables_of(query))}
    conditions: list[Any] = [query.where]
    for join in query.alias_map.values():
        filtered = getattr(join, "filtered_relation", None)
        conditions.append(getattr(filtered, "resolved_condition", None))
    for condition in conditions:
        _ask_expression(condition, named, findings)
    for inner in query.combined_queries:
        ask(inner, findings, around)


def ask_order(expression: Any, named: Scope, findings: Findings) -> None:
    """An order by a bare column asks nothing; one by a condition or a calculation does."""
    if not all(isinstance(part, Col) for part in expression.get_source_expressions()):
        _ask_expression(expression, named, findings)


def _ask_expression(expression: Any, named: Scope, findings: Findings) -> None:
    for node in walk(expression):
        findings.opaque |= is_raw(node)
        if isinstance(node, Col) and node.alias in named:
            table = named[node.alias]
            if node.target.column in table.identifying:
                findings.probed[table.name].add(node.target.column)
        inner = node if isinstance(node, Query) else getattr(node, "query", None)
        if isinstance(inner, Query):
            ask(inner, findings, named)
            if not isinstance(node, Exists):  # its values are compared with
                within = {**named, **dict(tables_of(inner))}
                for chosen in (*inner.select, *inner.annotation_select.values()):
                    _ask_expression(chosen, within, findings)


def carry(query: Query, values: Iterable[Any], findings: Findings) -> None:
    """Note what a write takes along from other rows, and what its conditions ask."""
    named = dict(tables_of(query))
    for value in values:
        if not hasattr(value, "resolve_expression") or isinstance(value, DatabaseDefault):
            continue
        resolved = value.resolve_expression(query, allow_joins=False, for_save=True)
        for node in walk(resolved):
            findings.opaque |= is_raw(node)
            if isinstance(node, Subquery | Query):
                examine_inner(node if isinstance(node, Query) else node.query, findings, named)
    ask(query, findings)


def touched(query: Query) -> list[Table]:
    """The described tables of a query and of all that its union is made of."""
    inner = query.inner_query if isinstance(query, AggregateQuery) else query
    parts = branches(inner) if inner.combinator else [inner]
    return [table for part in parts for _, table in tables_of(part)]


def settle(findings: Findings, touched: Sequence[Table]) -> AccessContext | None:
    """Refuse what may not run; note probes and unattributed reads. Returns the open context.

    Raises NoAccessContext, UnattributedRead, RawSqlRefused or FunctionDenied.
    """
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
