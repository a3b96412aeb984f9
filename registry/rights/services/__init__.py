"""What staff do with requests: one verb, one function, one transaction."""

from registry.rights.services.deciding import (
    Ruling,
    approve,
    decide,
    extend,
    send_back,
    submit,
    weigh,
)
from registry.rights.services.delivering import (
    Proof,
    answer_missent,
    close,
    complain,
    deliver,
    recipients_told,
    report_missent,
    resolve,
    withdraw,
)
from registry.rights.services.identity import (
    ask,
    confirm_receipt,
    lapse,
    remind,
    verify,
    verify_too,
)
from registry.rights.services.intake import (
    Intake,
    match,
    move_receipt,
    set_authority,
    take,
    take_in,
)
from registry.rights.services.working import Changed

__all__ = [
    "Changed", "Intake", "Proof", "Ruling", "answer_missent", "approve",
    "ask", "close", "complain", "confirm_receipt", "decide", "deliver", "extend", "lapse",
    "match", "move_receipt", "recipients_told", "remind", "report_missent", "resolve",
    "send_back", "set_authority", "submit", "take", "take_in", "verify", "verify_too", "weigh",
    "withdraw",
]  # fmt: skip
