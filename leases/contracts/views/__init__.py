"""Pages of leases."""

from leases.contracts.views.changes import answer_change, hand_over, succeed
from leases.contracts.views.drafting import (
    add_party,
    cancel,
    change_terms,
    drop_component,
    drop_party,
    make_ready,
    new_lease,
    reopen,
    set_component,
)
from leases.contracts.views.ending import (
    agree_end,
    record_notice,
    record_rescission,
    rectify,
    serve,
    withdraw,
)
from leases.contracts.views.leases import confirm_day, end_party, lease, leases, sign
from leases.contracts.views.papers import print_many, print_notice, print_paper

__all__ = [
    "add_party",
    "agree_end",
    "answer_change",
    "cancel",
    "change_terms",
    "confirm_day",
    "drop_component",
    "drop_party",
    "end_party",
    "hand_over",
    "lease",
    "leases",
    "make_ready",
    "new_lease",
    "print_many",
    "print_notice",
    "print_paper",
    "record_notice",
    "record_rescission",
    "rectify",
    "reopen",
    "serve",
    "set_component",
    "sign",
    "succeed",
    "withdraw",
]  # fmt: skip
