"""What of a chosen household has changed since it was compared."""

from __future__ import annotations

from applications.selection.models import Assessment, Decision
from applications.selection.queries.comparison import household_of
from applications.selection.rules.snapshot import Change, changes


def changed_since(decision: Decision) -> list[Change]:
    """What is not as it was when the household was chosen, by what its application comes to now;
    one statement. Nothing of one that is not who was compared: that is refused."""
    if decision.household_changed_at is not None:
        return []
    row = Assessment.objects.filter(application=decision.application_id).first()
    if row is None:
        return []
    return changes(decision.snapshot, str(decision.chosen), household_of(row, local=False))


def told(found: list[Change]) -> str:
    """In words, one after another."""
    return ", ".join(str(one.label) for one in found)
