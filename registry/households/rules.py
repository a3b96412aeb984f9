"""Rules about households: whose identity code may be recorded when. Pure functions."""

from __future__ import annotations

from dataclasses import dataclass
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
