"""How urgent the need of a home is (asunnontarpeen kiireellisyys) and which size fits.

Source: VNa 166/2008 2 §; guidance of the authority, as the company has set it; specification,
section 5. Quotients are compared unrounded.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from applications.intake.codes import Situation
from applications.selection.rule_rows import (
    PER_ROOM,
    VERY_AREA,
    VERY_PER_ROOM,
    size_keys,
    urgency_key,
)
from applications.selection.rules.facts import Facts, PresentHome
from vuokra.rules.lookup import Lookup, Why

CROWDED = frozenset({Situation.VERY_CRAMPED, Situation.CRAMPED})


@dataclass(frozen=True, slots=True)
class Crowding:
    """How cramped the present home is (asumisahtaus): the situation it means, if any."""

    situation: Situation | None
    why: Why


@dataclass(frozen=True, slots=True)
class Urgency:
    """The urgency class (kiireellisyysluokka) and the situations that mean it."""

    urgency: int
    deciding: tuple[Situation, ...]
    why: Why


def crowding(rule: Lookup, home: PresentHome, unborn: int, on: date) -> Crowding:
    """Whether the home is very cramped (A7), cramped (B6), or neither (5.2).

    All who live there count, expected children by a certificate too. Raises RuleMissing, ValueError
    for a home without area or people.
    """
    persons = home.residents + unborn
    if persons < 1 or home.area_m2 <= 0:
        raise ValueError("a home has an area and somebody who lives there")
    per_room = Decimal(persons) / max(home.rooms, 1)
    most, area, some = rule(VERY_PER_ROOM, on), rule(VERY_AREA, on), rule(PER_ROOM, on)
    if per_room > most.decimal:
        return Crowding(Situation.VERY_CRAMPED, (most,))
    if home.area_m2 <= area.decimal * persons:
        return Crowding(Situation.VERY_CRAMPED, (area,))
    if per_room > some.decimal:
        return Crowding(Situation.CRAMPED, (some,))
    return Crowding(None, ())


def urgency(rule: Lookup, facts: Facts, on: date) -> Urgency | None:
    """The most urgent class that any situation means; None when no ground is recorded.

    Where the present home is known, its numbers say whether it is cramped, whatever was told of it;
    a ground that the numbers do not bear leaves a wish. Raises RuleMissing.
    """
    told: list[Situation] = list(facts.situations)
    cramped: Why = ()
    if facts.home is not None:
        found = crowding(rule, facts.home, facts.unborn, on)
        cramped = found.why
        told = [one for one in told if one not in CROWDED]
        told += [found.situation] if found.situation else []
    if not told and not facts.situations:
        return None
    told = told or [Situation.WISH]
    rows = {one: rule(urgency_key(one), on) for one in sorted(set(told))}
    best = min(int(row.text) for row in rows.values())
    deciding = tuple(one for one, row in rows.items() if int(row.text) == best)
    why = tuple(rows[one] for one in deciding)
    return Urgency(best, deciding, why + (cramped if CROWDED.intersection(deciding) else ()))


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many rooms are reasonable for a household (kohtuullinen koko): guidance, no bar."""

    least: int
    most: int
    why: Why

    def fits(self, rooms: int) -> bool:
        """Whether so many rooms are within the guide."""
        return self.least <= rooms <= self.most


def sizes(rule: Lookup, persons: int, on: date) -> Sizes:
    """The guide of sizes for so many persons (5.3). Raises RuleMissing, ValueError below one."""
    least, most = (rule(key, on) for key in size_keys(persons))
    return Sizes(least.integer, most.integer, (least, most))
