"""A flat is offered to whom was chosen, and answered (asuntotarjous)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from applications.intake.codes import State
from applications.intake.models import Application
from applications.intake.rules.states import ENDED, Mover
from applications.intake.services import move_by_selection
from applications.intake.services.common import locked as locked_application
from applications.intake.services.common import moved, plain, refused_at
from applications.selection.models import (
    LIVE,
    Decision,
    Offer,
    OfferChannel,
    OfferState,
    Refusal,
    Round,
    RoundState,
)
from applications.selection.queries.changes import changed_since, told
from applications.selection.queries.pending import pending_of
from applications.selection.rules.snapshot import Change
from applications.selection.services.assessing import refuse_due
from applications.selection.services.common import (
    TEXTS,
    acting,
    locked,
    reasoned,
    refuse_barred_now,
    refuse_changed,
    refuse_marked,
    refuse_tied_to_compared,
    require,
)
from applications.selection.signals import accepted, taken_back
from leases.homes.models import Occupancy
from vuokra.db.constraints import constraint_errors


@transaction.atomic
def offer(decision: Decision, *, channel: OfferChannel, answer_by: date, today: date) -> Offer:
    """Offer the flat to the household that was chosen (tarjous); `answer_by` is the last day.

    Raises ValidationError at its field, for a decision that another has still to approve or that
    was overtaken, when the household is not the one that was compared or has ended the application,
    when the flat was let meanwhile, and for whoever is tied to anybody compared (A3).
    """
    require()
    round_ = locked(decision.round)
    refuse_changed(decision)
    if pending_of(round_) != decision or decision.application is None:
        raise ValidationError(TEXTS["selection_offer_decided"], code="decided")
    application = locked_application(decision.application)
    refuse_tied_to_compared(decision, today)
    refuse_marked(application.pk, today)
    refuse_due(Q(pk=application.pk), today)
    refuse_barred_now(decision)
    _refuse_let(round_)
    made = Offer(
        decision=decision, round=round_, application=application, channel=channel,
        offered_on=today, answer_by=answer_by, offered_by_id=acting(),
    )  # fmt: skip
    with constraint_errors(Offer, TEXTS):
        made.save(force_insert=True)
    if application.state != State.OFFERED:  # several flats may be offered at once
        move_by_selection(application, State.OFFERED, today=today)
    return made


def _refuse_let(round_: Round) -> None:
    """The flat was let past the selection meanwhile (hävitty kilpailu)."""
    if Occupancy.objects.filter(flat=round_.flat, valid_from__gte=round_.free_from).exists():
        raise ValidationError(TEXTS["selection_offer_raced"], code="let")


@transaction.atomic
def accept(
    row: Offer, *, answered_on: date, upheld: str = "", seen: Collection[Change] = (), today: date
) -> Offer:
    """The household takes the flat (hyväksyminen). What else is offered to it is taken back.

    `upheld` is why the choice stands though what was told of the household has changed since, and
    `seen` what the words were written of; both are kept. Raises ValidationError at its field, when
    the offer is not open, when the household is not the one that was compared, when what was told
    of it changed and nobody says why the choice stands, or something more changed than was seen,
    and when the flat was let meanwhile.
    """
    require()
    found = _open(row, today)
    refuse_changed(found.decision)
    _refuse_let(found.round)
    refuse_marked(found.application_id, today)
    refuse_due(Q(pk=found.application_id or 0), today)
    refuse_barred_now(found.decision)
    changed = changed_since(found.decision)
    words = _upheld(changed, upheld, seen)
    done = _closed(
        found, OfferState.ACCEPTED, _day(found, answered_on, today), note=words, changed=changed
    )
    others = Offer.objects.filter(application=found.application_id, state=OfferState.OPEN)
    for other in others.select_related("round"):
        _closed(other, OfferState.WITHDRAWN, today, note=_("Hakija hyväksyi toisen asunnon."))
    move_by_selection(_application(found), State.ACCEPTED, today=today)
    accepted.send(Offer, offer=done)
    return done


def _upheld(changed: list[Change], reason: str, seen: Collection[Change]) -> str:
    """Why the choice stands. Needed when what the application comes to has changed since, and
    asked for nothing else; words that were written of less are asked for anew."""
    if not changed:
        return ""
    text = _("Hakijan tiedot ovat muuttuneet valinnan jälkeen: %(what)s. Kirjoita, miksi valinta "
             "pidetään, tai peruuta tarjous ja valitse uudelleen.")  # fmt: skip
    text = text % {"what": told(changed)}
    if not set(changed) <= set(seen):
        raise refused_at("upheld", text, "changed")
    return reasoned(reason, "upheld", text)


@transaction.atomic
def decline(
    row: Offer, refusal: Refusal, *, note: str = "", answered_on: date, today: date
) -> Offer:
    """The household does not take the flat (hylkääminen). Nothing follows from it: it is told
    neutrally. Raises ValidationError at its field, and when the offer is not open."""
    require()
    found = _open(row, today)
    words = plain(note, "note")
    if not refusal:
        raise refused_at("refusal", _("Valitse, miksi hakija hylkäsi tarjouksen."), "refusal")
    day = _day(found, answered_on, today)
    done = _closed(found, OfferState.DECLINED, day, refusal=refusal, note=words)
    _back(found, today)
    return done


@transaction.atomic
def close_unanswered(row: Offer, *, today: date) -> Offer:
    """Nobody answered in time (ei vastausta). Raises ValidationError while there is time left, and
    for a household that could not be given the home: its offer is taken back."""
    require()
    found = _open(row, today)
    refuse_marked(found.application_id, today)
    if found.answer_by >= today:
        raise ValidationError(_("Vastausaika on vielä kesken."), code="time")
    done = _closed(found, OfferState.NO_ANSWER, today)
    _back(found, today)
    return done


@transaction.atomic
def withdraw_offer(row: Offer, reason: str, *, today: date) -> Offer:
    """The company takes an offer back (tarjouksen peruutus), also one that was accepted. Raises
    ValidationError without a reason, and for one that came to nothing."""
    require()
    found = _locked(row)
    if found.state not in LIVE:
        raise ValidationError(TEXTS["selection_offer_kept"], code="state")
    refuse_tied_to_compared(found.decision, today)
    words = reasoned(reason, "reason", _("Kerro, miksi tarjous peruutetaan."))
    done = _closed(found, OfferState.WITHDRAWN, today, note=words)
    _back(found, today)
    return done


def let(row: Offer, today: date) -> None:
    """The lease of an accepted offer is signed: the household has its home, and the selection is
    over (asunto annettu). Whoever draws up leases chooses nobody: the room of the orders calls."""
    round_, application = locked(row.round), locked_application(_application(row))
    offer = Offer.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if offer.state != OfferState.ACCEPTED:
        raise ValidationError(TEXTS["selection_round_let"], code="state")
    moved(application, State.HOUSED, today=today, mover=Mover.SELECTION)
    round_.state, round_.closed_on = RoundState.LET, today
    with constraint_errors(Round, TEXTS):
        round_.save()


def follow_application(application: int, today: date) -> int:
    """Offers of an application that has ended are taken back; how many. Whoever ends it need not be
    one who chooses."""
    rows = Offer.objects.filter(
        application=application, application__state__in=ENDED, state__in=LIVE
    ).exclude(application__state=State.HOUSED)
    done = 0
    for row in rows.select_for_update(of=("self",)):
        _closed(row, OfferState.WITHDRAWN, today, note=_("Hakemus on päättynyt."))
        done += 1
    return done


def _locked(row: Offer) -> Offer:
    """The offer as it is now, with its selection and its application kept from others; an
    application that ends is locked before its offers too."""
    locked(row.round)
    if row.application is not None:
        locked_application(row.application)
    return Offer.objects.select_for_update(of=("self",)).select_related("round").get(pk=row.pk)


def _open(row: Offer, today: date) -> Offer:
    found = _locked(row)
    if found.state != OfferState.OPEN:
        raise ValidationError(TEXTS["selection_offer_kept"], code="state")
    refuse_tied_to_compared(found.decision, today)
    return found


def _application(row: Offer) -> Application:
    if row.application is None:
        raise ValidationError(_("Hakijan tiedot on poistettu."), code="gone")
    return row.application


def _day(row: Offer, answered_on: date, today: date) -> date:
    if answered_on > today:
        text = _("Vastauspäivä ei voi olla tulevaisuudessa.")
        raise refused_at("answered_on", text, "future")
    if answered_on < row.offered_on:
        raise refused_at("answered_on", _("Vastauspäivä on ennen tarjousta."), "early")
    return answered_on


def _closed(row: Offer, state: OfferState, day: date, **columns: Any) -> Offer:
    was = row.state
    row.state, row.answered_on, row.closed_by_id = state, max(day, row.offered_on), acting()
    for name, value in columns.items():
        setattr(row, name, value)
    with constraint_errors(Offer, TEXTS):
        row.save()
    if was == OfferState.ACCEPTED:
        taken_back.send(Offer, offer=row)
    return row


def _back(row: Offer, today: date) -> None:
    """The household waits for another flat again, unless one more is offered to it."""
    application = _application(row)
    others = Offer.objects.filter(application=application, state__in=LIVE)
    if not others.exists():
        move_by_selection(application, State.VALID, today=today)
