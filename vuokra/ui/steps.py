"""The step bar: the parts of a process in order, and where one is (`components/steps.html`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Step:
    """A part of a process: done, perhaps with its day; the present one (`now`); or one to come."""

    label: StrOrPromise
    state: str = ""
    at: date | None = None


def bar(
    parts: Iterable[tuple[StrOrPromise, bool, date | None]], *, going: bool = True
) -> list[Step]:
    """Steps of parts told by label, whether done, and when; the first undone one is the present one
    while it is `going`."""
    told = list(parts)
    here = next((number for number, one in enumerate(told) if not one[1]), None) if going else None
    return [
        Step(label, "done" if done else "now" if number == here else "", at if done else None)
        for number, (label, done, at) in enumerate(told)
    ]
