"""What staff do with leases. Each function is one act in one transaction."""

from leases.contracts.services.changes import (
    Succession,
    answer,
    continue_after_death,
    hand_over,
    transfer,
)
from leases.contracts.services.drafting import (
    Terms,
    add_party,
    cancel,
    cancelled,
    change_terms,
    draft,
    drop_component,
    drop_party,
    make_ready,
    making_ready,
    reopen,
    set_component,
)
from leases.contracts.services.ending import (
    NoticeDetails,
    agree_end,
    end_moves,
    record_notice,
    record_rescission,
    serve,
    withdraw,
    withdrawn,
)
from leases.contracts.services.house_rules import publish_house_rules
from leases.contracts.services.late import confirm_day
from leases.contracts.services.rescission import rectify
from leases.contracts.services.signing import concluded, end_party, sign

__all__ = [
    "NoticeDetails",
    "Succession",
    "Terms",
    "add_party",
    "agree_end",
    "answer",
    "cancel",
    "cancelled",
    "change_terms",
    "concluded",
    "confirm_day",
    "continue_after_death",
    "draft",
    "drop_component",
    "drop_party",
    "end_moves",
    "end_party",
    "hand_over",
    "make_ready",
    "making_ready",
    "publish_house_rules",
    "record_notice",
    "record_rescission",
    "rectify",
    "reopen",
    "serve",
    "set_component",
    "sign",
    "transfer",
    "withdraw",
    "withdrawn",
]  # fmt: skip
