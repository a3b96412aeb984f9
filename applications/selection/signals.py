"""What the room tells those above it: that an offer was accepted, or taken back after that."""

from __future__ import annotations

from typing import Final

from django.dispatch import Signal

accepted: Final = Signal()
"""A household takes a flat. Sent with `offer`, in the same transaction and access context."""

taken_back: Final = Signal()
"""An offer that had been accepted was taken back. Sent with `offer`, as `accepted`."""
