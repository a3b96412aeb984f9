"""What is told to rooms that keep what they worked out: that a rule has other rows than before."""

from __future__ import annotations

from typing import Final

from django.dispatch import Signal

changed: Final = Signal()
"""Sent with `key` when a row of a rule was added or taken back, in the same transaction and access
context. What the product brings along when it is set up is not told."""
