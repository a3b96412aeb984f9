"""How pure rules are handed their numbers: a way to look rows up, and the rows they followed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    from vuokra.rules.queries import RuleValue

Why: TypeAlias = "tuple[RuleValue, ...]"
"""The rows that a date or sum follows, the weightiest first."""


class Lookup(Protocol):
    """Which row of a rule holds on a day: `vuokra.rules.queries.rule`."""

    def __call__(self, key: str, on: date) -> RuleValue:
        """The row. Raises RuleMissing, which names the rule, when there is none."""
