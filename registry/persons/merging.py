"""What a merge of two people must re-point: rooms register their references to a person.

A room calls `repoint` (or `exempt`, with the reason) from its `AppConfig.ready` for every field
that names a person; a test finds those that nobody registered. The merge itself is the business
of registry/duplicates, which reads this registry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.apps import apps
from django.db import models

from registry.persons.models import Person


class OnConflict(Enum):
    """What happens to a row that the database would not let the surviving person have too."""

    STAY = "stay"  # it rests with the merged record: the surviving person has its like already
    REFUSE = "refuse"  # the merge is refused until a clerk has settled it


@dataclass(frozen=True, slots=True)
class Change:
    """A technical column that a merge sets, such as a last valid day; never a personal value.

    Of a row of either person; made before rows move, and taken back by an undo.
    """

    pk: int
    column: str
    value: Any


@dataclass(frozen=True, slots=True)
class Fit:
    """How the rows of two people fit together: what is changed first, and what does not move."""

    changes: tuple[Change, ...] = ()
    stay: frozenset[int] = frozenset()


Resolver = Callable[[int, int], Fit]
"""(id of the surviving person, id of the one merged into it) → how their rows fit together."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A field that names a person, and what to do with rows that do not fit."""

    model_label: str
    field: str
    on_conflict: OnConflict | Resolver

    @property
    def model(self) -> type[models.Model]:
        return apps.get_model(self.model_label)

    @property
    def column(self) -> str:
        return str(self.model._meta.get_field(self.field).column)  # type: ignore[union-attr]  # a column


@dataclass(frozen=True, slots=True)
class Exemption:
    """A table or a field of it that a merge leaves alone, and why."""

    table: str
    column: str
    reason: str


Objection = Callable[[Person, Person], str | None]
"""Why two people may not be merged, in words for the screen without personal data, or None."""

Companion = Callable[[Person, Person], None]
"""What a room does with (the survivor, the one merged into it), in the merge's own transaction."""

_references: dict[tuple[str, str], Reference] = {}
_exemptions: dict[tuple[str, str], Exemption] = {}
_objections: list[Objection] = []
_remarks: list[Objection] = []
_before: list[Companion] = []
_after: list[Companion] = []


class RegisteredTwice(RuntimeError):
    """A field was registered by two rooms."""


def repoint(
    model_label: str,
    field: str = "person",
    *,
    on_conflict: OnConflict | Resolver = OnConflict.STAY,
) -> None:
    """Register a field that names a person: `repoint("registry_households.Membership")`.

    Every row moves to the surviving person. One that a unique or exclusion constraint forbids
    stays with the merged record, or the merge is refused (`OnConflict.REFUSE`); a function decides
    itself beforehand. Class D text sealed for the person is sealed anew for the surviving one.
    Raises RegisteredTwice.
    """
    if (model_label, field) in _references:
        raise RegisteredTwice(f"{model_label}.{field}")
    _references[model_label, field] = Reference(model_label, field, on_conflict)


def exempt(table: str, column: str, reason: str) -> None:
    """Say that a column naming a person is left alone by a merge, and why."""
    if len(reason.strip()) < 10:
        raise ValueError("State a reason.")
    _exemptions[table, column] = Exemption(table, column, reason)


def object_when(objection: Objection) -> None:
    """Register a reason not to merge: a room tells what it cannot carry over."""
    _objections.append(objection)


def remark_when(remark: Objection) -> None:
    """Register what a clerk should know before these two are merged."""
    _remarks.append(remark)


def accompany(*, before: Companion | None = None, after: Companion | None = None) -> None:
    """Let a room act before the rows of one record move to the other, or after the merge. What it
    does is not in the journal: an undo leaves it."""
    _before.extend([before] if before else [])
    _after.extend([after] if after else [])


def references() -> Iterator[Reference]:
    """Every registered reference, in the order in which rooms registered them."""
    yield from _references.values()


def exemptions() -> Iterator[Exemption]:
    """Every exemption."""
    yield from _exemptions.values()


def objections(survivor: Person, merged: Person) -> list[str]:
    """Why these two may not be merged now; empty when they may."""
    return [text for objection in _objections if (text := objection(survivor, merged))]


def remarks(survivor: Person, merged: Person) -> list[str]:
    """What a clerk should know before these two are merged."""
    return [text for remark in _remarks if (text := remark(survivor, merged))]


def prepare(survivor: Person, merged: Person) -> None:
    """What rooms do before the rows move."""
    for companion in _before:
        companion(survivor, merged)


def conclude(survivor: Person, merged: Person) -> None:
    """What rooms do when the merge is done."""
    for companion in _after:
        companion(survivor, merged)


_clash_page: list[str] = []


def settle_clashes_at(url_name: str) -> None:
    """Register the page that settles an identity code which another person has (DP-A16).

    It takes the public id of the person and the code by POST.
    """
    _clash_page.append(url_name)


def clash_page() -> str:
    """The url name of that page, or an empty text."""
    return _clash_page[-1] if _clash_page else ""
