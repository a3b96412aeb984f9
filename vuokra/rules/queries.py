"""Which value of a rule holds on a day, and which days are holidays.

Inside an access context (every request, task and command) one small statement asks whether the
rows are those that this process has read already; they are read anew only when they are not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from django.db import connection
from django.db.models import Count, Max

from vuokra.access.context import peek
from vuokra.policy.text import Bilingual
from vuokra.rules import rules as pure
from vuokra.rules.errors import RuleMissing
from vuokra.rules.kinds import Kind, Value, read
from vuokra.rules.models import Holiday, RuleVersion
from vuokra.rules.registry import KeyedBy, Spec, spec, specs

HOLIDAYS = Bilingual("pyhäpäivät", "public holidays")
_Typed = TypeVar("_Typed", bound=Value)


@dataclass(frozen=True, slots=True)
class RuleValue:
    """The value of a rule that holds on the day asked, with what a decision keeps of it."""

    key: str
    value: Value
    unit: Bilingual
    version: int
    valid_from: dt.date
    valid_until: dt.date | None
    source: str
    note: str
    title: Bilingual
    label: Bilingual | None
    confirmed: bool
    used: bool
    keyed_by: KeyedBy = KeyedBy.EVENT

    @property
    def of_lease(self) -> bool:
        """Whether it holds for leases concluded in its time, not for what happens in it."""
        return self.keyed_by is KeyedBy.LEASE

    @property
    def integer(self) -> int:
        """The value as a whole number. Raises TypeError when it is of another kind."""
        return self._typed(int)

    @property
    def decimal(self) -> Decimal:
        """The value as a decimal number. Raises TypeError when it is of another kind."""
        return self._typed(Decimal)

    @property
    def day(self) -> dt.date:
        """The value as a date. Raises TypeError when it is of another kind."""
        return self._typed(dt.date)

    @property
    def flag(self) -> bool:
        """The value as yes or no. Raises TypeError when it is of another kind."""
        return self._typed(bool)

    @property
    def text(self) -> str:
        """The value as text, or a choice's code. Raises TypeError when it is of another kind."""
        return self._typed(str)

    def _typed(self, kind: type[_Typed]) -> _Typed:
        if type(self.value) is not kind:
            raise TypeError(f"{self.key} is no {kind.__name__}")
        return self.value


def rule(key: str, on: dt.date) -> RuleValue:
    """The value of one rule on a day. Raises RuleMissing when no row holds then."""
    return rules([key], on)[key]


def rules(keys: Iterable[str], on: dt.date) -> dict[str, RuleValue]:
    """The values of several rules on a day, by key.

    Raises RuleMissing for the first that has none, and LookupError for a key nobody registered.
    """
    wanted = [spec(key) for key in keys]
    rows = _rows()
    return {one.key: _in_force(one, rows.get(one.key, []), on) for one in wanted}


def versions(key: str) -> list[RuleVersion]:
    """Every version of a rule, withdrawn ones too, the newest number first."""
    return list(RuleVersion.objects.filter(key=key).order_by("-version"))


@dataclass(frozen=True, slots=True)
class Listed:
    """A rule with the row in force on a day, if any, and the next row to come."""

    spec: Spec
    current: RuleVersion | None
    coming: RuleVersion | None


def listed(on: dt.date) -> list[Listed]:
    """Every registered rule with what holds on a day and what comes next."""
    rows = _rows()
    return [
        Listed(one, current(rows.get(one.key, []), on), coming(rows.get(one.key, []), on))
        for one in specs()
    ]


def current(rows: Iterable[RuleVersion], on: dt.date) -> RuleVersion | None:
    """The one of a rule's rows that holds on a day: the last to begin, unless its time is over."""
    begun = [row for row in rows if row.valid_from <= on]
    last = max(begun, key=lambda row: row.valid_from, default=None)
    over = last is not None and last.valid_until is not None and last.valid_until < on
    return None if over else last


def coming(rows: Iterable[RuleVersion], on: dt.date) -> RuleVersion | None:
    """The first of a rule's rows that begins after a day."""
    later = [row for row in rows if row.valid_from > on]
    return min(later, key=lambda row: row.valid_from, default=None)


def _in_force(one: Spec, rows: list[RuleVersion], on: dt.date) -> RuleValue:
    row = current(rows, on)
    if row is None:
        raise RuleMissing(one.key, one.title, on)
    return RuleValue(
        key=row.key,
        value=read(Kind(row.kind), row.value),
        unit=one.unit,
        version=row.version,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        source=row.source,
        note=row.note,
        title=one.title,
        label=one.choices.get(row.value),
        confirmed=not row.unconfirmed,
        used=row.used_at is not None,
        keyed_by=one.keyed_by,
    )


Rows = Mapping[str, list[RuleVersion]]
Stamp = tuple[object, ...]
_known: tuple[Stamp, Rows] | None = None
"""What this process has read, and the stamp of the table then."""


def _rows() -> Rows:
    """Every row in use, by key."""
    global _known
    memo = _memo()
    if memo.rows is None:
        stamp, known = _stamp(), _known
        if known is None or known[0] != stamp:
            found: dict[str, list[RuleVersion]] = {}
            for row in RuleVersion.objects.filter(withdrawn_at=None):
                found.setdefault(row.key, []).append(row)
            _known = known = (stamp, found)
        memo.rows = known[1]
    return memo.rows


def _stamp() -> Stamp:
    """Differs whenever the table does: rows are only added, and each moment in them set once."""
    asked = [Max("id")] + [
        ask(moment)
        for moment in ("created_at", "confirmed_at", "used_at", "withdrawn_at")
        for ask in (Count, Max)
    ]
    answer = RuleVersion.objects.aggregate(*asked)
    return (connection.settings_dict["NAME"], *answer.values())


# -- holidays ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Holidays:
    """Days that move a last day, of whole years. To ask of a day of another year is refused."""

    years: frozenset[int]
    days: frozenset[dt.date]

    def __contains__(self, day: object) -> bool:
        """Whether it is such a holiday. Raises RuleMissing when the year's are not known."""
        if not isinstance(day, dt.date):
            return False
        if day.year not in self.years:
            raise RuleMissing(f"holidays.{day.year}", HOLIDAYS, day)
        return day in self.days

    def __iter__(self) -> Iterator[dt.date]:
        return iter(sorted(self.days))


def holidays_between(first: dt.date, last: dt.date, *, eves: bool = False) -> Holidays:
    """Holidays that move deadlines in the years of the two days, and the year after if it is known,
    so that a deadline can roll over its end.

    With `eves` also those days of the table that move no deadline of data protection: by the law
    of leases Christmas Eve and Midsummer Eve move the last day of an act (AHVL 481/1995 12 §).
    Raises RuleMissing when the holidays of one of the years have not been entered.
    """
    asked = range(first.year, last.year + 1)
    known = _holidays(range(first.year, last.year + 2), eves)
    for year in asked:
        if year not in known:
            raise RuleMissing(f"holidays.{year}", HOLIDAYS, dt.date(year, 1, 1))
    return Holidays(frozenset(known), frozenset(day for days in known.values() for day in days))


def working_day(day: dt.date) -> dt.date:
    """The day, or the next working day after it. Raises RuleMissing when holidays are not known."""
    return pure.roll_to_working_day(day, holidays_between(day, day))


def working_day_after(day: dt.date, days: int) -> dt.date:
    """The working day that is the `days`th after a day. Raises as `working_day`."""
    holidays = holidays_between(day, day + 2 * days * pure.DAY)
    return pure.add_working_days(day, days, holidays)


def _holidays(years: range, eves: bool) -> dict[int, frozenset[dt.date]]:
    """Days that move a last day by year; years without a New Year's Day have not been entered."""
    memo = _memo()
    missing = [year for year in years if year not in memo.years]
    if missing:
        found = list(
            Holiday.objects.filter(
                day__range=(dt.date(missing[0], 1, 1), dt.date(missing[-1], 12, 31))
            ).values_list("day", "rolls")
        )
        entered = {day.year for day, _rolls in found if (day.month, day.day) == (1, 1)}
        for year in missing:
            days = {day: rolls for day, rolls in found if day.year == year}
            memo.years[year] = days if year in entered else None
    return {
        year: frozenset(day for day, rolls in known.items() if rolls or eves)
        for year in years
        if (known := memo.years[year]) is not None
    }


# -- what one context has asked already --------------------------------------------------------


@dataclass(slots=True)
class _Memo:
    rows: Rows | None = None
    years: dict[int, dict[dt.date, bool] | None] = field(default_factory=dict)
    noted: set[tuple[str, int]] = field(default_factory=set)


def _memo() -> _Memo:
    """What this context has read; outside a context nothing is kept."""
    ctx = peek()
    if ctx is None:
        return _Memo()
    memo = ctx.memo.setdefault("vuokra.rules", _Memo())
    assert isinstance(memo, _Memo)  # noqa: S101  (nobody else uses the name)
    return memo


def first_note(key: str, version: int) -> bool:
    """Whether this context has not yet noted the use of a version; it counts as noted from now."""
    noted, was = _memo().noted, (key, version)
    first = was not in noted
    noted.add(was)
    return first


def forget() -> None:
    """Read anew in this context: a rule or holiday was written."""
    if (ctx := peek()) is not None:
        ctx.memo.pop("vuokra.rules", None)
