"""What the supervisor is told of resident selection: the log, the report, complaints."""

from applications.supervision.queries.complaints import (
    complaint_by,
    complaints,
    complaints_of,
    recorded_of_form,
    unanswered,
)
from applications.supervision.queries.counts import counted, due
from applications.supervision.queries.log import (
    Choice,
    Place,
    decisions_of,
    is_closed_to_user,
    left_out,
    log_batch,
    log_page,
    protected_in,
    told_of,
    whole_log,
)
from applications.supervision.queries.reports import Table, report_of, reports, tables

__all__ = [
    "Choice", "Place", "Table", "complaint_by", "complaints", "complaints_of", "counted",
    "decisions_of", "due", "is_closed_to_user", "left_out", "log_batch", "log_page",
    "protected_in", "recorded_of_form",
    "report_of", "reports", "tables", "told_of", "unanswered", "whole_log",
]  # fmt: skip
