"""Tables of the room. What was done and decided stays as it was: triggers of migration 0002 refuse
to change or delete it, whoever writes."""

from registry.watch.models.alerts import (
    Alert,
    AlertEvent,
    Disposition,
    Outcome,
    Passing,
    Round,
    Rule,
    Suspicion,
)
from registry.watch.models.glass import (
    BreakGlass,
    Duty,
    GlassApproval,
    GlassEnd,
    GlassReview,
    Judgement,
)
from registry.watch.models.samples import Listed, Sample, SampleReview

__all__ = [
    "Alert",
    "AlertEvent",
    "BreakGlass",
    "Disposition",
    "Duty",
    "GlassApproval",
    "GlassEnd",
    "GlassReview",
    "Judgement",
    "Listed",
    "Outcome",
    "Passing",
    "Round",
    "Rule",
    "Sample",
    "SampleReview",
    "Suspicion",
]  # fmt: skip
