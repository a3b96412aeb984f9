"""Objection to marketing and withdrawal of consent: saved is answered (6.6, 21 artikla 2 and 3)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from registry.consents import services as consents
from registry.consents.codes import Cell, Manner
from registry.consents.services import Evidence
from registry.rights import clock, rules
from registry.rights.models import (
    AT_ONCE,
    Act,
    Channel,
    DataRequest,
    Decision,
    LetterKind,
    Outcome,
    Right,
    State,
    Way,
)
from registry.rights.services.identity import write_letter
from registry.rights.services.working import (
    changing,
    move_on,
    refusals,
    refuse,
    require_keeper,
)
from vuokra.access.context import current

MANNERS: Final = {
    Channel.LETTER: Manner.LETTER,
    Channel.EMAIL: Manner.EMAIL,
    Channel.PHONE: Manner.PHONE,
    Channel.VISIT: Manner.VISIT,
    Channel.AUTHORITY: Manner.NOTICE,
    Channel.OTHER: Manner.FORM,
}
"""How a consent's evidence names the way by which a request came."""


def object_to(
    known: DataRequest,
    *,
    forbidden: Collection[Cell] = (),
    withdrawn: Collection[Cell] = (),
    version: int,
) -> None:
    """Save what the person forbids, and the consents that the person takes back, at once.

    A request for nothing else closes itself with that, and still gets a written confirmation (6.8).
    No test of grounds is made, and no identity beyond T0 is asked.
    """
    require_keeper()
    if not forbidden and not withdrawn:
        raise ValidationError(_("Valitse, mitä kielletään tai perutaan."), code="nothing")
    with changing(known, Act.OBJECTED, version=version) as row:
        if row.person is None:
            raise ValidationError(_("Hae henkilö ensin."), code="nobody")
        if not rules.is_open(row.state):
            raise refuse("rights_over")
        evidence = Evidence(row.received_on, MANNERS[Channel(row.channel)], row.number)
        today = clock.today()
        if forbidden:
            consents.forbid(row.person, forbidden, evidence, today=today)
        for cell in withdrawn:
            consents.withdraw(row.person, cell, evidence, today=today)
        _decided(row)
        if row.state == State.RECEIVED and rules.closes_at_once(row.rights):
            row.handler_id = row.handler_id or current().actor.user_id
            move_on(row, State.CLOSED)
            row.closed_on = today


def _decided(row: DataRequest) -> None:
    for right in row.asks:
        if right in AT_ONCE and not Decision.objects.filter(request=row, right=right).exists():
            decision = Decision(
                request=row, right=Right(right), outcome=Outcome.GRANTED,
                decided_by_id=current().actor.user_id,
            )  # fmt: skip
            with refusals(Decision):
                decision.save(force_insert=True)


def confirm(known: DataRequest, *, way: Way, version: int) -> None:
    """Record that the written confirmation of an objection was sent (vahvistus)."""
    require_keeper()
    with changing(known, Act.LETTER, version=version, about=LetterKind.CONFIRMATION) as row:
        write_letter(row, LetterKind.CONFIRMATION, way)
