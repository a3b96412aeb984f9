"""Rules about households: whose identity code may be recorded when. Pure functions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final


class Situation(StrEnum):
    """In what connection an identity code is asked for (kirjaustilanne)."""

    SUBSIDISED_APPLICATION = "tuettu"
    FREE_APPLICATION = "vapaa"
    TENANCY = "vuokrasuhde"


class HetuRegime(StrEnum):
    """What may be done with an identity code that was given."""

    ACCEPTED = "accepted"  # it is kept as the person's identity
    SELECTION_ONLY = "selection"  # it is kept with the selection documents and nowhere else (R4)
    EXCEPTION = "exception"  # it is kept, with the reason stated
    REFUSED = "refused"  # a birth date is enough


@dataclass(frozen=True, slots=True)
class RegimeRow:
    """One row of the table: what holds of a child or one who is no party, without a reason and
    with one, and of an adult who becomes a party."""

    resident: HetuRegime
    resident_with_reason: HetuRegime
    adult_party: HetuRegime
    source: str


_OUTSIDE_DECREE: Final = RegimeRow(
    HetuRegime.REFUSED, HetuRegime.EXCEPTION, HetuRegime.ACCEPTED, "KHO:2023:56; TSL 1050/2018 29 §"
)
REGIME: Final[dict[Situation, RegimeRow]] = {
    Situation.SUBSIDISED_APPLICATION: RegimeRow(
        HetuRegime.SELECTION_ONLY,
        HetuRegime.SELECTION_ONLY,
        HetuRegime.ACCEPTED,
        "YMa 904/2006 1 § 1 b",
    ),
    Situation.FREE_APPLICATION: _OUTSIDE_DECREE,
    Situation.TENANCY: _OUTSIDE_DECREE,
}
"""The regime table of data-protection section 1, finding 1."""


def hetu_regime(
    situation: Situation, *, is_minor: bool, becomes_party: bool, has_reason: bool
) -> HetuRegime:
    """Whether the identity code of a member of a household may be recorded (DP-A13).

    A child is a child also when it becomes a party: then that is the reason to state.
    """
    row = REGIME[situation]
    if becomes_party and not is_minor:
        return row.adult_party
    return row.resident_with_reason if has_reason else row.resident


@dataclass(frozen=True, slots=True)
class Stay:
    """That somebody belongs to a household from a day to a day, the last one included."""

    person: int
    household: int
    first: date
    last: date | None

    @property
    def end(self) -> date:
        """The last day, or the end of time."""
        return self.last or date.max


def sharers(seeds: Mapping[int, date], stays: Iterable[Stay]) -> dict[int, date]:
    """Who comes to share a home with somebody of `seeds` from that one's day on, or with somebody
    who did so before; each with the first such day, the seeds among them.

    A home that somebody left before the day on which they are reached tells nothing of it.
    """
    homes: dict[int, list[Stay]] = defaultdict(list)
    for stay in stays:
        homes[stay.household].append(stay)
    reached = dict(seeds)
    changed = True
    while changed:
        changed = False
        for home in homes.values():
            for one in home:
                for other in home:
                    if one.person not in reached:
                        break
                    day = max(reached[one.person], one.first, other.first)
                    together = day <= min(one.end, other.end)
                    if together and day < reached.get(other.person, date.max):
                        reached[other.person], changed = day, True
    return reached
