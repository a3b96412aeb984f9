"""The copies that a request asks for, and what they lack (15 and 20 artikla)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _

from registry.copies import services as room
from registry.copies.models import Copy, CopyKind
from registry.copies.models import State as CopyState
from registry.rights.models import Act, DataRequest, Decision, Right, Step
from registry.rights.queries import readiness

KINDS: Final = {Right.ACCESS: CopyKind.ACCESS, Right.PORTABILITY: CopyKind.PORTABILITY}
HANDED: Final = (Act.PACKED, Act.PRINTED)


def copies_of(row: DataRequest) -> dict[Right, Copy]:
    """The copy of each right that asks for one, the latest of each; one statement."""
    asked = {KINDS[right]: right for right in row.asks if right in KINDS}
    if not asked or row.person_id is None:
        return {}
    found = Copy.objects.filter(reference=row.number, kind__in=asked).exclude(
        state=CopyState.DISCARDED
    )
    return {asked[CopyKind(one.kind)]: one for one in found.order_by("ordered_at", "pk")}


def lacking(row: DataRequest) -> Iterator[str]:
    """What the copies of a granted request lack before the answer may be reviewed."""
    found = copies_of(row)
    for right in granted(row):
        if right not in found:
            yield _("Kokoa jäljennös: %(right)s.") % {"right": right.label}
        else:
            yield from room.missing(found[right])


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
    notes = set(steps.values_list("note", flat=True))
    return [right for right in granted(row) if note_of(right) not in notes]


def note_of(right: Right) -> str:
    """The right in a step, the same in every language."""
    return f"art. {right.value}"


def register() -> None:
    """Answers wait for their copies."""
    readiness.register(lacking)
