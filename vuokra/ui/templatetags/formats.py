"""Finnish formats as template filters; templates use these and no raw formatting.

An empty value (None or "") gives an empty text, so that a missing date needs no `if`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import template
from django.utils import timezone

from vuokra.ui import formatting

register = template.Library()


def _unless_empty(form: Callable[[Any], str], value: Any) -> str:
    return "" if value is None or value == "" else form(value)


@register.filter
def pvm(value: dt.date | None, form: str = "") -> str:
    """`23.11.2026`; `|pvm:"lyhyt"` gives `23.11.`, `|pvm:"viikonpäivä"` gives `ma 23.11.2026`. A
    short date tells its year when it is half a year away or more."""
    if value is None or value == "":
        return ""
    short, weekday = "lyhyt" in form, "viikonpäivä" in form
    return formatting.date(value, year=not short or formatting.far(value), weekday=weekday)


@register.filter
def klo(value: dt.datetime | dt.time | None, form: str = "") -> str:
    """`klo 10.04`; `|klo:"lyhyt"` gives `10.04`, `|klo:"loki"` gives `10.04.12`."""
    forms = {"": {}, "lyhyt": {"word": False}, "loki": {"seconds": True}}
    return _unless_empty(lambda at: formatting.time(at, **forms[form]), value)


@register.filter
def pvmklo(value: dt.datetime | None, form: str = "") -> str:
    """`23.11.2026 klo 10.04`; `|pvmklo:"loki"` gives `23.11.2026 10.04.12`."""
    forms = {"": {}, "loki": {"seconds": True}}
    return _unless_empty(lambda at: formatting.moment(at, **forms[form]), value)


@register.filter
def viikko(value: dt.date) -> int:
    """The number of the week, by ISO 8601 as in Finland."""
    day = timezone.localdate(value) if isinstance(value, dt.datetime) else value
    return day.isocalendar().week


@register.filter
def jakso(start: dt.date, end: dt.date) -> str:
    """`1.6.–23.11.2026`."""
    return formatting.date_range(start, end)


@register.filter
def eur(value: Decimal | int | None) -> str:
    """`1 234,50 €`."""
    return _unless_empty(formatting.money, value)


@register.filter
def tasan(value: Decimal | int | None) -> str:
    """An amount without its cents and unit."""
    return _unless_empty(formatting.whole, value)


@register.filter
def m2(value: Decimal | int | None) -> str:
    """`54,5 m²`."""
    return _unless_empty(formatting.area, value)


@register.filter
def prosentti(value: Decimal | int | None) -> str:
    """`97,4 %`."""
    return _unless_empty(formatting.percent, value)


@register.filter
def luku(value: int | None) -> str:
    """A whole number as `48 211`."""
    return _unless_empty(lambda amount: formatting.number(amount, 0), value)


@register.filter
def viite(value: str | None) -> str:
    """`2 02101 47005`."""
    return _unless_empty(formatting.reference, value)


@register.filter
def iban_peite(value: str | None) -> str:
    """An IBAN with all but the last two characters hidden."""
    return _unless_empty(formatting.iban_mask, value)


@register.filter
def puh(value: str | None) -> str:
    """`040 123 4567`."""
    return _unless_empty(formatting.phone, value)


@register.filter
def soitto(value: str | None) -> str:
    """The address that calls a number; empty for what is none."""
    return formatting.phone_link(value) if value else ""


@register.filter
def hetu_peite(value: str | dt.date | int | None) -> str:
    """`1986 ••••••`, from a code, a birth date or a birth year."""
    return formatting.hetu_mask(value)
