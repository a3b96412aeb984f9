"""Last days of acts (toimen viimeinen päivä) and the due days of rent. No database, no clock.

Source: AHVL 12 § and 34 §; tenancy specification, section 3. This is not the calendar of data
protection (6.7): by 12 § Christmas Eve and Midsummer Eve move a day too. `holidays` are therefore
those of `vuokra.rules.queries.holidays_between(first, last, eves=True)`, and `first` lies in the
year before the day when the day may fall on New Year.

Only the last day of an act moves: paying, moving out, giving a deposit back. A time that must pass
before something takes effect does not (tenancy specification, section 3).
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, replace
from datetime import date

from leases.contracts.rule_rows import DUE_DAY
from leases.contracts.rules.numbers import Numbers
from vuokra.rules.lookup import Why
from vuokra.rules.rules import DAY, is_working_day, roll_to_working_day


def moved(day: date, holidays: Container[date]) -> date:
    """The day itself, or the first working day after it when it is Saturday, Sunday, a holiday or
    one of the two eves (AHVL 12 §). Raises RuleMissing for a year whose holidays are not known."""
    return roll_to_working_day(day, holidays)


def last_working_day(day: date, holidays: Container[date]) -> date:
    """The day itself, or the last working day before it: when own work must be done so that it is
    done in time. Raises RuleMissing for a year whose holidays are not known."""
    while not is_working_day(day, holidays):
        day -= DAY
    return day


@dataclass(frozen=True, slots=True)
class LastDay:
    """The last day of an act (toimen viimeinen päivä).

    `counted` is the day that the law counts to, always safe; `moved` is the last lawful day by
    AHVL 12 §; `task_on` is when the company's own work for it is due. `why` are the rows followed.
    """

    counted: date
    moved: date
    task_on: date
    why: Why = ()

    def in_time(self, done_on: date) -> bool:
        """Whether what was done on the day was done in time; the last day is in time."""
        return done_on <= self.moved

    def capped(self, end: date) -> LastDay:
        """The same, but no later than a day that ends it, whichever day of the week that is."""
        return replace(
            self,
            counted=min(self.counted, end),
            moved=min(self.moved, end),
            task_on=min(self.task_on, end),
        )


def last_day(counted: date, holidays: Container[date], why: Why = ()) -> LastDay:
    """The last day of an act that is counted to a day, moved by AHVL 12 §."""
    return LastDay(counted, moved(counted, holidays), last_working_day(counted, holidays), why)


def rent_due(
    numbers: Numbers, period_from: date, holidays: Container[date], *, agreed_day: int | None = None
) -> LastDay:
    """The due day of the rent of a period that begins on a day (eräpäivä, AHVL 34 § 1 ja 4 mom.).

    Counted from the first day of the rent period, which is day 1; `agreed_day` is what the lease
    says instead of the law. The moved day is the due day also for interest and limitation.
    Raises ValueError for an agreed day outside 1–28, and RuleMissing.
    """
    if agreed_day is not None:
        if not 1 <= agreed_day <= 28:
            raise ValueError("a due day lies in 1–28")
        return last_day(period_from + (agreed_day - 1) * DAY, holidays)
    rule = numbers(DUE_DAY, period_from)
    return last_day(period_from + (rule.integer - 1) * DAY, holidays, (rule,))
