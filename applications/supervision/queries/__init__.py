"""What the supervisor is told of resident selection: the log, the report, complaints."""

from applications.supervision.queries.complaints import (
    complaint_by,
    complaints,
    complaints_of,
    recorded_of_form,
    unanswered,
)
from applications.supervision.queries.counts import Table, is_reported, periods, report
from applications.supervision.queries.log import (
    Choice,
    Place,
    decisions_of,
    log_batch,
    log_page,
    protected_in,
    whole_log,
)

__all__ = [
    "Choice", "Place", "Table", "complaint_by", "complaints", "complaints_of", "decisions_of",
    "is_reported", "log_batch", "log_page", "periods", "protected_in", "recorded_of_form",
    "report", "unanswered", "whole_log",
]  # fmt: skip
