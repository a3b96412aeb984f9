"""What single rights need: values to rectify, restriction, the table of erasure (6.5 and 6.6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from registry.disclosures.models import NotifyReason
from registry.persons.models import Ground as MarkGround
from registry.persons.models import Mark, MarkKind, Person
from registry.persons.queries import in_force
from registry.persons.services import marks as marking
from registry.rights import bars, clock
from registry.rights.models import (
    WORKED_ON,
    Act,
    Correction,
    DataRequest,
    ErasureLine,
    LetterKind,
    Result,
    Right,
    Target,
    Way,
)
from registry.rights.services.identity import write_letter
from registry.rights.services.telling import tell, tell_of_correction
from registry.rights.services.working import (
    changing,
    plain,
    refusals,
    refuse,
    refuse_tied,
    require_keeper,
)
from vuokra.access.change_queries import changes_of
from vuokra.access.context import current
from vuokra.rules.services import note_use

TABLES: Final[dict[str, tuple[str, ...]]] = {
    Target.NAME: ("registry_persons_person",),
    Target.IDENTITY: ("registry_persons_identity",),
    Target.CONTACT: ("registry_persons_contactpoint", "registry_protection_protecteddetail"),
    Target.ADDRESS: (
        "registry_persons_address", "registry_protection_protecteddetail",
        "registry_protection_contactaddress",
    ),
    Target.HOUSEHOLD: ("registry_households_membership",),
}  # fmt: skip
"""Where a value of each kind lies: what was said to be mended must have been written there."""

LATEST_CHANGES: Final = 200
DONE: Final = (Result.CORRECTED, Result.COMPLETED)


@dataclass(frozen=True, slots=True)
class Dispute:
    """A value that the person says is wrong: as it is, as it should be, why, and what shows it."""

    target: Target
    proposed: str
    grounds: str
    present: str = ""
    evidence: str = ""


def add_correction(
    known: DataRequest, dispute: Dispute, *, restrict: bool, version: int
) -> Correction:
    """Record what is to be rectified (oikaistava tieto).

    With `restrict` the processing is restricted while the value is looked into (18(1)(a)); leave it
    out only for what is mended at once.
    """
    require_keeper()
    with changing(known, Act.CORRECTED, version=version, about=dispute.target) as row:
        person = _person_of(row)
        correction = Correction(
            request=row, person=person, target=dispute.target, grounds=plain(dispute.grounds),
            evidence=plain(dispute.evidence),
        )  # fmt: skip
        correction.present = dispute.present or None
        correction.proposed = dispute.proposed
        with refusals(Correction):
            correction.save(force_insert=True)
        if restrict:
            _restrict(row, person, MarkGround.ACCURACY)
    return correction


def settle(correction: Correction, result: Result, *, note: str, version: int) -> None:
    """Say what came of a rectification (oikaisun tulos).

    The value itself is mended on the person's own pages, which keep what was and what is; a result
    that says so is refused until the register shows it. A disputed assessment stays, with the
    person's statement beside it; an entry in the books is reversed, not edited.
    """
    require_keeper()
    with changing(
        correction.request, Act.CORRECTED, version=version, about=result
    ) as row:  # fmt: skip
        if row.state not in WORKED_ON:
            raise refuse("rights_decision_stays")
        refuse_tied(row)
        if result in DONE and not _written(correction):
            raise ValidationError(
                _("Rekisterissä ei ole muutosta. Oikaise tieto ensin henkilön sivulla."),
                code="not_written",
            )
        correction.result, correction.result_note = result, plain(note)
        correction.done_at, correction.done_by_id = clock.now(), current().actor.user_id
        with refusals(Correction):
            correction.save()
        if result in DONE:
            tell_of_correction(correction, row.number)


def _written(correction: Correction) -> bool:
    """Whether the person's data of that kind were written since the dispute was recorded."""
    tables = TABLES.get(correction.target)
    if tables is None:
        return True
    changes = changes_of(correction.person_id, limit=LATEST_CHANGES)
    return any(one.table in tables and one.at >= correction.recorded_at for one in changes)


# -- restriction -------------------------------------------------------------------------------


def restrict(known: DataRequest, ground: MarkGround, *, version: int) -> None:
    """Restrict processing for the request (käsittelyn rajoittaminen, 18 artikla)."""
    require_keeper()
    with changing(known, Act.RESTRICTED, version=version, about=ground) as row:
        _restrict(row, _person_of(row), ground)


def _restrict(row: DataRequest, person: Person, ground: MarkGround) -> None:
    """Set the mark, named by the request; one that is in force already is enough. Whoever was given
    the data is told (19 artikla)."""
    today = clock.today()
    if not restriction_of(person).exists():
        marking.add_mark(
            person, MarkKind.RESTRICTION, ground, matter=row.number, valid_from=today
        )  # fmt: skip
    tell(row, NotifyReason.RESTRICTED)


def restriction_of(person: Person) -> QuerySet[Mark]:
    """The restriction in force of a person, if any."""
    return Mark.objects.filter(
        in_force(clock.today()), person=person, kind=MarkKind.RESTRICTION
    )  # fmt: skip


def lift(known: DataRequest, *, way: Way, version: int) -> None:
    """Tell the person that the restriction ends, and end it from tomorrow on (18 artikla 3)."""
    require_keeper()
    with changing(known, Act.RESTRICTED, version=version, about=LetterKind.LIFTING) as row:
        mark = restriction_of(_person_of(row)).filter(matter=row.number).first()
        if mark is None:
            raise ValidationError(_("Pyynnön rajoitusta ei ole voimassa."), code="no_restriction")
        write_letter(row, LetterKind.LIFTING, way)
        marking.end_mark(mark, last_day=clock.today(), told_on=clock.today())


# -- erasure -----------------------------------------------------------------------------------


def compute_erasure(known: DataRequest, *, version: int) -> list[ErasureLine]:
    """Compute what may be erased, what not, and until when (poistotaulukko, 6.6).

    From what the rooms hold now; computed anew as long as nobody reviews the answer. Nothing is
    erased yet: that is done by what the decision orders.
    """
    require_keeper()
    with changing(known, Act.ERASURE, version=version) as row:
        person = _person_of(row)
        if Right.ERASURE not in row.rights:
            raise ValidationError(_("Pyyntö ei koske tätä oikeutta."), code="right")
        for former in row.erasure_lines.all():
            former.delete()
        weighed = bars.weigh(person, today=clock.today())
        lines = [_line(row, one) for one in weighed]
        for line in lines:
            with refusals(ErasureLine):
                line.save(force_insert=True)
        note_use(*filter(None, (one.barred.counted_by for one in weighed if one.barred)))
    return lines


def _line(row: DataRequest, weighed: bars.Weighed) -> ErasureLine:
    barred = weighed.barred if weighed.fate not in bars.ERASED else None
    return ErasureLine(
        request=row, group=weighed.group, rows=weighed.held.rows, ground=weighed.held.ground,
        bar=barred.bar if barred else "", statute=barred.statute if barred else "",
        until=barred.until if barred else None, fate=weighed.fate,
    )  # fmt: skip


def _person_of(row: DataRequest) -> Person:
    if row.state not in WORKED_ON:
        raise refuse("rights_decision_stays")
    if row.person is None:
        raise ValidationError(_("Henkilöä ei ole rekisterissä."), code="nobody")
    return row.person
