"""Giving the answer and what comes after it, each with its proof (6.4, 6.5 and 6.8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.dispatch import Signal
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.disclosures.models import NotifyReason
from registry.rights import clock, rules
from registry.rights.models import (
    ADDRESSED,
    ANSWERED,
    Act,
    DataRequest,
    Decision,
    Delivery,
    LetterKind,
    Receiver,
    Right,
    State,
    Way,
)
from registry.rights.queries.notices import untold
from registry.rights.queries.readiness import MET
from registry.rights.rule_rows import ADDRESS_DAYS
from registry.rights.services import copying
from registry.rights.services.identity import write_letter
from registry.rights.services.telling import tell
from registry.rights.services.working import (
    changing,
    move_on,
    plain,
    refusals,
    refuse,
    require_keeper,
)
from vuokra.access.context import current
from vuokra.rules.queries import rule
from vuokra.rules.services import note_use
from vuokra.ui import formatting

answer_missent = Signal()
"""Sent with `delivery` when an answer went to the wrong place: a possible breach (DP-A30)."""


@dataclass(frozen=True, slots=True)
class Proof:
    """How, when and to whom an answer was given, and what shows it.

    `confirmed_on` is the day on which the address was confirmed; needed when there is one.
    """

    way: Way
    delivered_on: date
    receiver: Receiver
    proof: str
    confirmed_on: date | None = None


def deliver(known: DataRequest, proof: Proof, *, version: int) -> Delivery:
    """Record that the answer was given (toimitus); its state follows from what was decided.

    Raises ValidationError without a proof, or when the address was not confirmed lately (DP-A30).
    """
    require_keeper()
    _check(proof)
    with changing(known, Act.DELIVERED, version=version, about=proof.way) as row:
        _check_order(row, proof)
        copying.require_handed(row)
        again = row.state in ANSWERED and not _given(row)  # the first one went wrong
        delivery = Delivery(
            request=row, way=proof.way, delivered_on=proof.delivered_on, receiver=proof.receiver,
            proof=plain(proof.proof), by_id=current().actor.user_id,
            confirmed_on=proof.confirmed_on if proof.way in ADDRESSED else None,
            digests=copying.digests_given(row, proof.way),
        )  # fmt: skip
        with refusals(Delivery):
            delivery.save(force_insert=True)
        write_letter(row, LetterKind.ANSWER, proof.way)
        if not again:
            decided = dict(Decision.objects.filter(request=row).values_list("right", "outcome"))
            if decided.get(Right.ERASURE) in MET:
                tell(row, NotifyReason.ERASED)
            move_on(row, rules.answered_as(list(decided.values())))
    return delivery


def _given(row: DataRequest) -> bool:
    """Whether an answer is where it should be."""
    return Delivery.objects.filter(request=row, missent_at__isnull=True).exists()


def _check(proof: Proof) -> None:
    today = clock.today()
    if proof.delivered_on > today:
        raise ValidationError(_("Toimituspäivä on tulevaisuudessa."), code="delivered_on")
    if proof.way in ADDRESSED:
        days = rule(ADDRESS_DAYS, today)
        if not rules.address_is_fresh(proof.confirmed_on, proof.delivered_on, days.integer):
            raise ValidationError(
                _("Varmista osoite henkilöltä: varmistus saa olla enintään %(days)s päivää vanha."),
                code="confirmed_on",
                params={"days": days.integer},
            )
        note_use(days)


def _check_order(row: DataRequest, proof: Proof) -> None:
    """An answer leaves after the request came and after the second person approved it."""
    begun = max(row.received_on, localdate(row.approved_at) if row.approved_at else date.min)
    if proof.delivered_on < begun:
        raise ValidationError(
            _("Vastaus on hyväksytty %(day)s: se ei ole voinut lähteä sitä ennen."),
            code="delivered_on",
            params={"day": formatting.date(begun)},
        )


def report_missent(delivery: Delivery, *, what: str) -> None:
    """Record that an answer went to the wrong place (väärä lähetys): a possible breach."""
    require_keeper()
    text = plain(what, _("Kirjoita, mitä tapahtui."))
    with changing(delivery.request, Act.MISSENT, note=text):
        delivery.missent_at, delivery.missent_note = clock.now(), text
        delivery.missent_by_id = current().actor.user_id
        with refusals(Delivery):
            delivery.save(force_update=True)
    current().note("missent", delivery.request.number)
    answer_missent.send(Delivery, delivery=delivery)


def recipients_told(known: DataRequest, *, note: str, version: int) -> None:
    """State that the recipients of the data were told of what was done, or that there were none
    (19 artikla). Raises ValidationError while a task to tell one is open."""
    require_keeper()
    text = plain(note, _("Kirjoita, kenelle ilmoitettiin."))
    with changing(known, Act.RECIPIENTS, version=version, note=text) as row:
        _refuse_untold(row)
        move_on(row, State.RECIPIENTS_TOLD)


def _refuse_untold(row: DataRequest) -> None:
    """Raise ValidationError while a recipient is still to be told (19 artikla)."""
    if left := untold(row):
        raise ValidationError(
            ngettext(
                "%(count)s vastaanottajalle ei ole vielä kerrottu.",
                "%(count)s vastaanottajalle ei ole vielä kerrottu.",
                left,
            ),
            code="untold",
            params={"count": left},
        )


def close(known: DataRequest, *, version: int) -> None:
    """Close an answered request (sulkeminen). Raises ValidationError while somebody is untold."""
    require_keeper()
    with changing(known, Act.CLOSED, version=version) as row:
        if row.state not in (*ANSWERED, State.RECIPIENTS_TOLD):
            raise refuse("rights_close")
        _refuse_untold(row)
        move_on(row, State.CLOSED)
        row.closed_on = clock.today()


def withdraw(known: DataRequest, *, note: str, version: int) -> None:
    """The requester takes the request back (peruutus); from any open state. What was collected for
    it is removed."""
    require_keeper()
    text = plain(note, _("Kirjoita, miten pyytäjä perui."))
    with changing(known, Act.WITHDRAWN, version=version, note=text) as row:
        move_on(row, State.WITHDRAWN)
        copying.give_up(row)
        row.closed_on = clock.today()


def complain(known: DataRequest, *, note: str, version: int) -> None:
    """A complaint to the supervisor was made (valitus): the file is kept until it is resolved."""
    require_keeper()
    text = plain(note, _("Kirjoita valituksen asianumero tai päivä."))
    with changing(known, Act.COMPLAINED, version=version, note=text) as row:
        move_on(row, State.COMPLAINT)


def resolve(known: DataRequest, *, note: str, version: int) -> None:
    """The complaint was resolved (valitus ratkaistu); retention runs from now."""
    require_keeper()
    text = plain(note, _("Kirjoita, miten valitus ratkaistiin."))
    with changing(known, Act.RESOLVED, version=version, note=text) as row:
        move_on(row, State.CLOSED)
        row.closed_on = clock.today()
