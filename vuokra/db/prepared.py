"""Reads that are compiled once per process and run many times with other values.

Building a queryset and compiling it costs as much as running it. A fixed read is therefore written
as a function from its values to a queryset, and `prepared` keeps what it compiles to:

    @prepared
    def _marks(person_id: int) -> QuerySet[Mark]:
        return Mark.objects.filter(person_id=person_id)

    _marks(person.pk)  # a list of rows; one statement

The function runs once, with placeholders in the place of its values, which it may only hand on to
the queryset. Arguments by keyword only are no placeholders: the statement is compiled for each of
their values. The server, too, parses and plans the statement once per connection (PREPARE), which
took it longer than the read itself. What is kept is the statement and what it reads; the read is
admitted and its rows are recorded anew each time, as of any other. Nothing of the open context can
get into the statement: it is compiled outside, and a moment or a day that is no placeholder is
refused.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import update_wrapper
from itertools import count
from typing import Any, Generic, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from django.db import connection
from django.db.models import Field, ForeignObject, Lookup, QuerySet
from django.db.models.expressions import Expression
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    ValuesListIterable,
    get_related_populators,
)
from psycopg2.extensions import AsIs

from vuokra.access.context import outside
from vuokra.db.plan import Reading, ReadPlan

Given = ParamSpec("Given")
Row = TypeVar("Row")


class NotPrepared(TypeError):
    """The function gives a queryset whose statement cannot be kept."""


class Placeholder(Expression):
    """A value that is told when the statement runs."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """The place of the value; who runs the statement puts the value there."""
        return "%s", (self,)


ADMITTED = (Placeholder, str, int, float, bytes, type(None))
"""What a kept statement may hold: no day, no moment, no row."""


@Field.register_lookup
@ForeignObject.register_lookup
class AnyOf(Lookup[Any]):
    """`id__any_of=ids`: one of a list that is a single parameter, however long it is."""

    lookup_name = "any_of"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """`column = ANY (…)`."""
        left, values = self.process_lhs(compiler, connection)
        right, more = self.process_rhs(compiler, connection)
        return f"{left} = ANY ({right})", (*values, *more)


_numbers = count(1)
_at_server: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()
"""Which statements the server holds for which of its connections."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A compiled read: its text, its parameters with placeholders, and what it reads.

    The server parses and plans it once per connection, under `name`, which tells whose read it is.
    `used` are the numbers of the values that stand in it. `rows` turns what was fetched into what
    the queryset would have given.
    """

    name: str
    sql: str
    params: tuple[Any, ...]
    used: tuple[int, ...]
    reading: Reading | None
    rows: Callable[[Sequence[tuple[Any, ...]]], Iterator[Any]]

    def run(self, values: tuple[Any, ...]) -> list[Any]:
        """Admit the read in the open context, run it, and record its rows."""
        plan = ReadPlan()
        if self.reading is not None:  # the bench's baseline has no tap
            plan.follow(self.reading)
        one: Any = connection
        with one.following(plan), one.cursor() as cursor:
            with one.wrap_database_errors:
                self._prepare(one.connection)
            places = f"({', '.join(['%s'] * len(self.used))})" if self.used else ""
            cursor.execute(f"EXECUTE {self.name} {places}", [values[n] for n in self.used])
            fetched = cursor.fetchall()
        return list(self.rows(fetched)) if fetched else []

    def _prepare(self, server: Any) -> None:
        """Tell the statement to the server, unless this connection of it holds it already."""
        known = _at_server.setdefault(server, set())
        if self.name in known:
            return
        places = {number: AsIs(f"${n}") for n, number in enumerate(self.used, start=1)}
        bound = [places[p.number] if isinstance(p, Placeholder) else p for p in self.params]
        with server.cursor() as cursor:
            cursor.execute(f"PREPARE {self.name} AS {self.sql}", bound)
        known.add(self.name)


class Prepared(Generic[Given, Row]):
    """A function from values to the rows of its queryset, compiled when it is first called."""

    def __init__(self, build: Callable[Given, QuerySet[Any, Row]]) -> None:
        self._build = build
        self._known: dict[tuple[Any, ...], Statement] = {}
        kinds = inspect.signature(build).parameters.values()
        self._width = sum(p.kind is not inspect.Parameter.KEYWORD_ONLY for p in kinds)
        update_wrapper(self, build)

    def __call__(self, *values: Given.args, **shape: Given.kwargs) -> list[Row]:
        key = tuple(sorted(shape.items()))
        statement = self._known.get(key)
        if statement is None:
            statement = self._known[key] = self._compiled(shape)
        return statement.run(values)

    def _compiled(self, shape: dict[str, Any]) -> Statement:
        build: Any = self._build
        with outside():
            queryset = build(*map(Placeholder, range(self._width)), **shape)
        compiler = queryset.query.get_compiler(connection=connection)
        sql, params, reading = compiler.draft() if _tapped(compiler) else (*compiler.as_sql(), None)
        odd = [p for p in params if not isinstance(p, ADMITTED)]
        if odd or queryset._prefetch_related_lookups:
            raise NotPrepared(f"{build.__qualname__}: {', '.join(type(p).__name__ for p in odd)}")
        room = build.__module__.replace(".", "_")
        name = connection.ops.quote_name(f"{room}_{build.__name__}"[:55] + f"_{next(_numbers)}")
        used = tuple(sorted({p.number for p in params if isinstance(p, Placeholder)}))
        return Statement(name, sql, tuple(params), used, reading, _reader(queryset, compiler))


def prepared(build: Callable[Given, QuerySet[Any, Row]]) -> Prepared[Given, Row]:
    """Keep the statement of a fixed read; see the top of this module.

    Raises NotPrepared at the first call when a parameter is neither a placeholder nor a constant.
    """
    return Prepared(build)


def _tapped(compiler: Any) -> bool:
    return hasattr(compiler, "draft")


def _reader(queryset: Any, compiler: Any) -> Callable[[Iterable[Any]], Iterator[Any]]:
    """How fetched rows become what the queryset gives, as Django's own iterables do it."""
    converters = compiler.get_converters([entry[0] for entry in compiler.select])
    kind = queryset._iterable_class
    if kind is ModelIterable:
        made = _instances(queryset, compiler)
    elif kind is FlatValuesListIterable:
        made = _firsts
    elif kind is ValuesListIterable:
        width = len(compiler.select)

        def made(rows: Iterable[Any]) -> Iterator[Any]:
            return (tuple(row[:width]) for row in rows)
    else:
        raise NotPrepared(kind.__name__)

    def read(rows: Iterable[Any]) -> Iterator[Any]:
        return made(compiler.apply_converters(rows, converters) if converters else rows)

    return read


def _firsts(rows: Iterable[Any]) -> Iterator[Any]:
    return (row[0] for row in rows)


def _instances(queryset: Any, compiler: Any) -> Callable[[Iterable[Any]], Iterator[Any]]:
    info, db = compiler.klass_info, queryset.db
    fields = info["select_fields"]
    first, end = fields[0], fields[-1] + 1
    names = [entry[0].target.attname for entry in compiler.select[first:end]]
    populators = get_related_populators(info, compiler.select, db)  # type: ignore[call-arg]  # of Django 6
    annotations = list(compiler.annotation_col_map.items())

    def made(rows: Iterable[Any]) -> Iterator[Any]:
        for row in rows:
            instance = info["model"].from_db(db, names, row[first:end])
            for populator in populators:
                populator.populate(row, instance)
            for name, place in annotations:
                setattr(instance, name, row[place])
            yield instance

    return made
