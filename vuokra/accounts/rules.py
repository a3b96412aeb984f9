"""Rules of accounts and sign-in. No database, no clock.

Source: data-protection specification, sections 3.1 and 13.1.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from vuokra.policy.roles import Role

SECOND_MAIN_USER = frozenset({Role.PAA, Role.TAR})
"""Roles that only another main user than the one who asks for them can approve."""

PASSKEY_ROLES = frozenset({Role.PAA, Role.TAR, Role.REK})
"""Roles that sign in with a phishing-resistant second factor: a passkey or security key."""

APART = frozenset({Role.PAA, Role.TAR})
"""Roles that one person never holds at one time: who grants access does not review its use."""

MOST_DOUBLINGS = 20
"""So many double any first wait past any longest one."""


@dataclass(frozen=True, slots=True)
class Backoff:
    """How failed sign-ins slow down the next one: failures that are free, the first wait, the
    longest, and the failures since the last success that lock the user name."""

    free: int
    first: dt.timedelta
    longest: dt.timedelta
    lock_at: int


def wait_after(failures: int, backoff: Backoff) -> dt.timedelta:
    """How long the next attempt must wait after so many failures in a row; doubles each time."""
    over = failures - backoff.free
    if over <= 0:
        return dt.timedelta(0)
    doublings: int = 2 ** min(over - 1, MOST_DOUBLINGS)
    return min(backoff.first * doublings, backoff.longest)


def needs_passkey(roles: Iterable[str]) -> bool:
    """Whether one of the roles signs in with a passkey only."""
    return not PASSKEY_ROLES.isdisjoint(roles)


def approves_at_once(role: str, *, user_id: int, main_user_id: int) -> bool:
    """Whether a main user may grant the role alone: not to himself, and not PAA or TAR."""
    return role not in SECOND_MAIN_USER and user_id != main_user_id


def may_approve(role: str, *, user_id: int, requested_by_id: int | None, approver_id: int) -> bool:
    """Whether a main user may approve a request: never his own grant, for PAA and TAR never his
    own request."""
    if approver_id == user_id:
        return False
    return role not in SECOND_MAIN_USER or approver_id != requested_by_id


def session_ended(
    *,
    started: dt.datetime,
    last_seen: dt.datetime,
    ended: dt.datetime | None,
    idle: dt.timedelta,
    longest: dt.timedelta,
) -> dt.datetime:
    """When a web session came, or will come, to its end: when somebody ended it, or as soon as it
    was over by itself. That it was over by itself is noted at the next request, if one comes."""
    by_itself = min(started + longest, last_seen + idle)
    return by_itself if ended is None else min(ended, by_itself)


def session_over(
    now: dt.datetime,
    *,
    started: dt.datetime,
    last_seen: dt.datetime,
    idle: dt.timedelta,
    longest: dt.timedelta,
) -> str:
    """Why a web session is over: `age`, `idle`, or nothing while it lasts."""
    if now - started >= longest:
        return "age"
    return "idle" if now - last_seen >= idle else ""
