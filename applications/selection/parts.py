"""What upper rooms show on the page of a decision: the lease that comes of it, complaints.

A part is a card.
"""

from __future__ import annotations

from typing import Final

from applications.selection.models import Decision
from vuokra.ui.panels import Panels

_parts: Final[Panels[Decision]] = Panels()
register, shown = _parts.register, _parts.shown
