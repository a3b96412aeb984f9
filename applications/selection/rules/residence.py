"""Who may be chosen at all by right to live in Finland and by age.

Source: aravarajoituslaki 4 § 3 mom. (236/2024), korkotukilaki 11 § 3 mom. (234/2024);
specification, section 4. The test is of the length for which a permit
was granted, not of what is left of it.
"""

from __future__ import annotations

from datetime import date

from applications.intake.codes import PARTIES, Residence
from applications.intake.rule_rows import PARTY_AGE
from applications.selection.rule_rows import ADULT_AGE, PERMIT_MONTHS, STUDY_EXEMPT
from applications.selection.rules.facts import Facts, Permit, Person
from applications.selection.rules.findings import Finding, Outcome, Reason, Test
from vuokra.rules.lookup import Lookup, Why
from vuokra.rules.rules import DAY, add_months


def is_long_enough(permit: Permit, months: int) -> bool:
    """Whether a permit was granted for at least so many months: its last day included."""
    if permit.granted_to is None:
        return True
    return permit.granted_to >= add_months(permit.granted_from, months) - DAY


def may_live(rule: Lookup, person: Person, on: date) -> tuple[bool | None, Why]:
    """Whether a person's right to live here is enough; None when it is not known."""
    if person.residence in (Residence.CITIZEN, Residence.REGISTERED):
        return True, ()
    if person.residence is Residence.SEEKER:
        return False, ()
    if person.residence is None:
        return None, ()
    if person.residence is Residence.STUDY:
        exempt = rule(STUDY_EXEMPT, on)
        if exempt.flag:
            return True, (exempt,)
    if person.permit is None:
        return None, ()
    months = rule(PERMIT_MONTHS, on)
    return is_long_enough(person.permit, months.integer), (months,)


def residence(rule: Lookup, facts: Facts, on: date) -> Finding:
    """Whether somebody of the household has a sufficient right (4.1).

    One is enough ("a citizen with the household"); that others have none is told, and bars nothing
    (a reading that is not confirmed). Raises RuleMissing.
    """
    answers = [may_live(rule, one, on) for one in facts.living]
    why = tuple({row.key: row for _, rows in answers for row in rows}.values())
    known = [answer for answer, _ in answers]
    if True in known:
        if False in known:
            return Finding(Test.RESIDENCE, Outcome.WARNING, Reason.MIXED, why=why)
        return Finding(Test.RESIDENCE, Outcome.PASS, why=why)
    if None in known or not known:
        return Finding(Test.RESIDENCE, Outcome.MISSING, Reason.RIGHT_UNKNOWN, why=why)
    return Finding(Test.RESIDENCE, Outcome.FAIL, Reason.NO_RIGHT, why=why)


def age(rule: Lookup, facts: Facts, on: date) -> Finding:
    """Whether somebody who applies is old enough to be a party of a lease (4.2). Raises
    RuleMissing."""
    row = rule(ADULT_AGE, on)
    parties = [one for one in facts.people if one.part in PARTIES]
    if any(one.is_adult(row.integer, on) for one in parties):
        return Finding(Test.AGE, Outcome.PASS, why=(row,))
    if not parties or any(one.born_on is None for one in parties):
        return Finding(Test.AGE, Outcome.MISSING, Reason.BORN_UNKNOWN, why=(row,))
    youngest = rule(PARTY_AGE, on)
    if any(one.is_adult(youngest.integer, on) for one in parties):
        return Finding(Test.AGE, Outcome.WARNING, Reason.MINOR, why=(row, youngest))
    return Finding(Test.AGE, Outcome.FAIL, Reason.TOO_YOUNG, why=(row, youngest))
