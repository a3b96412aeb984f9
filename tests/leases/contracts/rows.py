"""The rows that the product brings along, looked up as the register would, and the holidays."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from typing import Final

from leases.contracts.rules.numbers import Numbers
from vuokra.rules.errors import RuleMissing
from vuokra.rules.lookup import Lookup, Why
from vuokra.rules.queries import RuleValue
from vuokra.rules.registry import Seed, spec
from vuokra.rules.rules import finnish_holidays

YEARS: Final = range(1995, 2061)
HOLIDAYS: Final = frozenset(one.day for year in YEARS for one in finnish_holidays(year))
"""Days that move the last day of an act: the eves too."""

OTHER_HOLIDAYS: Final = frozenset(
    one.day for year in YEARS for one in finnish_holidays(year) if one.rolls
)
"""Days that move a deadline of data protection."""


@dataclass(frozen=True)
class SeedRows:
    """The seeds of the product, but for the rules left out."""

    without: Container[str] = ()

    def __call__(self, key: str, on: date) -> RuleValue:
        rule = spec(key)
        begun = [] if key in self.without else [row for row in rule.seeds if row.valid_from <= on]
        last = max(begun, key=lambda row: row.valid_from, default=None)
        if last is None or (last.valid_until is not None and last.valid_until < on):
            raise RuleMissing(key, rule.title, on)
        return as_read(key, last)


def as_read(key: str, row: Seed) -> RuleValue:
    """A seed as it is read from the table; its version is its place among the seeds."""
    rule = spec(key)
    return RuleValue(
        key=key,
        value=row.value,
        unit=rule.unit,
        version=list(rule.seeds).index(row) + 1,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        source=row.source,
        note=row.note,
        title=rule.title,
        label=rule.choices.get(str(row.value)),
        confirmed=row.evidence == "V",
        used=False,
        keyed_by=rule.keyed_by,
    )


SEEDS: Final[Lookup] = SeedRows()


def lease(concluded_on: str) -> Numbers:
    """The numbers of a lease concluded on a day."""
    return Numbers(SEEDS, day(concluded_on))


def day(text: str) -> date:
    return date.fromisoformat(text)


def cited(why: Why) -> list[tuple[str, int]]:
    """Keys and versions of the rows that something follows."""
    return [(value.key, value.version) for value in why]
