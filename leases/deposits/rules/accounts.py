"""Accounts that deposits are returned to: what is refused, and when one may be used.

Source: data protection specification, A45 and A46; section 4.3, S5-35. No database, no clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from stdnum import iban as ibans
from stdnum.exceptions import ValidationError as NumberError

HOME: Final = "FI"


class Confirmed(models.TextChoices):
    """How a change of account was confirmed by the person himself (A45)."""

    CALL = "call", _("Soitto numeroon, joka oli tiedossa ennen muutosta")
    VISIT = "visit", _("Tunnistettu toimipisteessä, numeroa ei ollut tiedossa")


def read_iban(text: str, *, foreign_confirmed: bool) -> str:
    """An account number without spaces, when it can be one.

    Raises ValidationError at `iban` for a wrong check number or length, and at `foreign` for an
    account abroad that nobody confirmed (A46). Neither message repeats the number.
    """
    try:
        number: str = ibans.validate(text)
    except NumberError:
        raise ValidationError(
            {"iban": _("Tilinumero ei ole oikein: tarkista numerot (IBAN).")}
        ) from None
    if is_foreign(number) and not foreign_confirmed:
        raise ValidationError(
            {"foreign": _("Tili on ulkomailla. Tarkista se ja vahvista valitsemalla tämä kohta.")}
        )
    return number


def is_foreign(number: str) -> bool:
    """Whether an account lies outside Finland."""
    return not number.startswith(HOME)


@dataclass(frozen=True, slots=True)
class Change:
    """An account as it is judged: a first one replaces none."""

    replaces: bool
    confirmed: bool
    usable_from: datetime


def usable_from(recorded_at: datetime, hours: int) -> datetime:
    """From when an account that replaces another may be used."""
    return recorded_at + timedelta(hours=hours)


def refuse_unsafe(change: Change, now: datetime) -> None:
    """Raises ValidationError while money may not go to the account (A45): a change takes a second
    person, a call back, and time."""
    if not change.replaces:
        return
    if not change.confirmed:
        raise ValidationError(
            _("Tilinumero on vaihdettu. Toisen henkilön pitää vahvistaa se soittamalla."),
            code="unconfirmed",
        )
    if now < change.usable_from:
        raise ValidationError(
            _("Vaihdettua tilinumeroa ei saa vielä käyttää: odotusaika ei ole kulunut."),
            code="too_soon",
        )
