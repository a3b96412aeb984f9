"""From which state an application goes to which (hakemuksen tilat), and who moves it.

Source: resident-selection specification, section 10.5: missing data never refuse an application,
they are asked for. The table `applications_intake_transition` is the same; triggers keep it.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from applications.intake.codes import State


class Mover(StrEnum):
    """Whose act a change of state is: whoever takes applications in, or whoever chooses among
    them."""

    INTAKE = "intake"
    SELECTION = "selection"


OPEN: Final = (State.RECEIVED, State.INCOMPLETE, State.VALID, State.OFFERED, State.ACCEPTED)
"""States in which an application waits for a home, or for what it lacks."""

ENDED: Final = (State.HOUSED, State.EXPIRED, State.WITHDRAWN, State.MERGED)
"""States in which nothing of it changes any more; an expired one may be renewed."""

EXPIRING: Final = (State.RECEIVED, State.INCOMPLETE, State.VALID)
"""States in which the end of validity ends the application. An offer is answered first."""

_IN: Final = Mover.INTAKE
_CHOOSING: Final = Mover.SELECTION
TRANSITIONS: Final[Mapping[State, Mapping[State, Mover]]] = {
    State.DRAFT: {State.RECEIVED: _IN, State.WITHDRAWN: _IN, State.MERGED: _IN},
    State.RECEIVED: {
        State.INCOMPLETE: _IN, State.VALID: _IN, State.EXPIRED: _IN, State.WITHDRAWN: _IN,
        State.MERGED: _IN,
    },
    State.INCOMPLETE: {
        State.RECEIVED: _IN, State.VALID: _IN, State.EXPIRED: _IN, State.WITHDRAWN: _IN,
        State.MERGED: _IN,
    },
    State.VALID: {
        State.RECEIVED: _IN, State.INCOMPLETE: _IN, State.OFFERED: _CHOOSING, State.EXPIRED: _IN,
        State.WITHDRAWN: _IN, State.MERGED: _IN,
    },
    State.OFFERED: {
        State.VALID: _CHOOSING, State.ACCEPTED: _CHOOSING, State.WITHDRAWN: _IN,
    },
    State.ACCEPTED: {
        State.VALID: _CHOOSING, State.HOUSED: _CHOOSING, State.WITHDRAWN: _IN,
    },
    State.EXPIRED: {State.VALID: _IN},
    State.HOUSED: {},
    State.WITHDRAWN: {},
    State.MERGED: {},
}  # fmt: skip
"""The lawful changes of state, each with whose act it is."""


def may_move(before: State, after: State, mover: Mover | None = None) -> bool:
    """Whether there is such a change of state, as an act of `mover` when one is given."""
    whose = TRANSITIONS[before].get(after)
    return whose is not None and mover in (None, whose)
