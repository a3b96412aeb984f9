"""What upper rooms show of a lease on its page: deposits, inspections.

A part is a card. Of its data, `step` (label, done) is shown among the steps of a lease that is not
signed, and `badge` is a template shown beside the stage.
"""

from __future__ import annotations

from typing import Final

from leases.contracts.queries import LeaseRow
from vuokra.ui.panels import Panels

_panels: Final[Panels[LeaseRow]] = Panels()
register, shown = _panels.register, _panels.shown
