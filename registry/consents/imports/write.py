"""Writing the rows of a file in bulk; the database logs every row."""

from __future__ import annotations

from collections.abc import Sequence

from registry.consents.codes import Manner
from registry.consents.imports.check import BATCH, Imported
from registry.consents.models import Decision
from vuokra.access.context import current
from vuokra.access.stated import bulk_write
from vuokra.imports.registry import Plan, Stage, Tell
from vuokra.policy.sources import Source


def write(plan: Plan[Imported], tell: Tell) -> Sequence[int]:
    """Record every row that is new; the row ids of the persons."""
    done = 0
    tell(Stage.WRITE, 0, len(plan.new))
    with bulk_write("import of permissions and prohibitions"):
        for start in range(0, len(plan.new), BATCH):
            batch = plan.new[start : start + BATCH]
            Decision.objects.bulk_create(map(_decision, batch))
            done += len(batch)
            tell(Stage.WRITE, done, len(plan.new))
    return [one.person for one in plan.new]


def _decision(one: Imported) -> Decision:
    return Decision(
        person_id=one.person,
        use=one.cell.use,
        channel=one.cell.channel,
        kind=one.kind,
        decided_on=one.decided_on,
        source=Source.PERSON,
        manner=Manner.IMPORT,
        proof=one.proof,
        recorded_by_id=current().actor.user_id,
    )
