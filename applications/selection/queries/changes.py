"""What of a chosen household has changed since it was compared."""

from __future__ import annotations

from applications.selection.models import Assessment, Decision
from applications.selection.queries.comparison import household_of
from applications.selection.rules.assessing import Assessment as Household
from applications.selection.rules.findings import Finding
from applications.selection.rules.snapshot import Change, barred_now, changes
from vuokra.rules.queries import rule


def changed_since(decision: Decision) -> list[Change]:
    """What is not as it was when the household was chosen, by what its application comes to now;
    one statement. Nothing of one that is not who was compared: that is refused."""
    household = _now(decision)
    return _changes(decision, household) if household else []


def barred_since(decision: Decision) -> list[Finding]:
    """Which tests it does not meet any more; one statement. Raises RuleMissing."""
    household = _now(decision)
    if household is None or not _changes(decision, household):
        return []
    return barred_now(rule, decision.snapshot, str(decision.chosen), household)


def _changes(decision: Decision, household: Household) -> list[Change]:
    return changes(decision.snapshot, str(decision.chosen), household)


def _now(decision: Decision) -> Household | None:
    """What the chosen household comes to now."""
    if decision.household_changed_at is not None:
        return None
    row = Assessment.objects.filter(application=decision.application_id).first()
    return household_of(row, local=False) if row else None


def told(found: list[Change]) -> str:
    """In words, one after another."""
    return ", ".join(str(one.label) for one in found)
