"""The twelve points of article 15: rooms add what they know of a person beyond their rows.

A room calls `register` from `AppConfig.ready`. Recipients (point 4) come from the room of
disclosures, an explained score (point 9) from that of selection.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

POINTS = range(1, 13)
RECIPIENTS, SOURCES, AUTOMATED, TRANSFERS = 4, 8, 9, 10
"""Numbers of points, as data-protection 6.3 has them."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a block tells: a text, and a table with its head. In the active language.

    Nothing of other people belongs here but the names of recipients.
    """

    text: str = ""
    head: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


Build = Callable[[Collection[int], date], Told | None]
"""Ids of the records of one person (merged ones included) and the day → what is told, or None. It
runs in the worker, in a context that may read everything, with a fixed number of statements."""


@dataclass(frozen=True, slots=True)
class Block:
    """A registered block."""

    key: str
    point: int
    title: StrOrPromise
    build: Build


_blocks: dict[str, Block] = {}


def register(key: str, point: int, title: StrOrPromise, build: Build) -> None:
    """Add a block to one of the twelve points. Raises ValueError for a key in use or no point."""
    if key in _blocks:
        raise ValueError(f"There is a block {key} already.")
    if point not in POINTS:
        raise ValueError(f"Article 15 has no point {point} here.")
    _blocks[key] = Block(key, point, title, build)


def blocks() -> list[Block]:
    """Every block, by point and key."""
    return sorted(_blocks.values(), key=lambda block: (block.point, block.key))
