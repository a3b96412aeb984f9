"""What the room does when an offer is accepted or taken back, and when its lease is signed or not.

The selection does not know of leases, nor leases of the selection: both tell by signals.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from applications.orders import services, tasks
from applications.selection.models import Offer
from applications.selection.signals import accepted, taken_back
from leases.contracts.models import Lease
from leases.contracts.services import cancelled, concluded, making_ready


def on_accepted(offer: Offer, **_more: Any) -> None:
    """The lease is to be drawn up."""
    services.place(offer)


def on_taken_back(offer: Offer, **_more: Any) -> None:
    """No lease is drawn up."""
    tasks.withdraw.enqueue(offer.pk)


def on_making_ready(lease: Lease, **_more: Any) -> None:
    """An ordered lease is for the household that was chosen."""
    services.refuse_strangers(lease)


def on_concluded(lease: Lease, today: date, **_more: Any) -> None:
    """The home was given."""
    order = services.follow_signed(lease)
    if order is not None:
        tasks.close_selection.enqueue(order.pk)


def on_cancelled(lease: Lease, **_more: Any) -> None:
    """A draft that does not come about is drawn up anew."""
    services.follow_cancelled(lease)


def connect() -> None:
    """Called from AppConfig.ready."""
    accepted.connect(on_accepted, dispatch_uid="orders")
    taken_back.connect(on_taken_back, dispatch_uid="orders")
    making_ready.connect(on_making_ready, dispatch_uid="orders")
    concluded.connect(on_concluded, dispatch_uid="orders")
    cancelled.connect(on_cancelled, dispatch_uid="orders")
