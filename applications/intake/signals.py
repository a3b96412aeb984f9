"""What the room tells those above it: that an application must be judged anew."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from django.dispatch import Signal

changed: Final = Signal()
"""Sent with `application_id` when something of an application changed by which it is judged, in the
same transaction and access context."""

arrived: Final = Signal()
"""Sent with `application_ids` when many applications came in at once, in the same transaction and
access context: they are judged together."""

_waiting: ContextVar[dict[int, None] | None] = ContextVar("applications_changed", default=None)


def tell(application_id: int) -> None:
    """Send `changed`; at the end of `together` when one is open, once for each application."""
    waiting = _waiting.get()
    if waiting is None:
        changed.send("applications.intake", application_id=application_id)
    else:
        waiting[application_id] = None


@contextmanager
def together() -> Iterator[None]:
    """Several acts that make one change: whoever judges applications hears of each once, after the
    last of them. Nothing is sent when they fail. Not to be nested but by acts within an act, which
    then join the outer one."""
    if _waiting.get() is not None:
        yield
        return
    token = _waiting.set({})
    try:
        yield
        waiting = _waiting.get()
    finally:
        _waiting.reset(token)
    for application_id in waiting or ():
        tell(application_id)
