"""What is asked of consents and objections. Each function runs a fixed number of statements."""

from registry.consents.queries.card import (
    CellState,
    Line,
    UseState,
    cell_by_code,
    days_of,
    decision_of,
    decisions_of,
    history,
    marketing_forbidden,
    overview,
    stands_of,
    texts_in_force,
)
from registry.consents.queries.sending import (
    LABEL,
    Answer,
    barred_from_marketing,
    contacts_of,
    may_disclose_for_marketing,
    may_send,
    review_of_suppression,
)

__all__ = [
    "LABEL",
    "Answer",
    "CellState",
    "Line",
    "UseState",
    "barred_from_marketing",
    "cell_by_code",
    "contacts_of",
    "days_of",
    "decision_of",
    "decisions_of",
    "history",
    "marketing_forbidden",
    "may_disclose_for_marketing",
    "may_send",
    "overview",
    "review_of_suppression",
    "stands_of",
    "texts_in_force",
]  # fmt: skip
