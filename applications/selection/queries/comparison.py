"""All who are compared for a flat, as the rules know them (vertailu): what a decision is made from.

The ranking page shows fifty of them from SQL; a decision takes them all, so that its snapshot plays
again. Everybody is compared, also whose record is closed to whoever decides: who they are is not
read here. Only those whose processing is restricted are left out (A35).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from applications.intake.codes import Situation
from applications.intake.models import Application
from applications.selection.models import CLOSED, Assessment, Offer, OfferState, Round, Skip
from applications.selection.queries import bounds, ranking
from applications.selection.rules import assessing
from applications.selection.rules.assessing import Figure
from applications.selection.rules.exceptions import Waiver
from applications.selection.rules.findings import Finding, Outcome, Reason, Test
from applications.selection.rules.judging import Flat as FlatFacts
from applications.selection.rules.need import Urgency
from applications.selection.rules.ranking import Policy
from applications.selection.rules.regimes import Regime
from applications.selection.rules.snapshot import Compared, Place, order
from registry.persons.models import Mark, MarkKind
from vuokra.rules.queries import rule


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is compared for a flat on a day: the flat, the order, and each household by the id of
    its application. `left_out` are not compared, as their processing is restricted."""

    on: date
    flat: FlatFacts
    policy: Policy
    households: Mapping[int, Compared]
    left_out: Sequence[int] = ()

    def placed(self, chosen: int, waiver: Waiver) -> Comparison:
        """The same with what is let by for the household that is to be chosen."""
        one = replace(self.households[chosen], waiver=waiver)
        return replace(self, households={**self.households, chosen: one})

    def places(self) -> list[Place]:
        """All in their order. Raises RuleMissing."""
        return order(cache(rule), self.flat, list(self.households.values()), self.policy, self.on)

    def waiting(self) -> list[Place]:
        """Those in their order who were not passed over."""
        passed = {one.id for one in self.households.values() if one.passed}
        return [one for one in self.places() if one.id not in passed]


def asked_of(round_: Round, on: date) -> Regime | None:
    """What the flat of a selection asks on the day of the choice; None when its funding was never
    recorded. Raises RuleMissing."""
    return bounds.regime_of(round_.flat, on)


def applicants_of(round_: Round, asked: Regime, on: date) -> QuerySet[Application]:
    """Those whom the flat of a selection suits, as far as they were worked out, in no order."""
    return ranking.matching(_wanted(round_), asked.group, on)


def left_out(round_: Round, asked: Regime, on: date) -> QuerySet[Application]:
    """Those whom the flat suits and who are not compared: their processing is restricted."""
    return ranking.left_out(_wanted(round_), asked.group, on)


def suited_by(round_: Round, asked: Regime, on: date) -> QuerySet[Application]:
    """The same with those who are still to be worked out."""
    return ranking.suited(_wanted(round_), asked.group, on)


def _wanted(round_: Round) -> ranking.Wanted:
    return ranking.Wanted(round_.flat, round_.rent_eur)


def comparison(round_: Round, asked: Regime, on: date, also: int | None = None) -> Comparison:
    """Everybody who is compared for a flat; seven statements. `also` is an application that takes
    part though its wishes say otherwise. Raises RuleMissing."""
    local = round_.flat.stair.building.site.in_municipality
    chosen = applicants_of(round_, asked, on).values("pk")
    rows = Assessment.objects.filter(Q(application__in=chosen) | Q(application=also)).annotate(
        denied=ranking.denied(asked.group, "application")
    )
    here = set(
        Application.objects.filter(
            Q(pk__in=chosen) | Q(pk=also), ranking.lives_in(local)
        ).values_list("pk", flat=True)
    )
    passed = passed_over(round_)
    return Comparison(
        on,
        bounds.flat_facts(round_.flat, asked, on),
        bounds.policy(on),
        {
            row.application_id: _compared(row, row.application_id in here, passed)
            for row in rows.order_by("application")
        },
        list(left_out(round_, asked, on).values_list("pk", flat=True)),
    )


def passed_over(round_: Round) -> dict[int, str]:
    """Who was passed over in a selection and by which code: skipped, or the offer came to nothing;
    two statements. An offer that was taken back because the household changed, or while it was
    restricted, passes nobody over."""
    skips = Skip.objects.filter(round=round_, taken_back_at=None)
    marks = Mark.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=OuterRef("answered_on")), kind=MarkKind.RESTRICTION,
        valid_from__lte=OuterRef("answered_on"),
        person__applications__application=OuterRef("application"),
    )  # fmt: skip
    kept = Q(decision__household_changed_at__isnull=False) | Exists(marks)
    offers = Offer.objects.filter(
        round=round_, state__in=CLOSED, application__isnull=False
    ).exclude(kept, state=OfferState.WITHDRAWN)
    found = dict(offers.order_by("pk").values_list("application_id", "state"))
    return found | dict(skips.values_list("application_id", "reason"))


def _compared(row: Any, local: bool, passed: Mapping[int, str]) -> Compared:
    return Compared(
        id=str(row.application_id),
        household=household_of(row, local=local),
        in_group=ranking.in_group(row.denied),
        versions=[(key, version) for key, version in row.rule_versions],
        passed=passed.get(row.application_id, ""),
    )


def household_of(row: Assessment, *, local: bool) -> assessing.Assessment:
    """A stored assessment as the rules know it; its rows of rules are told by its versions."""
    situations = tuple(Situation(code) for code in row.situations)
    return assessing.Assessment(
        persons=row.persons,
        adults=row.adults,
        children=row.children,
        income=Figure(row.income_eur, Reason(row.income_missing)),
        limit=Figure(row.limit_eur, Reason(row.limit_missing)),
        wealth=Figure(row.wealth_eur, Reason(row.wealth_missing)),
        urgency=Urgency(row.urgency, situations, ()) if row.urgency else None,
        residence=Finding(Test.RESIDENCE, Outcome(row.residence), Reason(row.residence_reason)),
        age=Finding(Test.AGE, Outcome(row.age), Reason(row.age_reason)),
        moved_for_work=row.moved_for_work,
        local=local,
    )
