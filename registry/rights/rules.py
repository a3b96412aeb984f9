"""Rules of requests: deadlines, identity, transitions, repetition. No database, no clock.

Source: data-protection specification, section 6. Numbers come in from the dated rules of
`rule_rows`; today is a parameter.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, StrEnum
from typing import Final

from registry.persons import ages
from registry.rights.models.codes import (
    AT_ONCE,
    FOUR_EYES,
    OPEN,
    RECIPIENTS_TOLD,
    Authority,
    Behalf,
    Level,
    Method,
    Outcome,
    Right,
    State,
)
from vuokra.rules.rules import add_months, add_working_days, roll_to_working_day

# -- deadlines (6.7) ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Due:
    """When a request must be answered: `target` is not rolled and always safe, `deadline` is the
    last lawful day."""

    target: date
    deadline: date


def due(received_on: date, months: int, holidays: Container[date]) -> Due:
    """The day so many months after receipt, and the working day to which it rolls.

    The day of receipt is not counted; a day that the month does not have is its last; holidays
    inside the time do not make it longer. Source: Regulation 1182/71, article 3. An extension is
    counted from the same receipt, with more months (12 artikla 3).
    """
    target = add_months(received_on, months)
    return Due(target, roll_to_working_day(target, holidays))


def days_left(due_on: date, today: date) -> int:
    """Days from today to the last day; negative when it has passed."""
    return (due_on - today).days


def used_percent(received_on: date, due_on: date, today: date) -> int:
    """How much of the time is gone, 0–100."""
    whole = (due_on - received_on).days
    return max(0, min(100, 100 * (today - received_on).days // whole))


@dataclass(frozen=True, slots=True)
class Pause:
    """The clock while the requester is being identified.

    `days` have gone by since identification was asked; `until` is the last day if they do not
    count. `lawful` tells whether it was asked without delay: only then may the time be paused at
    all (6.2). The safe date never moves, whichever holds.
    """

    days: int
    until: date
    lawful: bool


def pause(
    received_on: date,
    asked_on: date,
    identified_on: date | None,
    *,
    deadline: date,
    ask_within: int,
    today: date,
    holidays: Container[date],
) -> Pause:
    """How the time while identity was awaited would count; `ask_within` is in working days."""
    days = max(0, ((identified_on or today) - asked_on).days)
    lawful = asked_on <= add_working_days(received_on, ask_within, holidays)
    until = roll_to_working_day(deadline + timedelta(days=days), holidays) if lawful else deadline
    return Pause(days, until, lawful)


# -- identity (6.2) ----------------------------------------------------------------------------

REACHES: Final[Mapping[Method, Level]] = {
    Method.KNOWN_ADDRESS: Level.T0,
    Method.CALL_BACK: Level.T1,
    Method.PHOTO_ID: Level.T2,
    Method.STRONG: Level.T2,
    Method.REGISTERED_LETTER: Level.T2,
}
"""The level that a way of identifying reaches by itself; T3 is T2 and a second handler, who states
it too."""

ENOUGH: Final[Mapping[Right, Level]] = {
    Right.MARKETING: Level.T0,
    Right.CONSENT: Level.T0,
    Right.OBJECTION: Level.T1,
    Right.RECTIFICATION: Level.T1,
    Right.RESTRICTION: Level.T1,
    Right.HUMAN: Level.T1,
    Right.ACCESS: Level.T2,
    Right.ERASURE: Level.T2,
    Right.PORTABILITY: Level.T2,
}
"""The level that is enough for each right: no more may be asked (finding 4)."""


def required_level(
    rights: Collection[str], *, protected: bool, behalf: str, in_register: bool = True
) -> Level:
    """How surely the requester must be known: by the strictest of the rights.

    Whoever is under turvakielto, or asks through an attorney, is identified by two handlers, but
    stopping marketing needs no more than for others. Where the register holds nothing there is
    nothing to protect.
    """
    strictest = max(ENOUGH[Right(right)] for right in rights)
    if not in_register or strictest == Level.T0:
        return Level.T0
    return Level.T3 if protected or behalf == Behalf.PROXY else strictest


def may_lapse(asked_on: date | None, reminded_on: date | None, days: int, today: date) -> bool:
    """Whether a request nobody identified may lapse: asked, reminded, and the days have gone."""
    return (
        asked_on is not None
        and reminded_on is not None
        and today >= asked_on + timedelta(days=days)
    )


def address_is_fresh(confirmed_on: date | None, sent_on: date, days: int) -> bool:
    """Whether an address was confirmed lately enough to send an answer to it (DP-A30)."""
    return confirmed_on is not None and timedelta(0) <= sent_on - confirmed_on <= timedelta(days)


# -- who asks ----------------------------------------------------------------------------------


class Flag(StrEnum):
    """Why a request must be weighed by a person before anything is answered (6.8, DP-A28)."""

    CHILD_VIEW = "child_view"  # a guardian asks of a child old enough for a view of its own
    AUTHORITY = "authority"  # the authority to act for the person was not seen
    NO_AUTHORITY = "no_authority"  # it was asked for, and there is none
    DEAD = "dead"  # the person is dead: not a request of a data subject
    ADULT_WARD = "adult_ward"  # a guardian asks of one who is of age
    MINOR = "minor"  # a child asks for itself


@dataclass(frozen=True, slots=True)
class Asker:
    """What is known of who asks, and of whom."""

    behalf: str
    authority: str
    born: date | None = None
    dead: bool = False


def flags(asker: Asker, *, own_view_age: int, majority: int, today: date) -> list[Flag]:
    """What must be weighed: `own_view_age` is the age from which a child's own view counts,
    `majority` that of majority."""
    found: list[Flag] = []
    if asker.dead or asker.behalf == Behalf.ESTATE:
        found.append(Flag.DEAD)
    if asker.behalf and asker.authority == Authority.UNSEEN:
        found.append(Flag.AUTHORITY)
    if asker.authority == Authority.MISSING:
        found.append(Flag.NO_AUTHORITY)
    if asker.born is not None:
        own_view = ages.has_reached(asker.born, own_view_age, today)
        if asker.behalf == Behalf.GUARDIAN and ages.has_reached(asker.born, majority, today):
            found.append(Flag.ADULT_WARD)
        elif asker.behalf == Behalf.GUARDIAN and own_view:
            found.append(Flag.CHILD_VIEW)
        if not asker.behalf and not own_view:
            found.append(Flag.MINOR)
    return found


WEIGHED: Final = frozenset({Flag.CHILD_VIEW, Flag.ADULT_WARD, Flag.MINOR})
"""Flags that need a written assessment before the answer is reviewed."""


# -- transitions (6.8) -------------------------------------------------------------------------

S = State
TRANSITIONS: Final[Mapping[State, frozenset[State]]] = {
    S.RECEIVED: frozenset({S.IDENTIFYING, S.IN_PROGRESS, S.CLOSED, S.WITHDRAWN}),
    S.IDENTIFYING: frozenset({S.IN_PROGRESS, S.LAPSED, S.WITHDRAWN}),
    S.IN_PROGRESS: frozenset({S.EXTENDED, S.IN_REVIEW, S.WITHDRAWN}),
    S.EXTENDED: frozenset({S.IN_REVIEW, S.WITHDRAWN}),
    S.IN_REVIEW: frozenset({S.APPROVED, S.IN_PROGRESS, S.EXTENDED, S.WITHDRAWN}),
    S.APPROVED: frozenset(
        {S.DELIVERED, S.PARTLY_DELIVERED, S.REFUSED, S.IN_PROGRESS, S.EXTENDED, S.WITHDRAWN}
    ),
    S.DELIVERED: frozenset({S.RECIPIENTS_TOLD, S.CLOSED}),
    S.PARTLY_DELIVERED: frozenset({S.RECIPIENTS_TOLD, S.CLOSED}),
    S.REFUSED: frozenset({S.CLOSED}),
    S.RECIPIENTS_TOLD: frozenset({S.CLOSED}),
    S.CLOSED: frozenset({S.COMPLAINT}),
    S.LAPSED: frozenset({S.COMPLAINT}),
    S.COMPLAINT: frozenset({S.CLOSED}),
    S.WITHDRAWN: frozenset(),
}
"""The legal transitions of 6.8; the database keeps the same table. An answer that was returned, or
whose approval no longer holds, goes back to where it was worked on; a lapsed request may be
complained of as a closed one, and a complaint ends."""


def may_become(before: str, after: str) -> bool:
    """Whether a transition is legal."""
    return State(after) in TRANSITIONS[State(before)]


def is_open(state: str) -> bool:
    """Whether the answer is still owed."""
    return state in OPEN


def needs_two(rights: Iterable[str]) -> bool:
    """Whether another than the handler approves the answer (6.1)."""
    return any(right in FOUR_EYES for right in rights)


def tells_recipients(rights: Iterable[str]) -> bool:
    """Whether recipients are told of what was done before the request is closed (article 19)."""
    return any(right in RECIPIENTS_TOLD for right in rights)


def closes_at_once(rights: Iterable[str]) -> bool:
    """Whether saving what is asked is the whole answer: an objection to marketing (6.8)."""
    return all(right in AT_ONCE for right in rights)


def answered_as(outcomes: Collection[str]) -> State:
    """The state of a delivered answer by what was decided of its rights."""
    granted = {Outcome.GRANTED}
    if set(outcomes) <= granted:
        return State.DELIVERED
    if set(outcomes) <= {Outcome.REFUSED, Outcome.CLAIM}:
        return State.REFUSED
    return State.PARTLY_DELIVERED


class Reached(Enum):
    """What of an answer has reached its receiver."""

    ALL = "all"
    IN_PART = "in_part"
    NOTHING = "nothing"  # every delivery went wrong


def reached(owed: int, given: int | None) -> Reached:
    """What has reached the receiver: `owed` copies were granted, and the delivery that reached him
    gave so many; None when there is none."""
    if given is None:
        return Reached.NOTHING
    return Reached.ALL if given >= owed else Reached.IN_PART


# -- repetition (DP-A32) -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Earlier:
    """A request of the same person: what a count of repetitions is made of."""

    number: str
    received_on: date
    rights: frozenset[str]


def repeated(
    rights: Collection[str], received_on: date, earlier: Iterable[Earlier], *, months: int
) -> list[Earlier]:
    """Earlier requests for any of the same rights within so many months, the latest first."""
    since = add_months(received_on, -months)
    found = [
        one
        for one in earlier
        if one.rights & set(rights) and since <= one.received_on <= received_on
    ]
    return sorted(found, key=lambda one: (one.received_on, one.number), reverse=True)
