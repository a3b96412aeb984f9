"""Deviating from criteria or order (poikkeaminen): what each ground waives, and its conditions.

Source: aravarajoituslaki 4 c §, VNa 166/2008 6–8 §; specification, section 9. None may essentially
harm those with priority: a person says so and why, here stand the conditions that can be counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from applications.selection.rule_rows import EXTENSION_SHARE, EXTERNAL_REASON, PERMIT_YEARS
from vuokra.rules.lookup import Lookup, Why
from vuokra.rules.rules import DAY, add_years


class Deviation(models.TextChoices):
    """A ground for deviating (poikkeamisen peruste)."""

    SWAP = "P1", _("Keskinäinen vaihto")
    CHANGE = "P2", _("Vaihto saman omistajan asuntojen välillä")
    CARETAKER = "P3", _("Kiinteistön ylläpidolle tarpeellinen henkilö")
    CONTINUES = "P4", _("Oikeus jatkaa vuokrasuhdetta")
    EXTENSION = "P5", _("Aravan jatkorajoitusaika, osuus talon asunnoista")
    SUPPORT = "P6", _("Asumisen tuki erityisen tarpeen sosiaalisista tai terveyssyistä")
    FREES_FLAT = "P7", _("Hakijan nykyinen vuokra-asunto vapautuu")
    PERMIT = "P8", _("Kunnan tilapäinen poikkeuslupa")
    NOBODY = "P9", _("Ei perusteet täyttäviä hakijoita")
    ORDER = "P10", _("Poikkeaminen etusijajärjestyksestä yksittäistapauksessa")


@dataclass(frozen=True, slots=True)
class Waiver:
    """What need not be met (mistä poiketaan). `order`: another than the first is chosen."""

    need: bool = False
    wealth: bool = False
    income_limit: bool = False
    order: bool = False
    why: Why = ()


@dataclass(frozen=True, slots=True)
class PermitTerms:
    """A temporary exemption of the municipality (tilapäinen poikkeuslupa): its days, what it
    waives, for how many flats, and for how many it has been used."""

    valid_from: date
    valid_to: date
    need: bool
    wealth: bool
    income_limit: bool
    flats: int
    used: int


class Unmet(models.TextChoices):
    """Why an exception cannot be made (poikkeamisen este)."""

    WEALTH_SUFFICES = "wealth_suffices", _("Varallisuus riittää asuntoon ja hoitoon.")
    SHARE_FULL = "share_full", _("Talon asunnoista on jo valittu poiketen enimmäisosuus.")
    NO_PERMIT = "no_permit", _("Poikkeuslupaa ei ole.")
    PERMIT_DAYS = "permit_days", _("Poikkeuslupa ei ole voimassa valintapäivänä.")
    PERMIT_FULL = "permit_full", _("Poikkeusluvan asunnot on käytetty.")
    OTHERS_ELIGIBLE = "others_eligible", _("Asunnolla on perusteet täyttäviä hakijoita.")
    NOT_SELECTION = "not_selection", _("Vuokrasuhteen jatkaja ei tule asukasvalinnalla.")
    NOT_EXTENSION = "not_extension", _("Asunto ei ole aravan jatkorajoitusajalla.")


def waives(
    rule: Lookup,
    exception: Deviation,
    on: date,
    *,
    external_reason: bool = False,
    permit: PermitTerms | None = None,
) -> Waiver:
    """What an exception lets by (section 9).

    `external_reason` says that a change of flats is due to a reason that does not depend on the
    tenant. Raises RuleMissing, ValueError for an exemption without its permit.
    """
    match exception:
        case Deviation.SWAP | Deviation.CHANGE:
            needs = rule(EXTERNAL_REASON, on)
            return Waiver(wealth=True, income_limit=external_reason or not needs.flag, why=(needs,))
        case Deviation.CARETAKER | Deviation.EXTENSION:
            return Waiver(wealth=True, income_limit=True)
        case Deviation.CONTINUES | Deviation.NOBODY:
            return Waiver(need=True, wealth=True, income_limit=True)
        case Deviation.SUPPORT:
            return Waiver(wealth=True)
        case Deviation.FREES_FLAT:
            return Waiver(need=True)
        case Deviation.ORDER:
            return Waiver(order=True)
        case Deviation.PERMIT:
            if permit is None:
                raise ValueError("an exemption is made by its permit")
            return Waiver(need=permit.need, wealth=permit.wealth, income_limit=permit.income_limit)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the conditions of an exception are counted from (poikkeamisen olosuhteet)."""

    in_extension: bool = False
    flats_of_building: int = 0
    let_by_share: int = 0
    permit: PermitTerms | None = None
    eligible_others: int = 0
    wealth_suffices: bool = False


def unmet(rule: Lookup, exception: Deviation, around: Circumstances, on: date) -> Unmet | None:
    """Which condition of an exception is not met; None when it may be made. Raises RuleMissing."""
    match exception:
        case Deviation.CONTINUES:
            return Unmet.NOT_SELECTION
        case Deviation.SUPPORT if around.wealth_suffices:
            return Unmet.WEALTH_SUFFICES
        case Deviation.EXTENSION if not around.in_extension:
            return Unmet.NOT_EXTENSION
        case Deviation.EXTENSION if not room_in_share(rule, around, on):
            return Unmet.SHARE_FULL
        case Deviation.PERMIT:
            return _unmet_of_permit(around.permit, on)
        case Deviation.NOBODY if around.eligible_others:
            return Unmet.OTHERS_ELIGIBLE
    return None


def room_in_share(rule: Lookup, around: Circumstances, on: date) -> bool:
    """Whether one more flat of the building may be let by P5 (VNa 166/2008 6 § 1 mom. 5 kohta)."""
    share = rule(EXTENSION_SHARE, on).decimal
    return Decimal(around.let_by_share + 1) <= share * around.flats_of_building


def _unmet_of_permit(permit: PermitTerms | None, on: date) -> Unmet | None:
    """What of a municipality's permit stands in the way (P8)."""
    if permit is None:
        return Unmet.NO_PERMIT
    if not permit.valid_from <= on <= permit.valid_to:
        return Unmet.PERMIT_DAYS
    return Unmet.PERMIT_FULL if permit.used >= permit.flats else None


def longest_permit(rule: Lookup, valid_from: date) -> date:
    """The last possible day of a permit that begins on a day (VNa 166/2008 7 §). Raises
    RuleMissing."""
    return add_years(valid_from, rule(PERMIT_YEARS, valid_from).integer) - DAY
