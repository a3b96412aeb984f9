"""Which imports there are: rooms register what their rows mean."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from vuokra.imports.columns import Columns, Row
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOST_KEPT = 10_000
"""Findings that a report keeps; all are counted."""


class Stage(StrEnum):
    """What a run is doing."""

    READ = "read"
    CHECK = "check"
    WRITE = "write"


Tell = Callable[[Stage, int, int], None]
"""Called with the stage, how many rows are done and how many there are."""

Prepared = TypeVar("Prepared")


@dataclass(frozen=True, slots=True)
class Note:
    """A fault or a remark at a row and column of the file; row 0 is the whole file."""

    row: int
    column: str
    text: str
    warning: bool


@dataclass(slots=True)
class Report:
    """What was found in a file. With one error nothing of it is imported."""

    notes: list[Note] = field(default_factory=list)
    errors: int = 0
    warnings: int = 0

    def error(self, row: int, column: str, text: StrOrPromise) -> None:
        """A fault: `text` says what is wrong and what to do, never what the cell holds."""
        self.errors += 1
        self._keep(row, column, text, warning=False)

    def warn(self, row: int, column: str, text: StrOrPromise) -> None:
        """Something to look at before the import is confirmed."""
        self.warnings += 1
        self._keep(row, column, text, warning=True)

    def _keep(self, row: int, column: str, text: StrOrPromise, *, warning: bool) -> None:
        if len(self.notes) < MOST_KEPT:
            self.notes.append(Note(row, column, str(text), warning))


@dataclass(slots=True)
class Plan(Generic[Prepared]):
    """What an import would do: rows that are new, made ready to be written, and how many of the
    file's are in the register already."""

    new: list[Prepared]
    known: int = 0


@dataclass(frozen=True, slots=True)
class Importer:
    """One kind of import.

    `check` holds every row to the rules of the forms, notes what is wrong in the report, and gives
    what is to be written. `write` does so and gives the persons concerned. Both run in the open
    access context's transaction and tell how far they are.
    """

    code: str
    title: StrOrPromise
    columns: Columns
    needs: Sequence[tuple[Group, Level]]
    check: Callable[[Sequence[Row], Report, dt.date, Tell], Plan[Any]]
    write: Callable[[Plan[Any], Tell], Sequence[int]]


_importers: dict[str, Importer] = {}


def register(importer: Importer) -> None:
    """Add a kind of import; called from a room's `AppConfig.ready`. Raises ValueError for a code in
    use."""
    if importer.code in _importers:
        raise ValueError(f"There is an import {importer.code} already.")
    _importers[importer.code] = importer


def importer(code: str) -> Importer:
    """The import of a code. Raises KeyError."""
    return _importers[code]
