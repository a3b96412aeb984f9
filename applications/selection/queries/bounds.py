"""What a flat asks of those who are chosen for it: funding, municipality, limits, permits."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from applications.selection.models import ExemptionPermit, WealthTable
from applications.selection.rule_rows import LOCAL_FIRST, ORDER
from applications.selection.rules import wealth
from applications.selection.rules.judging import Flat as FlatFacts
from applications.selection.rules.ranking import Policy
from applications.selection.rules.regimes import Regime, Restriction, regime
from leases.homes.models import Flat, Funding, SpecialGroup
from leases.homes.models import Regime as RegimeRow
from registry.persons.queries import in_force
from vuokra.rules.queries import rule


def regime_of(flat: Flat, on: date) -> Regime | None:
    """What the flat's funding asks on a day; None when it was never recorded. Raises
    RuleMissing."""
    rows = RegimeRow.objects.filter(flat=flat)
    restrictions = [
        Restriction(Funding(row.funding), SpecialGroup(row.group), row.valid_from, row.valid_to)
        for row in rows
    ]
    return regime(rule, restrictions, on)


def wealth_table(municipality: str, on: date) -> wealth.WealthTable | None:
    """The wealth limits of a municipality on a day; None when it has told none, or not for every
    number of persons."""
    row = (
        WealthTable.objects.filter(in_force(on), municipality__iexact=municipality)
        .prefetch_related("limits")
        .first()
    )
    if row is None:
        return None
    amounts = {one.persons: one.euros for one in row.limits.all()}
    return (
        wealth.WealthTable(amounts, row.step_eur, row.decision)
        if wealth.is_whole(amounts)
        else None
    )


def policy(on: date) -> Policy:
    """The company's order of comparison on a day. Raises RuleMissing."""
    return Policy(rule(ORDER, on).text, rule(LOCAL_FIRST, on).flag)


def flat_facts(flat: Flat, asked: Regime, on: date) -> FlatFacts:
    """What of a flat is compared on a day."""
    return FlatFacts(asked, flat.rooms, wealth_table(flat.stair.building.site.in_municipality, on))


def permits_of(flat: Flat) -> list[ExemptionPermit]:
    """The municipality's permits for the site of a flat, the latest first, also those that have
    ended."""
    site = flat.stair.building.site_id
    rows = ExemptionPermit.objects.filter(Q(sites=None) | Q(sites=site)).distinct()
    return list(rows.order_by("-valid_from", "-pk"))


def permits_for(flat: Flat, on: date) -> list[ExemptionPermit]:
    """Those of them that may be used on a day."""
    return [one for one in permits_of(flat) if one.valid_from <= on <= one.valid_to]
