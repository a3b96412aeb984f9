"""Where the rules of tenancies take their numbers from: dated rows, by the day that selects one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from vuokra.rules.lookup import Lookup
from vuokra.rules.registry import KeyedBy, spec

if TYPE_CHECKING:
    from vuokra.rules.queries import RuleValue


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers that hold for one lease (vuokrasopimuksen luvut): `Numbers(rule, concluded_on)`.

    A rule says itself whether the day on which the lease was concluded selects its row, or the day
    of what happens. Where no lease is meant, `concluded_on` may be left out.
    """

    rule: Lookup
    concluded_on: date | None = None

    def __call__(self, key: str, on: date) -> RuleValue:
        """The row for what happens on a day.

        Raises RuleMissing when no row holds, and ValueError for a number that depends on the lease
        when it is not known when the lease was concluded.
        """
        if spec(key).keyed_by is not KeyedBy.LEASE:
            return self.rule(key, on)
        if self.concluded_on is None:
            raise ValueError(f"{key} depends on the day the lease was concluded")
        return self.rule(key, self.concluded_on)

    def as_if_concluded(self, day: date) -> Numbers:
        """The numbers of a lease concluded on another day: what the newer law would say."""
        return replace(self, concluded_on=day)
