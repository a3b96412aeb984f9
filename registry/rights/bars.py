"""What a person's data are made of when erasure is asked, and what stands against it (6.6).

A room registers the groups of data that it holds, and bars against erasing its own or another
room's groups: an open debt bars the ledger and the contact details. The decision is computed from
what the rooms say now, with the statute and the last day of each bar.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from registry.persons.models import Person
from registry.rights.models import Bar, Fate, Ground
from vuokra.rules.queries import RuleValue

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


ERASED: Final = (Fate.ERASE, Fate.ERASE_KEEP_HASH)


@dataclass(frozen=True, slots=True)
class Held:
    """What a group holds of a person: how many rows, and why they would be erased.

    `keeps_hash`: a prohibition leaves a keyed hash behind (R11).
    """

    rows: int
    ground: Ground = Ground.NOT_NEEDED
    keeps_hash: bool = False


@dataclass(frozen=True, slots=True)
class Barred:
    """A bar: which, by what statute, and the last day it holds (None: no end is known).

    `counted_by` is the rule by which the last day was counted.
    """

    bar: Bar
    statute: str
    until: date | None = None
    counted_by: RuleValue | None = None


@dataclass(frozen=True, slots=True)
class Weighed:
    """A group as the decision has it."""

    group: str
    held: Held
    barred: Barred | None
    fate: Fate


Holds = Callable[[Person, date], Held | None]
"""What the group holds of the person today; None when nothing. A fixed number of statements."""

Bars = Callable[[Person, date], Barred | None]
"""What bars erasing today; None when nothing does."""


@dataclass(frozen=True, slots=True)
class _Group:
    code: str
    title: StrOrPromise
    order: int
    holds: Holds


_groups: dict[str, _Group] = {}
_bars: list[tuple[frozenset[str], Bars]] = []


def register_group(code: str, title: StrOrPromise, order: int, holds: Holds) -> None:
    """Add a group of data. Raises ValueError when its code is taken."""
    if code in _groups:
        raise ValueError(code)
    _groups[code] = _Group(code, title, order, holds)


def register_bar(groups: Iterable[str], bars: Bars) -> None:
    """Add a bar against erasing these groups; no groups: against erasing any."""
    _bars.append((frozenset(groups), bars))


def title_of(code: str) -> StrOrPromise:
    """The group in words; its code when no room registers it any more."""
    return _groups[code].title if code in _groups else code


def weigh(person: Person, *, today: date) -> list[Weighed]:
    """The decision on every group that holds something, in order."""
    found = [(groups, bar) for groups, bars in _bars if (bar := bars(person, today))]
    weighed = []
    for group in sorted(_groups.values(), key=lambda one: one.order):
        held = group.holds(person, today)
        if held is None:
            continue
        barred = strictest([bar for groups, bar in found if not groups or group.code in groups])
        weighed.append(Weighed(group.code, held, barred, fate(held, barred, today)))
    return weighed


def strictest(barred: Collection[Barred]) -> Barred | None:
    """The bar that holds longest: one without an end, else the one with the latest day."""
    endless = [one for one in barred if one.until is None]
    if endless:
        return endless[0]
    return max(barred, key=lambda one: one.until or date.min, default=None)


def fate(held: Held, barred: Barred | None, today: date) -> Fate:
    """What happens to a group: a bar whose last day has passed bars nothing."""
    if barred is None or (barred.until is not None and barred.until < today):
        return Fate.ERASE_KEEP_HASH if held.keeps_hash else Fate.ERASE
    return Fate.REFUSE if barred.until is None else Fate.LATER
