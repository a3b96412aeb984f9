"""What staff do with deposits. Each function is one act in one transaction."""

from leases.deposits.services.accounts import AccountDetails, confirm_account, give_account
from leases.deposits.services.agreeing import agree, refuse_above_limit
from leases.deposits.services.receiving import (
    CommitmentDetails,
    commit,
    drop_receipt,
    realise,
    receive,
)
from leases.deposits.services.returning import (
    check_off,
    confirm_balance,
    deduct,
    drop_deduction,
    refuse_moved_end,
    take_back,
)
from leases.deposits.services.settling import Share, approve, pay, prepare, tell, undo_preparation

__all__ = [
    "AccountDetails",
    "CommitmentDetails",
    "Share",
    "agree",
    "approve",
    "check_off",
    "commit",
    "confirm_account",
    "confirm_balance",
    "deduct",
    "drop_deduction",
    "drop_receipt",
    "give_account",
    "pay",
    "prepare",
    "realise",
    "receive",
    "refuse_above_limit",
    "refuse_moved_end",
    "take_back",
    "tell",
    "undo_preparation",
]
