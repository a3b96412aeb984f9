"""What kind of value a rule has, and how it is written in the database. Pure functions."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TypeAlias

Value: TypeAlias = int | Decimal | dt.date | bool | str


class Kind(StrEnum):
    """The kind of a rule's value."""

    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    BOOLEAN = "boolean"
    TEXT = "text"
    CHOICE = "choice"


TYPES: dict[Kind, type] = {
    Kind.INTEGER: int,
    Kind.DECIMAL: Decimal,
    Kind.DATE: dt.date,
    Kind.BOOLEAN: bool,
    Kind.TEXT: str,
    Kind.CHOICE: str,
}


def written(kind: Kind, value: Value) -> str:
    """The value as the database keeps it. Raises TypeError for a value of another type."""
    if type(value) is not TYPES[kind]:  # a bool is an int, and a moment a date
        raise TypeError(f"{type(value).__name__} is no value of kind {kind.value}")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise TypeError("a decimal must be finite")
        return f"{value:f}"
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def read(kind: Kind, text: str) -> Value:
    """The value of what `written` wrote. Raises ValueError for anything else."""
    if kind is Kind.INTEGER:
        return int(text)
    if kind is Kind.DECIMAL:
        try:
            return Decimal(text)
        except InvalidOperation:
            raise ValueError("not a decimal number") from None
    if kind is Kind.DATE:
        return dt.date.fromisoformat(text)
    if kind is Kind.BOOLEAN:
        return {"true": True, "false": False}[text]
    return text
