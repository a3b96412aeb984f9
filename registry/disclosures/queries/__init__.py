"""What staff look at of disclosures. Each function runs a fixed number of statements."""

from registry.disclosures.queries.disclosures import (
    Given,
    Line,
    Place,
    Wanted,
    batch,
    disclosure_by_id,
    disclosure_page,
    given_of,
    given_to,
    lines_of,
    people_ids,
    people_of,
    recipients_of,
    taken_out,
)
from registry.disclosures.queries.people import (
    Screen,
    any_protected,
    by_numbers,
    objecting_to,
    screen,
)
from registry.disclosures.queries.recipients import (
    RecipientRow,
    active_recipients,
    allowed_codes,
    basis_by_id,
    ending_bases,
    may_disclose,
    recipient_by_id,
    recipient_list,
    terms_of,
)
from registry.disclosures.queries.waiting import (
    ExportLine,
    RequestPage,
    export_by_id,
    export_page,
    exports_to_decide,
    exports_to_take,
    mutual_approvals,
    notification_by_id,
    notifications_of,
    open_notifications,
    open_requests,
    people_of_export,
    request_by_id,
    request_list,
)

__all__ = [
    "ExportLine", "Given", "Line", "Place", "RecipientRow", "RequestPage", "Screen", "Wanted",
    "active_recipients", "allowed_codes", "any_protected", "basis_by_id", "batch",
    "by_numbers", "disclosure_by_id", "disclosure_page", "ending_bases", "export_by_id",
    "export_page", "exports_to_decide", "exports_to_take", "given_of",
    "given_to",
    "lines_of", "may_disclose", "mutual_approvals", "notification_by_id", "notifications_of",
    "objecting_to", "open_notifications", "open_requests", "people_ids", "people_of",
    "people_of_export", "recipient_by_id", "recipient_list", "recipients_of", "request_by_id",
    "request_list", "screen", "taken_out", "terms_of",
]  # fmt: skip
