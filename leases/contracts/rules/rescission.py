"""Rescinding a lease (purkaminen): grounds and warnings of the landlord. No database, no clock.

Source: AHVL 8, 61 and 62 §; tenancy specification, sections 2.2 and 5.5.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leases.contracts.rule_rows import ARREARS_MONTHS
from leases.contracts.rules.money import cents
from leases.contracts.rules.numbers import Numbers
from vuokra.rules.lookup import Why


class Ground(models.TextChoices):
    """The landlord's grounds (purkuperuste): those of AHVL 61 § 1 mom. by their numbers, and that
    the deposit was not given (8 §)."""

    PAYMENT = "1", _("Vuokraa ei ole maksettu ajallaan")
    TRANSFER = "2", _("Vuokraoikeus on siirretty tai huoneisto luovutettu lain vastaisesti")
    USE = "3", _("Huoneistoa käytetään muuhun tarkoitukseen tai muulla tavalla")
    DISTURBANCE = "4", _("Huoneistossa vietetään häiritsevää elämää")
    UPKEEP = "5", _("Huoneistoa hoidetaan huonosti")
    ORDER = "6", _("Terveyden tai järjestyksen säilymiseksi annettuja määräyksiä rikotaan")
    DEPOSIT = "deposit", _("Vakuutta ei ole annettu sovitussa ajassa")

    @property
    def law(self) -> str:
        """Where it stands in the law."""
        if self is Ground.DEPOSIT:
            return gettext("AHVL 8 § 1 mom.")
        return gettext("AHVL 61 § 1 mom. %(number)s kohta") % {"number": self.value}


OF_ROOMS: Final = frozenset({Ground.DEPOSIT})
"""Grounds of which another room keeps the facts, and tells what stands in the way."""


WARNED: Final = frozenset({Ground.USE, Ground.DISTURBANCE, Ground.UPKEEP, Ground.ORDER})
"""Grounds that need a written warning first (62 §)."""

UNWARNED_IF_EXTREME: Final = frozenset({Ground.DISTURBANCE, Ground.ORDER})
"""Grounds that need none when the conduct is extremely reprehensible."""

CONTINUING: Final = frozenset(
    {Ground.PAYMENT, Ground.DISTURBANCE, Ground.UPKEEP, Ground.ORDER, Ground.DEPOSIT}
)
"""Grounds whose right lasts while the conduct goes on (8 § and 61 § 4 mom.); others are to be
invoked within a reasonable time from when the landlord knew."""


class Block(models.TextChoices):
    """Why a lease may not be rescinded now."""

    MINOR = "minor", _("Menettelyllä on vähäinen merkitys (AHVL 61 § 3 mom.)")
    NO_WARNING = "no_warning", _("Varoitusta ei ole annettu tiedoksi: anna ensin varoitus")
    NOT_SINCE = "not_since", _("Menettely ei ole jatkunut varoituksen jälkeen")
    RECTIFIED = "rectified", _("Vuokralainen on oikaissut menettelynsä varoituksen jälkeen")
    ARREARS = "arrears", _("Maksamatonta vuokraa on vähemmän kuin yhtiön raja")
    ENDED = "ended", _("Menettely on päättynyt")
    NO_DEPOSIT = "no_deposit", _("Sopimuksessa ei ole sovittu vakuudesta")
    DEPOSIT_NOT_DUE = "deposit_not_due", _("Vakuuden antamiselle sovittu aika ei ole kulunut")
    DEPOSIT_GIVEN = "deposit_given", _("Vakuus on annettu: siihen ei voi enää vedota (AHVL 8 §)")


@dataclass(frozen=True, slots=True)
class WrittenWarning:
    """A written warning (varoitus): when it was served, and when the tenant put matters right."""

    ground: Ground
    served_on: date | None
    rectified_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conduct:
    """What the tenant did (menettely): the latest incident, and how it is judged.

    `goes_on` tells whether the conduct continues. `unpaid` and `month_rent` are euros, for arrears.
    """

    ground: Ground
    happened_on: date
    minor: bool = False
    extreme: bool = False
    goes_on: bool = True
    unpaid: Decimal | None = None
    month_rent: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a lease may be rescinded, and what stands in the way.

    `reasonable_time` reminds that the ground is lost unless it is invoked within a reasonable time:
    a person judges that, no number.
    """

    blocks: tuple[Block, ...]
    reasonable_time: bool
    why: Why = ()

    @property
    def allowed(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.blocks

    @property
    def needs_warning(self) -> bool:
        """Whether the next step is a warning."""
        return Block.NO_WARNING in self.blocks


def judge(
    numbers: Numbers, conduct: Conduct, warnings: Iterable[WrittenWarning], today: date
) -> Verdict:
    """Whether the landlord may rescind for a conduct (AHVL 61 ja 62 §).

    Arrears are also held against the company's own limit, in months' rent. Raises RuleMissing, and
    ValueError for arrears without their amounts.
    """
    ground = conduct.ground
    found: list[Block] = []
    why: Why = ()
    if conduct.minor:
        found.append(Block.MINOR)
    if ground in CONTINUING and not conduct.goes_on:
        found.append(Block.ENDED)
    if ground == Ground.PAYMENT:
        if conduct.unpaid is None or conduct.month_rent is None:
            raise ValueError("arrears need what is unpaid and the rent of a month")
        limit = numbers(ARREARS_MONTHS, today)
        why = (limit,)
        if cents(conduct.unpaid) < cents(conduct.month_rent) * limit.integer:
            found.append(Block.ARREARS)
    excused = conduct.extreme and ground in UNWARNED_IF_EXTREME
    served = [
        one for one in warnings if one.ground == ground and one.served_on and one.served_on <= today
    ]
    if ground in WARNED and not excused and (block := _unwarned(conduct, served)):
        found.append(block)
    return Verdict(tuple(found), ground not in CONTINUING, why)


def _unwarned(conduct: Conduct, served: Collection[WrittenWarning]) -> Block | None:
    """What a ground that needs a warning lacks: a served one, conduct after it, no rectification.

    Disturbance that is repeated after a warning needs no new one, though there was peace between
    (62 §). An incident on the day of service counts as before it: the order is not known.
    """
    if not served:
        return Block.NO_WARNING
    before = [one for one in served if one.served_on and one.served_on < conduct.happened_on]
    if not before:
        return Block.NOT_SINCE
    if conduct.ground == Ground.DISTURBANCE or any(not one.rectified_on for one in before):
        return None
    return Block.RECTIFIED
