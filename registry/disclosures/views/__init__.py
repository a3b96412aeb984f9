"""Pages of disclosures: what was given, recipients, exports that wait, requests of authorities."""

from registry.disclosures.views.authorities import (
    answer,
    approve,
    grant,
    new_request,
    one_request,
    refuse,
    request_list,
    verify,
)
from registry.disclosures.views.disclosures import (
    approve_correction,
    correct,
    disclosure_list,
    export_list_file,
    give,
    notified,
    of_person,
    one_disclosure,
    refuse_correction,
)
from registry.disclosures.views.exports import (
    approve_export,
    export_list,
    one_export,
    refuse_export,
    take_export,
)
from registry.disclosures.views.recipients import (
    add_basis,
    edit_recipient,
    end_basis,
    new_recipient,
    one_recipient,
    recipient_list,
)

__all__ = [
    "add_basis", "answer", "approve", "approve_correction", "approve_export", "correct",
    "disclosure_list",
    "edit_recipient", "end_basis", "export_list", "export_list_file", "give", "grant",
    "new_recipient", "new_request", "notified", "of_person", "one_disclosure", "one_export",
    "one_recipient", "one_request", "recipient_list", "refuse", "refuse_correction",
    "refuse_export", "request_list",
    "take_export", "verify",
]  # fmt: skip
