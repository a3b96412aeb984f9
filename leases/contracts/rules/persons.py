"""Who is bound by a lease, and changes of person (vuokrasuhteen osapuolet). No database, no clock.

Source: AHVL 11, 18, 21 and 46 §; tenancy specification, sections 2.1, 5.1 and 6.
"""

from __future__ import annotations

from collections.abc import Container, Hashable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from leases.contracts.rule_rows import (
    CONTINUATION_MONTHS,
    OBJECTION_MONTHS,
    REPAIR_DAYS,
    REPAIR_LEAVE,
    REPAIR_MONTHS,
    SUBLET_NOTICE,
    SUBLET_OBJECTION,
    SUBLET_YEARS,
)
from leases.contracts.rules.calendar import LastDay, last_day, moved
from leases.contracts.rules.numbers import Numbers
from leases.contracts.rules.terms import last_day_of
from vuokra.rules.lookup import Why
from vuokra.rules.rules import DAY, add_months

# -- who is liable (11 §) ----------------------------------------------------------------------


class Role(models.TextChoices):
    """What somebody is in a lease (osapuolen asema)."""

    TENANT = "tenant", _("Vuokralainen")
    CO_TENANT = "co_tenant", _("Kanssavuokralainen")
    SPOUSE = "spouse_liable", _("Asunnossa asuva puoliso tai avopuoliso")
    GUARANTOR = "guarantor", _("Takaaja")
    OCCUPANT = "occupant", _("Asukas")
    TRUSTEE = "trustee", _("Edunvalvoja")


TENANTS: Final = (Role.TENANT, Role.CO_TENANT)
"""Who rents the flat (vuokralaiset)."""

LIVING: Final = (*TENANTS, Role.SPOUSE, Role.OCCUPANT)
"""Who lives in the flat by the lease (asukkaat)."""

JOINT: Final = frozenset({Role.TENANT, Role.CO_TENANT, Role.SPOUSE})
"""Who answers for all of it, each alone and all together (yhteisvastuu)."""


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody in a lease: the person, as what, and from when to when; the last day is one of them.

    Of a spouse who is no tenant the days are those of living in the flat (AHVL 11 §).
    """

    person: Hashable
    role: Role
    since: date
    until: date | None = None

    def within(self, first: date, last: date) -> Party | None:
        """The part of it in a time, None when there is none."""
        since, until = max(self.since, first), min(self.until or last, last)
        return Party(self.person, self.role, since, until) if since <= until else None


@dataclass(frozen=True, slots=True)
class Liable:
    """Who answers for what falls due in a time (vastuussa olevat), each with the days of it.

    `joint` are jointly and severally liable; `guarantors` answer by their guarantee only, which may
    be limited.
    """

    joint: tuple[Party, ...]
    guarantors: tuple[Party, ...]


def liable(parties: Iterable[Party], first: date, last: date) -> Liable:
    """Who is liable for what falls due between two days, both included (AHVL 11 §).

    A spouse is liable while living in the flat, though the tenant has moved out; a tenant as long
    as being a party; an occupant and a trustee never. Raises ValueError when the time ends before
    it begins.
    """
    if last < first:
        raise ValueError("the time ends before it begins")
    found = [part for one in parties if (part := one.within(first, last))]
    return Liable(
        tuple(one for one in found if one.role in JOINT),
        tuple(one for one in found if one.role == Role.GUARANTOR),
    )


# -- death of a tenant (46 §) ------------------------------------------------------------------


class Relation(models.TextChoices):
    """What somebody was to a tenant who died."""

    CO_TENANT = "co_tenant", _("Kanssavuokralainen")
    SPOUSE = "spouse", _("Puoliso tai avopuoliso")
    CHILD = "child", _("Perheeseen kuuluva lapsi")
    PARENT = "parent", _("Vuokralaisen tai puolison vanhempi")
    OTHER = "other", _("Muu")


FAMILY: Final = frozenset({Relation.SPOUSE, Relation.CHILD, Relation.PARENT})


def may_continue(relation: Relation, *, resident: bool) -> bool:
    """Whether somebody may continue the lease of a tenant who died (AHVL 46 §): a co-tenant, and
    those of the family who lived in the flat. It is no selection of a resident."""
    return relation == Relation.CO_TENANT or (relation in FAMILY and resident)


def continuation_until(numbers: Numbers, died_on: date, holidays: Container[date]) -> LastDay:
    """The last day of the written notice by which a lease is continued after a death (AHVL 46 §).
    Raises RuleMissing."""
    rule = numbers(CONTINUATION_MONTHS, died_on)
    return last_day(add_months(died_on, rule.integer), holidays, (rule,))


def objection_until(numbers: Numbers, received_on: date, holidays: Container[date]) -> LastDay:
    """The landlord's last day to object in court to a continuation (AHVL 46 §), from the day its
    notice was received. Raises RuleMissing."""
    rule = numbers(OBJECTION_MONTHS, received_on)
    return last_day(add_months(received_on, rule.integer), holidays, (rule,))


def estate_is_liable(on: date, *, died_on: date, continued_on: date | None) -> bool:
    """Whether the estate answers for the lease on a day (AHVL 46 §): from the death until somebody
    gave the notice of continuing, the day of it included."""
    return died_on <= on and (continued_on is None or on <= continued_on)


# -- handing the whole flat over to another (18 §) ---------------------------------------------


class Fault(models.TextChoices):
    """Why a flat may not be handed over as told."""

    NO_REASON = "no_reason", _("Luovutuksen syytä ei ole ilmoitettu")
    NO_END = "no_end", _("Luovutuksen päättymispäivää ei ole ilmoitettu")
    LATE = "late", _("Ilmoitus on annettu liian myöhään")
    TOO_LONG = "too_long", _("Luovutus kestää liian kauan")


@dataclass(frozen=True, slots=True)
class Handover:
    """The whole flat handed over to another for a time (huoneiston luovutus, AHVL 18 §).

    `earliest` is the first day that the notice allows, `longest` the last day of the longest time
    from the start told; until `object_until` the landlord may take its objection to court.
    """

    faults: tuple[Fault, ...]
    earliest: date
    longest: date
    object_until: LastDay
    why: Why

    @property
    def allowed(self) -> bool:
        """Whether the notice is as the law demands."""
        return not self.faults


def handover(
    numbers: Numbers,
    *,
    told_on: date,
    starts_on: date,
    ends_on: date | None,
    reason: str,
    holidays: Container[date],
) -> Handover:
    """Judge a written notice that the whole flat is handed over for work, studies, illness or the
    like (AHVL 18 §). `told_on` is when the landlord received it. Raises RuleMissing."""
    years, notice = (numbers(key, told_on) for key in (SUBLET_YEARS, SUBLET_NOTICE))
    earliest = add_months(told_on, notice.integer)
    longest = last_day_of(starts_on, 12 * years.integer)
    found = {
        Fault.NO_REASON: not reason.strip(),
        Fault.NO_END: ends_on is None,
        Fault.LATE: starts_on < earliest,
        Fault.TOO_LONG: ends_on is not None and ends_on > longest,
    }
    return Handover(
        tuple(fault for fault, is_there in found.items() if is_there),
        earliest,
        longest,
        object_by(numbers, told_on, holidays),
        (notice, years),
    )


def object_by(numbers: Numbers, told_on: date, holidays: Container[date]) -> LastDay:
    """The landlord's last day to take its objection to a handover to court (AHVL 18 §).
    Raises RuleMissing."""
    days = numbers(SUBLET_OBJECTION, told_on)
    return last_day(told_on + timedelta(days=days.integer), holidays, (days,))


# -- repairs (21 §) ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Repair:
    """When work that was announced may begin (korjaustyön aikaisin alku, AHVL 21 §).

    The time is over at the end of `elapses_on`, a day that does not move; `earliest` is the first
    working day after it. The tenant may end the lease until `leave_until`.
    """

    elapses_on: date
    earliest: date
    leave_until: LastDay
    why: Why


def repair(
    numbers: Numbers, announced_on: date, *, harmful: bool, holidays: Container[date]
) -> Repair:
    """When work may begin that was announced on a day (AHVL 21 §).

    `harmful` tells that it hinders living essentially: then the longer time holds. Urgent measures
    need no notice and are not asked of here. Raises RuleMissing.
    """
    rule = numbers(REPAIR_MONTHS if harmful else REPAIR_DAYS, announced_on)
    leave = numbers(REPAIR_LEAVE, announced_on)
    if harmful:
        elapses_on = add_months(announced_on, rule.integer)
    else:
        elapses_on = announced_on + timedelta(days=rule.integer)
    return Repair(
        elapses_on,
        moved(elapses_on + DAY, holidays),
        last_day(announced_on + timedelta(days=leave.integer), holidays, (leave,)),
        (rule,),
    )
