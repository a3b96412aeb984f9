"""Proving who asks: no more than is needed, and nothing of the proof is kept (6.2)."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from registry.persons.queries.standing import one_of
from registry.rights import clock, letters, rules
from registry.rights.models import (
    OPEN,
    Act,
    DataRequest,
    Known,
    Letter,
    LetterKind,
    Level,
    Method,
    State,
    Way,
)
from registry.rights.queries.readiness import level_for
from registry.rights.rule_rows import LAPSE_DAYS
from registry.rights.services.working import (
    changing,
    move_on,
    refuse,
    require_keeper,
)
from vuokra.access.context import current
from vuokra.rules.queries import rule
from vuokra.rules.services import note_use


def ask(known: DataRequest, *, way: Way, version: int) -> None:
    """Ask the requester to prove who he is (tunnistautumispyyntö), because there is doubt."""
    require_keeper()
    with changing(known, Act.ASKED, version=version) as row:
        row.asked_on = clock.today()
        write_letter(row, LetterKind.IDENTITY, way)
        move_on(row, State.IDENTIFYING)


def remind(known: DataRequest, *, way: Way, version: int) -> None:
    """Remind the requester of proving who he is (muistutus)."""
    require_keeper()
    with changing(known, Act.REMINDED, version=version) as row:
        if row.state != State.IDENTIFYING:
            raise refuse("rights_transition")
        row.reminded_on = clock.today()
        write_letter(row, LetterKind.REMINDER, way)


def verify(known: DataRequest, method: Method, *, version: int) -> None:
    """State that identity was proved, and how (henkilöllisyyden varmistaminen).

    Work begins when the level is reached that the rights need; where that is T3, a second handler
    states it too (`verify_too`). Raises ValidationError when the way is not enough.
    """
    require_keeper()
    with changing(known, Act.IDENTIFIED, version=version, about=method) as row:
        if row.state not in (State.RECEIVED, State.IDENTIFYING):
            raise refuse("rights_transition")
        if row.known == Known.UNSEARCHED:
            raise refuse("rights_not_identified")
        row.required_level = max(row.required_level, level_for(row))
        reached = rules.REACHES[method]
        if reached < min(row.required_level, Level.T2):
            raise ValidationError(
                _("Tapa ei riitä. Tähän pyyntöön tarvitaan %(level)s."),
                code="too_low",
                params={"level": Level(row.required_level).label},
            )
        row.level, row.method = reached, method
        row.identified_on, row.identified_by_id = clock.today(), current().actor.user_id
        row.handler_id = row.handler_id or current().actor.user_id
        if reached >= row.required_level:
            move_on(row, State.IN_PROGRESS)


def verify_too(known: DataRequest, *, version: int) -> None:
    """A second handler states the identity too: level T3, and work begins (6.2).

    A turvakielto may have been recorded after the work began: the statement is added then.
    """
    require_keeper()
    with changing(known, Act.IDENTIFIED, version=version, about=Level.T3) as row:
        row.required_level = max(row.required_level, level_for(row))
        if row.level != Level.T2 or row.required_level != Level.T3:
            raise refuse("rights_transition")
        if one_of(current().actor.user_id, {row.identified_by_id}, today=clock.today()):
            raise ValidationError(
                _("Toisen käsittelijän on todettava henkilöllisyys."), code="same_person"
            )
        row.level, row.second_identifier_id = Level.T3, current().actor.user_id
        if row.state in (State.RECEIVED, State.IDENTIFYING):
            move_on(row, State.IN_PROGRESS)


def lapse(known: DataRequest, *, way: Way, version: int) -> None:
    """End a request whose requester never proved who he is (raukeaminen).

    A reminder and the answer «ei tunnistettu» come first, and so many days from asking.
    """
    require_keeper()
    today = clock.today()
    days = rule(LAPSE_DAYS, today)
    with changing(known, Act.LAPSED, version=version) as row:
        if row.reminded_on is None:
            raise refuse("rights_lapse")
        if not rules.may_lapse(row.asked_on, row.reminded_on, days.integer, today):
            raise ValidationError(
                _("Tunnistautumispyynnöstä on kuluttava %(days)s päivää ennen raukeamista."),
                code="too_early",
                params={"days": days.integer},
            )
        write_letter(row, LetterKind.NOT_IDENTIFIED, way)
        move_on(row, State.LAPSED)
        row.closed_on = today
    note_use(days)


def write_letter(row: DataRequest, kind: LetterKind, way: Way) -> Letter:
    """Record that the requester is told something today, and how; the letter is made."""
    letter = Letter(
        request=row, kind=kind, language=row.language, told_on=clock.today(), way=way,
        by_id=current().actor.user_id,
    )  # fmt: skip
    letter.save(force_insert=True)
    letters.order(letter)
    return letter


def confirm_receipt(known: DataRequest, *, way: Way, version: int) -> None:
    """Record that the requester was told that the request came (vastaanottoilmoitus)."""
    require_keeper()
    with changing(known, Act.LETTER, version=version, about=LetterKind.RECEIPT) as row:
        if row.state not in OPEN:
            raise refuse("rights_over")
        write_letter(row, LetterKind.RECEIPT, way)
