"""The web without the read audit: what the audited pages are compared with."""

from __future__ import annotations

from vuokra.access import events
from vuokra.access.context import AccessContext
from vuokra.access.middleware import AccessMiddleware, GetResponse


def write_nothing(ctx: AccessContext) -> None:
    """In the place of `events.write`: deferred constraints are checked at commit all the same."""


class NoEventMiddleware(AccessMiddleware):
    """The same transaction, the same actor told to row-level security, and no event."""

    def __init__(self, get_response: GetResponse) -> None:
        events.write = write_nothing
        super().__init__(get_response)
