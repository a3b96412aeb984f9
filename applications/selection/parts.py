"""What upper rooms show beside an offer on the page of its decision: the lease that comes of it.

A part is a card.
"""

from __future__ import annotations

from typing import Final

from applications.selection.models import Offer
from vuokra.ui.panels import Panels

_parts: Final[Panels[Offer]] = Panels()
register, shown = _parts.register, _parts.shown
