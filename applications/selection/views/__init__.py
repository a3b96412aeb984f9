"""Pages of resident selection."""

from applications.selection.views.choosing import (
    accept,
    approve,
    choose,
    choose_other,
    decision,
    decline,
    memorandum,
    offer,
    offer_letter,
    reasons_letter,
    unanswered,
    withdraw,
)
from applications.selection.views.homes import decided, reason
from applications.selection.views.replaying import order
from applications.selection.views.rounds import (
    cancel,
    open_round,
    round_page,
    rounds,
    skip,
    take_back,
)

__all__ = [
    "accept", "approve", "cancel", "choose", "choose_other", "decided", "decision", "decline",
    "memorandum", "offer", "offer_letter", "open_round", "order", "reason", "reasons_letter",
    "round_page", "rounds", "skip", "take_back", "unanswered", "withdraw",
]  # fmt: skip
