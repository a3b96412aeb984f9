"""What of a chosen household has changed since it was compared."""

from __future__ import annotations

from typing import Any

from applications.selection.models import Assessment, Decision
from applications.selection.queries.comparison import household_of
from applications.selection.queries.ranking import denied, in_group
from applications.selection.rules.assessing import Assessment as Household
from applications.selection.rules.findings import Finding
from applications.selection.rules.snapshot import Change, barred_now, changes, group_of
from vuokra.rules.queries import rule


def changed_since(decision: Decision) -> list[Change]:
    """What is not as it was when the household was chosen, by what its application comes to now;
    one statement. Nothing of one that is not who was compared: that is refused."""
    now = _now(decision)
    return _changes(decision, *now) if now else []


def barred_since(decision: Decision) -> list[Finding]:
    """Which tests it does not meet any more; one statement. Raises RuleMissing."""
    now = _now(decision)
    if now is None or not _changes(decision, *now):
        return []
    return barred_now(rule, decision.snapshot, str(decision.chosen), *now)


def _changes(decision: Decision, household: Household, in_group: bool | None) -> list[Change]:
    return changes(decision.snapshot, str(decision.chosen), household, in_group)


def _now(decision: Decision) -> tuple[Household, bool | None] | None:
    """What the chosen household comes to now, and whether it is shown to belong to the special
    group of the flat."""
    if decision.household_changed_at is not None:
        return None
    rows = Assessment.objects.filter(application=decision.application_id)
    group = group_of(decision.snapshot)
    row: Any = rows.annotate(denied=denied(group, "application")).first()
    return (household_of(row, local=False), in_group(row.denied)) if row else None


def told(found: list[Change]) -> str:
    """In words, one after another."""
    return ", ".join(str(one.label) for one in found)
