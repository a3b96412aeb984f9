"""The copy of a request: of access (15 artikla) and of portability (20 artikla).

The room of copies collects, redacts and packs; here stands when it is ordered, that another
approves it with the answer, and that none is given before.
"""

from __future__ import annotations

from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from registry.copies import services as copies
from registry.copies.codes import Unneeded
from registry.copies.models import Copy
from registry.copies.models import State as CopyState
from registry.persons.queries import may_know_of_protection
from registry.rights.models import (
    WORKED_ON,
    Act,
    Behalf,
    DataRequest,
    Decision,
    Outcome,
    Right,
    Way,
)
from registry.rights.queries.copies import (
    KINDS,
    copies_of,
    granted,
    may_be_answered,
    not_handed,
    outdated,
)
from registry.rights.queries.readiness import MET
from registry.rights.services.working import changing, refuse, refuse_tied, require_keeper
from vuokra.access.context import current
from vuokra.accounts.models import User

LANGUAGES: Final = ("fi", "en")


def start(known: DataRequest, right: Right, *, version: int) -> Copy:
    """Order the copy (tietojen kokoaminen); the worker collects it.

    One that is out of date is collected anew. Raises ValidationError for a right that gives none or
    is not met, before the person is identified, for one who acts for another without authority, and
    when there is one already that holds.
    """
    require_keeper()
    with changing(known, Act.COLLECTED, version=version, about=right) as row:
        refuse_tied(row)
        if right not in KINDS or right not in row.asks or row.person is None:
            raise ValidationError(_("Tästä oikeudesta ei koota jäljennöstä."), code="right")
        if not may_be_answered(row):
            raise refuse("rights_estate" if row.behalf == Behalf.ESTATE else "rights_no_authority")
        if row.state not in WORKED_ON:
            raise refuse("rights_not_identified")
        if Decision.objects.filter(request=row, right=right).exclude(outcome__in=MET).exists():
            raise ValidationError(
                _("Oikeutta ei toteuteta, joten tietoja ei koota. Muuta ensin ratkaisu."),
                code="not_met",
            )
        found = copies_of(row).get(right)
        if found is not None and not outdated(found):
            raise ValidationError(_("Jäljennös on jo koottu."), code="collected")
        if found is not None and found.state != CopyState.DESTROYED:
            return copies.restart(found)
        return copies.start_copy(
            row.person,
            language=row.language if row.language in LANGUAGES else LANGUAGES[0],
            kind=KINDS[right],
            reference=row.number,
            by=User.objects.filter(pk=current().actor.user_id or 0).first(),
        )


def approve_copies(row: DataRequest) -> None:
    """The second person who approves the answer approves its copies as they are (DP-A31). Raises
    ValidationError for whoever may not see the copy of a protected person, and for whoever has not
    opened what he approves."""
    found = copies_of(row)
    for right in granted(row):
        if row.person is not None and row.person.protected and not may_know_of_protection():
            raise ValidationError(
                _("Et näe jäljennöstä. Toinen rekisteriasioiden hoitaja hyväksyy sen."),
                code="copy_unseen",
            )
        copies.approve(found[right])


def take_back(row: DataRequest) -> None:
    """The answer is worked on again: the approval of its copies falls, and what was made by it."""
    for copy in copies_of(row).values():
        copies.take_back(copy)


def give_up(row: DataRequest) -> None:
    """Destroy what was collected for a request that is taken back."""
    for right in copies_of(row):
        _discard(row, right, Unneeded.WITHDRAWN)


def give_up_unmet(row: DataRequest, right: Right, outcome: Outcome) -> None:
    """Destroy what was collected for a right that is not met: nobody is given it."""
    if outcome not in MET:
        _discard(row, right, Unneeded.CLAIM if outcome == Outcome.CLAIM else Unneeded.REFUSED)


def _discard(row: DataRequest, right: Right, why: Unneeded) -> None:
    copy = copies_of(row).get(right)
    if copy is not None and copy.state != CopyState.DESTROYED:
        copies.discard(copy, why)


def pack(known: DataRequest, right: Right, *, version: int) -> tuple[Copy, str]:
    """Make the encrypted package (paketin muodostaminen) of an approved answer; its password, which
    is shown once. Raises ValidationError when it was not approved as it is, or is out of date."""
    require_keeper()
    with changing(known, Act.PACKED, version=version, about=right) as row:
        copy = _to_hand_over(row, right)
        acting = User.objects.filter(pk=current().actor.user_id or 0).first()
        _package, password = copies.build_package(copy, by=acting)
    copy.refresh_from_db()
    return copy, password


def print_copy(known: DataRequest, right: Right, *, version: int) -> bytes:
    """The copy for paper (tulostaminen), unencrypted. Raises as `pack`."""
    require_keeper()
    with changing(known, Act.PRINTED, version=version, about=right) as row:
        return copies.printed(_to_hand_over(row, right))


def package(row: DataRequest, right: Right) -> bytes:
    """The package that was made, for delivering it. Raises as `pack`, ObjectDenied for none."""
    require_keeper()
    return copies.package_file(_to_hand_over(row, right))


def _to_hand_over(row: DataRequest, right: Right) -> Copy:
    found = copies_of(row).get(right)
    if found is None:
        raise ValidationError(_("Jäljennöstä ei ole koottu."), code="copy")
    return found


def require_handed(row: DataRequest) -> None:
    """Raise ValidationError while a granted copy has not been made for handing over."""
    if left := not_handed(row):
        raise ValidationError(
            _("Tee ensin jäljennöksestä paketti tai tulosta se: %(rights)s."),
            code="copy",
            params={"rights": ", ".join(str(right.label) for right in left)},
        )


def digests_given(row: DataRequest, way: Way) -> list[str]:
    """SHA-256 of what the delivery gives of the copies: the package, or what was printed.

    Raises ValidationError for e-mail without the encrypted package.
    """
    found = copies_of(row)
    given = [_given(found[right], way) for right in granted(row)]
    if not all(given):
        raise ValidationError(
            _("Tee ensin salattu paketti: sähköpostilla ei lähetetä muuta."), code="no_package"
        )
    return given


def _given(copy: Copy, way: Way) -> str:
    """What was made last, unless the way allows the package alone."""
    printed = copy.printed_at is not None and (
        copy.packed_at is None or copy.printed_at > copy.packed_at
    )
    return copy.printed_digest if printed and way != Way.EMAIL else copy.package_digest
