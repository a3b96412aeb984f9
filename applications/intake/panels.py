"""What upper rooms show of an application on its page: whether it is chosen, flats that suit it."""

from __future__ import annotations

from typing import Final

from applications.intake.models import Application
from vuokra.ui.panels import Panels

_panels: Final[Panels[Application]] = Panels()
register, shown = _panels.register, _panels.shown
