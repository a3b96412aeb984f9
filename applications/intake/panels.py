"""What upper rooms show of an application on its page: whether it is chosen, flats that suit it;
and beside the sums that were told, those that count."""

from __future__ import annotations

from typing import Final

from applications.intake.models import Application
from vuokra.ui.panels import Panels

_panels: Final[Panels[Application]] = Panels()
register, shown = _panels.register, _panels.shown

_sums: Final[Panels[Application]] = Panels()
register_sums, sums_shown = _sums.register, _sums.shown
