"""Questions at the door, openings, and their corrections."""

from leases.doors.models.openings import (
    NOTE_LENGTH,
    WHY_LENGTH,
    Correction,
    Opening,
    Outcome,
    Payer,
    Report,
    State,
)
from leases.doors.models.questions import Question

__all__ = [
    "NOTE_LENGTH",
    "WHY_LENGTH",
    "Correction",
    "Opening",
    "Outcome",
    "Payer",
    "Question",
    "Report",
    "State",
]  # fmt: skip
