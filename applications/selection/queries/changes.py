"""What of a chosen household has changed since it was compared."""

from __future__ import annotations

from applications.selection.models import Assessment, Decision
from applications.selection.queries.comparison import household_of
from applications.selection.rules.findings import Finding
from applications.selection.rules.snapshot import Change, barred_now, changes
from vuokra.rules.queries import rule


def changed_since(decision: Decision) -> list[Change]:
    """What is not as it was when the household was chosen, by what its application comes to now;
    one statement. Nothing of one that is not who was compared: that is refused."""
    row = _now(decision)
    if row is None:
        return []
    return changes(decision.snapshot, str(decision.chosen), household_of(row, local=False))


def barred_since(decision: Decision) -> list[Finding]:
    """Which tests it does not meet any more. Raises RuleMissing."""
    row = _now(decision)
    if row is None or not changed_since(decision):
        return []
    household = household_of(row, local=False)
    return barred_now(rule, decision.snapshot, str(decision.chosen), household)


def _now(decision: Decision) -> Assessment | None:
    if decision.household_changed_at is not None:
        return None
    return Assessment.objects.filter(application=decision.application_id).first()


def told(found: list[Change]) -> str:
    """In words, one after another."""
    return ", ".join(str(one.label) for one in found)
