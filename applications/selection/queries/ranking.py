"""Who stands where for a flat: stored assessments compared in SQL, in the order of the rules.

The same order as `rules.ranking`, which a test compares with it. Reading a page names those shown
in the access event; the others are counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db.models import (
    BooleanField,
    Case,
    DecimalField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
    Window,
)
from django.db.models.functions import Coalesce, Rank

from applications.intake.codes import AttachmentState, State
from applications.intake.models import Application, Attachment
from applications.intake.queries.listing import restricted
from applications.intake.rules import papers
from applications.selection.rule_rows import LARGEST, size_keys
from applications.selection.rules.findings import Outcome, Reason
from applications.selection.rules.judging import Flat as FlatFacts
from applications.selection.rules.ranking import LEAST_URGENT, Factor, Policy
from leases.homes.models import Access, Flat, SpecialGroup
from vuokra.rules.queries import rule

IN_SELECTION: Final = (State.VALID, State.INCOMPLETE, State.OFFERED)
"""States in which an application is compared: what it lacks is told, and costs no place."""

_SUM: Final = DecimalField(max_digits=40, decimal_places=20)
_ACCESS: Final = {
    Access.NONE: (Access.NONE,),
    Access.STEP_FREE: (Access.NONE, Access.STEP_FREE),
    Access.WHEELCHAIR: (Access.NONE, Access.STEP_FREE, Access.WHEELCHAIR),
}
"""Which wishes a flat meets."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A flat as applicants wish for one (haettu asunto). `rent_eur` in a month."""

    flat: Flat
    rent_eur: Decimal


def matching(wanted: Wanted, group: str, today: date) -> QuerySet[Application]:
    """Valid applications whose wishes the flat meets (sopivat hakijat), as far as they were worked
    out."""
    return suited(wanted, group, today).filter(assessment__isnull=False)


def suited(wanted: Wanted, group: str, today: date) -> QuerySet[Application]:
    """Valid applications whose wishes the flat meets; what was not wished for keeps nobody out."""
    return _asking(wanted, group, today).filter(~restricted(today))


def left_out(wanted: Wanted, group: str, today: date) -> QuerySet[Application]:
    """Those of them who are not compared because their processing is restricted."""
    return _asking(wanted, group, today).filter(restricted(today))


def _asking(wanted: Wanted, group: str, today: date) -> QuerySet[Application]:
    flat = wanted.flat
    return Application.objects.filter(
        _no_less("wish__rooms_from", flat.rooms),
        _no_more("wish__rooms_to", flat.rooms),
        _no_less("wish__area_from", flat.area),
        _no_more("wish__area_to", flat.area),
        _no_more("wish__rent_most_eur", wanted.rent_eur),
        Q(wish__sites=[]) | Q(wish__sites__contains=[flat.stair.building.site_id]),
        _floor(flat),
        wish__group=group,
        wish__access__in=_ACCESS[Access(flat.access)],
        wish__equipment__contained_by=flat.equipment,
        state__in=IN_SELECTION,
        valid_until__gte=today,
    )


def _no_less(column: str, value: Any) -> Q:
    return Q(**{f"{column}__isnull": True}) | Q(**{f"{column}__lte": value})


def _no_more(column: str, value: Any) -> Q:
    return Q(**{f"{column}__isnull": True}) | Q(**{f"{column}__gte": value})


def _floor(flat: Flat) -> Q:
    if flat.floor is None:
        return Q()
    within = _no_less("wish__floor_from", flat.floor) & _no_more("wish__floor_to", flat.floor)
    return within | Q(wish__lift=True) if flat.stair.lift else within


def ranked(
    applications: QuerySet[Application], home: FlatFacts, policy: Policy, today: date, local: str
) -> QuerySet[Application]:
    """Applications with what is compared of them, in their order; equal ones by number, sharing a
    place. `local` is the municipality of the flat. Raises RuleMissing."""
    compared = (
        applications.annotate(denied=denied(home.regime.group, "pk"))
        .annotate(
            wealth_limit=_wealth_limit(home),
            failed=_failed(home),
            missing=_missing(home),
            fits=_fits(home, today),
        )
        .annotate(
            need_key=Coalesce("assessment__urgency", Value(LEAST_URGENT)),
            size_key=Case(When(fits=True, then=Value(0)), default=Value(1), output_field=_INT),
            income_key=_part("assessment__income_eur", "assessment__limit_eur"),
            wealth_key=_part("assessment__wealth_eur", "wealth_limit"),
            local_key=_local(local),
            failed_key=Case(When(failed=True, then=Value(1)), default=Value(0), output_field=_INT),
        )
    )
    order = [F(_KEYS[factor]).asc(nulls_last=True) for factor in policy.factors]
    return compared.annotate(place=Window(Rank(), order_by=order)).order_by(*order, "number")


_INT: Final = IntegerField()
_KEYS: Final = {
    Factor.ELIGIBLE: "failed_key",
    Factor.NEED: "need_key",
    Factor.SIZE: "size_key",
    Factor.INCOME: "income_key",
    Factor.WEALTH: "wealth_key",
    Factor.LOCAL: "local_key",
}


def _part(euros: str, limit: str) -> Case:
    """Euros as a part of their limit, or the euros where there is none, as `ranking.part_of`."""
    whole = Q(**{f"{limit}__isnull": True}) | Q(**{limit: 0})
    return Case(
        When(whole, then=ExpressionWrapper(F(euros) * Value(Decimal(1)), output_field=_SUM)),
        default=ExpressionWrapper(
            F(euros) * Value(Decimal("1.00000000000000000000"), output_field=_SUM) / F(limit),
            output_field=_SUM,
        ),
        output_field=_SUM,
    )


def _wealth_limit(home: FlatFacts) -> Case | Value:
    """The limit of the household's number of persons, in SQL as in `WealthTable.limit`."""
    table = home.wealth_table
    if table is None or not home.regime.wealth:
        return Value(None, output_field=_SUM)
    largest = max(table.amounts)
    smaller = [
        When(assessment__persons=persons, then=Value(euros, output_field=_SUM))
        for persons, euros in sorted(table.amounts.items())
        if persons < largest
    ]
    more = ExpressionWrapper(
        Value(table.amounts[largest], output_field=_SUM)
        + (F("assessment__persons") - Value(largest)) * Value(table.step_eur, output_field=_SUM),
        output_field=_SUM,
    )
    return Case(*smaller, default=more, output_field=_SUM)


def denied(group: SpecialGroup, application: str) -> Case | Value:
    """Whether the newest paper that was seen of an application, whose column is named, shows that
    the household does not belong to a special group: false when it belongs to it, null when no such
    paper was seen or no group is asked for."""
    if not group:
        return Value(None, output_field=BooleanField())
    proofs = Attachment.objects.filter(state=AttachmentState.SEEN, kind__in=papers.proofs_of(group))
    later = proofs.filter(
        Q(seen_on__gt=OuterRef("seen_on")) | Q(seen_on=OuterRef("seen_on"), pk__gt=OuterRef("pk")),
        application=OuterRef("application"),
    )
    here = proofs.filter(application=OuterRef(application))
    return Case(
        When(Exists(here.filter(~Exists(later), denies=True)), then=Value(True)),
        When(Exists(here), then=Value(False)),
        default=Value(None),
        output_field=BooleanField(),
    )


def in_group(denied: bool | None) -> bool | None:
    """The same as the rules ask for it."""
    return None if denied is None else not denied


def _failed(home: FlatFacts) -> Case:
    """Whether a test ended badly, as `judging.judge` says without any exception."""
    asked = home.regime
    bad = Q(assessment__age=Outcome.FAIL)
    if asked.asks_residence:
        bad |= Q(assessment__residence=Outcome.FAIL)
    if asked.income_limit:
        bad |= Q(assessment__income_eur__gt=F("assessment__limit_eur"))
    if asked.wealth:
        bad |= Q(assessment__wealth_eur__gt=F("wealth_limit"))
    if asked.group:
        bad |= Q(denied=True)
    return Case(When(bad, then=Value(True)), default=Value(False))


def _missing(home: FlatFacts) -> Case:
    """Whether a test could not be ended."""
    asked = home.regime
    open_ = Q(assessment__age=Outcome.MISSING)
    if asked.asks_residence:
        open_ |= Q(assessment__residence=Outcome.MISSING)
    if asked.need:
        open_ |= Q(assessment__urgency__isnull=True)
    if asked.income_limit:
        limited = ~Q(assessment__limit_missing=Reason.NONE)
        open_ |= limited | Q(assessment__limit_eur__isnull=False, assessment__income_eur=None)
    if asked.wealth:
        open_ |= Q(assessment__wealth_eur=None) | Q(wealth_limit=None)
    if asked.group:
        open_ |= Q(denied=None)
    return Case(When(open_, then=Value(True)), default=Value(False))


def _fits(home: FlatFacts, today: date) -> Case:
    """Whether the flat's rooms are within the guide for the household, where need is asked."""
    if not home.regime.need:
        return Case(default=Value(True))
    good = Q(pk__in=[])
    for persons in range(1, LARGEST + 1):
        least, most = (rule(key, today).integer for key in size_keys(persons))
        if least <= home.rooms <= most:
            last = persons == LARGEST
            good |= Q(**{"assessment__persons__gte" if last else "assessment__persons": persons})
    return Case(When(good, then=Value(True)), default=Value(False))


def lives_in(municipality: str) -> Q:
    """Applicants who live in a municipality, as far as where they live may be told."""
    return Q(home__municipality__iexact=municipality)


def _local(municipality: str) -> Case:
    """Residents of the municipality first, where the company's policy asks for it."""
    return Case(When(lives_in(municipality), then=Value(0)), default=Value(1), output_field=_INT)
