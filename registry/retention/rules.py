"""Until when each kind of data is kept. No database, no clock.

Source: data-protection specification 5.3. All ends are inclusive last days: data may be deleted
from the next day. Lengths are dated rules (`retention.R1` …) and come as a parameter.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from enum import Enum

from vuokra.rules.rules import add_months, add_years, last_day_of_year


class Unit(Enum):
    """What a length is counted in."""

    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"


@dataclass(frozen=True, slots=True)
class Length:
    """How long something is kept."""

    amount: int
    unit: Unit

    def after(self, day: date) -> date:
        """The last day of this length counted from a day."""
        if self.unit is Unit.DAYS:
            return day + timedelta(days=self.amount)
        return (add_months if self.unit is Unit.MONTHS else add_years)(day, self.amount)


Lengths = Mapping[str, Length]
"""Lengths by code: `R1`, `R7`, `R7.books`, `R10.review` …"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The days from which times run; None for what has not happened."""

    applied: date | None = None
    """The application's submission or last confirmation."""
    compared: date | None = None
    """The last selection decision in which the application was compared."""
    chosen: date | None = None
    """The selection decision in which the applicant was chosen."""
    tenant: bool = False
    """Whether there is or was a tenancy, also one that runs."""
    tenancy_ended: date | None = None
    financial_year_ended: date | None = None
    """The end of the financial year of the last ledger event (R6), or of the voucher or book."""
    due: date | None = None
    """The due date of a receivable."""
    interrupted: date | None = None
    """The last act that interrupted its limitation, such as a collection letter."""
    documented: date | None = None
    """The date of a support document, or of its last review."""
    purpose_ended: date | None = None
    permission_ended: date | None = None
    happened: date | None = None
    """A look, a campaign, the taking of a backup."""
    closed: date | None = None
    """The end of a request or of a breach."""
    moved_out: date | None = None
    settled: date | None = None
    """The final settlement of a tenancy."""
    employment_ended: date | None = None


Formula = Callable[[Facts, Lengths], date | None]


def retention_end(code: str, facts: Facts, lengths: Lengths) -> date | None:
    """The last day on which data of a retention code are kept, or None while its time does not run:
    a tenancy goes on, a receivable is open, or the code (R12) hangs on other data.

    Raises KeyError for an unknown code or a missing length.
    """
    return _FORMULAS[code](facts, lengths)


def financial_year_end(day: date, last_month: int) -> date:
    """The last day of the financial year in which a day lies; the year ends with `last_month`."""
    year = day.year + (day.month > last_month)
    return add_months(date(year, 1, 31), last_month - 1)


class _Asked(dict[str, Length]):
    """Lengths that note which of them were asked for."""

    def __init__(self, lengths: Lengths) -> None:
        super().__init__(lengths)
        self.names: set[str] = set()

    def __getitem__(self, name: str) -> Length:
        self.names.add(name)
        return super().__getitem__(name)


def codes_using(name: str, lengths: Lengths) -> list[str]:
    """The retention codes whose end may move when the length of `name` does: R1 moves R2, R3 and
    whatever goes with the unsuccessful application.

    Told by the formulas themselves, for every standing a person can have.
    """
    day = date(2026, 1, 1)
    days = {one.name: day for one in fields(Facts) if one.name != "tenant"}
    standings = [
        Facts(**days | {"tenant": tenant, "chosen": chosen})  # type: ignore[arg-type]  # by name
        for tenant in (False, True)
        for chosen in (None, day)
    ]
    found = []
    for code in _FORMULAS:
        asked = _Asked(lengths)
        for facts in standings:
            retention_end(code, facts, asked)
        if name in asked.names:
            found.append(code)
    return found


def _since(fact: str, code: str) -> Formula:
    """The length of `code` from the day of one fact."""

    def formula(facts: Facts, lengths: Lengths) -> date | None:
        day: date | None = getattr(facts, fact)
        return lengths[code].after(day) if day else None

    return formula


def _unsuccessful(facts: Facts, lengths: Lengths) -> date | None:
    """R2: from the end of validity, or the last decision that compared it, the later."""
    valid = retention_end("R1", facts, lengths)
    return lengths["R2"].after(max(valid, facts.compared or valid)) if valid else None


def _enclosures(facts: Facts, lengths: Lengths) -> date | None:
    """R3: from the end of validity."""
    valid = retention_end("R1", facts, lengths)
    return lengths["R3"].after(valid) if valid else None


def _lease(facts: Facts, lengths: Lengths) -> date | None:
    """R6: from the end of the tenancy, or the vouchers of its last ledger event, the later."""
    if facts.tenancy_ended is None:
        return None
    ends = [lengths["R6"].after(facts.tenancy_ended), retention_end("R7", facts, lengths)]
    return max(end for end in ends if end)


def _vouchers(facts: Facts, lengths: Lengths) -> date | None:
    """R7: from the end of the calendar year in which the financial year ended (KPL 2:10)."""
    ended = facts.financial_year_ended
    return lengths["R7"].after(last_day_of_year(ended)) if ended else None


def _receivable(facts: Facts, lengths: Lengths) -> date | None:
    """R8: an unpaid receivable is barred this long after its due date or last interruption."""
    if facts.due is None:
        return None
    return lengths["R8"].after(max(facts.due, facts.interrupted or facts.due))


def _messages(facts: Facts, lengths: Lengths) -> date | None:
    """R9: from the end of the tenancy; as R2 without one."""
    if not facts.tenant:
        return _unsuccessful(facts, lengths)
    return _since("tenancy_ended", "R9")(facts, lengths)


def _support(facts: Facts, lengths: Lengths) -> date | None:
    """R10: at the latest this long after the tenancy or the purpose ended, the earlier."""
    ends = [day for day in (facts.tenancy_ended, facts.purpose_ended) if day]
    return lengths["R10"].after(min(ends)) if ends else None


def _credit(facts: Facts, lengths: Lengths) -> date | None:
    """R5: the result goes with the lease file, or with the unsuccessful application."""
    return (_lease if facts.tenant else _unsuccessful)(facts, lengths)


def _permit(facts: Facts, lengths: Lengths) -> date | None:
    """R17: the dates go with the enclosures of the chosen, or with the unsuccessful application."""
    return retention_end("R4" if facts.chosen else "R2", facts, lengths)


def _never(facts: Facts, lengths: Lengths) -> None:
    """R12: the flag stays until the person's last address has been deleted."""


_FORMULAS: dict[str, Formula] = {
    "R1": _since("applied", "R1"),
    "R2": _unsuccessful,
    "R3": _enclosures,
    "R4": _since("chosen", "R4"),
    "R5": _credit,
    "R6": _lease,
    "R7": _vouchers,
    "R7.books": _since("financial_year_ended", "R7.books"),
    "R8": _receivable,
    "R9": _messages,
    "R10": _support,
    "R10.review": _since("documented", "R10.review"),
    "R11": _since("permission_ended", "R11"),
    "R12": _never,
    "R13": _since("happened", "R13"),
    "R14": _since("closed", "R14"),
    "R15": _since("closed", "R15"),
    "R16": _since("happened", "R16"),
    "R17": _permit,
    "R18": _since("moved_out", "R18"),
    "R19": _since("happened", "R19"),
    "R-TILI": _since("settled", "R-TILI"),
    "R-KÄ": _since("employment_ended", "R-KÄ"),
}
