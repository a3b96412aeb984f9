"""Dates by law: adding months, working days, and the public holidays of Finland. No database, no
clock.

Source: data-protection specification 6.7 (Regulation 1182/71 article 3) and 5.3 (`add_months`);
holidays: laki 388/1937 and kirkkojärjestys, as observed since 1992.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Container
from dataclasses import dataclass

from vuokra.policy.text import Bilingual

DAY = dt.timedelta(days=1)
SATURDAY = 5


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day number so many calendar months later (earlier when negative), or the last day of
    that month when it has no such day. Raises OverflowError outside the years 1–9999."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        raise OverflowError("date out of range")
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_years(day: dt.date, years: int) -> dt.date:
    """The same day so many years later; 28 February for a leap day without one."""
    return add_months(day, 12 * years)


def is_working_day(day: dt.date, holidays: Container[dt.date]) -> bool:
    """Whether a day is neither Saturday, Sunday nor a holiday that moves deadlines."""
    return day.weekday() < SATURDAY and day not in holidays


def roll_to_working_day(day: dt.date, holidays: Container[dt.date]) -> dt.date:
    """The day itself, or the next working day when it is Saturday, Sunday or a holiday."""
    while not is_working_day(day, holidays):
        day += DAY
    return day


def add_working_days(day: dt.date, days: int, holidays: Container[dt.date]) -> dt.date:
    """The working day that is the `days`th after `day`, which is not counted itself."""
    for _ in range(days):
        day = roll_to_working_day(day + DAY, holidays)
    return day


def last_day_of_year(day: dt.date) -> dt.date:
    """31 December of the day's year."""
    return dt.date(day.year, 12, 31)


@dataclass(frozen=True, slots=True)
class HolidayOfYear:
    """A public holiday or eve in one year; `rolls` tells whether a deadline moves over it."""

    day: dt.date
    name: Bilingual
    rolls: bool = True


def easter_sunday(year: int) -> dt.date:
    """Easter Sunday by the Gregorian computus (Meeus, Jones, Butcher)."""
    century, of_century = divmod(year, 100)
    golden = year % 19
    moved = century - century // 4 - (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + moved + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - moon - of_century % 4) % 7
    shift = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * shift + 114, 31)
    return dt.date(year, month, day + 1)


def finnish_holidays(year: int) -> list[HolidayOfYear]:
    """The public holidays of a year and the two eves, in order.

    Christmas Eve and Midsummer Eve do not move a deadline unless the company so decides: the
    earlier date is the safe one (6.7).
    """

    def fixed(month: int, day: int, fi: str, en: str, rolls: bool = True) -> HolidayOfYear:
        return HolidayOfYear(dt.date(year, month, day), Bilingual(fi, en), rolls)

    def of_easter(days: int, fi: str, en: str) -> HolidayOfYear:
        return HolidayOfYear(easter_sunday(year) + days * DAY, Bilingual(fi, en))

    midsummer = _first_saturday(dt.date(year, 6, 20))
    days = [
        fixed(1, 1, "uudenvuodenpäivä", "New Year's Day"),
        fixed(1, 6, "loppiainen", "Epiphany"),
        of_easter(-2, "pitkäperjantai", "Good Friday"),
        of_easter(0, "pääsiäispäivä", "Easter Sunday"),
        of_easter(1, "toinen pääsiäispäivä", "Easter Monday"),
        fixed(5, 1, "vappu", "May Day"),
        of_easter(39, "helatorstai", "Ascension Day"),
        of_easter(49, "helluntaipäivä", "Whit Sunday"),
        HolidayOfYear(midsummer - DAY, Bilingual("juhannusaatto", "Midsummer Eve"), rolls=False),
        HolidayOfYear(midsummer, Bilingual("juhannuspäivä", "Midsummer Day")),
        HolidayOfYear(
            _first_saturday(dt.date(year, 10, 31)),
            Bilingual("pyhäinpäivä", "All Saints' Day"),
        ),
        fixed(12, 6, "itsenäisyyspäivä", "Independence Day"),
        fixed(12, 24, "jouluaatto", "Christmas Eve", rolls=False),
        fixed(12, 25, "joulupäivä", "Christmas Day"),
        fixed(12, 26, "tapaninpäivä", "Boxing Day"),
    ]
    return sorted(days, key=lambda holiday: holiday.day)


def _first_saturday(day: dt.date) -> dt.date:
    return day + ((SATURDAY - day.weekday()) % 7) * DAY
