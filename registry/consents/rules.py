"""Rules of consents and objections. No database, no clock: today is a parameter.

Source: data-protection section 11; laki sähköisen viestinnän palveluista 917/2014, 200 and 202 §;
GDPR articles 7(3) and 21(2)–(3).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Protocol

from registry.consents.codes import (
    ALLOWING,
    MARKETING_USES,
    PERSONS_OWN,
    SURVEY_USES,
    Cell,
    Channel,
    Kind,
    Reason,
    Use,
)
from registry.persons import ages
from vuokra.policy.sources import Source
from vuokra.rules.rules import add_months

ELECTRONIC = frozenset({Channel.EMAIL, Channel.SMS, Channel.OTHER})
"""Channels that need consent before anything is sent. Source: 917/2014, 200.1 §."""


class Recorded(Protocol):
    """A recorded decision, as the rules read it."""

    @property
    def id(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def decided_on(self) -> date: ...
    @property
    def source(self) -> str: ...
    @property
    def manner(self) -> str: ...
    @property
    def expires(self) -> date | None: ...
    @property
    def corrects_id(self) -> int | None: ...


class Standing(Enum):
    """How a person stands to one use by one channel."""

    NONE = "none"  # said nothing, or a prohibition was lifted: the law decides
    PERMITTED = "permitted"
    FORBIDDEN = "forbidden"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


SAID_NO = frozenset({Standing.FORBIDDEN, Standing.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Stand:
    """A standing and the decision it comes from; None when nothing was decided."""

    standing: Standing = Standing.NONE
    decision: Recorded | None = None


NOTHING = Stand()


def own_act(decision: Recorded) -> bool:
    """Whether it is the person's own act, and not a row of a file or an authority's word."""
    return decision.source == Source.PERSON and decision.manner in PERSONS_OWN


def stand(decisions: Iterable[Recorded], today: date) -> Stand:
    """How a person stands by all decisions of one cell, in whatever order they come.

    The latest act holds, with one exception: after a no (a prohibition, or a consent taken back)
    only the person's own later act is a yes. What was recorded by mistake does not count.
    """
    rows = list(decisions)
    mistaken = {row.corrects_id for row in rows}
    holds: Recorded | None = None
    for row in sorted(rows, key=lambda row: (row.decided_on, row.id)):
        if row.kind != Kind.CORRECTION and row.id not in mistaken and _changes(holds, row):
            holds = row
    return _standing(holds, today)


def _changes(before: Recorded | None, row: Recorded) -> bool:
    said_no = before is not None and before.kind in (Kind.PROHIBITION, Kind.WITHDRAWAL)
    if row.kind == Kind.PERMISSION:
        return not said_no or own_act(row)
    if row.kind == Kind.LIFTING:
        return before is not None and before.kind == Kind.PROHIBITION and own_act(row)
    if row.kind == Kind.WITHDRAWAL:
        return before is None or before.kind != Kind.PROHIBITION
    return True


def _standing(row: Recorded | None, today: date) -> Stand:
    if row is None or row.kind == Kind.LIFTING:
        return Stand(Standing.NONE, row)
    if row.kind == Kind.PROHIBITION:
        return Stand(Standing.FORBIDDEN, row)
    if row.kind == Kind.WITHDRAWAL:
        return Stand(Standing.WITHDRAWN, row)
    over = row.expires is not None and row.expires < today
    return Stand(Standing.EXPIRED if over else Standing.PERMITTED, row)


def ended_on(found: Stand) -> date | None:
    """The day on which a permission ended: it was taken back, or its time was over. None while it
    holds, for a prohibition, and where nothing was permitted."""
    if found.decision is None:
        return None
    if found.standing is Standing.WITHDRAWN:
        return found.decision.decided_on
    return found.decision.expires if found.standing is Standing.EXPIRED else None


def cell_of(use: Use, channel: Channel) -> Cell:
    """What a person decides of when something is sent: surveys are one, whatever the channel."""
    return Cell(use, Channel.SURVEY) if use in SURVEY_USES else Cell(use, channel)


def also_forbidding(cell: Cell) -> tuple[Cell, ...]:
    """The cells in which a prohibition stops this one: who forbids direct marketing forbids that
    of partners by the same channel, since nobody's data are handed on for it (S9-07)."""
    if cell.use == Use.PARTNER:
        return (cell, Cell(Use.MARKETING, cell.channel))
    return (cell,)


def needs_consent(cell: Cell) -> bool:
    """Whether nothing may be sent before the person has agreed: electronic direct marketing
    (917/2014, 200.1 §), and that of partners, which is refused by default (11.2)."""
    return cell.use == Use.PARTNER or (cell.use == Use.MARKETING and cell.channel in ELECTRONIC)


def may_permit(cell: Cell) -> bool:
    """Whether a consent can be recorded: surveys need none, and an objection to them is lifted."""
    return cell.use in MARKETING_USES


def answer(
    cell: Cell, own: Stand, *, forbidden: bool, suppressed: bool, shared: bool, soft: bool
) -> Reason:
    """Why something of a cell may go to a person or not, once nothing of the person bars it.

    `forbidden`: another cell of `also_forbidding` is; `suppressed`: the contact point is on the
    suppression list; `shared`: another who uses it said no; `soft`: an existing customer whom the
    company's setting lets be told of its own similar services (200.3 §).
    """
    if own.standing is Standing.FORBIDDEN or forbidden:
        return Reason.PROHIBITED
    if suppressed:
        return Reason.SUPPRESSED
    if shared:
        return Reason.SHARED
    if own.standing is Standing.PERMITTED:
        return Reason.CONSENT
    if own.standing is Standing.WITHDRAWN:
        return Reason.WITHDRAWN
    if not needs_consent(cell):
        return Reason.LEGITIMATE_INTEREST
    if own.standing is Standing.EXPIRED:
        return Reason.EXPIRED
    if cell.use == Use.PARTNER:
        return Reason.OTHER_PURPOSE
    return Reason.EXISTING_CUSTOMER if soft else Reason.NO_CONSENT


def allows(reason: Reason) -> bool:
    """Whether a reason lets something be sent."""
    return reason in ALLOWING


@dataclass(frozen=True, slots=True)
class Person:
    """What of a person bars every sending, or everything but what belongs to living in a home."""

    dead: bool = False
    restricted: bool = False
    protected: bool = False
    held: bool = False
    born: date | None = None


def barred(person: Person, use: Use, *, majority: int, today: date) -> Reason | None:
    """Why nothing of this use goes to the person, or None.

    The dead and those whose processing is restricted get nothing at all (A35, A59, M7). Of the
    rest, those under turvakielto (M3), held for a dispute, or under age (M5) get no marketing and
    no surveys. Nobody is taken for an adult without a birth date;
    `majority` is the age of majority.
    """
    if person.dead:
        return Reason.DECEASED
    if person.restricted:
        return Reason.RESTRICTED
    if use == Use.SERVICE:
        return None
    if person.protected:
        return Reason.PROTECTED
    if person.held:
        return Reason.HELD
    if person.born is None:
        return Reason.AGE_UNKNOWN
    return None if ages.has_reached(person.born, majority, today) else Reason.MINOR


def is_former(ended_on: date | None, months: int, *, today: date) -> bool:
    """Whether a tenancy that ended then ended too long ago for marketing (M6).

    `ended_on` is its last day, None while it goes on.
    """
    return ended_on is not None and add_months(ended_on, months) < today
