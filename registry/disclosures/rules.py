"""What may be disclosed to whom: pure functions of what is known on the day.

Source: data-protection 4.6 (S7-01 … S7-07), 7.3, and the abuse cases A18, A19, A52 and A60.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from registry.disclosures.models import EEA, BasisKind, Category, Channel, Instrument
from vuokra.policy.items import ITEMS, ItemKind, Protection
from vuokra.policy.roles import Purpose, Role

APPROVERS: Final = frozenset({Role.REK, Role.JOH})
"""Roles that approve what another wants to give or take out."""

HETU: Final = frozenset({"PT-HETU", "HK-TALOUSHETU"})
CONTACT: Final = frozenset({"PT-OSOITE", "PT-PUH", "PT-EMAIL"})
"""Contact details: of a person under turvakielto they go to authorities alone, by the registrar."""

ON_THE_SPOT: Final = frozenset({"PT-NIMI", "PT-PUH", "PT-OSOITE"})
"""What maintenance and door opening may be given at most: flat, name, telephone (S7-02)."""

PER_ORDER: Final = frozenset({Category.MAINTENANCE, Category.DOORS})
"""Categories that get the people of one flat for one order, never a list (A19)."""

MARKETING: Final = frozenset({Purpose.MARKKINOINTI, Purpose.KYSELY})
"""Purposes to which a person may object, also against disclosure (S9-03 … S9-07)."""

KINDS: Final[Mapping[Category, frozenset[BasisKind]]] = {
    Category.MAINTENANCE: frozenset({BasisKind.PROCESSING, BasisKind.NOTE}),
    Category.DOORS: frozenset({BasisKind.PROCESSING, BasisKind.NOTE}),
    Category.PROCESSOR: frozenset({BasisKind.PROCESSING}),
    Category.AUTHORITY: frozenset({BasisKind.STATUTE}),
    Category.GROUP: frozenset({BasisKind.BALANCE}),
    Category.THIRD_COUNTRY: frozenset({BasisKind.PROCESSING}),
}
"""Which bases serve a category. "Other proper connection" is among none of them (S7-04)."""


class Refusal(StrEnum):
    """Why data may not be disclosed."""

    NO_BASIS = "no_basis"
    NOT_YET = "not_yet"
    ENDED = "ended"
    PURPOSE = "purpose"
    CODES = "codes"
    HETU = "hetu"
    THIRD_COUNTRY = "third_country"
    AGGREGATES = "aggregates"


@dataclass(frozen=True, slots=True)
class Terms:
    """A basis as the rules need it; `pk` names the row."""

    pk: int
    kind: BasisKind
    codes: frozenset[str]
    purposes: frozenset[str]
    valid_from: date
    valid_to: date | None
    instrument: Instrument = Instrument.NONE

    def holds(self, on: date) -> bool:
        """Whether it holds on the day; its last day is one of them."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether data may be disclosed, by which basis, or why not.

    `codes` are those that may not go, or all asked when the answer is yes; `day` is when the basis
    ended or begins.
    """

    allowed: bool
    refusal: Refusal | None = None
    basis: int | None = None
    codes: frozenset[str] = frozenset()
    day: date | None = None


def known_codes() -> frozenset[str]:
    """The register items that can be disclosed: those that columns hold."""
    return frozenset(code for code, item in ITEMS.items() if item.kind is ItemKind.COLUMN)


def closed_codes(codes: Iterable[str]) -> frozenset[str]:
    """Those of the codes that are class C or D: they need another's approval."""
    return frozenset(
        code for code in codes if ITEMS[code].protection in (Protection.C, Protection.D)
    )


def answer(
    category: Category,
    country: str,
    *,
    collects: bool,
    terms: Iterable[Terms],
    codes: Collection[str],
    purpose: Purpose,
    on: date,
) -> Answer:
    """May a recipient of this category be given these items on the day? No, unless a basis says so.

    The bases of one recipient are asked in turn; the refusal told is that of the one that came
    nearest. A basis ends with its last day (A60).
    """
    asked = frozenset(codes)
    if category == Category.GROUP and asked:
        return Answer(False, Refusal.AGGREGATES, codes=asked)
    fitting = [one for one in terms if one.kind in KINDS[category]]
    now = [one for one in fitting if one.holds(on)]
    if not now:
        return _none_holds(fitting, on)
    if country not in EEA and not (now := [one for one in now if one.instrument]):
        return Answer(False, Refusal.THIRD_COUNTRY, codes=asked)
    serving = [one for one in now if purpose in one.purposes]
    if not serving:
        return Answer(False, Refusal.PURPOSE, codes=asked)
    best = min(serving, key=lambda one: (len(asked - one.codes), -one.valid_from.toordinal()))
    over = asked - best.codes
    if category in PER_ORDER:
        over |= asked - ON_THE_SPOT
    if over:
        return Answer(False, Refusal.CODES, codes=over)
    if asked & HETU and not (collects or category == Category.AUTHORITY):
        return Answer(False, Refusal.HETU, codes=asked & HETU)
    return Answer(True, basis=best.pk, codes=asked)


def _none_holds(fitting: list[Terms], on: date) -> Answer:
    """Why no basis holds: there is none, one ended, or one has not begun."""
    if ended := [one.valid_to for one in fitting if one.valid_to and one.valid_to < on]:
        return Answer(False, Refusal.ENDED, day=max(ended))
    if coming := [one.valid_from for one in fitting if one.valid_from > on]:
        return Answer(False, Refusal.NOT_YET, day=min(coming))
    return Answer(False, Refusal.NO_BASIS)


def flat_level(category: Category, *, people: int, households: int, reference: str) -> bool:
    """Whether a disclosure to a contractor is of one flat for one order (A19).

    `households` tells among how many homes the people are spread: one person is one. Other
    categories are not bound by this.
    """
    if category not in PER_ORDER:
        return True
    return people > 0 and households <= 1 and bool(reference.strip())


def needs_approval(
    codes: Iterable[str], *, people: int, limit: int, category: Category | None
) -> bool:
    """Whether another must approve: more than `limit` people, class C or D, or an authority."""
    return people > limit or bool(closed_codes(codes)) or category == Category.AUTHORITY


def correction_needs_approval(
    codes: Iterable[str],
    *,
    approved: bool,
    irregular: bool,
    people: int,
    limit: int,
    category: Category | None,
) -> bool:
    """Whether another must approve a correction: when another approved what it corrects, or would
    have to approve what it says. What was given irregularly waited for nobody, nor does the word
    that tells it."""
    if approved:
        return True
    return not irregular and needs_approval(codes, people=people, limit=limit, category=category)


def call_back_needed(channel: Channel) -> bool:
    """Whether who asks may be anybody: by telephone, in person, by e-mail (A18)."""
    return channel in (Channel.PHONE, Channel.VISIT, Channel.EMAIL)


@dataclass(frozen=True, slots=True)
class Approval:
    """One approval of what another asked: by user ids, and when."""

    asked_by: int
    approved_by: int
    at: datetime


@dataclass(frozen=True, slots=True)
class MutualPair:
    """Two who approve each other's exports, how often in the period, and when last."""

    first: int
    second: int
    times: int
    last: datetime


def mutual_pairs(
    approvals: Iterable[Approval], *, now: datetime, days: int, times: int
) -> list[MutualPair]:
    """Pairs who approved each other's at least `times` times within `days` days up to now (A52).

    Once in each direction is ordinary work; only pairs in which both approved are counted.
    """
    since = now - timedelta(days=days)
    found: dict[tuple[int, int], list[Approval]] = {}
    for one in approvals:
        if since < one.at <= now and one.asked_by != one.approved_by:
            low, high = sorted((one.asked_by, one.approved_by))
            found.setdefault((low, high), []).append(one)
    return [
        MutualPair(low, high, len(rows), max(row.at for row in rows))
        for (low, high), rows in sorted(found.items())
        if len(rows) >= times and len({row.approved_by for row in rows}) == 2
    ]
