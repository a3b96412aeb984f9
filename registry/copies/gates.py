"""Whether a copy may be worked on, and whether it may leave: the room of requests says.

A copy belongs to a matter of another room, which keeps the gate (`keep`). Nothing is changed by
staff and nothing leaves while nobody keeps it.
"""

from __future__ import annotations

from typing import Protocol

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from registry.copies.models import Copy
from vuokra.access.context import current


class Gate(Protocol):
    """The matter of a copy: each raises ValidationError with what stands in the way."""

    def changing(self, copy: Copy) -> None:
        """Whether it may be decided on, read or collected anew."""

    def leaving(self, copy: Copy) -> None:
        """Whether it may be handed out: the answer was approved by another (four eyes)."""

    def address(self, copy: Copy) -> str:
        """The page of the matter."""


_gate: list[Gate] = []


def keep(gate: Gate) -> None:
    """Register the room that keeps the gate. Raises ValueError when one does already."""
    if _gate:
        raise ValueError("The gate is kept already.")
    _gate.append(gate)


def pass_changing(copy: Copy) -> None:
    """Raise ValidationError when the copy may not be changed now. Jobs and commands of the system,
    which work on copies of their own, are not asked."""
    if current().actor.user_id is not None:
        _kept().changing(copy)


def pass_leaving(copy: Copy) -> None:
    """Raise ValidationError when the copy may not be handed out, whoever asks."""
    _kept().leaving(copy)


def address_of(copy: Copy) -> str:
    """The page of the copy's matter; an empty text when nobody keeps the gate."""
    return _gate[0].address(copy) if _gate else ""


def _kept() -> Gate:
    if not _gate:
        raise ValidationError(_("Jäljennös ei kuulu mihinkään tietopyyntöön."), code="no_gate")
    return _gate[0]
