"""What the report counts, in words: titles of its tables, and what their codes mean."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from applications.selection.models import OfferState, OutOfOrder, SkipReason
from applications.selection.rules.exceptions import Deviation
from leases.homes.models import Funding

LARGEST: Final = 6
"""Households of this size and larger are counted together."""
NONE: Final = ""
"""The code of what has none: no urgency class, no exception, in the order."""


class Kind(models.TextChoices):
    """Tables of the report (raportin taulukot)."""

    FUNDING = "funding", gettext_lazy("Valinnat rahoitusmuodon mukaan")
    URGENCY = "urgency", gettext_lazy("Valinnat kiireellisyysluokan mukaan")
    SIZE = "size", gettext_lazy("Valinnat ruokakunnan koon mukaan")
    DEVIATION = "deviation", gettext_lazy("Valinnat poikkeamisen perusteen mukaan")
    ORDER = "order", gettext_lazy("Valinnat järjestyksen mukaan")
    SKIPS = "skips", gettext_lazy("Ohitukset perusteen mukaan")
    OFFERS = "offers", gettext_lazy("Tarjoukset vastauksen mukaan")


def label(kind: Kind, code: str) -> str:
    """What a code of a table means. Raises ValueError for one that stands in no such table."""
    match kind:
        case Kind.FUNDING:
            return str(Funding(code).label)
        case Kind.URGENCY:
            return _("Luokka %(number)s") % {"number": int(code)} if code else _("Ei luokkaa")
        case Kind.SIZE:
            return _size(int(code))
        case Kind.DEVIATION:
            return f"{code} {Deviation(code).label}" if code else _("Ei poikkeamista")
        case Kind.ORDER:
            return str(OutOfOrder(code).label) if code else _("Järjestyksen ensimmäinen")
        case Kind.SKIPS:
            return str(SkipReason(code).label)
        case Kind.OFFERS:
            return str(OfferState(code).label)


def _size(persons: int) -> str:
    if persons == LARGEST:
        return _("%(number)s henkilöä tai enemmän") % {"number": LARGEST}
    return ngettext("%(number)s henkilö", "%(number)s henkilöä", persons) % {"number": persons}
