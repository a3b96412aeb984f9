"""How far a deposit has come (vakuuden tila). No database, no clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Standing(models.TextChoices):
    """What a deposit waits for, in its order."""

    NONE = "none", _("Ei vakuutta")
    WAITING = "waiting", _("Odottaa vakuutta")
    OVERDUE = "overdue", _("Vakuus antamatta")
    GIVEN = "given", _("Vakuus annettu")
    TO_RETURN = "to_return", _("Selvitettävä")
    PREPARED = "prepared", _("Odottaa hyväksyntää")
    APPROVED = "approved", _("Maksettavana")
    SETTLED = "settled", pgettext_lazy("deposit", "Selvitetty")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a standing is judged by; `given` counts money and commitments, `money` money only."""

    demanded: Decimal
    given: Decimal
    money: Decimal
    due_on: date
    ended_on: date | None
    prepared: bool
    approved: bool
    unpaid: bool


def standing(facts: Facts, today: date) -> Standing:
    """How far the deposit has come on a day. Where no money came in, nothing goes back."""
    if facts.approved:
        return Standing.APPROVED if facts.unpaid else Standing.SETTLED
    if facts.prepared:
        return Standing.PREPARED
    if facts.ended_on is not None and facts.ended_on < today:
        return Standing.TO_RETURN if facts.money else Standing.SETTLED
    if not facts.demanded:
        return Standing.NONE
    if facts.given >= facts.demanded:
        return Standing.GIVEN
    return Standing.OVERDUE if facts.due_on < today else Standing.WAITING
