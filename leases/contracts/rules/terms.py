"""How long a lease runs (sopimuksen kesto): fixed term or open-ended. No database, no clock.

Source: AHVL 4, 5, 46 and 51 §; tenancy specification, sections 2 and 5.2. A term begins and ends
with whole days; its last day is one of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from leases.contracts.rule_rows import OPEN_ENDED_FROM, SHORT_TERM_MONTHS
from leases.contracts.rules.numbers import Numbers
from vuokra.rules.lookup import Why
from vuokra.rules.rules import DAY, add_months, add_years


class Kind(models.TextChoices):
    """Whether a lease ends by itself (sopimuksen laji)."""

    OPEN_ENDED = "open_ended", _("Toistaiseksi voimassa oleva")
    FIXED_TERM = "fixed_term", _("Määräaikainen")


class Because(models.TextChoices):
    """Why a lease is of its kind."""

    AGREED = "agreed", _("Sopimuksen mukaan")
    UNWRITTEN = "unwritten", _("Sopimusta ei ole tehty kirjallisesti (AHVL 5 §)")
    CHAIN = "chain", _("Lyhyitä määräaikoja on liian monta peräkkäin (AHVL 4 §)")


class Giver(models.TextChoices):
    """Who ends a lease (irtisanoja)."""

    LANDLORD = "landlord", _("Vuokranantaja")
    TENANT = "tenant", _("Vuokralainen")
    ESTATE = "estate", _("Kuolinpesä")


@dataclass(frozen=True, slots=True)
class Term:
    """From when to when a lease runs (sopimuskausi); without an end it is open-ended.

    Raises ValidationError at `ends_on` when the end is before the start.
    """

    starts_on: date
    ends_on: date | None = None

    def __post_init__(self) -> None:
        if self.ends_on is not None and self.ends_on < self.starts_on:
            raise ValidationError(
                {
                    "ends_on": ValidationError(
                        _("Päättymispäivä on ennen alkamispäivää."), code="end_before_start"
                    )
                }
            )


@dataclass(frozen=True, slots=True)
class Nature:
    """What a lease is and why (sopimuksen laji ja sen syy). `in_row` counts the short terms in a
    row that end with this one, 0 when it is none."""

    kind: Kind
    because: Because
    in_row: int
    why: Why


def last_day_of(starts_on: date, months: int) -> date:
    """The last day of so many months that begin with a day: 1.1. and 3 months make 31.3.

    Where the last month has no day of that number, its last day is the last: 29 February and 12
    months make 28 February.
    """
    same = add_months(starts_on, months)
    return same - DAY if same.day == starts_on.day else same


def has_lasted(began_on: date, years: int, on: date) -> bool:
    """Whether a tenancy that began on a day has lasted so many years on another (AHVL 52 §).

    The anniversary completes the year; that of 29 February is 28 February in other years, which is
    the earlier of two readings and the better one for the tenant.
    """
    return add_years(began_on, years) <= on


def is_short(term: Term, months: int) -> bool:
    """Whether a term is a fixed one of at most so many months (AHVL 4 § 1 mom.)."""
    return term.ends_on is not None and term.ends_on <= last_day_of(term.starts_on, months)


def short_in_row(terms: Sequence[Term], months: int) -> int:
    """How many short terms in a row end with the last to begin.

    `terms` are those of the same tenants in the same flat with no other tenant between; a gap
    between two does not break the row (a reading that favours the tenant, not confirmed).
    """
    count = 0
    for term in sorted(terms, key=lambda one: one.starts_on, reverse=True):
        if not is_short(term, months):
            break
        count += 1
    return count


def nature(
    numbers: Numbers, term: Term, *, earlier: Sequence[Term] = (), written: bool = True
) -> Nature:
    """Whether a lease is fixed or open-ended (AHVL 4 § 1 mom. ja 5 § 1 mom.).

    Open-ended unless a term was agreed in writing, and despite the term when it is one short term
    too many in a row. `numbers` are those of this lease; `earlier` are the terms of the same
    tenants in the same flat before it. Raises RuleMissing.
    """
    if term.ends_on is None:
        return Nature(Kind.OPEN_ENDED, Because.AGREED, 0, ())
    short, nth = (numbers(key, term.starts_on) for key in (SHORT_TERM_MONTHS, OPEN_ENDED_FROM))
    in_row = short_in_row([*earlier, term], short.integer)
    if not written:
        return Nature(Kind.OPEN_ENDED, Because.UNWRITTEN, in_row, ())
    if in_row >= nth.integer:
        return Nature(Kind.OPEN_ENDED, Because.CHAIN, in_row, (nth, short))
    return Nature(Kind.FIXED_TERM, Because.AGREED, in_row, (nth, short) if in_row else ())


def first_notice(
    kind: Kind, giver: Giver, *, concluded_on: date, agreed_on: date | None = None
) -> date | None:
    """The first day from which a notice period can be counted (ensimmäinen irtisanomispäivä).

    None when the lease cannot be ended by notice: a fixed term ends early only by agreement or
    through a court (AHVL 51 § 2 mom., 55 §). `agreed_on` is the first notice day of the lease.
    An estate gives notice as if the lease were open-ended (46 §), and so is not held by an agreed
    first day either (a reading that favours the tenant, not confirmed).
    """
    if giver == Giver.ESTATE:
        return concluded_on
    if kind == Kind.FIXED_TERM:
        return None
    return max(concluded_on, agreed_on or concluded_on)
