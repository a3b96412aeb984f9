"""What leaves the register in a file: one room above says whether it may, and keeps the record.

A room that makes files registers how (`register_file`); the room of disclosures keeps the door
(`keep_door`). Nothing leaves while nobody keeps it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, TypeVar

from django import forms
from django.http import HttpResponseBase

State = TypeVar("State")
Read = Callable[[State | None], tuple[str | bytes, State | None]]
"""What `AccessStream` calls for each batch."""


@dataclass(frozen=True, slots=True)
class Taking:
    """A file that somebody is about to take out: what makes it, of whom, which register items, and
    its kind. The people are ids in the order of the file."""

    origin: str
    people: tuple[int, ...]
    codes: frozenset[str]
    form: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A file may leave: of these people, with these register items.

    `done` is called with the SHA-256 and the size of the file when its last byte is about to leave.
    """

    people: tuple[int, ...]
    codes: frozenset[str]
    done: Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file must be approved by another first; the address of the request, and what to say."""

    url: str
    text: str


class Door(Protocol):
    """Whoever says whether a file may leave, and records it."""

    def fields(self, today: date) -> Mapping[str, forms.Field]:
        """What is asked besides: for whom the file is."""

    def notes(self, people: int, today: date) -> Sequence[str]:
        """What to say before so many people are taken out."""

    def open(self, taking: Taking, given: Mapping[str, Any], today: date) -> Passage | Waiting:
        """The decision, by the values of `fields`. Raises ValidationError by field: it may not."""


MakeFile = Callable[[Passage, str], HttpResponseBase]
"""(what may leave, kind of file) → the answer that streams it."""

_door: list[Door] = []
_files: dict[str, MakeFile] = {}


def keep_door(door: Door) -> None:
    """Register the room that keeps the door. Raises ValueError when one does already."""
    if _door:
        raise ValueError("The door is kept already.")
    _door.append(door)


def door() -> Door:
    """Whoever keeps the door. Raises LookupError when nobody does: then nothing leaves."""
    if not _door:
        raise LookupError("Nobody keeps the door.")
    return _door[0]


def register_file(origin: str, make: MakeFile) -> None:
    """Register how the file of an origin is made, for one that leaves later."""
    _files[origin] = make


def make_file(origin: str, passage: Passage, form: str) -> HttpResponseBase:
    """The file of an origin, of what may leave. Raises KeyError for an origin that none makes."""
    return _files[origin](passage, form)


def digested(read: Read[State], done: Callable[[str, int], None]) -> Read[State]:
    """The same file; `done` is told its digest and size in the transaction of the last batch."""
    digest, size = hashlib.sha256(), 0

    def reading(state: State | None) -> tuple[bytes, State | None]:
        nonlocal size
        part, following = read(state)
        data = part.encode() if isinstance(part, str) else part
        digest.update(data)
        size += len(data)
        if following is None:
            done(digest.hexdigest(), size)
        return data, following

    return reading
