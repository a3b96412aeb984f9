"""The copy of a request: of access (15 artikla) and of portability (20 artikla).

The room of copies collects, redacts and packs; here stands when it is ordered, that another
approves it with the answer, and that none is given before.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from registry.copies import services as copies
from registry.copies.models import Copy, CopyKind
from registry.copies.models import State as CopyState
from registry.rights.models import (
    ANSWERED,
    WORKED_ON,
    Act,
    DataRequest,
    Decision,
    Right,
    State,
    Step,
)
from registry.rights.services import readiness
from registry.rights.services.working import changing, refuse, refuse_tied, require_keeper
from vuokra.access.context import current
from vuokra.accounts.models import User

KINDS: Final = {Right.ACCESS: CopyKind.ACCESS, Right.PORTABILITY: CopyKind.PORTABILITY}
HANDED: Final = (Act.PACKED, Act.PRINTED)
LANGUAGES: Final = ("fi", "en")


def copies_of(row: DataRequest) -> dict[Right, Copy]:
    """The copy of each right that asks for one, the latest of each; one statement."""
    asked = {KINDS[right]: right for right in row.asks if right in KINDS}
    if not asked or row.person_id is None:
        return {}
    found = Copy.objects.filter(reference=row.number, kind__in=asked).exclude(
        state=CopyState.DISCARDED
    )
    return {asked[CopyKind(one.kind)]: one for one in found.order_by("ordered_at", "pk")}


def start(known: DataRequest, right: Right, *, version: int) -> Copy:
    """Order the copy (tietojen kokoaminen); the worker collects it.

    Raises ValidationError for a right that gives none, before the person is identified, and when
    there is one already: that one is collected anew on its own page.
    """
    require_keeper()
    with changing(known, Act.COLLECTED, version=version, note=_note(right)) as row:
        refuse_tied(row)
        if right not in KINDS or right not in row.asks or row.person is None:
            raise ValidationError(_("Tästä oikeudesta ei koota jäljennöstä."), code="right")
        if row.state not in WORKED_ON:
            raise refuse("rights_not_identified")
        if right in copies_of(row):
            raise ValidationError(_("Jäljennös on jo koottu."), code="collected")
        return copies.start_copy(
            row.person,
            language=row.language if row.language in LANGUAGES else LANGUAGES[0],
            kind=KINDS[right],
            reference=row.number,
            by=User.objects.filter(pk=current().actor.user_id or 0).first(),
        )


def lacking(row: DataRequest) -> Iterator[str]:
    """What the copies of a granted request lack before the answer may be reviewed."""
    found = copies_of(row)
    for right in _granted(row):
        if right not in found:
            yield _("Kokoa jäljennös: %(right)s.") % {"right": right.label}
        else:
            yield from copies.missing(found[right])


def _granted(row: DataRequest) -> list[Right]:
    """Rights that were granted and give a copy; one statement, none where nothing could be."""
    asked = [right for right in row.asks if right in KINDS]
    if not asked or row.person_id is None:
        return []
    met = Decision.objects.filter(request=row, right__in=asked, outcome__in=readiness.MET)
    return [Right(one) for one in met.values_list("right", flat=True)]


def approve_copies(row: DataRequest) -> None:
    """The second person who approves the answer approves its copies as they are (DP-A31)."""
    found = copies_of(row)
    for right in _granted(row):
        copies.approve(found[right])


def pack(known: DataRequest, right: Right, *, version: int) -> tuple[Copy, str]:
    """Make the encrypted package (paketin muodostaminen) of an approved answer; its password, which
    is shown once. Raises ValidationError when it was not approved as it is, or is out of date."""
    require_keeper()
    with changing(known, Act.PACKED, version=version, note=_note(right)) as row:
        copy = _to_hand_over(row, right)
        acting = User.objects.filter(pk=current().actor.user_id or 0).first()
        _package, password = copies.build_package(copy, by=acting)
    copy.refresh_from_db()
    return copy, password


def print_copy(known: DataRequest, right: Right, *, version: int) -> bytes:
    """The copy for paper (tulostaminen), unencrypted. Raises as `pack`."""
    require_keeper()
    with changing(known, Act.PRINTED, version=version, note=_note(right)) as row:
        return copies.printed(_to_hand_over(row, right))


def _to_hand_over(row: DataRequest, right: Right) -> Copy:
    if row.state not in (State.APPROVED, *ANSWERED):
        raise refuse("rights_transition")
    refuse_tied(row)
    found = copies_of(row).get(right)
    if found is None:
        raise ValidationError(_("Jäljennöstä ei ole koottu."), code="copy")
    return found


def not_handed(row: DataRequest) -> list[Right]:
    """Granted rights whose copy has been neither packed nor printed since the approval."""
    if row.approved_at is None:
        return []
    steps = Step.objects.filter(request=row, act__in=HANDED, at__gte=row.approved_at)
    notes = set(steps.values_list("note", flat=True))
    return [right for right in _granted(row) if _note(right) not in notes]


def _note(right: Right) -> str:
    """The right in a step, the same in every language."""
    return f"art. {right.value}"


def require_handed(row: DataRequest) -> None:
    """Raise ValidationError while a granted copy has not been made for handing over."""
    if left := not_handed(row):
        raise ValidationError(
            _("Tee ensin jäljennöksestä paketti tai tulosta se: %(rights)s."),
            code="copy",
            params={"rights": ", ".join(str(right.label) for right in left)},
        )


def register() -> None:
    """Answers wait for their copies."""
    readiness.register(lacking)
