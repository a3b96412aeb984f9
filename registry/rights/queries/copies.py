"""The copies that a request asks for, and what they lack (15 and 20 artikla)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from registry.copies import services as room
from registry.copies.content import Attachment
from registry.copies.models import Copy, CopyKind
from registry.copies.models import State as CopyState
from registry.copies.queries import content_of, unopened_enclosures, was_opened
from registry.rights.models import (
    Act,
    Authority,
    Behalf,
    DataRequest,
    Decision,
    Right,
    State,
    Step,
)
from registry.rights.models.abouts import about
from registry.rights.queries import readiness

KINDS: Final = {Right.ACCESS: CopyKind.ACCESS, Right.PORTABILITY: CopyKind.PORTABILITY}
HANDED: Final = (Act.PACKED, Act.PRINTED)


def copies_of(row: DataRequest) -> dict[Right, Copy]:
    """The copy of each right that asks for one, as far as it may be needed; one statement."""
    found = latest_copies(row)
    return {right: one for right, one in found.items() if one.state != CopyState.DISCARDED}


def latest_copies(row: DataRequest) -> dict[Right, Copy]:
    """The latest copy of each right, also one that was destroyed because nobody needs it any more;
    one statement."""
    asked = {KINDS[right]: right for right in row.asks if right in KINDS}
    if not asked or row.person_id is None:
        return {}
    of_person = Copy.objects.filter(person_id=row.person_id, reference=row.number)
    found = of_person.filter(kind__in=asked)
    return {asked[CopyKind(one.kind)]: one for one in found.order_by("ordered_at", "pk")}


def lacking(row: DataRequest) -> Iterator[str]:
    """What the copies of a granted request lack before the answer may be reviewed."""
    asked = granted(row) if may_be_answered(row) else []
    found = copies_of(row) if asked else {}
    for right in asked:
        if right not in found:
            yield _("Kokoa jäljennös: %(right)s.") % {"right": right.label}
        else:
            yield from outdated(found[right]) or room.missing(found[right])


def may_be_answered(row: DataRequest) -> bool:
    """Whether data may be given to who asks: nothing is collected for one without authority, nor
    for an estate (DP-A28)."""
    return row.behalf != Behalf.ESTATE and (not row.behalf or row.authority == Authority.SEEN)


def outdated(copy: Copy) -> list[str]:
    """Why the copy is to be collected anew, in words; empty when it is not. At most four
    statements."""
    if copy.state == CopyState.FAILED or room.is_left_behind(copy):
        return [_("Tietojen kokoaminen keskeytyi. Aloita se uudelleen.")]
    if copy.state == CopyState.DESTROYED:
        return [_("Jäljennös on hävitetty. Kokoa tiedot uudelleen.")]
    if copy.state == CopyState.QUEUED:
        return []
    try:
        room.require_current(copy)
    except ValidationError as refused:
        return refused.messages
    return []


@dataclass(frozen=True, slots=True)
class Unopened:
    """What the user has not opened of a copy: the copy itself as it is now, documents of it."""

    right: Right
    copy: Copy
    itself: bool
    documents: list[Attachment]


def unopened(row: DataRequest) -> list[Unopened]:
    """What the user has not opened of the granted copies of an answer in review: nobody approves
    what he has not seen. Two statements, and five more for each copy."""
    if row.state != State.IN_REVIEW:
        return []
    found = copies_of(row)
    copies = [(right, found[right]) for right in granted(row) if right in found]
    left = [_unopened(right, copy) for right, copy in copies if not room.missing(copy)]
    return [one for one in left if one.itself or one.documents]


def _unopened(right: Right, copy: Copy) -> Unopened:
    seen = was_opened(copy, room.decided_digest(copy))
    names = {one.name for one in unopened_enclosures(copy)}
    every = content_of(copy).attachments if names else []
    return Unopened(right, copy, not seen, [one for one in every if one.name in names])


def granted(row: DataRequest) -> list[Right]:
    """Rights that were granted and give a copy; one statement, none where nothing could be."""
    asked = [right for right in row.asks if right in KINDS]
    if not asked or row.person_id is None:
        return []
    met = Decision.objects.filter(request=row, right__in=asked, outcome__in=readiness.MET)
    return [Right(one) for one in met.values_list("right", flat=True)]


def not_handed(row: DataRequest) -> list[Right]:
    """Granted rights whose copy has been neither packed nor printed since the approval."""
    if row.approved_at is None:
        return []
    steps = Step.objects.filter(request=row, act__in=HANDED, at__gte=row.approved_at)
    made = set(steps.values_list("about", flat=True))
    return [right for right in granted(row) if about(right) not in made]


def register() -> None:
    """Answers wait for their copies."""
    readiness.register(lacking)
