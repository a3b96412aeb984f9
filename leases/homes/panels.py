"""What upper rooms show of a flat on its page: leases, maintenance, choosing a resident."""

from __future__ import annotations

from typing import Final

from leases.homes.models import Flat
from vuokra.ui.panels import Panels

_panels: Final[Panels[Flat]] = Panels()
register, shown = _panels.register, _panels.shown
