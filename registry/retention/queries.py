"""The lengths of retention that hold on a day."""

from __future__ import annotations

from datetime import date

from registry.retention.rule_rows import ROOM, ROWS
from registry.retention.rules import Length, financial_year_end
from vuokra.rules.queries import rule, rules


def lengths(on: date) -> dict[str, Length]:
    """Every length by code, in one statement. Raises RuleMissing when one does not hold then."""
    found = rules([f"{ROOM}.{row.code}" for row in ROWS], on)
    return {row.code: Length(found[f"{ROOM}.{row.code}"].integer, row.unit) for row in ROWS}


def year_end(day: date) -> date:
    """The last day of the company's financial year in which a day lies."""
    return financial_year_end(day, rule(f"{ROOM}.financial_year_month", day).integer)
