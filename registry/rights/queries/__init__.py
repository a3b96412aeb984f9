"""What staff look at of requests. Each function runs a fixed number of statements."""

from registry.rights.queries.listing import (
    Filters,
    Row,
    Scope,
    open_like,
    register_page,
    requests_of,
)
from registry.rights.queries.page import (
    RequestPage,
    attachment_of,
    delivery_of,
    request_by_number,
    request_page,
)

__all__ = [
    "Filters", "RequestPage", "Row", "Scope", "attachment_of", "delivery_of", "open_like",
    "register_page", "request_by_number", "request_page", "requests_of",
]  # fmt: skip
