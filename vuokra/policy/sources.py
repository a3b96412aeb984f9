"""Regular sources of the register (säännönmukaiset tietolähteet), S6-01 … S6-07.

A value of personal data names one of these. There is no free-text source: a new one is approved by
the data-protection role and added here.
"""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Source(models.TextChoices):
    """Where a piece of data came from (tietolähde)."""

    APPLICATION = "SRC-HAK", _("Asuntohakemus")
    LEASE = "SRC-SOP", _("Vuokrasopimus")
    PERSON = "SRC-ASIAKAS", _("Asiakas itse")
    EVENT = "SRC-TAPAHT", _("Vuokrasuhteen tapahtuma")
    POPULATION_REGISTER = "SRC-DVV", _("Digi- ja väestötietovirasto")
    CREDIT_REGISTER = "SRC-ASTI", _("Luottotietorekisteri")
    OTHER = "SRC-MUU", _("Muu viranomainen tai yritys")


FROM_ELSEWHERE: Final = frozenset(
    {Source.POPULATION_REGISTER, Source.CREDIT_REGISTER, Source.OTHER}
)
"""Sources that are never the person: an application, a lease and their events are one's own."""
