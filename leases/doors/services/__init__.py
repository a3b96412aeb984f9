"""What staff do at the door: asking, ordering, reporting, correcting. Each function is one act in
one transaction."""

from leases.doors.services.asking import Limited, ask, drop_unconfirmed, may_open
from leases.doors.services.opening import Reported, correct, order, report

__all__ = [
    "Limited",
    "Reported",
    "ask",
    "correct",
    "drop_unconfirmed",
    "may_open",
    "order",
    "report",
]
