"""What is known of a household when it is judged (hakijaruokakunnan tiedot). No names, no sex.

Source: resident-selection specification, sections 4–7. Sums are euros, areas m².
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from applications.intake.codes import (
    AssetKind,
    IncomeKind,
    LeftOut,
    Part,
    Period,
    Residence,
    Situation,
)
from applications.intake.rules.amounts import WHOLE, a_month, part_of
from registry.persons.ages import has_reached


@dataclass(frozen=True, slots=True)
class Income:
    """Income of one person (tulo), before tax, from a first to a last day where they are known."""

    kind: IncomeKind
    euros: Decimal
    period: Period = Period.MONTH
    since: date | None = None
    until: date | None = None

    def runs(self, on: date) -> bool:
        """Whether it is had on a day: what has ended, or begins later, is no permanent income."""
        begun = self.since is None or self.since <= on
        return begun and (self.until is None or on <= self.until)

    @property
    def month_eur(self) -> Decimal:
        """What it comes to in a month, unrounded."""
        return a_month(self.euros, self.period)


@dataclass(frozen=True, slots=True)
class Asset:
    """What one person owns, or gave up on a day (varallisuus). `share` is in percent; `left_out`
    tells why it is not counted."""

    kind: AssetKind
    value_eur: Decimal
    share: Decimal = WHOLE
    given_up_on: date | None = None
    left_out: LeftOut | None = None

    @property
    def owned_eur(self) -> Decimal:
        """The person's part of its value, unrounded."""
        return part_of(self.value_eur, self.share)


@dataclass(frozen=True, slots=True)
class Debt:
    """What one person owes (velka). `left_out` when the asset it was taken for is left out."""

    euros: Decimal
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class Permit:
    """From when to when a residence permit was granted (oleskeluluvan kesto), last day included;
    no last day when it is permanent."""

    granted_from: date
    granted_to: date | None


@dataclass(frozen=True, slots=True)
class Person:
    """One of the household (ruokakunnan jäsen). None means that it is not known."""

    part: Part
    born_on: date | None
    residence: Residence | None = None
    permit: Permit | None = None
    incomes: Sequence[Income] | None = None
    assets: Sequence[Asset] | None = None
    debts: Sequence[Debt] = ()

    def is_adult(self, age: int, on: date) -> bool | None:
        """Whether the person has reached an age on a day; None without a birth date."""
        return None if self.born_on is None else has_reached(self.born_on, age, on)


@dataclass(frozen=True, slots=True)
class PresentHome:
    """How the household lives now (nykyinen asunto). Rooms are counted without the kitchen."""

    rooms: int
    area_m2: Decimal
    residents: int


@dataclass(frozen=True, slots=True)
class Facts:
    """A household that asks for a home (hakijaruokakunta).

    `unborn` counts the children expected by a certificate. `away_counted` says that children living
    elsewhere are counted in the income limit, for which a reason is recorded (VNa 166/2008 6 § 3
    mom.).
    """

    applied_on: date
    people: Sequence[Person]
    situations: Sequence[Situation] = ()
    home: PresentHome | None = None
    unborn: int = 0
    away_counted: bool = False
    local: bool = False

    @property
    def living(self) -> list[Person]:
        """Those who will live in the flat."""
        return [one for one in self.people if one.part is not Part.AWAY]

    @property
    def persons(self) -> int:
        """How many will live in the flat, expected children among them (5)."""
        return len(self.living) + self.unborn
