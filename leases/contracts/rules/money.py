"""Amounts of money: euros, as decimals of whole cents. No database, no clock."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal
from typing import Final

CENT: Final = Decimal("0.01")
ZERO: Final = Decimal("0.00")


def cents(amount: Decimal) -> Decimal:
    """An amount with its cents written out. Raises ValueError for a part of a cent, a negative
    amount, and what is no decimal number."""
    if type(amount) is not Decimal or not amount.is_finite() or amount < 0:
        raise ValueError("an amount is a decimal number of euros, not below zero")
    written = amount.quantize(CENT, rounding=ROUND_DOWN)
    if written != amount:
        raise ValueError("an amount has whole cents")
    return written
