"""What is done in resident selection; the only writers of the room."""

from applications.selection.services.approving import approve
from applications.selection.services.assessing import (
    assess_again,
    assess_due,
    assess_due_today,
    assess_of_person,
)
from applications.selection.services.common import refuse_tied_to_choice
from applications.selection.services.deciding import Choice, decide
from applications.selection.services.offering import (
    accept,
    close_unanswered,
    decline,
    follow_application,
    let,
    offer,
    withdraw_offer,
)
from applications.selection.services.rounds import (
    cancel_round,
    open_round,
    skip,
    take_back_skip,
)

__all__ = [
    "Choice", "accept", "approve", "assess_again", "assess_due", "assess_due_today",
    "assess_of_person", "cancel_round", "close_unanswered", "decide", "decline",
    "follow_application", "let", "offer", "open_round", "refuse_tied_to_choice", "skip",
    "take_back_skip", "withdraw_offer",
]  # fmt: skip
