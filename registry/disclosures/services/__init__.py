"""What staff do about disclosures. The only code that writes the room's tables.

`record_disclosure` and `notify_recipients` are for other rooms too.
"""

from registry.disclosures.services.authorities import (
    Answered,
    Asked,
    Scope,
    answer_request,
    approve_request,
    grant_request,
    receive_request,
    refuse_request,
    verify_request,
)
from registry.disclosures.services.corrections import (
    approve_correction,
    correct_disclosure,
    refuse_correction,
)
from registry.disclosures.services.exports import (
    Fit,
    Wish,
    approve_export,
    ask_export,
    fit,
    needs_approval,
    record_export,
    refuse_export,
    take_out,
)
from registry.disclosures.services.notifications import finish_notification, notify_recipients
from registry.disclosures.services.recipients import Terms, add_basis, end_basis, save_recipient
from registry.disclosures.services.recording import (
    Copy,
    Given,
    keep_copy,
    record_disclosure,
)

__all__ = [
    "Answered", "Asked", "Copy", "Fit", "Given", "Scope", "Terms", "Wish", "add_basis",
    "answer_request", "approve_correction", "approve_export", "approve_request", "ask_export",
    "correct_disclosure", "end_basis", "finish_notification", "fit", "grant_request", "keep_copy",
    "needs_approval", "notify_recipients", "receive_request", "record_disclosure", "record_export",
    "refuse_correction", "refuse_export", "refuse_request", "save_recipient", "take_out",
    "verify_request",
]  # fmt: skip
