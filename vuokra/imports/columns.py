"""What a file of an import may have in its columns, and how a header finds its column."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import get_language

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Value = str | dt.date
"""What a cell holds: text as it is written, or a day."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column that is read (sarake).

    `finnish` and `english` are its headers; `others` are headers that mean the same. A `required`
    column must stand in the file; whether a cell may be empty is for the room to say. Cells of a
    `day` column become dates. `help` tells what to write, `example` shows it.
    """

    code: str
    finnish: str
    english: str
    others: tuple[str, ...] = ()
    required: bool = False
    day: bool = False
    help: StrOrPromise = ""
    example: str = ""

    @property
    def title(self) -> str:
        """The header in the language of the screen."""
        return self.english if get_language() == "en" else self.finnish

    @property
    def keys(self) -> set[str]:
        """Every header of the column, as `header_key` writes it."""
        return set(map(header_key, (self.finnish, self.english, *self.others)))


@dataclass(frozen=True, slots=True)
class RefusedColumn:
    """A column that must not be in a file at all, and why in words."""

    headers: tuple[str, ...]
    why: StrOrPromise


@dataclass(frozen=True, slots=True)
class Columns:
    """All columns of one kind of import, in the order of its template."""

    read: Sequence[Column]
    refused: Sequence[RefusedColumn] = ()
    nested: Callable[[object], Iterator[Row]] | None = None
    """The rows of a JSON document, when one may be brought in too. Raises FileRefused."""

    def __iter__(self) -> Iterator[Column]:
        return iter(self.read)

    def by_header(self) -> dict[str, Column | RefusedColumn]:
        """The column of each header that is known."""
        found: dict[str, Column | RefusedColumn] = {
            header_key(name): column for column in self.refused for name in column.headers
        }
        return found | {key: column for column in self.read for key in column.keys}

    def title(self, code: str) -> str:
        """The header of a column; the code itself when no column has it."""
        return next((column.title for column in self.read if column.code == code), code)


@dataclass(slots=True)
class Row:
    """One row of a file: its number as a spreadsheet shows it, and its cells that are not empty.

    `problems` are cells that could not be read, by column, with words.
    """

    number: int
    values: dict[str, Value] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)

    def text(self, code: str) -> str:
        """The text of a cell; empty when there is none."""
        value = self.values.get(code, "")
        return f"{value.day}.{value.month}.{value.year}" if isinstance(value, dt.date) else value


def header_key(text: str) -> str:
    """A header as it is compared: letters and digits alone, in lower case."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in folded if character.isalnum())


def column_letter(index: int) -> str:
    """The letter over a column in a spreadsheet: 0 is A, 26 is AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def empty_values(values: Mapping[str, Value]) -> bool:
    """Whether a row has nothing but blanks."""
    return not any(isinstance(value, dt.date) or value.strip() for value in values.values())
