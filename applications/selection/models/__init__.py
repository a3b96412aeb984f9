"""Tables of resident selection: what bounds it, how households stand, what was decided."""

from applications.selection.models.assessments import Assessment, AssessmentDue
from applications.selection.models.bounds import ExemptionPermit, WealthLimit, WealthTable
from applications.selection.models.decisions import (
    REASON_LENGTH,
    SINGLE_CASE,
    Compared,
    Decision,
    OutOfOrder,
    Round,
    RoundState,
    Skip,
    SkipReason,
)
from applications.selection.models.offers import (
    CLOSED,
    LIVE,
    Offer,
    OfferChannel,
    OfferState,
    Refusal,
    passed_words,
)

__all__ = [
    "CLOSED",
    "LIVE",
    "REASON_LENGTH",
    "SINGLE_CASE",
    "Assessment",
    "AssessmentDue",
    "Compared",
    "Decision",
    "ExemptionPermit",
    "Offer",
    "OfferChannel",
    "OfferState",
    "OutOfOrder",
    "Refusal",
    "Round",
    "RoundState",
    "Skip",
    "SkipReason",
    "WealthLimit",
    "WealthTable",
    "passed_words",
]  # fmt: skip
