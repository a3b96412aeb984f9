"""Whom a row concerns: the desk holds a row id, and the room that knows people gives the words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Subject:
    """A person as the queue names one: name, number and card, as far as the actor may see them.

    `protected` tells of a turvakielto: then the name is empty.
    """

    id: int
    name: str
    number: str
    url: str
    protected: bool = False


@dataclass(frozen=True, slots=True)
class Directory:
    """How subjects are found.

    `by_ids` gives those of the ids that the actor of the open context may know, in a fixed number
    of statements; `by_reference` the one of the opaque reference in an address, and raises
    ObjectDenied when there is none for the actor. `check_text` raises ValidationError for free text
    that holds what it must not (an identity code).
    """

    by_ids: Callable[[Collection[int]], Mapping[int, Subject]]
    by_reference: Callable[[str], Subject]
    check_text: Callable[[str], None]


_directory: list[Directory] = []


def register(directory: Directory) -> None:
    """Say who knows people; the last one registered answers."""
    _directory[:] = [directory]


def subjects(ids: Collection[int]) -> Mapping[int, Subject]:
    """The subjects of these ids; without a directory, none."""
    return _directory[0].by_ids(ids) if _directory and ids else {}


def check_text(text: str) -> None:
    """Raise ValidationError when free text holds what only another field may hold (DP-A12)."""
    for directory in _directory:
        directory.check_text(text)


def subject_of(reference: str) -> Subject | None:
    """The subject of an opaque reference, or None without a directory. Raises ObjectDenied."""
    return _directory[0].by_reference(reference) if _directory else None
