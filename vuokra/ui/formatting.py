"""Finnish forms of dates, money, numbers and codes. Pure functions: no clock, no database.

Source: user-interface direction, section 9. Parts of one value are held together by a no-break
space (U+00A0), ranges carry an en dash, negative amounts the minus sign (U+2212). In
English the forms are the same; only the words of days and times are English.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

import phonenumbers
from django.utils import timezone
from django.utils.translation import get_language

NBSP = "\u00a0"
MINUS = "\u2212"
EN_DASH = "\u2013"
DOT = "\u2022"
WEEKDAYS = ("ma", "ti", "ke", "to", "pe", "la", "su")
WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
CENTURIES = {"+": 1800} | dict.fromkeys("-YXWVU", 1900) | dict.fromkeys("ABCDEF", 2000)
MOBILE = re.compile(r"\+358(4\d|50)([0-9]{4,8})", re.ASCII)
"""Finnish mobile numbers, which nearly all are: they need no library to be written."""
HETU_FORM = re.compile(r"\d{4}(\d\d)([-+A-FU-Y])\d{3}[0-9A-Y]")


def _local(value: dt.datetime) -> dt.datetime:
    return timezone.localtime(value) if timezone.is_aware(value) else value


def _english() -> bool:
    return (get_language() or "").startswith("en")


def date(value: dt.date, *, year: bool = True, weekday: bool = False) -> str:
    """A date as `23.11.2026`, `23.11.` or `ma 23.11.2026`; a moment is taken in local time."""
    day = _local(value).date() if isinstance(value, dt.datetime) else value
    text = f"{day.day}.{day.month}." + (str(day.year) if year else "")
    names = WEEKDAYS_EN if _english() else WEEKDAYS
    return f"{names[day.weekday()]}{NBSP}{text}" if weekday else text


HALF_YEAR: Final = dt.timedelta(days=183)


def far(value: dt.date) -> bool:
    """Whether a day is half a year away from today or more: without its year one would take it for
    another."""
    day = _local(value).date() if isinstance(value, dt.datetime) else value
    return abs(day - timezone.localdate()) >= HALF_YEAR


def time(value: dt.datetime | dt.time, *, seconds: bool = False, word: bool = True) -> str:
    """A time of day as `klo 10.04`, without the word as `10.04`; with seconds, `10.04.12`."""
    clock = _local(value) if isinstance(value, dt.datetime) else value
    if seconds:
        return f"{clock.hour}.{clock.minute:02}.{clock.second:02}"
    text = f"{clock.hour}.{clock.minute:02}"
    return f"klo{NBSP}{text}" if word and not _english() else text


def moment(value: dt.datetime, *, seconds: bool = False, year: bool = True) -> str:
    """Date and time as `23.11.2026 klo 10.04`; with seconds, for logs, `23.11.2026 10.04.12`."""
    return f"{date(value, year=year)}{NBSP}{time(value, seconds=seconds)}"


def date_range(start: dt.date, end: dt.date) -> str:
    """A range as `1.6.–23.11.2026`; both years are written when they differ."""
    same_year = start.year == end.year
    return f"{date(start, year=not same_year)}{EN_DASH}{date(end)}"


def number(value: Decimal | int, decimals: int) -> str:
    """A decimal number as `1 234,50`, rounded half up.

    Raises ValueError for an infinity or a NaN, which no register value may be.
    """
    exact = Decimal(value)
    if not exact.is_finite():
        raise ValueError("not a finite number")
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    digits = f"{abs(rounded):,.{decimals}f}".replace(",", NBSP).replace(".", ",")
    return f"{MINUS}{digits}" if rounded < 0 else digits


def money(value: Decimal | int) -> str:
    """Euros as `1 234,50 €`."""
    return f"{number(value, 2)}{NBSP}€"


def whole(value: Decimal | int) -> str:
    """An amount without its cents and unit, for a column whose head tells the unit."""
    return number(value, 0)


def area(value: Decimal | int) -> str:
    """Square metres as `54,5 m²`."""
    return f"{number(value, 1)}{NBSP}m²"


def percent(value: Decimal | int) -> str:
    """A share given in per cent as `97,4 %`."""
    return f"{number(value, 1)}{NBSP}%"


def reference(value: str) -> str:
    """A bank reference (viitenumero) in groups of five from the right: `2 02101 47005`."""
    compact = re.sub(r"\s", "", value)
    head = len(compact) % 5
    groups = [compact[:head]] if head else []
    groups += [compact[start : start + 5] for start in range(head, len(compact), 5)]
    return NBSP.join(groups)


def iban_mask(value: str) -> str:
    """An IBAN in groups of four with all but the last two characters hidden.

    A value of five characters or fewer is no account number and is hidden whole.
    """
    compact = re.sub(r"\s", "", value)
    shown = compact[-2:] if len(compact) > 5 else DOT * len(compact[-2:])
    hidden = DOT * max(len(compact) - 2, 0) + shown
    return NBSP.join(hidden[start : start + 4] for start in range(0, len(hidden), 4))


def phone(value: str) -> str:
    """A telephone number (stored as +358…) as `040 123 4567`; abroad with the country code.

    What is no possible number is returned as it was written.
    """
    if mobile := MOBILE.fullmatch(value):
        return NBSP.join([f"0{mobile[1]}", *_phone_groups(mobile[2])])
    try:
        parsed = _parsed(value)
    except phonenumbers.NumberParseException:
        return value
    if not phonenumbers.is_possible_number(parsed):
        return value
    if parsed.country_code != 358:
        return phonenumbers.format_number(
            parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL
        ).replace(" ", NBSP)
    national = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)
    area_code, _space, rest = national.partition(" ")
    digits = rest.replace(" ", "")
    return NBSP.join([area_code, *_phone_groups(digits)])


def phone_link(value: str) -> str:
    """The address that calls a number, `tel:+358401234567`; empty for what can be none."""
    try:
        parsed = _parsed(value)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(parsed):
        return ""
    return f"tel:{phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)}"


def _parsed(value: str) -> phonenumbers.PhoneNumber:
    """A number taken apart; one stored as +358… without the library's search for its country,
    which takes most of the time of a list's telephone column."""
    national = value.removeprefix("+358")
    if national != value and national.isascii() and national.isdigit() and national[0] != "0":
        return phonenumbers.PhoneNumber(country_code=358, national_number=int(national))
    return phonenumbers.parse(value, "FI")


def _phone_groups(digits: str) -> list[str]:
    """The digits after the area code: three first, the rest together, none alone."""
    if len(digits) <= 4:
        return [digits] if digits else []
    cut = len(digits) - 4 if len(digits) != 6 else 3
    return [digits[:cut], digits[cut:]]


def hetu_mask(value: str | dt.date | int | None) -> str:
    """A personal identity code hidden but for the birth year: `1986 ••••••`.

    Takes a code, a birth date or a birth year. What tells no year is hidden whole.
    Source: data-protection specification, section 8.3.
    """
    year = _birth_year(value)
    return f"{year}{NBSP}{DOT * 6}" if year else f"{DOT * 6}{NBSP}{DOT * 4}"


def _birth_year(value: str | dt.date | int | None) -> int | None:
    if isinstance(value, dt.date):
        return value.year
    if isinstance(value, str):
        found = HETU_FORM.fullmatch(value)
        return CENTURIES[found[2]] + int(found[1]) if found else None
    return value
