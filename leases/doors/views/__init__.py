"""Pages of the door: asking, the on-call view, openings, the roster."""

from leases.doors.views.asking import ask, on_call
from leases.doors.views.openings import correct, opening, openings, order, report
from leases.doors.views.roster import roster

__all__ = ["ask", "correct", "on_call", "opening", "openings", "order", "report", "roster"]
