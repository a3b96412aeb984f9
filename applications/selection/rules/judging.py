"""Whether a household may be chosen for one flat (valintakelpoisuus), test by test.

Source: specification, sections 3.1 and 4–9. Nobody is chosen or turned down by this: a person
decides, with the findings before them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from applications.selection.rules.assessing import Assessment
from applications.selection.rules.exceptions import Waiver
from applications.selection.rules.findings import Finding, Outcome, Reason, Test
from applications.selection.rules.need import sizes
from applications.selection.rules.regimes import Regime
from applications.selection.rules.wealth import WealthTable
from vuokra.rules.lookup import Lookup

NO_WAIVER = Waiver()
_SHOWN = {True: (Outcome.PASS, Reason.NONE), False: (Outcome.FAIL, Reason.GROUP_DENIED)}


@dataclass(frozen=True, slots=True)
class Flat:
    """What of a flat is compared (asunto): what it asks, its rooms, the municipality's table."""

    regime: Regime
    rooms: int
    wealth_table: WealthTable | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """How each test ended for a household and a flat (tarkistukset)."""

    findings: Sequence[Finding]

    @property
    def barring(self) -> list[Finding]:
        """What has to be met, or found out, before the household can be chosen."""
        return [one for one in self.findings if one.outcome.bars]

    @property
    def eligible(self) -> bool | None:
        """Whether every test is met; None when something is missing and nothing failed."""
        outcomes = {one.outcome for one in self.findings}
        if Outcome.FAIL in outcomes:
            return False
        return None if Outcome.MISSING in outcomes else True

    def __getitem__(self, test: Test) -> Finding:
        """How a test ended. Raises LookupError for one that was not made."""
        for one in self.findings:
            if one.test is test:
                return one
        raise LookupError(test)


def judge(
    rule: Lookup,
    household: Assessment,
    flat: Flat,
    on: date,
    *,
    waiver: Waiver = NO_WAIVER,
    in_group: bool | None = None,
) -> Judgement:
    """Every test of a flat for a household on a day. `in_group`: whether it was shown to belong to
    the special group of the flat, None when nothing was shown. Raises RuleMissing."""
    asked = flat.regime
    findings = [
        household.residence if asked.asks_residence else _not_asked(Test.RESIDENCE),
        household.age,
        _waived(_need(household), waiver.need) if asked.need else _not_asked(Test.NEED),
        _waived(_income(household), waiver.income_limit)
        if asked.income_limit
        else Finding(Test.INCOME, Outcome.NOT_ASKED, value=household.income.euros, why=asked.why),
        _waived(_wealth(household, flat.wealth_table), waiver.wealth)
        if asked.wealth
        else _not_asked(Test.WEALTH),
        _size(rule, household, flat.rooms, on) if asked.need else _not_asked(Test.SIZE),
    ]
    if asked.group:
        findings.append(_group(in_group))
    return Judgement(findings)


def _not_asked(test: Test) -> Finding:
    return Finding(test, Outcome.NOT_ASKED)


def _waived(finding: Finding, waived: bool) -> Finding:
    """A finding that the exception lets by, with what it was."""
    return replace(finding, outcome=Outcome.WAIVED) if waived and finding.outcome.bars else finding


def _need(household: Assessment) -> Finding:
    if household.urgency is None:
        return Finding(Test.NEED, Outcome.MISSING, Reason.NO_GROUND)
    value = Decimal(household.urgency.urgency)
    return Finding(Test.NEED, Outcome.PASS, value=value, why=household.urgency.why)


def _income(household: Assessment) -> Finding:
    """Income against its limit: what equals it does not exceed it (VNa 166/2008 4 § 3 mom.)."""
    income, limit = household.income, household.limit
    why = (*limit.why, *income.why)
    if limit.missing:
        return Finding(Test.INCOME, Outcome.MISSING, limit.missing, income.euros, why=why)
    if limit.euros is None:
        return Finding(Test.INCOME, Outcome.NOT_ASKED, value=income.euros, why=why)
    if income.euros is None:
        return Finding(Test.INCOME, Outcome.MISSING, income.missing, limit=limit.euros, why=why)
    over = income.euros > limit.euros
    return Finding(
        Test.INCOME,
        Outcome.FAIL if over else Outcome.PASS,
        Reason.INCOME_OVER if over else Reason.NONE,
        income.euros,
        limit.euros,
        why,
    )


def _wealth(household: Assessment, table: WealthTable | None) -> Finding:
    """Net wealth against the municipality's limit (VNa 166/2008 3 § 3 mom.)."""
    net = household.wealth
    if table is None:
        return Finding(Test.WEALTH, Outcome.MISSING, Reason.WEALTH_TABLE, net.euros, why=net.why)
    limit = table.limit(household.persons)
    if net.euros is None:
        return Finding(Test.WEALTH, Outcome.MISSING, net.missing, limit=limit)
    over = net.euros > limit
    passed = Reason.WORK_MOVE if household.moved_for_work else Reason.NONE
    return Finding(
        Test.WEALTH,
        Outcome.FAIL if over else Outcome.PASS,
        Reason.WEALTH_OVER if over else passed,
        net.euros,
        limit,
        net.why,
    )


def _size(rule: Lookup, household: Assessment, rooms: int, on: date) -> Finding:
    """The flat's rooms against the guide of sizes: outside it a reason is asked, none is barred."""
    guide = sizes(rule, household.persons, on)
    value = Decimal(rooms)
    if guide.fits(rooms):
        return Finding(Test.SIZE, Outcome.PASS, value=value, why=guide.why)
    small = rooms < guide.least
    return Finding(
        Test.SIZE,
        Outcome.WARNING,
        Reason.TOO_SMALL if small else Reason.TOO_LARGE,
        value,
        Decimal(guide.least if small else guide.most),
        guide.why,
    )


def _group(shown: bool | None) -> Finding:
    """Whether the household belongs to the flat's special group, as a paper that was seen shows
    (3.1, 13)."""
    if shown is not None:
        outcome, reason = _SHOWN[shown]
        return Finding(Test.GROUP, outcome, reason)
    return Finding(Test.GROUP, Outcome.MISSING, Reason.GROUP_UNPROVEN)
