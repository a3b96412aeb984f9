"""Giving notice (irtisanominen): form, service, period, moving out. No database, no clock.

Source: AHVL 52–56, 62, 66 and 68 §, act 531/2026; tenancy specification, sections 0 and 5.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from leases.contracts.rule_rows import (
    CHALLENGE_MONTHS,
    FAVOURABLE,
    LONG_AFTER,
    LONG_MONTHS,
    REGIME,
    SHORT_MONTHS,
    TENANT_MONTHS,
)
from leases.contracts.rules.calendar import LastDay, last_day, moved
from leases.contracts.rules.numbers import Numbers
from leases.contracts.rules.terms import has_lasted
from vuokra.rules.days import refuse_future
from vuokra.rules.lookup import Why
from vuokra.rules.rules import DAY, add_months

if TYPE_CHECKING:
    from vuokra.rules.queries import RuleValue

# -- form and service (54, 62 and 66 §) --------------------------------------------------------


class Document(models.TextChoices):
    """What is served (tiedoksi annettava asiakirja)."""

    LANDLORD_NOTICE = "landlord_notice", _("Vuokranantajan irtisanomisilmoitus")
    TENANT_NOTICE = "tenant_notice", _("Vuokralaisen irtisanomisilmoitus")
    WARNING = "warning", _("Varoitus")
    RESCISSION = "rescission", _("Purkamisilmoitus")


class Method(models.TextChoices):
    """How it was served verifiably (todistettava tiedoksianto). Source: AHVL 54 §. Whether an
    electronic receipt is enough after the reform is not confirmed."""

    RECEIPT = "receipt", _("Kuittaus")
    PROCESS_SERVER = "process_server", _("Haastemies")
    WITNESS = "witness", _("Todistaja")
    REGISTERED = "registered", _("Kirjattu kirje")
    ELECTRONIC = "electronic", _("Sähköinen kuittaus")


class Defect(models.TextChoices):
    """What a document lacks that the law demands of it (muotovirhe)."""

    UNWRITTEN = "unwritten", _("Ilmoitus ei ole kirjallinen")
    NO_GROUND = "no_ground", _("Peruste puuttuu")
    NO_END = "no_end", _("Päättymispäivä puuttuu")


class Standing(models.TextChoices):
    """What effect a document has (asiakirjan tila)."""

    INEFFECTIVE = "ineffective", _("Tehoton")
    UNSERVED = "unserved", _("Antamatta tiedoksi")
    SERVED = "served", _("Annettu tiedoksi")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What a document says, as far as its form is judged.

    `ground_required` tells whether the law requires a ground in a notice of the tenant. A
    rescission without an end date ends the lease when it is served.
    """

    document: Document
    written: bool = True
    ground: str = ""
    ends_on: date | None = None
    ground_required: bool = False


def defects(paper: Paper) -> tuple[Defect, ...]:
    """What makes a document ineffective, nothing when its form is right.

    Landlord's notice: writing, end date and ground (AHVL 54 § 1 mom.); tenant's: writing, and the
    ground where the law requires one (54 § 2 mom.); warning: writing (62 §); rescission: writing
    and ground (66 §).
    """
    needs_ground = paper.ground_required or paper.document in (
        Document.LANDLORD_NOTICE,
        Document.RESCISSION,
    )
    found = {
        Defect.UNWRITTEN: not paper.written,
        Defect.NO_GROUND: needs_ground and not paper.ground.strip(),
        Defect.NO_END: paper.document == Document.LANDLORD_NOTICE and paper.ends_on is None,
    }
    return tuple(defect for defect, is_there in found.items() if is_there)


def standing(paper: Paper, served_on: date | None) -> Standing:
    """What effect a document has: none for want of form, none yet, or from its service."""
    if defects(paper):
        return Standing.INEFFECTIVE
    return Standing.SERVED if served_on else Standing.UNSERVED


def check_service(paper: Paper, *, sent_on: date | None, served_on: date, today: date) -> None:
    """Refuse to mark a document as served that is ineffective, or on a day that cannot be.

    Raises ValidationError: code `ineffective`, with what is missing, or at `served_on`.
    """
    if missing := defects(paper):
        raise ValidationError(
            _("Ilmoitus on tehoton eikä sitä voi merkitä annetuksi tiedoksi: %(missing)s."),
            code="ineffective",
            params={"missing": ", ".join(str(one.label) for one in missing)},
        )
    refuse_future("served_on", served_on, today)
    if sent_on is not None and served_on < sent_on:
        raise ValidationError(
            {
                "served_on": ValidationError(
                    _("Tiedoksianto on ennen lähettämistä."), code="before_sending"
                )
            }
        )


# -- the period (52 §) -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ending:
    """When a lease ends by a notice, by one law (päättymispäivä).

    `months` is the notice period applied; `void` tells that an agreed one was put aside because it
    is worse for the tenant than the law (AHVL 52 § 4 mom.).
    """

    ends_on: date
    months: int
    void: bool
    why: Why


@dataclass(frozen=True, slots=True)
class Notice:
    """When a lease ends by a notice served on a day (irtisanomisen vaikutus).

    The period is counted from the end of the month of `counted_from`. `not_applied` is what the
    other law would say when it says something else: shown beside, never applied.
    """

    counted_from: date
    applied: Ending
    not_applied: Ending | None = None


def end_of_period(counted_from: date, months: int) -> date:
    """The last day of the month that is so many months after the month of a day (52 § 1 mom.)."""
    return add_months(counted_from.replace(day=1), months + 1) - DAY


def landlord_notice(
    numbers: Numbers,
    *,
    began_on: date,
    served_on: date,
    first_notice_on: date | None = None,
    agreed_months: int | None = None,
) -> Notice:
    """When a lease ends by the landlord's notice (AHVL 52 § 2 mom., 531/2026).

    The length of the tenancy is counted from the day it began to the day of service. For leases
    whose law is not settled (`notice.regime_selector`) the law of the day of service is counted as
    well, and the one better for the tenant is applied: the later end. `first_notice_on` is the
    agreed first notice day; `agreed_months` may lengthen the period, not shorten it.
    Raises RuleMissing.
    """
    counted_from = max(served_on, first_notice_on or served_on)

    def by(law: Numbers) -> Ending:
        after = law(LONG_AFTER, served_on)
        long = has_lasted(began_on, after.integer, served_on)
        period = law(LONG_MONTHS if long else SHORT_MONTHS, served_on)
        months = max(period.integer, agreed_months or 0)
        void = agreed_months is not None and agreed_months < period.integer
        return Ending(end_of_period(counted_from, months), months, void, (period, after))

    own = by(numbers)
    regime = numbers(REGIME, served_on)
    if regime.text != FAVOURABLE:
        return Notice(counted_from, own)
    newer = by(numbers.as_if_concluded(served_on))
    if newer.ends_on == own.ends_on:
        return Notice(counted_from, own)
    better, other = (own, newer) if own.ends_on > newer.ends_on else (newer, own)
    return Notice(counted_from, _with(better, regime), _with(other, regime))


def tenant_notice(
    numbers: Numbers,
    *,
    served_on: date,
    first_notice_on: date | None = None,
    agreed_months: int | None = None,
) -> Notice:
    """When a lease ends by the tenant's notice, or that of the estate (AHVL 52 § 3 mom.).

    `agreed_months` may shorten the period, not lengthen it. Raises RuleMissing.
    """
    counted_from = max(served_on, first_notice_on or served_on)
    period = numbers(TENANT_MONTHS, served_on)
    months = period.integer if agreed_months is None else min(period.integer, agreed_months)
    void = agreed_months is not None and agreed_months > period.integer
    ending = Ending(end_of_period(counted_from, months), months, void, (period,))
    return Notice(counted_from, ending)


def _with(ending: Ending, regime: RuleValue) -> Ending:
    return replace(ending, why=(*ending.why, regime))


# -- after it (56 and 68 §) --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MoveOut:
    """When the flat must be free (muuttopäivä): half of it on `day`, all of it on `whole_flat`."""

    day: date
    whole_flat: date


def move_out(ends_on: date, holidays: Container[date]) -> MoveOut:
    """The move-out day of a lease that ends on a day (AHVL 68 §): the first working day after it,
    and the day after that for the whole flat, each moved by 12 §. The parties may agree otherwise.
    """
    day = moved(ends_on + DAY, holidays)
    return MoveOut(day, moved(day + DAY, holidays))


def challenge_until(
    numbers: Numbers, *, served_on: date, ends_on: date, holidays: Container[date]
) -> LastDay:
    """Until when the tenant may challenge the landlord's notice in court (AHVL 56 §): so many
    months from service, and only while the tenancy lasts. Raises RuleMissing."""
    rule = numbers(CHALLENGE_MONTHS, served_on)
    return last_day(add_months(served_on, rule.integer), holidays, (rule,)).capped(ends_on)
