"""Pages of deposits."""

from leases.deposits.views.accounts import confirm_account, give_account, reveal
from leases.deposits.views.pages import deposit, deposits
from leases.deposits.views.receiving import agree, commit, drop_receipt, realise, receive
from leases.deposits.views.returning import check_off, confirm_balance, deduct, drop_deduction
from leases.deposits.views.settling import (
    approve,
    pay,
    prepare,
    print_statement,
    tell,
    undo_preparation,
)

__all__ = [
    "agree",
    "approve",
    "check_off",
    "commit",
    "confirm_account",
    "confirm_balance",
    "deduct",
    "deposit",
    "deposits",
    "drop_deduction",
    "drop_receipt",
    "give_account",
    "pay",
    "prepare",
    "print_statement",
    "realise",
    "receive",
    "reveal",
    "tell",
    "undo_preparation",
]
