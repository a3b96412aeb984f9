"""Sums that people tell by the year or by their share, as what is compared. Euros, unrounded."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from applications.intake.codes import Period

MONTHS: Final = 12
WHOLE: Final = Decimal(100)


def a_month(euros: Decimal, period: Period | str) -> Decimal:
    """What an income comes to in a month (tulo kuukaudessa)."""
    return euros / MONTHS if period == Period.YEAR else euros


def part_of(euros: Decimal, share: Decimal) -> Decimal:
    """What a share in per cent of something is worth (omistusosuus)."""
    return euros * share / WHOLE
