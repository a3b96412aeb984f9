"""Rules of break-glass, of the review and of its samples. No database, no clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Container, Iterable
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256

from vuokra.policy.groups import Group
from vuokra.policy.roles import Role

LENT = frozenset(
    {
        Group.CUSTOMER, Group.PERSON, Group.IDENTITY, Group.CONTACT, Group.HOUSEHOLD, Group.LEASE,
        Group.MAINTENANCE, Group.COMMITMENT,
    }
)  # fmt: skip
"""What a break-glass opens for reading beyond the rights of the role: who somebody is, how to reach
him, who lives there, whom to call. Not money, need, support or codes."""

LACKING = frozenset({Role.SOP, Role.HUO})
"""Who may open a record when the right is missing (10.4); HUO only on call."""

APPROVERS = (Role.REK, Role.JOH)
"""Who may be the second person for class D: the registrar or the manager."""

KEEPERS = (Role.HUO, Role.JOH, Role.PAA)
"""Who keeps the on-call duties: whoever manages the work, the leader and the main user."""


class Refusal(Enum):
    """Why a break-glass is not opened."""

    OWN = "own"
    NO_NEED = "no_need"
    NOT_ON_CALL = "not_on_call"
    UNREVIEWED = "unreviewed"


def refusal(*, roles: Container[str], tie: str, on_call: bool, unreviewed: bool) -> Refusal | None:
    """Why a user may not open a person's record by break-glass, or None.

    Never one's own record. A record closed by a tie opens to whoever might otherwise open it; one
    for which a right is missing to SOP, and to HUO on call. An earlier one that nobody has reviewed
    bars the next.
    """
    if tie == "own":
        return Refusal.OWN
    if not tie and not any(role in roles for role in LACKING):
        return Refusal.NO_NEED
    if not tie and Role.SOP not in roles and not on_call:
        return Refusal.NOT_ON_CALL
    return Refusal.UNREVIEWED if unreviewed else None


def may_approve(roles: Collection[str], *, own: bool) -> bool:
    """Whether somebody may let class D be opened for another."""
    return not own and any(role in roles for role in APPROVERS)


class EndedBy(Enum):
    """What brought a break-glass to its end."""

    TIME = "time"
    USER = "user"
    SESSION = "session"


@dataclass(frozen=True, slots=True)
class Ended:
    """When a break-glass came, or is to come, to its end, and by what."""

    at: dt.datetime
    by: EndedBy


def ended(
    planned: dt.datetime, *, by_user: dt.datetime | None, session_over: dt.datetime | None
) -> Ended:
    """The true end of a break-glass: when its user ended it (signing out does), else when the web
    session was over that it opens the record in, or its time, whichever came first."""
    if by_user is not None:
        return Ended(by_user, EndedBy.USER)
    if session_over is not None and session_over < planned:
        return Ended(session_over, EndedBy.SESSION)
    return Ended(planned, EndedBy.TIME)


def week_of(day: dt.date) -> dt.date:
    """The Monday of the day's week."""
    return day - dt.timedelta(days=day.weekday())


def draw(seed: str, ids: Iterable[int], size: int) -> list[int]:
    """The events of a sample: those whose hash with the seed is smallest, in that order.

    sha256 of `seed:id` as text: whoever has the seed and the ids draws the same again, whatever
    the version of the software.
    """
    ranked = sorted(ids, key=lambda event: sha256(f"{seed}:{event}".encode()).digest())
    return ranked[:size]
