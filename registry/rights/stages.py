"""How far a request is, in a word for the screen: the state of 6.8 and what was delivered.

The state `partly` says that a right was met in part. Whether all that was granted has reached its
receiver is another thing, and is told besides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from django.utils.translation import gettext_lazy as _

from registry.rights.models import ANSWERED, State
from registry.rights.rules import Reached

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Stage(NamedTuple):
    """A state as a chip (components/chip.html)."""

    word: StrOrPromise
    icon: str
    kind: str


LOOKS: Final = {
    State.RECEIVED: ("inbox", "info"),
    State.IDENTIFYING: ("clock", "warn"),
    State.IN_PROGRESS: ("pencil", "info"),
    State.EXTENDED: ("pencil", "info"),
    State.IN_REVIEW: ("eye", "warn"),
    State.APPROVED: ("check", "ok"),
    State.DELIVERED: ("check", "ok"),
    State.RECIPIENTS_TOLD: ("check", "ok"),
    State.COMPLAINT: ("scale", "bad"),
}
"""Icon and kind of a state; the others are over, and plain."""

IN_PART: Final = {
    State.DELIVERED: _("Toimitettu osittain"),
    State.PARTLY_DELIVERED: _("Myönnetty osittain, toimitettu osittain"),
}


def stage_of(state: str, reached: Reached) -> Stage:
    """The state of a request, and what of its answer has reached the receiver."""
    now = State(state)
    if now in ANSWERED and reached is Reached.NOTHING:
        return Stage(_("Toimitettava uudelleen"), "send", "warn")
    if now in IN_PART and reached is Reached.IN_PART:
        return Stage(IN_PART[now], "clock", "warn")
    return Stage(now.label, *LOOKS.get(now, ("check", "")))
