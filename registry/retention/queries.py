"""The lengths of retention that hold on a day."""

from __future__ import annotations

from datetime import date

from registry.retention.rule_rows import ROOM, ROWS
from registry.retention.rules import Length
from vuokra.rules.queries import RuleValue, rule, rules


def lengths(on: date) -> dict[str, Length]:
    """Every length by code, in one statement. Raises RuleMissing when one does not hold then."""
    found = rules([f"{ROOM}.{row.code}" for row in ROWS], on)
    return {row.code: Length(found[f"{ROOM}.{row.code}"].integer, row.unit) for row in ROWS}


def length_rule(code: str, on: date) -> RuleValue:
    """The rule of one length: whoever keeps a day that was counted by it notes its use. Raises
    RuleMissing."""
    return rule(f"{ROOM}.{code}", on)
