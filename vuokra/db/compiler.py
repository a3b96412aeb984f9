"""SQL compilers of the backend: the one place that every read and write of the ORM passes.

Relies on `pre_sql_setup`, `execute_sql`, `has_extra_select` and `col_count` of Django 5.2; the
escape-matrix tests are the gate for a new version.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models.expressions import Col
from django.db.models.sql import compiler
from django.db.models.sql.query import Query

from vuokra.access.context import current, needs_context
from vuokra.access.errors import UnloggedWrite
from vuokra.db import plan as planning
from vuokra.db.plan import Draft, Findings, Reading, ReadPlan, Track
from vuokra.policy.catalogue import Table, TableKind, lookup


class ReadMixin:
    """Plans the read before the statement runs and lets the cursor record its rows."""

    query: Any
    connection: Any
    select: Any
    has_extra_select: bool
    reading: Reading
    _plan: ReadPlan | None = None

    def execute_sql(self, *args: Any, **kwargs: Any) -> Any:
        plan = self._plan = ReadPlan()
        with self.connection.following(plan):
            return super().execute_sql(*args, **kwargs)  # type: ignore[misc]

    def pre_sql_setup(self, with_col_aliases: bool = False) -> Any:
        extra_select, order_by, group_by = super().pre_sql_setup(  # type: ignore[misc]
            with_col_aliases=with_col_aliases
        )
        if self._plan is not None:
            self.reading = self._read(
                extra_select, order_by, grouped=self.query.group_by is not None
            )
            self._plan.follow(self.reading)
            self.has_extra_select = bool(extra_select)
        return extra_select, order_by, group_by

    def draft(self) -> tuple[str, tuple[Any, ...], Reading]:
        """The statement, its parameters and its reading, for running it later, and many times."""
        self._plan = Draft()
        sql, params = self.as_sql()  # type: ignore[attr-defined]  # the compiler's own
        return sql, params, self.reading

    def _read(self, extra_select: list[Any], order_by: list[Any], *, grouped: bool) -> Reading:
        """Examine the query; hidden key columns are added to `extra_select`."""
        findings = Findings()
        if self.query.combinator:
            tracks = self._combined(findings)
        else:
            planning.examine(self.query, [entry[0] for entry in self.select], findings)
            named = dict(planning.tables_of(self.query))
            for entry in order_by:
                planning.ask_order(entry[0], named, findings)
            findings.opaque |= self.query.explain_info is not None  # a plan tells how many fit
            open_ended = not (grouped or self.query.distinct or self.qualify)  # type: ignore[attr-defined]
            tracks = self._place(findings, extra_select if open_ended else None)
            if self.query.explain_info is not None:
                tracks = []
        return Reading.of(findings, tracks, self.query)

    def _place(self, findings: Findings, extra: list[Any] | None) -> list[Track]:
        """Find or add the key and subject columns of every table shown."""
        tables = dict(planning.tables_of(self.query))
        tracks = []
        for alias, columns in findings.shown.items():
            table = tables[alias]
            content = frozenset(c for c in columns if planning.has_content(table, c))
            if not content:
                continue
            key = self._position(alias, table.key, extra)
            column = table.subject.column if table.subject else ""
            subject = self._position(alias, column, extra) if column else None
            if key is None or (column and subject is None):
                findings.loose[table.name] |= content
                continue
            tracks.append(Track(table, content, key, subject))
        return tracks

    def _position(self, alias: str, column: str, extra: list[Any] | None) -> int | None:
        """Where a column stands in the row; it is added as a hidden one when that is possible."""
        for index, (expression, _, _) in enumerate(self.select):
            if (
                isinstance(expression, Col)
                and expression.alias == alias
                and expression.target.column == column
            ):
                return index
        if extra is None:
            return None
        sql = f"{self.quote_name_unless_alias(alias)}.{self.connection.ops.quote_name(column)}"  # type: ignore[attr-defined]  # the compiler's own
        hidden = (None, (sql, ()), None)
        if hidden not in extra:
            extra.append(hidden)
        return len(self.select) + extra.index(hidden)

    def _combined(self, findings: Findings) -> list[Track]:
        """A union is attributed when every branch has each table's key at the same place."""
        branches = [self._branch(query) for query in self.query.combined_queries]
        found = []
        for _, inner in branches:
            findings.merge(inner)
        for track in (track for tracks, _ in branches for track in tracks):
            if not all(_same_place(track, tracks) for tracks, _ in branches):
                findings.loose[track.table.name] |= track.columns
            else:
                found.append(track)
        return found

    def _branch(self, query: Query) -> tuple[list[Track], Findings]:
        query = query.clone()
        if self.query.selected is not None and query.selected is None:
            query.set_values(self.query.selected)
        branch: Any = query.get_compiler(connection=self.connection)
        branch.setup_query()
        findings = Findings()
        if query.combinator:
            return branch._combined(findings), findings
        planning.examine(branch.query, [entry[0] for entry in branch.select], findings)
        return branch._place(findings, None), findings


def _same_place(track: Track, tracks: list[Track]) -> bool:
    return any(
        t.table is track.table and t.key == track.key and t.subject == track.subject for t in tracks
    )


class SQLCompiler(ReadMixin, compiler.SQLCompiler):
    """SELECT."""


class SQLAggregateCompiler(ReadMixin, compiler.SQLAggregateCompiler):
    """SELECT of aggregates over a subquery: counting is a probe, anything else is unattributed."""

    def as_sql(self, *args: Any, **kwargs: Any) -> Any:
        if self._plan is not None:
            findings = Findings()
            inner = self.query.inner_query
            planning.examine_inner(inner, findings)
            named = dict(planning.tables_of(inner))
            for annotation in self.query.annotation_select.values():
                planning.show(annotation, named, findings)
            if all(_counts(a) for a in self.query.annotation_select.values()):
                for name, columns in list(findings.loose.items()):
                    findings.probed[name] |= columns
                findings.loose.clear()
            for branch in planning.branches(inner):
                for _, table in planning.tables_of(branch):
                    if needs_context(table):
                        findings.probed[table.name].update(())
            self._plan.ctx = planning.settle(findings, planning.touched(self.query))
        return super().as_sql(*args, **kwargs)


def _counts(annotation: Any) -> bool:
    return type(annotation).__name__ == "Count"


class WriteMixin:
    """Refuses writes on personal tables that no log would tell of."""

    query: Any
    connection: Any

    def _allow(self, table: Table | None, *, bulk: bool) -> None:
        if table is None or not needs_context(table):
            return
        ctx = current()
        if ctx.bulk_reason:
            ctx.note_write(table, "bulk")
        elif bulk or not ctx.saving:
            raise UnloggedWrite(f"Bulk writes on {table.name} need bulk_write(reason).")
        else:
            ctx.note_write(table, "write")

    def _carried(self, values: Iterable[Any]) -> None:
        """A write that takes values from personal rows, or asks about them, is a read too."""
        findings = Findings()
        planning.carry(self.query, values, findings)
        if findings.opaque or findings.loose or findings.probed:
            planning.settle(findings, planning.touched(self.query))


class SQLInsertCompiler(WriteMixin, compiler.SQLInsertCompiler):
    """INSERT."""

    def execute_sql(self, returning_fields: Any = None) -> Any:  # type: ignore[override]  # Django's
        table = lookup(self.query.get_meta().db_table)
        if table is not None and table.kind is TableKind.PERSONAL:
            self._allow(table, bulk=len(self.query.objs) != 1)
        self._carried(getattr(row, f.attname) for row in self.query.objs for f in self.query.fields)
        with self.connection.following(ReadPlan()):
            return super().execute_sql(returning_fields)


class SQLUpdateCompiler(WriteMixin, compiler.SQLUpdateCompiler):
    """UPDATE."""

    def execute_sql(self, *args: Any, **kwargs: Any) -> Any:
        self._allow(lookup(self.query.get_meta().db_table), bulk=False)
        self._carried(value for _, _, value in self.query.values)
        with self.connection.following(ReadPlan()):
            return super().execute_sql(*args, **kwargs)


class SQLDeleteCompiler(WriteMixin, compiler.SQLDeleteCompiler):
    """DELETE."""

    def execute_sql(self, *args: Any, **kwargs: Any) -> Any:
        self._allow(lookup(self.query.get_meta().db_table), bulk=False)
        self._carried(())
        with self.connection.following(ReadPlan()):
            return super().execute_sql(*args, **kwargs)
